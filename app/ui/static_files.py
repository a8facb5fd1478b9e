"""Addresses of stylesheets, scripts, pictures and fonts that change with their content.

A release's files stand under /static/~<version>/: a browser keeps them for ever, and asks for the next release's.
The version stands in the path, not behind a question mark, so that modules and fonts named relatively carry it too.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

ROOT = Path(__file__).parent.parent / "static"
PREFIX = "/static/~"
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def version() -> str:
    """Return what tells this release's files from another's; read once, as long as the process lives."""
    found = hashlib.sha256()
    own = (path for folder in ("css", "img", "js") for path in (ROOT / folder).rglob("*") if path.is_file())
    fetched = ROOT / "vendor" / "don-doc.json"  # names every fetched file with its digest
    for path in [*sorted(own), *([fetched] if fetched.exists() else [])]:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]


@cache
def static_url(path: str) -> str:
    """Return the address of a file of app/static, such as css/app.css."""
    return f"{PREFIX}{version()}/{path}"


def init_app(app: Flask) -> None:
    """Let the application answer for versioned addresses too, where no faster server stands before it."""
    app.wsgi_app = Unversioned(app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented way


class Unversioned:
    """Take the version out of a static file's address; another release's version is answered, but not to be kept."""

    def __init__(self, inner: WSGIApplication) -> None:
        """Wrap an application."""
        self.inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self.inner(environ, start_response)
        asked, _, rest = path.removeprefix(PREFIX).partition("/")
        keeping = FOR_EVER if asked == version() else "no-cache"

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:  # noqa: ANN401 -- as WSGI has it
            kept = keeping if status.startswith(("200", "304")) else "no-store"
            plain = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            return start_response(status, [*plain, ("Cache-Control", kept)], *more)

        return self.inner({**environ, "PATH_INFO": f"/static/{rest}"}, start)
