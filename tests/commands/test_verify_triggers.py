"""`verify` names every trigger of ours that is missing, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from app.db import session, transaction
from app.services.kept_triggers import KEPT, triggers_amiss, triggers_there
from app.services.verification import CHECKS

if TYPE_CHECKING:
    from flask import Flask


def drop(table: str, name: str) -> None:
    with transaction():
        on = f" ON {table}" if session.connection().dialect.name == "postgresql" else ""
        session.execute(text(f"DROP TRIGGER {name}{on}"))


def test_every_trigger_of_a_new_database_is_known_and_none_is_amiss(app: Flask) -> None:
    with app.app_context():
        engine = session.connection().dialect.name
        named = [kept.postgresql if engine == "postgresql" else kept.sqlite for kept in KEPT]
        known = {(table, name) for tables in named for table, names in tables.items() for name in names}
        assert triggers_there() == known
        assert list(triggers_amiss()) == []


@pytest.mark.parametrize(
    ("table", "sqlite", "postgresql", "without"),
    [
        ("office", "data_stamp_office_update", "data_stamp_office_update", "changes would go unnoticed"),
        ("task", "task_count_update_open", "task_count_update", "counts of tasks would be wrong"),
        ("task_span", "ledger_day_task_span_end", "ledger_day_task_span_end", "kept months would be stale"),
        ("extension", "ledger_day_extension_insert", "ledger_day_extension_insert", "kept months would be stale"),
        ("task", "task_fts_insert", "", "search would miss things"),
        ("search_entry", "search_fts_delete", "", "search would miss things"),
    ],
)
def test_a_missing_one_is_named_with_what_comes_of_it(
    app: Flask, table: str, sqlite: str, postgresql: str, without: str
) -> None:
    with app.app_context():
        name = postgresql if session.connection().dialect.name == "postgresql" else sqlite
        if not name:
            pytest.skip("PostgreSQL searches an index over the table itself")
        drop(table, name)
        said = [line for _label, check in CHECKS for line in check()]
        assert [line for line in said if f"{table}.{name}" in line and without in line] == said != []


def test_one_that_is_put_off_is_named_too(app: Flask) -> None:
    with app.app_context():
        if session.connection().dialect.name != "postgresql":
            pytest.skip("SQLite cannot put a trigger off")
        with transaction():
            session.execute(text("ALTER TABLE task DISABLE TRIGGER task_count_insert"))
        assert "task.task_count_insert" in "".join(triggers_amiss())
