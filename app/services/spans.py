"""The ledger of how each task stood: written with each move, read by the monthly account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from app.db import fetch, table_of
from app.models import TaskSpan

if TYPE_CHECKING:
    from datetime import datetime

    from app.models import Task


def write_span(task: Task, event: str, at: datetime) -> None:
    """Close the task's last span and open one that holds its standing from `at` (UTC) on, if that changed."""
    standing = {
        "lead_unit_id": task.lead_unit_id,
        "state": task.state,
        "original_due": task.original_due,
        "current_due": task.current_due,
        "reported_on": task.reported_on,
    }
    last = fetch(_LAST, {"task": task.id}).first()
    if last is not None:
        if all(getattr(last, name) == value for name, value in standing.items()):
            return
        fetch(_CLOSE, {"span": last.id, "ended_at": at})
    fetch(
        _OPEN,
        {
            **standing,
            "authority_id": task.authority_id,
            "committee_id": task.committee_id,
            "task_id": task.id,
            "seq": last.seq + 1 if last else 1,
            "event": event,
            "began_at": at,
        },
    )


_TABLE = table_of(TaskSpan)
# NULL is written out, so that the index of last spans is used.
_LAST = select(
    _TABLE.c.id, _TABLE.c.seq, _TABLE.c.lead_unit_id, _TABLE.c.state, _TABLE.c.original_due, _TABLE.c.current_due,
    _TABLE.c.reported_on,
).where(_TABLE.c.task_id == bindparam("task"), _TABLE.c.ended_at.is_(None))  # fmt: skip
_CLOSE = update(_TABLE).where(_TABLE.c.id == bindparam("span")).values(ended_at=bindparam("ended_at"))
_OPEN = insert(_TABLE).inline()
