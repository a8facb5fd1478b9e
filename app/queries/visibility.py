"""Which rows of a list a person may see, as conditions for a WHERE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false, or_, select

from app.models import CoordinatingPart, Task

if TYPE_CHECKING:
    from app.queries.standing import Standing


def visible_tasks(standing: Standing) -> ColumnElement[bool]:
    """Return the condition for tasks of the person's committees, of the units, or coordinated by them."""
    ways: list[ColumnElement[bool]] = []
    if standing.committees:
        ways.append(Task.committee_id.in_(standing.committees))
    if standing.units:
        ways.append(Task.lead_unit_id.in_(standing.units))
        coordinated = select(CoordinatingPart.task_id).where(CoordinatingPart.unit_id.in_(standing.units))
        ways.append(Task.id.in_(coordinated))
    reach = or_(*ways) if ways else false()
    return (Task.authority_id == standing.authority_id) & reach
