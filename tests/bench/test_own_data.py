"""The data set in our schema is what the product itself would have written: chains, words, indexes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, select, text

from app import migrations_runner
from app.bench import own_data
from app.bench.own_words import folded
from app.bench.sample import samples
from app.db import make_engine
from app.models import Conclusion, Event, Notice, SearchEntry, Task
from app.models.search_entry import SOURCES, entry_values
from app.services.history import Link, digest_of
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

TODAY = date(2026, 11, 22)
COUNT = 60


@pytest.fixture
def filled(url: str) -> Iterator[Engine]:
    """Give a database that was filled, with all that a migrated one has."""
    engine = make_engine(url)
    own_data.fill(engine, COUNT, TODAY)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: object) -> str:
    """Give the address of a migrated, empty database."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("empty_postgres")
    else:
        address = f"sqlite:///{tmp_path}/own.sqlite3"
    migrations_runner.move(address)
    return address
