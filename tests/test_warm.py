"""What tests share never lets one test see another's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, text

from app.db import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    """Return engines on two empty databases, the second made when the first one's kind is known."""
    one = make_engine(f"sqlite:///{tmp_path / 'one.sqlite3'}")
    with one.begin() as connection:
        connection.execute(text("CREATE TABLE seen (day TEXT)"))
    two = make_engine(f"sqlite:///{tmp_path / 'two.sqlite3'}")
    yield one, two
    one.dispose()
    two.dispose()


def test_engines_share_the_wording_of_sql_and_no_database(engines: tuple[Engine, Engine]) -> None:
    one, two = engines
    shared: Any = two
    assert shared.dialect is one.dialect
    assert inspect(one).has_table("seen")
    assert not inspect(two).has_table("seen")


def test_a_connection_is_prepared_as_the_products_but_does_not_wait_for_the_disk(
    engines: tuple[Engine, Engine],
) -> None:
    with engines[1].begin() as connection:
        asked = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("foreign_keys", "synchronous")}
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    assert asked == {"foreign_keys": 1, "synchronous": 0}
