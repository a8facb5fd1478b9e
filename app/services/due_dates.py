"""Where a due date is written down: the day itself, and from which day on it counts as late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import today
from app.db import session
from app.models import Task
from app.queries.calendars import calendar_of, forget_calendar
from workflows.task import OPEN

if TYPE_CHECKING:
    from datetime import date

    from workflows.workdays import Calendar


def late_from(due: date, calendar: Calendar) -> date:
    """Return the first day that counts as late: a due date on a rest day counts from the next working day."""
    return calendar.next_working(due) + timedelta(days=1)


def place_due(task: Task, due: date | None) -> None:
    """Give a task its current due date; the original one is the caller's to keep."""
    task.current_due = due
    task.due_since = today() if due else None
    task.late_from = late_from(due, calendar_of(task.authority_id)) if due else None


def recount_lateness(authority_id: int) -> int:
    """After the calendar was edited: count anew from which day open tasks are late; no due date moves.

    Returns how many tasks changed.
    """
    forget_calendar(authority_id)
    calendar = calendar_of(authority_id)
    changed = 0
    for task in session.scalars(select(Task).where(Task.authority_id == authority_id, Task.state.in_(OPEN))):
        wanted = late_from(task.current_due, calendar) if task.current_due else None
        if task.late_from != wanted:
            task.late_from = wanted
            changed += 1
    return changed
