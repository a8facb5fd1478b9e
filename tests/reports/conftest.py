"""The hand-made month, lived through once per engine; every test gets a copy of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from config import Settings
from tests.databases import ENGINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from tests.databases import Databases
    from tests.factories import House
    from tests.reports.month import Register


@dataclass
class Lived:
    """A database in which the month has been lived through, with what the tests must know of it."""

    url: str
    house: House
    tasks: dict[str, int]


def open_app(url: str, folder: Path) -> Flask:
    """Return the application on a database."""
    from app.factory import create_app  # noqa: PLC0415 - tests of pure packages run without Flask

    return create_app(Settings(database_url=url, var_dir=folder / "var", secret_key="k" * 48, testing=True))


def close_app(app: Flask) -> None:
    """Give all connections back."""
    from app import db  # noqa: PLC0415 - the same

    with app.app_context():
        db.session.remove()
        db.engine().dispose()


@pytest.fixture(scope="session")
def lived_on(
    engine_named: Callable[[str], Databases], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], Lived]:
    """Return the maker of an engine's filled template, lived through when first asked for."""
    from tests.factories import found_authority  # noqa: PLC0415 - the same
    from tests.reports.month import fill_month  # noqa: PLC0415 - the same

    made: dict[str, Lived] = {}

    def find(name: str) -> Lived:
        if name not in made:
            databases = engine_named(name)
            url = databases.kind.copy(databases.template)
            request.addfinalizer(lambda: databases.kind.drop(url))
            app = open_app(url, tmp_path_factory.mktemp("lived"))
            house = found_authority(app)
            made[name] = Lived(url, house, fill_month(app, house).tasks)
            close_app(app)
        return made[name]

    return find


@pytest.fixture(params=ENGINES)
def register(
    request: pytest.FixtureRequest,
    engine_named: Callable[[str], Databases],
    lived_on: Callable[[str], Lived],
    tmp_path: Path,
) -> Iterator[Register]:
    """Return the register of the hand-made month in a database of the test's own, once on each engine."""
    from tests.reports.month import Register  # noqa: PLC0415 - the same

    kind, lived = engine_named(request.param).kind, lived_on(request.param)
    url = kind.copy(lived.url)
    app = open_app(url, tmp_path)
    yield Register(app, lived.house, dict(lived.tasks))
    close_app(app)
    kind.drop(url)
