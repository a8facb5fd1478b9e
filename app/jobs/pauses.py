"""Lets paused tasks go on when their day has come."""

from __future__ import annotations

from sqlalchemy import select

from app.clock import today
from app.db import session, transaction
from app.errors import DomainError
from app.jobs.authorities import each_authority
from app.models import Task
from app.queries.calendars import calendar_of
from app.services.moves import make_move
from workflows.task import PAUSED


def resume_pauses() -> int:
    """Resume the tasks whose pause is over, on the first working day from then on; one transaction a task."""
    day, resumed = today(), 0
    for authority_id in each_authority():
        if not calendar_of(authority_id).is_working(day):
            continue
        due = select(Task.id).where(Task.authority_id == authority_id, Task.state == PAUSED, Task.pause_until <= day)
        ids = session.scalars(due.order_by(Task.id)).all()
        session.rollback()
        for task_id in ids:
            resumed += _resume(task_id)
    return resumed


def _resume(task_id: int) -> int:
    """Resume one task if it is still to be resumed, and return 1 if it was."""
    try:
        with transaction():
            task = session.get(Task, task_id, with_for_update=True, populate_existing=True)
            if task is None or task.state != PAUSED:
                return 0
            make_move(task, "resume")
    except DomainError:  # somebody was quicker, or has moved it elsewhere
        return 0
    return 1
