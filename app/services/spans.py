"""The ledger of how each task stood: written with each move, read by the monthly account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from app.clock import start_of
from app.db import fetch, session, table_of
from app.models import TaskSpan
from app.services.batches import SPANS, append, is_blank
from workflows.task import ASSIGNED, ENTER_DONE, UNDO_ENTRY

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from app.models import Task


def write_span(task: Task, event: str, at: datetime) -> None:
    """Close the task's last span and open one that holds its standing from `at` (UTC) on, if that changed.

    A task entered as done long ago stood as assigned until that day, and as completed since. One whose entry is
    undone never stood.
    """
    blank = is_blank(SPANS, task.id)
    if event in {ENTER_DONE, UNDO_ENTRY} and not blank:
        forget_spans([task.id])
    if event == ENTER_DONE:
        _write_past(task)
        return
    standing = {name: getattr(task, name) for name in _STANDING}
    if blank:
        _add(task, standing, event, at, 1)
        return
    now = {f"now_{name}": value for name, value in standing.items()}
    closed = fetch(_CLOSE, {**now, "task": task.id, "at": at}).first()
    if closed is None and fetch(_LAST, {"task": task.id}).first() is not None:
        return
    _add(task, standing, event, at, closed.seq + 1 if closed else 1)


def lead_on(task: Task, day: date) -> int:
    """Return which unit led a task when a Vietnamese day began; its lead of now where the ledger begins later."""
    at = start_of(day)
    led = select(_TABLE.c.lead_unit_id).where(
        _TABLE.c.task_id == task.id, _TABLE.c.began_at <= at, or_(_TABLE.c.ended_at.is_(None), _TABLE.c.ended_at > at)
    )
    found = session.scalar(led.order_by(_TABLE.c.seq.desc()).limit(1))
    return found or task.lead_unit_id


def forget_spans(task_ids: Collection[int]) -> None:
    """Let these tasks never have stood; what they are from now on is the next move's to write."""
    gone = delete(TaskSpan).where(TaskSpan.task_id.in_(task_ids))
    session.execute(gone.execution_options(synchronize_session=False))


def _write_past(task: Task) -> None:
    standing = {name: getattr(task, name) for name in _STANDING}
    given_at = cast("datetime", task.assigned_at)
    done_at = max(given_at, cast("datetime", task.completed_at))
    _add(task, standing | {"state": ASSIGNED, "reported_on": None}, "assign", given_at, 1, done_at)
    _add(task, standing, ENTER_DONE, done_at, 2)


def _add(  # noqa: PLR0913, PLR0917 -- a span has these columns
    task: Task, standing: dict[str, Any], event: str, began_at: datetime, seq: int, ended_at: datetime | None = None
) -> None:
    about = {"authority_id": task.authority_id, "committee_id": task.committee_id, "task_id": task.id}
    append(_OPEN, {**standing, **about, "seq": seq, "event": event, "began_at": began_at, "ended_at": ended_at})


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
