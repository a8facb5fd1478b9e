"""The ledger of how each task stood: written with each move, read by the monthly account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, insert, or_, select, update

from app.db import fetch, table_of
from app.models import TaskSpan

if TYPE_CHECKING:
    from datetime import datetime

    from app.models import Task


def write_span(task: Task, event: str, at: datetime) -> None:
    """Close the task's last span and open one that holds its standing from `at` (UTC) on, if that changed."""
    standing = {name: getattr(task, name) for name in _STANDING}
    now = {f"now_{name}": value for name, value in standing.items()}
    closed = fetch(_CLOSE, {**now, "task": task.id, "at": at}).first()
    if closed is None and fetch(_LAST, {"task": task.id}).first() is not None:
        return
    fetch(
        _OPEN,
        {
            **standing,
            "authority_id": task.authority_id,
            "committee_id": task.committee_id,
            "task_id": task.id,
            "seq": closed.seq + 1 if closed else 1,
            "event": event,
            "began_at": at,
        },
    )


_TABLE = table_of(TaskSpan)
_STANDING = ("lead_unit_id", "state", "original_due", "current_due", "reported_on")
_PRESENT = and_(_TABLE.c.task_id == bindparam("task"), _TABLE.c.ended_at.is_(None))
_LAST = select(_TABLE.c.seq).where(_PRESENT)
# The last span ends only where the task now stands otherwise.
_CLOSE = (
    update(_TABLE)
    .where(_PRESENT, or_(*(_TABLE.c[name].is_distinct_from(bindparam(f"now_{name}")) for name in _STANDING)))
    .values(ended_at=bindparam("at"))
    .returning(_TABLE.c.seq)
)
_OPEN = insert(_TABLE).inline()
