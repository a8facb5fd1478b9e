"""The ledger of how each task stood: written with each move, read by the monthly account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Task, TaskSpan

if TYPE_CHECKING:
    from datetime import datetime


def write_span(task: Task, event: str, at: datetime) -> None:
    """Close the task's last span and open one that holds its standing from `at` (UTC) on, if that changed."""
    last = session.scalars(select(TaskSpan).where(TaskSpan.task_id == task.id, TaskSpan.ended_at.is_(None))).first()
    span = TaskSpan(
        authority_id=task.authority_id,
        committee_id=task.committee_id,
        task_id=task.id,
        seq=1,
        lead_unit_id=task.lead_unit_id,
        state=task.state,
        original_due=task.original_due,
        current_due=task.current_due,
        reported_on=task.reported_on,
        event=event,
        began_at=at,
    )
    if last is not None:
        if _standing(last) == _standing(span):
            return
        span.seq = last.seq + 1
        last.ended_at = at
        session.flush()
    session.add(span)


def _standing(span: TaskSpan) -> tuple[object, ...]:
    return (span.lead_unit_id, span.state, span.original_due, span.current_due, span.reported_on)
