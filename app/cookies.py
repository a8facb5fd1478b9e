"""The signed cookie of a browser: Flask's own, whose signer is made once for an application instead of twice a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask
    from itsdangerous import URLSafeTimedSerializer


class CookieSessions(SecureCookieSessionInterface):
    """Flask's sessions in a signed cookie."""

    def __init__(self) -> None:
        """Begin without a signer: it needs the application's secret."""
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the signer of the application that these sessions belong to."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
