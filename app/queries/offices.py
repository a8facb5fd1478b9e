"""The offices that people hold on a day, in words: of units, and seats in committees of who has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, or_, select

from app.db import session
from app.models import Committee, Membership, Office, Unit
from app.queries.kinds import OFFICES, SEATS
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement


class Held(NamedTuple):
    """An office: how it is called, and of which unit or committee."""

    office: Words
    place: str


def offices_on(day: date, people: Collection[int]) -> Mapping[int, Held]:
    """Return one office of each of these people on a day, as head of a unit before others. At most two statements."""
    if not people:
        return {}
    leads = case((Office.kind == "head", 0), else_=1)
    query = (
        select(Office.person_id, Office.kind, Office.title, Unit.name)
        .join(Unit, Unit.id == Office.unit_id)
        .where(Office.person_id.in_(people), _holds(Office, day))
        .order_by(leads, Office.id)
    )
    found: dict[int, Held] = {}
    for person_id, kind, title, name in session.execute(query):
        found.setdefault(person_id, Held(Words(title, title) if title else OFFICES[kind], name))
    left = set(people) - found.keys()
    if not left:
        return found
    seats = (
        select(Membership.person_id, Membership.office, Membership.title, Committee.short_name)
        .join(Committee, Committee.id == Membership.committee_id)
        .where(Membership.person_id.in_(left), _holds(Membership, day))
        .order_by(Membership.rank, Membership.id)
    )
    for person_id, kind, title, name in session.execute(seats):
        found.setdefault(person_id, Held(Words(title, title) if title else SEATS[kind], name))
    return found


def _holds(table: Any, day: date) -> ColumnElement[bool]:  # noqa: ANN401 -- a table of dated offices
    return and_(table.from_on <= day, or_(table.to_on.is_(None), table.to_on >= day))
