"""Who leads units on a day, and units with open tasks that nobody leads: nobody accepts and reports for these."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from app.db import session
from app.models import Office, Person, TaskCount, Unit
from app.models.task_count import MONTH
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Select

LEADING = ("head", "deputy_head")
"""The offices whose holders accept and report for their unit."""


def heads_by_unit(unit_ids: Collection[int], day: date) -> Mapping[int, list[str]]:
    """Return, for each of these units that somebody leads, the names of who does: heads, then deputy heads."""
    query = (
        select(Office.unit_id, Person.full_name)
        .join(Person, Person.id == Office.person_id)
        .where(Office.unit_id.in_(list(unit_ids)), *_leads(day))
        .order_by(case((Office.kind == LEADING[0], 0), else_=1), Person.sort_key, Office.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for unit, name in session.execute(query) if unit_ids else ():
        if name not in found[unit]:
            found[unit].append(name)
    return found


def units_without_head(authority_id: int, committees: Collection[int], day: date) -> Select[int, str, int]:
    """Select the units with open tasks of these committees that nobody leads on a day: id, name, and how many.

    It reads the kept counts, however many tasks there are.
    """
    led = select(Office.unit_id).join(Person, Person.id == Office.person_id).where(*_leads(day))
    number = func.sum(TaskCount.number)
    return (
        select(Unit.id, Unit.name, number.label("number"))
        .join(TaskCount, TaskCount.lead_unit_id == Unit.id)
        .where(
            TaskCount.authority_id == authority_id, TaskCount.part == MONTH, TaskCount.state.in_(OPEN),
            TaskCount.committee_id.in_(list(committees)), Unit.id.not_in(led),
        )
        .group_by(Unit.id, Unit.name)
        .having(number > 0)
    )  # fmt: skip


def _leads(day: date) -> tuple[ColumnElement[bool], ...]:
    held = or_(Office.to_on.is_(None), Office.to_on >= day)
    return Office.kind.in_(LEADING), Office.from_on <= day, held, Person.active.is_(True)
