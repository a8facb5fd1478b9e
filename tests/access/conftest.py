"""The world of the access tests: made once, put back after each request that may have changed it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from config import Settings
from tests.access.knocking import Knocker
from tests.access.world import make_world
from tests.factories import at_noon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.databases import Databases


@pytest.fixture(scope="module")
def knocker(engine_named: Callable[[str], Databases], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knocker]:
    """Return who knocks at doors, in a world of its own on SQLite: permissions are not a matter of the engine."""
    from app import db  # noqa: PLC0415 - tests of pure packages run without Flask
    from app.factory import create_app  # noqa: PLC0415 - the same

    databases: Any = engine_named("sqlite")
    url = databases.kind.copy(databases.template)
    settings = Settings(
        database_url=url,
        var_dir=tmp_path_factory.mktemp("var"),
        secret_key="k" * 48,
        testing=True,
        smtp_host="127.0.0.1",
    )
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        app = create_app(settings)
        app.config["PROPAGATE_EXCEPTIONS"] = False  # what breaks is an answer, too
        world = make_world(app)
        with (
            closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as live,
            closing(sqlite3.connect(":memory:")) as kept,
        ):
            yield Knocker(app, world, live, kept)
        with app.app_context():
            db.session.remove()
            db.engine().dispose()
    databases.kind.drop(url)
