"""Wires the web application; no scheduler, no logic."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db, ui, views
from app.addresses import LateRule
from app.cookies import CookieSessions
from app.extensions import babel, csrf, login_manager
from app.services import effects
from app.ui import compiled_templates
from app.views import failures, guard, locale, shell

if TYPE_CHECKING:
    from config import Settings

ROOT = Path(__file__).parent.parent
MAX_BODY = 101 * 1024 * 1024
"""Four files of the largest size at once, and the text beside them; one file too large is told in its form."""


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings; the database must have been migrated."""
    app = Flask("dondoc", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"), static_folder="static")
    app.url_rule_class = LateRule
    app.session_interface = CookieSessions()
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="dondoc",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        # A log-in ends 30 days after it began, however often it was used: no cookie need be sent again.
        SESSION_REFRESH_EACH_REQUEST=False,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=30),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.https,
        TESTING=settings.testing,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "app" / "translations"),
    )
    _set_up_templates(app)
    db.init_app(app, settings.database_url)
    babel.init_app(app, locale_selector=locale.current_language)
    login_manager.init_app(app)
    guard.init_app(app)
    csrf.init_app(app)
    failures.init_app(app)
    ui.init_app(app)
    shell.init_app(app)
    views.init_app(app)
    app.extensions["dondoc_effects"] = effects.HANDLERS
    _trust_proxies(app, settings.proxies)
    return app


def _trust_proxies(app: Flask, trusted: int) -> None:
    """Believe what our own proxies added, and nothing else: anybody can send these headers."""
    if trusted:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted)  # type: ignore[method-assign]  # Flask's documented way


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = compiled_templates.beside(ROOT / "templates")
