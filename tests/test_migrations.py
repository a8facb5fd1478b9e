"""The database's shape: one line of migrations, up and down on both engines, equal to the models."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import app.models  # noqa: F401 - registers the tables
from app import migrations_runner
from app.db import Base, make_engine


def is_ours(_item: object, name: str | None, _kind: str, _reflected: object, _other: object) -> bool:
    """Leave the search indexes out, tables on SQLite and an index on PostgreSQL: no model speaks of it."""
    return not str(name).startswith(("task_fts", "search_fts"))


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_the_newest_migration_is_the_one_that_alembic_sees() -> None:
    script = ScriptDirectory.from_config(migrations_runner.alembic_config())
    assert script.get_heads() == [migrations_runner.newest()]


def test_an_empty_database_has_no_revision(empty_database_url: str) -> None:
    assert migrations_runner.current(empty_database_url) is None


def test_up_down_and_up_again(empty_database_url: str) -> None:
    migrations_runner.move(empty_database_url)
    first = tables(empty_database_url)
    migrations_runner.move(empty_database_url, "base", down=True)
    assert tables(empty_database_url) == {"alembic_version"}
    migrations_runner.move(empty_database_url)
    assert tables(empty_database_url) == first
    assert migrations_runner.current(empty_database_url) == migrations_runner.newest()


def test_the_database_is_what_the_models_say(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours, "target_metadata": Base.metadata}
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []
