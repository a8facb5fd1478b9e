"""Which rows of a list a person may see, as conditions for a WHERE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from app.db import session
from app.models import CoordinatingPart, SubTask, Task

if TYPE_CHECKING:
    from app.queries.standing import Standing


def visible_tasks(standing: Standing) -> ColumnElement[bool]:
    """Return the condition for tasks of the person's committees, of the units, or coordinated by them."""
    return tasks_within(standing.authority_id, standing.committees or None, standing.seen_units or None)


def tasks_within(authority: Any, committees: Any, units: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- values or parameters
    """Return the same for an authority, committees and units, given as values or as parameters; None for none."""
    ways: list[ColumnElement[bool]] = []
    if committees is not None:
        ways.append(Task.committee_id.in_(committees))
    if units is not None:
        ways.append(Task.lead_unit_id.in_(units))
        part = select(CoordinatingPart.task_id).where(CoordinatingPart.unit_id.in_(units))
        ways.append(Task.id.in_(part.union_all(select(SubTask.task_id).where(SubTask.sub_unit_id.in_(units)))))
    return and_(Task.authority_id == authority, or_(*ways) if ways else false())


def sees_task(standing: Standing) -> ColumnElement[bool]:
    """Return the same for statements that hold few tasks: it looks for parts of each task, not for all of the units."""
    ways: list[ColumnElement[bool]] = [Task.committee_id.in_(standing.committees)] if standing.committees else []
    if units := standing.seen_units:
        part = select(CoordinatingPart.id).where(
            CoordinatingPart.task_id == Task.id, CoordinatingPart.unit_id.in_(units)
        )
        piece = select(SubTask.id).where(SubTask.task_id == Task.id, SubTask.sub_unit_id.in_(units))
        ways += [Task.lead_unit_id.in_(units), part.exists(), piece.exists()]
    return and_(Task.authority_id == standing.authority_id, or_(*ways) if ways else false())


def has_sub_task_for(task_id: int, units: frozenset[int]) -> bool:
    """Tell whether a task's lead unit gave a piece of it to one of these sub-units."""
    given = select(SubTask.id).where(SubTask.task_id == task_id, SubTask.sub_unit_id.in_(units)).limit(1)
    return session.scalar(given) is not None
