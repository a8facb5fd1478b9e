"""Deny by default: every route names who may come in, and every request meets its person here."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from flask import current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import UserMixin, current_user

from app import access, db
from app.clock import today
from app.errors import ForbiddenError
from app.extensions import login_manager
from app.models.data_stamp import ORGANISATION
from app.queries.stamps import kept_while
from app.queries.standing import Standing, standing_and_calendar
from app.services import logins

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from app.services.logins import Found

    View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC, SIGNED_IN, BY_LOADER, ADMIN = "public", "signed_in", "by_loader", "admin"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Login(UserMixin):
    """The person behind a request, with the session that can be revoked."""

    def __init__(self, found: Found, token: str) -> None:
        """Keep the id of this session, its person, and what every page says of them."""
        self.person, self.session_id, self._token = found.person, found.session_id, token
        self.authority, self.unread = found.authority, found.unread
        self.id, self.language, self.theme = found.person.id, found.person.language, found.person.theme

    def get_id(self) -> str:
        """Return what the cookie holds: the session's secret, not the person."""
        return self._token

    @cached_property
    def standing(self) -> Standing:
        """The person's offices today, read once a request and kept while nobody's change."""
        day = today()
        return kept_while(
            ORGANISATION, ("standing", self.person.id, day), lambda: standing_and_calendar(self.person, day)
        )

    @property
    def actor(self) -> access.Actor:
        """The person as services know it."""
        return access.Actor(self.person, self.standing)


def public(view: View) -> View:
    """Mark a route that anybody may open."""
    return _mark(view, PUBLIC)


def signed_in(view: View) -> View:
    """Mark a route about the person's own things or lists narrowed to what the person may see."""
    return _mark(view, SIGNED_IN)


def by_loader(view: View) -> View:
    """Mark a route whose item comes through a loader of `app.access`, which is the permission."""
    return _mark(view, BY_LOADER)


def reads_first(view: View) -> View:
    """Mark a route that writes what it has read under a version: others may write while it reads."""
    view.reads_first = True  # type: ignore[attr-defined] # a mark that the gate below reads
    return view


def admin(view: View) -> View:
    """Mark a set-up route: administrators, who have no business rights, and nobody else."""
    return _mark(view, ADMIN)


def _mark(view: View, permission: str) -> View:
    view.permission = permission  # type: ignore[attr-defined] # a mark that the guard below reads
    return view


def init_app(app: Flask) -> None:
    """Register the gate, the headers and the finder of log-ins."""
    login_manager.login_view = "auth.login"
    login_manager.session_protection = None
    login_manager.user_loader(_find_login)
    app.before_request(_gate)
    app.after_request(_add_headers)


def _find_login(token: str) -> Login | None:
    found = logins.find_session(token)
    return Login(found, token) if found else None


def _gate() -> ResponseReturnValue | None:
    if request.method in SAFE:
        db.mark_looking()
    elif not getattr(current_app.view_functions.get(request.endpoint or ""), "reads_first", False):
        db.mark_writing()
    if request.endpoint is None or request.endpoint == "static" or request.blueprint == "bootstrap":
        return None
    permission = getattr(current_app.view_functions[request.endpoint], "permission", None)
    if permission == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _to_login()
    if permission is None or (permission == ADMIN and not current_user.person.is_admin):
        raise ForbiddenError(
            "Bạn không có quyền mở trang này. Nếu cần, hãy liên hệ quản trị hệ thống của cơ quan.",
            "You may not open this page. If you need it, ask your administrator.",
        )
    g.person = current_user.person
    return None


def _to_login() -> ResponseReturnValue:
    target = request.full_path.rstrip("?") if request.method in SAFE else _page_before()
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": url_for("auth.login", next=target)}
    if request.method not in SAFE:
        flash(
            _("Phiên đăng nhập đã hết, biểu mẫu chưa được gửi. Hãy đăng nhập lại: lời bạn gõ còn trên máy này."),
            "warning",
        )
    return redirect(url_for("auth.login", next=target), 303)


def _page_before() -> str | None:
    """Return the page of ours whose form was sent: there the browser has kept what was typed."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or not before.path.startswith("/") or before.path.startswith("//"):
        return None
    return f"{before.path}?{before.query}" if before.query else before.path


def _add_headers(response: Response) -> Response:
    own = {name.lower() for name, _value in response.headers}
    response.headers.extend([pair for pair in HEADERS.items() if pair[0].lower() not in own])
    if current_app.config["SETTINGS"].https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
