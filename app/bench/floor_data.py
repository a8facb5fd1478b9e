"""Fills an empty database of the floor with the same data set."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table

from app.bench.bulk import insert_rows, settle
from app.bench.floor import Change, FloorBase, Task, Unit
from app.bench.sample import UNITS, samples

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Engine

    from app.bench.sample import Sample

CHUNK = 2_000
WORDS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE task_words USING fts5(title, detail, content='', tokenize='unicode61')",
        "INSERT INTO task_words(rowid, title, detail) SELECT id, title, detail FROM task",
    ),
    "postgresql": (
        "ALTER TABLE task ADD words tsvector",
        "UPDATE task SET words = to_tsvector('simple', title || ' ' || detail)",
        "CREATE INDEX task_words ON task USING gin (words)",
    ),
}


def fill(engine: Engine, count: int, today: date) -> dict[str, Any]:
    """Write `count` tasks with three lines of history each, and return what a right answer must say."""
    overdue, movable, lines = 0, [], 0
    rest = samples(count, today)
    with engine.begin() as connection:
        FloorBase.metadata.create_all(connection)
        _insert(connection, Unit, [{"id": n, "name": f"Unit {n:02d}"} for n in range(1, UNITS + 1)])
        while chunk := list(islice(rest, CHUNK)):
            _insert(connection, Task, [_task(sample) for sample in chunk])
            history = [line for sample in chunk for line in _history(sample)]
            _insert(connection, Change, [{"id": lines + n, **line} for n, line in enumerate(history, 1)])
            lines += len(history)
            overdue += sum(sample.fate == "overdue" for sample in chunk)
            movable += [sample.number for sample in chunk if sample.closed_on is None]
        settle(connection, FloorBase.metadata.sorted_tables)
        _index_words(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")
    return {"overdue": overdue, "movable": movable[:CHUNK]}


def _insert(connection: Connection, model: type[FloorBase], rows: list[dict[str, Any]]) -> None:
    table = model.__table__
    if isinstance(table, Table):
        insert_rows(connection, table, rows)


def _index_words(connection: Connection) -> None:
    for statement in WORDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _status(sample: Sample) -> str:
    if sample.closed_on:
        return "cancelled" if sample.fate == "withdrawn" else "done"
    return "progress" if sample.stage else "new"


def _at(day: date, hour: int, second: int) -> datetime:
    return datetime.combine(day, time(hour)) + timedelta(seconds=second)


def _task(sample: Sample) -> dict[str, Any]:
    return {
        "id": sample.number,
        "title": sample.title,
        "detail": sample.text,
        "unit_id": sample.unit,
        "status": _status(sample),
        "created": _at(sample.given_on, 9, sample.second),
        "due": sample.due_on,
        "closed": _at(sample.closed_on, 14, sample.second) if sample.closed_on else None,
    }


def _history(sample: Sample) -> list[dict[str, Any]]:
    begin = _at(sample.given_on, 9, sample.second)
    last = ("status", "new", _status(sample)) if sample.closed_on or sample.stage else ("title", "", sample.title[:40])
    changes = [
        (begin + timedelta(hours=2), "unit", str(sample.old_unit), str(sample.unit)),
        (begin + timedelta(days=1), "due", str(sample.due_on - timedelta(days=7)), str(sample.due_on)),
        (_at(sample.closed_on, 14, sample.second) if sample.closed_on else begin + timedelta(days=2), *last),
    ]
    return [
        {"task_id": sample.number, "at": at, "author_id": sample.unit, "field": field, "old": old, "new": new}
        for at, field, old, new in changes
    ]
