"""What a unit must do now: its open tasks by what is asked, and its parts in others' tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from app.db import session
from app.models import Committee, CoordinatingPart, Extension, Person, Task, Unit
from app.queries.task_list import TaskFilter, where
from app.queries.task_statuses import status_condition
from workflows.extension import REQUESTED
from workflows.task import ASSIGNED, COMPLETED, OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row

    from app.queries.standing import Standing

ACCEPT, AGAIN, LATE, NEAR, AHEAD, WAITING, PAUSED, PART = (
    "awaiting-acceptance", "work-again", "work-late", "work-near", "work-ahead", "awaiting-ruling", "paused", "part",
)  # fmt: skip
SECTIONS = (ACCEPT, AGAIN, LATE, NEAR, AHEAD, WAITING, PAUSED)
"""The sections of the unit's home in order: each is a status of the list of tasks."""
NOW = (ACCEPT, AGAIN, LATE, NEAR)
"""Sections whose tasks ask for something now."""
CAP = 400
"""So many tasks are read; a section that shows fewer than it counts links to its list."""


def filter_of(section: str, unit_id: int) -> TaskFilter:
    """Return the list that a section counts."""
    if section == PART:
        return TaskFilter(part=unit_id)
    return TaskFilter(status=section, unit=unit_id)


def own_units(standing: Standing) -> Sequence[Unit]:
    """Return the units in which the person holds an office, in the authority's order."""
    query = select(Unit).where(Unit.id.in_(standing.units)).order_by(Unit.position, Unit.id)
    return session.scalars(query).all()


@dataclass(frozen=True)
class InboxCounts:
    """How many tasks each section holds, how many are open in all, how many of them are this person's.

    `completed` tells whether the unit has ever completed one.
    """

    sections: dict[str, int]
    open: int
    mine: int
    completed: bool

    @property
    def now(self) -> int:
        """How many tasks ask for something now."""
        return sum(self.sections[name] for name in NOW)

    @property
    def idle(self) -> bool:
        """Whether nothing is left for the unit to do, not even later."""
        return not self.now and not self.sections[AHEAD]


def inbox_counts(standing: Standing, unit_id: int, today: date) -> InboxCounts:
    """Return the numbers of a unit's home, in one statement."""
    parts = select(func.count()).select_from(Task).where(where(filter_of(PART, unit_id), standing, today))
    conditions = [status_condition(name, standing, today) for name in ("open", *SECTIONS)]
    conditions.append(and_(Task.owner_id == standing.person_id, Task.state.in_(OPEN)))
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in conditions]
    base = where(TaskFilter(status="open", unit=unit_id), standing, today)
    earlier = select(Task.id).where(Task.lead_unit_id == unit_id, Task.state == COMPLETED).exists()
    completed = case((earlier, 1), else_=0)
    row = session.execute(select(parts.scalar_subquery(), completed, *sums).select_from(Task).where(base)).one()
    part, done, whole, *sections, mine = row
    return InboxCounts({**dict(zip(SECTIONS, sections, strict=True)), PART: part}, whole, mine, bool(done))


def inbox_rows(standing: Standing, unit_id: int, today: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the unit's open tasks and parts, those to accept first, then by due date; at most CAP.

    Each row has a column per section (0 or 1) that says whether the section holds it.
    """
    lead = Task.lead_unit_id == unit_id
    owner = aliased(Person)
    query = (
        select(
            Task.id, Task.code, Task.title, Task.state, Task.version, Task.priority, Task.current_due,
            Task.original_due, Task.reported_on, Task.assigned_at, Task.made_at, Task.due_changes, Task.returns,
            Task.recurrence, Task.owner_id, owner.full_name.label("owner"), Task.card,
            Committee.short_name.label("committee"), Unit.name.label("lead"), Extension.requested_due,
            *(_flag(name, and_(lead, status_condition(name, standing, today))) for name in SECTIONS),
            _flag(PART, not_lead(unit_id)),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(Committee, Committee.id == Task.committee_id)
        .outerjoin(owner, owner.id == Task.owner_id)
        .outerjoin(Extension, and_(Extension.task_id == Task.id, Extension.state == REQUESTED))
        .where(
            Task.authority_id == standing.authority_id,
            Task.state.in_(OPEN),
            or_(lead if unit_id in standing.units else false(), not_lead(unit_id)),
        )
        .order_by((Task.state == ASSIGNED).desc(), Task.current_due.asc().nulls_last(), Task.id)
        .limit(CAP)
    )  # fmt: skip
    return session.execute(query).all()


def not_lead(unit_id: int) -> ColumnElement[bool]:
    """Return the condition for tasks in which a unit only has a part."""
    return Task.id.in_(select(CoordinatingPart.task_id).where(CoordinatingPart.unit_id == unit_id))


def _flag(name: str, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0).label(flag_name(name))


def flag_name(section: str) -> str:
    """Return the name of the column that says whether a row is in a section."""
    return f"in_{section.replace('-', '_')}"
