"""Which language this request is answered in."""

from __future__ import annotations

from flask import has_request_context, request
from flask_login import current_user

LANGUAGES = ("vi", "en")


def current_language() -> str:
    """Return vi or en: the person's own choice, else the cookie's, else Vietnamese."""
    if not has_request_context():
        return "vi"
    chosen = getattr(current_user, "language", None) or request.cookies.get("language")
    return chosen if chosen in LANGUAGES else "vi"
