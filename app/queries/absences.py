"""Who is away, and who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import literal, or_, select, union
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Absence, Committee, Membership, Office, Person, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Select

    from app.queries.standing import Standing


def absences_ahead(people: Collection[int], day: date) -> Sequence[Absence]:
    """Return the absences of people that run or lie ahead, and those in which one of them stands in, soonest first."""
    query = _live(day).where(or_(Absence.person_id.in_(people), Absence.substitute_id.in_(people)))
    return session.scalars(query.order_by(Absence.from_on, Absence.id)).unique().all()


def absences_today(standing: Standing, day: date) -> Sequence[Absence]:
    """Return what of today concerns one person: being away, and standing in for others."""
    if not (standing.away or standing.absent):
        return []
    person_id = standing.person_id
    query = _live(day).where(
        Absence.from_on <= day, or_(Absence.person_id == person_id, Absence.substitute_id == person_id)
    )
    return session.scalars(query.order_by(Absence.id)).unique().all()


def substitutes_offered(authority_id: int, day: date, *, but: int) -> Sequence[Person]:
    """Return who may stand in from a day on, by name: active people with an office or seat, not person `but`."""
    query = select(Person).where(
        Person.authority_id == authority_id,
        Person.active,
        Person.id != but,
        or_(*(Person.id.in_(_holders(model, day, None)) for model in (Office, Membership))),
    )
    return session.scalars(query.order_by(Person.sort_key)).all()


class Place(NamedTuple):
    """Where a person belongs: the units of his offices; what they are called, else his committees."""

    units: frozenset[int] = frozenset()
    name: str = ""

    def is_apart(self, other: Place) -> bool:
        """Tell whether another person is of none of these units; who has no unit is apart from nobody."""
        return bool(self.units) and self.units.isdisjoint(other.units)


def places_of(authority_id: int, day: date) -> dict[int, Place]:
    """Return where the people of an authority belong from a day on, by their ids."""
    offices = select(Office.person_id, Office.unit_id, Unit.name.label("place")).join(Unit, Unit.id == Office.unit_id)
    seats = select(Membership.person_id, literal(0).label("unit_id"), Committee.name.label("place"))
    seats = seats.join(Committee, Committee.id == Membership.committee_id)
    query = union(
        offices.where(Office.authority_id == authority_id, or_(Office.to_on.is_(None), Office.to_on >= day)),
        seats.where(Membership.authority_id == authority_id, or_(Membership.to_on.is_(None), Membership.to_on >= day)),
    )
    units: dict[int, dict[int, str]] = {}
    committees: dict[int, list[str]] = {}
    for person_id, unit_id, name in sorted((row.person_id, row.unit_id, row.place) for row in session.execute(query)):
        if unit_id:
            units.setdefault(person_id, {})[unit_id] = name
        else:
            committees.setdefault(person_id, []).append(name)
    found = {person_id: Place(name=", ".join(names)) for person_id, names in committees.items()}
    return found | {person_id: Place(frozenset(of), ", ".join(of.values())) for person_id, of in units.items()}


def holds_anything(person_id: int, first: date, last: date) -> bool:
    """Tell whether a person holds an office in a unit or a seat in a committee on any of these days."""
    return any(
        session.scalar(_holders(model, first, last).where(model.person_id == person_id).limit(1)) is not None
        for model in (Office, Membership)
    )


def _holders(model: type[Office | Membership], first: date, last: date | None) -> Select[int]:
    query = select(model.person_id).where(or_(model.to_on.is_(None), model.to_on >= first))
    return query if last is None else query.where(model.from_on <= last)


def _live(day: date) -> Select[Absence]:
    return (
        select(Absence)
        .where(Absence.revoked_on.is_(None), Absence.to_on >= day)
        .options(joinedload(Absence.person), joinedload(Absence.substitute))
    )
