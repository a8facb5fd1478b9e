"""Who is expected at a meeting and who came, as far as its quorum and the call of names need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from app.clock import day_of
from app.db import session
from app.models import Membership, Office, Person, Unit, UnitGroup
from workflows.invitation import ACCEPTED, DECLINED, DEPUTISED
from workflows.quorum import needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.models import Attendance, Meeting

INVITED, REPRESENTED = "invited", "represented"
CAME = frozenset({"present", REPRESENTED})
EXPECTED: Mapping[str, str] = {ACCEPTED: "present", DECLINED: "excused", DEPUTISED: REPRESENTED}
"""What an answer makes us expect of the attendance."""


class Quorum(NamedTuple):
    """How many members there are, are needed, and came (before the call of names: are expected)."""

    members: int
    needed: int
    there: int
    counted: bool
    """False while the figures are those of the answers."""

    @property
    def reached(self) -> bool:
        """Whether the meeting may conclude."""
        return self.there >= self.needed


def expected(row: Attendance) -> tuple[str, str]:
    """Return the attendance to begin with: what is recorded, else what was answered; with the deputy's name."""
    if row.status != INVITED:
        return row.status, row.represented_by
    return EXPECTED.get(row.state, INVITED), row.deputy_name


def quorum_of(meeting: Meeting) -> Quorum | None:
    """Return how a meeting stands against its committee's quorum; None where none is set.

    A member who sends a deputy counts as there.
    """
    if not meeting.committee.quorum:
        return None
    members = _members(meeting.committee_id, day_of(meeting.starts_at))
    counted = any(row.status in CAME for row in meeting.attendances)
    there = {
        row.person_id
        for row in meeting.attendances
        if row.person_id in members and (row.status if counted else expected(row)[0]) in CAME
    }
    return Quorum(len(members), needed(meeting.committee.quorum, len(members)), len(there), counted)


def _members(committee_id: int, day: date) -> set[int]:
    query = select(Membership.person_id).where(
        Membership.committee_id == committee_id,
        Membership.from_on <= day,
        or_(Membership.to_on.is_(None), Membership.to_on >= day),
    )
    return set(session.scalars(query))


class Head(NamedTuple):
    """Who heads a unit on a day."""

    unit: Unit
    person: Person | None
    title: str


def heads_of(unit_ids: Iterable[int], day: date) -> list[Head]:
    """Return the units in the authority's order, each with its head; None where it has none."""
    wanted = set(unit_ids)
    held = (
        select(Office.unit_id, Person, Office.title)
        .join(Person, Person.id == Office.person_id)
        .where(
            Office.unit_id.in_(wanted),
            Office.kind == "head",
            Office.from_on <= day,
            or_(Office.to_on.is_(None), Office.to_on >= day),
            Person.active,
        )
        .order_by(Office.from_on, Office.id)
    )
    heads = {unit_id: (person, title) for unit_id, person, title in session.execute(held)}
    units = session.scalars(select(Unit).where(Unit.id.in_(wanted)).order_by(Unit.position, Unit.id))
    return [Head(unit, *heads.get(unit.id, (None, ""))) for unit in units]


def units_of_groups(authority_id: int, group_ids: Iterable[int]) -> set[int]:
    """Return the units of some named groups of the authority."""
    query = select(UnitGroup).where(UnitGroup.authority_id == authority_id, UnitGroup.id.in_(set(group_ids)))
    return {unit.id for group in session.scalars(query) for unit in group.units}


def people_of_units(unit_ids: Sequence[int], day: date) -> list[str]:
    """Return the names of who holds an office in some units on a day, to choose a deputy from."""
    query = (
        select(Person.full_name, Person.sort_key)
        .join(Office, Office.person_id == Person.id)
        .where(
            Office.unit_id.in_(unit_ids),
            Office.from_on <= day,
            or_(Office.to_on.is_(None), Office.to_on >= day),
            Person.active,
        )
        .distinct()
        .order_by(Person.sort_key)
    )
    return [name for name, _key in session.execute(query)]
