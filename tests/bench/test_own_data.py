"""The data set in our schema is what the product itself would have written: words, indexes, chains, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.orm import Session

from app import db
from app.bench import own_data, stores
from app.bench.own_words import folded
from app.bench.sample import samples
from app.clock import today
from app.db import make_engine, table_of
from app.factory import create_app
from app.models import CalendarDay, Event, Person, SearchEntry, Task
from app.models.search_entry import SOURCES, entry_values
from app.services.verification import CHECKS
from app.text import fold
from config import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

COUNT = 45
TABLES = [table_of(model) for model in (Person, CalendarDay, Task, Event, SearchEntry)]


def shape_of(engine: Engine) -> dict[str, Any]:
    """Name all tables, indexes and triggers."""
    there = inspect(engine)
    found: dict[str, Any] = {
        table: sorted(str(index["name"]) for index in there.get_indexes(table)) for table in there.get_table_names()
    }
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            query = text("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2")
            found["made"] = [tuple(row) for row in connection.execute(query)]
            found["checked"] = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
    return found


def test_the_data_are_whole_and_all_indexes_are_back(database_url: str, tmp_path: Path) -> None:
    engine = make_engine(database_url)
    before = shape_of(engine)
    facts = own_data.fill(engine, COUNT, today())
    assert {name: made for name, made in shape_of(engine).items() if not name.startswith("sqlite_stat")} == before
    with Session(engine) as session:
        assert session.scalar(select(func.count(Task.id))) == COUNT
        for model, source in SOURCES.items():
            for item in session.scalars(select(model)):
                kept = session.scalars(
                    select(SearchEntry).where(SearchEntry.kind == source.kind, SearchEntry.item_id == item.id)  # type: ignore[attr-defined]  # all of them have ids
                ).one()
                wanted = entry_values(source.kind, [getattr(item, column) for column in source.columns])
                assert {"words": kept.words, "toned": kept.toned} == wanted
        assert_found_by_word(session.connection(), session.get_one(Task, 7).title.split()[0])
    assert facts["overdue"] > 0
    engine.dispose()
    with create_app(Settings(database_url=database_url, var_dir=tmp_path, secret_key="do" * 20)).app_context():
        assert {name: list(check()) for name, check in CHECKS} == {name: [] for name, _ in CHECKS}
        db.session.remove()
        db.engine().dispose()


def assert_found_by_word(connection: Connection, word: str) -> None:
    """See that the word index was built over rows that came before it."""
    if connection.dialect.name == "sqlite":
        query = "SELECT count(*) FROM search_fts WHERE search_fts MATCH :word"
    else:
        query = "SELECT count(*) FROM search_entry WHERE to_tsvector('simple', words) @@ to_tsquery('simple', :word)"
    found = connection.execute(text(query), {"word": fold(word)}).scalar()
    assert found
    assert found > 0


def test_words_are_folded_as_the_product_folds_them() -> None:
    for sample in samples(200, today()):
        assert folded(f"NV-2026-{sample.number} {sample.text}") == fold(f"NV-2026-{sample.number} {sample.text}")


@pytest.mark.slow
def test_postgresql_takes_over_the_rows_that_sqlite_has(postgres_server: str, tmp_path: Path) -> None:
    files, server = stores.SQLiteFiles(tmp_path), stores.PostgresServer(postgres_server)
    name = stores.build(files, "own", COUNT, today())
    assert stores.build(server, "own", COUNT, today(), files) == name
    rows = []
    for url in (files.url(name), server.url(name)):
        engine = make_engine(url)
        with Session(engine) as session:
            rows.append([session.execute(select(table).order_by(*table.primary_key)).all() for table in TABLES])
        engine.dispose()
    server.drop(server.url(name))
    assert rows[0] == rows[1]
    assert all(rows[0])
