"""A task with what its permission and its facts need of other rows, in one statement."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Committee, CoordinatingPart, Task, Unit
from app.queries.facts import beside_task, task_facts

if TYPE_CHECKING:
    from sqlalchemy import Select

    from workflows.task import TaskFacts


class Judged(NamedTuple):
    """A task and what its table must know of it."""

    task: Task
    facts: TaskFacts


def task_of(task_id: int) -> Task | None:
    """Return a task with its lead unit, committee and parts; None where there is none."""
    return session.scalars(_plain(), {"id": task_id}).unique().first()


def task_and_facts(task_id: int) -> Judged | None:
    """Return the same, and what its table must know of it."""
    row = session.execute(_with_facts(), {"id": task_id}).unique().first()
    return Judged(row[0], task_facts(row[0], row)) if row else None


def whole_task(*columns: Any) -> Select[Any]:  # noqa: ANN401 -- columns
    """Return the query for a task, by `id`, with its lead unit, committee and parts, and more columns about it."""
    return (
        select(Task, *columns)
        .where(Task.id == bindparam("id"))
        .options(
            joinedload(Task.lead_unit),
            joinedload(Task.committee),
            joinedload(Task.coordinating).joinedload(CoordinatingPart.unit),
        )
    )


# Put together when first asked: naming relations has SQLAlchemy work out all of them, which a start need not.
@cache
def _plain() -> Select[Any]:
    return whole_task()


@cache
def _with_facts() -> Select[Any]:
    # What only names things is left to who shows them: a move asks two rules of the unit and one of the committee.
    return (
        select(Task, *beside_task(Task.__table__.c.id))
        .where(Task.id == bindparam("id"))
        .options(
            joinedload(Task.lead_unit).load_only(Unit.staff_may_accept, Unit.staff_may_report),
            joinedload(Task.committee).load_only(Committee.secretary_may_confirm),
            joinedload(Task.coordinating),
        )
    )
