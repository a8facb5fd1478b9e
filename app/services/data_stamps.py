"""The triggers that draw the stamps: named where one is missing, as after a table was rebuilt without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from app.db import session
from app.models.data_stamp import STAMPED

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS = ("insert", "update", "delete")
_NAMES = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"),
}


def stamps_amiss() -> Iterator[str]:
    """Name each change of a stamped table that would not draw a new number."""
    there = set(session.scalars(_NAMES[session.connection().dialect.name]))
    for tables in STAMPED.values():
        for table in tables:
            for event in EVENTS:
                if f"data_stamp_{table}_{event}" not in there:
                    yield f"thiếu dấu thay đổi (changes would go unnoticed): {table}, {event}"
