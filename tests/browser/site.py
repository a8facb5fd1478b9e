"""The application served by waitress in a thread, as `run.py web` serves it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import waitress
from waitress import wasyncore

from app import db
from app.commands.web import address, application, listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from flask import Flask

    from config import Settings


@dataclass(frozen=True)
class Site:
    """A running server: the application behind it, and where it answers."""

    app: Flask
    base: str


@contextmanager
def serving(settings: Settings) -> Iterator[Site]:
    """Serve the application for these settings until the block ends."""
    listening = listen("127.0.0.1", 0)
    layered = application(settings)
    sockets: dict[int, Any] = {}
    server = waitress.create_server(layered, map=sockets, sockets=[listening], threads=4, ident=None)
    thread = threading.Thread(target=server.run, name="site")
    thread.start()
    app = cast("Flask", layered.application)
    try:
        yield Site(app, address(listening))
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))
        thread.join()
        server.task_dispatcher.shutdown()
        with app.app_context():
            db.session.remove()
            db.engine().dispose()
