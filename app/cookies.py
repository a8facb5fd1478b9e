"""The signed cookie of a browser: Flask's own, in fewer steps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask
    from itsdangerous import URLSafeTimedSerializer

_ENCODER = json.JSONEncoder(separators=(",", ":"))
_TAGGED = TaggedJSONSerializer()
_TAG = '{" '


class PlainJson:
    """JSON without marks for types that it does not know: a session holds texts, numbers and lists of them.

    Cookies that were written with such marks are read, too.
    """

    @staticmethod
    def dumps(value: object) -> str:
        """Return a session as text."""
        return _ENCODER.encode(value)

    @staticmethod
    def loads(text: str) -> Any:  # noqa: ANN401 -- JSON
        """Return the session of a text."""
        return _TAGGED.loads(text) if _TAG in text else json.loads(text)


class CookieSessions(SecureCookieSessionInterface):
    """Flask's sessions in a signed cookie; the signer is made once for an application instead of twice a page."""

    serializer = PlainJson  # type: ignore[assignment]  # Flask asks for nothing but the two functions

    def __init__(self) -> None:
        """Begin without a signer: it needs the application's secret."""
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the signer of the application that these sessions belong to."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
