"""The database's own triggers, by which nothing can change unnoticed: each is named where it is missing or put off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from app.db import session
from app.models.data_stamp import STAMPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Kept(NamedTuple):
    """Triggers that keep one thing: what would go wrong without them, and their names by table and engine."""

    without: str
    sqlite: Mapping[str, Iterable[str]]
    postgresql: Mapping[str, Iterable[str]]


_CHANGES = ("insert", "update", "delete")
_SPANS = ("insert", "end", "other", "delete")
_LEDGER = {
    "extension": [f"ledger_day_extension_{change}" for change in _CHANGES],
    "task_span": [f"ledger_day_task_span_{change}" for change in _SPANS],
}
_STAMPS = {
    table: [f"data_stamp_{table}_{change}" for change in _CHANGES] for tables in STAMPED.values() for table in tables
}
KEPT = (
    Kept("thay đổi không được nhận ra (changes would go unnoticed)", _STAMPS, _STAMPS),
    Kept(
        "số đếm nhiệm vụ sẽ sai (counts of tasks would be wrong)",
        {"task": [f"task_count_{change}_{part}" for change in _CHANGES for part in ("open", "moved", "done")]},
        {"task": [f"task_count_{change}" for change in _CHANGES]},
    ),
    Kept("số liệu tháng đã lưu sẽ cũ (kept months would be stale)", _LEDGER, _LEDGER),
    Kept(
        "tìm kiếm sẽ thiếu (search would miss things)",
        {
            "task": [f"task_fts_{change}" for change in _CHANGES],
            "search_entry": [f"search_fts_{change}" for change in _CHANGES],
        },
        {},  # its search reads an index over the table itself
    ),
)
"""Migrations 0003, 0019, 0022, 0024 and 0028 make them; one that rebuilds a table must make them anew."""
_THERE = {
    "sqlite": text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND c.relnamespace = current_schema()::regnamespace"
    ),
}


def triggers_amiss() -> Iterator[str]:
    """Name each trigger that should be there and is not, with what comes of that."""
    there, engine = triggers_there(), session.connection().dialect.name
    for kept in KEPT:
        for table, names in (kept.postgresql if engine == "postgresql" else kept.sqlite).items():
            for name in names:
                if (table, name) not in there:
                    yield f"thiếu trigger (missing trigger): {table}.{name}: {kept.without}"


def triggers_there() -> set[tuple[str, str]]:
    """Return the triggers that the database has and runs, each with its table."""
    return {(table, name) for table, name in session.execute(_THERE[session.connection().dialect.name])}
