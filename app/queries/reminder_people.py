"""Who hears a reminder: for every committee and unit the heads, the ruler and the confirmer of a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, or_, select

from app.db import session
from app.models import Absence, Committee, Delegation, Membership, Office, Person, Portfolio, Unit
from workflows.reminders import CONFIRMER, OWNER, RULER, UNIT_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import ColumnElement

    from workflows.reminders import Audience

RULING_MOVE = "confirm"


class Hearer(NamedTuple):
    """One person who hears reminders about a unit's tasks in a committee, as one audience."""

    committee_id: int
    unit_id: int
    audience: Audience
    person_id: int
    outside: bool


@dataclass
class Offices:
    """Who holds what on a day: offices in units, seats in committees, and the units each deputy is in charge of."""

    by_unit: dict[int, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    units_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    seats: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    in_charge: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[int, int | None] = field(default_factory=dict)
    outside: set[int] = field(default_factory=set)
    alive: set[int] = field(default_factory=set)
    """Everybody who is active."""
    substitutes: dict[int, int] = field(default_factory=dict)
    """Who stands in today, by who is absent; both hear."""

    def chain(self, unit: int) -> list[int]:
        """Return a unit and those above it, nearest first."""
        found: list[int] = []
        node: int | None = unit
        while node is not None and node not in found:
            found.append(node)
            node = self.parents.get(node)
        return found

    def answering(self, unit: int, *kinds: str) -> list[int]:
        """Return who holds these offices in a unit, else in the nearest unit above: nobody's task is forgotten."""
        for each in self.chain(unit):
            people = [person for kind in kinds for person in self.by_unit[each][kind]]
            if people:
                return people
        return []

    def is_party(self, person: int, unit: int) -> bool:
        """Tell whether a person holds an office in a unit or below it, and so does not rule on its tasks."""
        return any(unit in self.chain(own) for own in self.units_of[person])


def hearers(authority_id: int, day: date) -> Iterator[Hearer]:
    """Return who hears what, on a day, about each unit's tasks in each committee. Seven short queries."""
    held = offices_on(authority_id, day)
    committees = session.scalars(select(Committee).where(Committee.authority_id == authority_id)).all()
    for committee in committees:
        for unit in held.parents:
            audiences = {
                OWNER: held.answering(unit, "head", "contact"),
                UNIT_HEAD: held.answering(unit, "head", "deputy_head"),
                RULER: _rulers(held, committee, unit),
                CONFIRMER: _confirmers(held, committee, unit),
            }
            for audience, people in audiences.items():
                standing_in = [held.substitutes[one] for one in people if one in held.substitutes]
                for person in dict.fromkeys([*people, *standing_in]):
                    yield Hearer(committee.id, unit, audience, person, unit in held.outside)


def _rulers(held: Offices, committee: Committee, unit: int) -> list[int]:
    """Return the deputies in charge of a unit, else the chair."""
    return held.in_charge[committee.id, unit] or held.seats[committee.id, "chair"]


def _confirmers(held: Offices, committee: Committee, unit: int) -> list[int]:
    """Return who rules on a unit's reports, in the order in which others step in for who is a party."""
    queues = [
        held.in_charge[committee.id, unit],
        held.seats[committee.id, "chair"],
        held.seats[committee.id, "deputy"],
        held.seats[committee.id, "secretary"],
        [committee.stand_in_id] if committee.stand_in_id else [],
    ]
    free = [[person for person in people if not held.is_party(person, unit)] for people in queues]
    chosen = next((people for people in free if people), held.seats[committee.id, "chair"])
    return [*chosen, *free[3]] if committee.secretary_may_confirm else chosen


def offices_on(authority_id: int, day: date) -> Offices:
    """Return who holds what in an authority on a day."""
    held = Offices()
    units = select(Unit.id, Unit.parent_id, Unit.outside).where(Unit.authority_id == authority_id)
    for unit_id, parent, outside in session.execute(units):
        held.parents[unit_id] = parent
        if outside:
            held.outside.add(unit_id)
    active = select(Person.id).where(Person.authority_id == authority_id, Person.active)
    alive = held.alive = set(session.scalars(active))
    offices = select(Office.unit_id, Office.kind, Office.person_id).where(_in_force(Office, day)).order_by(Office.id)
    for unit_id, kind, person in session.execute(offices):
        if person in alive:
            held.by_unit[unit_id][kind].append(person)
            held.units_of[person].add(unit_id)
    away = select(Absence.person_id, Absence.substitute_id).where(
        Absence.authority_id == authority_id,
        Absence.from_on <= day,
        Absence.to_on >= day,
        Absence.revoked_on.is_(None),
    )
    held.substitutes = {absent: substitute for absent, substitute in session.execute(away) if substitute in alive}
    _seats(held, alive, authority_id, day)
    return held


def _seats(held: Offices, alive: set[int], authority_id: int, day: date) -> None:
    """Note who sits in the committees, and for which units the deputies rule."""
    seats = (
        select(Membership.committee_id, Membership.office, Membership.person_id)
        .where(_in_force(Membership, day))
        .order_by(Membership.rank, Membership.id)
    )
    for committee_id, office, person in session.execute(seats):
        if person in alive:
            held.seats[committee_id, office].append(person)
    charges = select(Portfolio.committee_id, Portfolio.unit_id, Portfolio.person_id).where(_in_force(Portfolio, day))
    for committee_id, unit_id, person in session.execute(charges.order_by(Portfolio.id)):
        if person in held.seats[committee_id, "deputy"]:
            held.in_charge[committee_id, unit_id].append(person)
    for committee_id, unit_ids, person in _lent(authority_id, day):
        for unit_id in unit_ids or held.parents:
            if person in alive:
                held.in_charge[committee_id, unit_id].append(person)


def _in_force(model: type[Office | Membership | Portfolio], day: date) -> ColumnElement[bool]:
    return and_(model.from_on <= day, or_(model.to_on.is_(None), model.to_on >= day))


def _lent(authority_id: int, day: date) -> list[tuple[int, list[int], int]]:
    """Return what the chair has lent and is in force: committee, units (none: all), to whom."""
    query = select(Delegation).where(
        Delegation.authority_id == authority_id,
        Delegation.from_on <= day,
        or_(Delegation.to_on.is_(None), Delegation.to_on >= day),
        or_(Delegation.revoked_on.is_(None), Delegation.revoked_on > day),
    )
    return [
        (lent.committee_id, lent.unit_ids, lent.to_person_id)
        for lent in session.scalars(query)
        if not lent.moves or RULING_MOVE in lent.moves
    ]
