"""The organisation as the set-up screens show it: the tree of units, people with their offices, committees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.errors import NotFoundError
from app.models import (
    CalendarDay,
    Committee,
    Delegation,
    Membership,
    NumberSeries,
    Office,
    PeriodRule,
    Person,
    PlannedUnitChange,
    Portfolio,
    Unit,
    UnitChange,
    UnitGroup,
)
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    Own = TypeVar(
        "Own", CalendarDay, Committee, Delegation, Membership, NumberSeries, Office, PeriodRule, Person,
        PlannedUnitChange, Unit, UnitChange, UnitGroup,
    )  # fmt: skip


def load_own(model: type[Own], row_id: int, authority_id: int) -> Own:
    """Return a row of this authority.

    :raises NotFoundError: it is not there, or another authority's.
    """
    row = session.get(model, row_id)
    if row is None or row.authority_id != authority_id:
        raise NotFoundError
    return row


@dataclass(frozen=True)
class Branch:
    """A unit in its tree: how deep it stands, and how many active people hold an office in it."""

    unit: Unit
    depth: int
    people: int = 0


def unit_tree(authority_id: int, day: date) -> list[Branch]:
    """Return the units that exist, each below its parent, in the authority's order."""
    units = session.scalars(
        select(Unit)
        .where(Unit.authority_id == authority_id, Unit.abolished_on.is_(None))
        .order_by(Unit.position, Unit.id)
    ).all()
    below: dict[int | None, list[Unit]] = defaultdict(list)
    present = {unit.id for unit in units}
    for unit in units:
        below[unit.parent_id if unit.parent_id in present else None].append(unit)
    counts = _people_per_unit(authority_id, day)
    found: list[Branch] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in below[parent]:
            found.append(Branch(unit, depth, counts.get(unit.id, 0)))
            walk(unit.id, depth + 1)

    walk(None, 0)
    return found


def _people_per_unit(authority_id: int, day: date) -> dict[int, int]:
    query = (
        select(Office.unit_id, func.count(Office.person_id.distinct()))
        .join(Person, Person.id == Office.person_id)
        .where(Office.authority_id == authority_id, Person.active, Office.from_on <= day, runs(Office, day))
        .group_by(Office.unit_id)
    )
    return dict(session.execute(query).all())


def runs(model: type[Office | Membership | Portfolio], day: date):  # type: ignore[no-untyped-def]  # noqa: ANN201 -- a SQL expression of three models
    """Return the condition that an office has not ended by a day."""
    return or_(model.to_on.is_(None), model.to_on >= day)


def abolished_units(authority_id: int) -> list[tuple[Unit, Unit | None]]:
    """Return the units that exist no more with their successors, the latest first."""
    units = session.scalars(
        select(Unit)
        .where(Unit.authority_id == authority_id, Unit.abolished_on.is_not(None))
        .order_by(Unit.abolished_on.desc(), Unit.name)
    ).all()
    return [(unit, session.get(Unit, unit.successor_id) if unit.successor_id else None) for unit in units]


def groups(authority_id: int) -> Sequence[UnitGroup]:
    """Return the named groups of units with their members."""
    query = select(UnitGroup).where(UnitGroup.authority_id == authority_id).options(selectinload(UnitGroup.units))
    return session.scalars(query.order_by(UnitGroup.name)).all()


@dataclass(frozen=True)
class PersonRow:
    """A person with what he or she holds on a day."""

    person: Person
    offices: list[Office] = field(default_factory=list)
    seats: list[Membership] = field(default_factory=list)


def people_with_offices(authority_id: int, day: date, *, q: str = "", show: str = "active") -> list[PersonRow]:
    """Return people in the Vietnamese order of names with what they hold on a day.

    :param q: words of a name, log-in, unit or title, tones or not.
    :param show: active, uninvited (active, no password yet), left, or all.
    """
    query = select(Person).where(Person.authority_id == authority_id).order_by(Person.sort_key, Person.id)
    if show == "left":
        query = query.where(~Person.active)
    elif show != "all":
        query = query.where(Person.active)
    if show == "uninvited":
        query = query.where(Person.password_hash.is_(None))
    people = session.scalars(query).all()
    offices, seats = _offices_on(authority_id, day), _seats_on(authority_id, day)
    rows = [PersonRow(person, offices.get(person.id, []), seats.get(person.id, [])) for person in people]
    words = fold(q).split()
    return [row for row in rows if all(word in _words_of(row) for word in words)] if words else rows


def _words_of(row: PersonRow) -> str:
    held = [f"{office.unit.name} {office.unit.short_name} {office.title}" for office in row.offices]
    held += [f"{seat.committee.short_name} {seat.title}" for seat in row.seats]
    return fold(" ".join([row.person.full_name, row.person.login, row.person.email, *held]))


def _offices_on(authority_id: int, day: date) -> dict[int, list[Office]]:
    query = (
        select(Office)
        .where(Office.authority_id == authority_id, Office.from_on <= day, runs(Office, day))
        .options(joinedload(Office.unit))
        .order_by(Office.from_on, Office.id)
    )
    found: dict[int, list[Office]] = defaultdict(list)
    for office in session.scalars(query):
        found[office.person_id].append(office)
    return found


def _seats_on(authority_id: int, day: date) -> dict[int, list[Membership]]:
    query = (
        select(Membership)
        .where(Membership.authority_id == authority_id, Membership.from_on <= day, runs(Membership, day))
        .options(joinedload(Membership.committee))
        .order_by(Membership.rank, Membership.id)
    )
    found: dict[int, list[Membership]] = defaultdict(list)
    for seat in session.scalars(query):
        found[seat.person_id].append(seat)
    return found


def all_offices(person: Person) -> list[Office]:
    """Return every office a person ever held in a unit, the latest first."""
    query = select(Office).where(Office.person_id == person.id).options(joinedload(Office.unit))
    return list(session.scalars(query.order_by(Office.from_on.desc(), Office.id.desc())))


def all_seats(person: Person) -> list[Membership]:
    """Return every seat a person ever had in a committee, the latest first."""
    query = select(Membership).where(Membership.person_id == person.id).options(joinedload(Membership.committee))
    return list(session.scalars(query.order_by(Membership.from_on.desc(), Membership.id.desc())))


def committees(authority_id: int) -> Sequence[Committee]:
    """Return the committees, those at work first."""
    query = select(Committee).where(Committee.authority_id == authority_id)
    return session.scalars(query.order_by(Committee.active.desc(), Committee.name)).all()


_SEAT_ORDER = {"chair": 0, "deputy": 1, "secretary": 3, "member": 2}


def seats_of(committee_id: int) -> list[Membership]:
    """Return all seats of a committee with their people: by office, rank and name."""
    query = select(Membership).where(Membership.committee_id == committee_id).options(joinedload(Membership.person))
    seats = session.scalars(query).all()
    return sorted(seats, key=lambda seat: (_SEAT_ORDER[seat.office], seat.rank, seat.person.sort_key, seat.id))


def portfolios_of(committee_id: int, day: date) -> dict[int, list[Unit]]:
    """Return, for each deputy of a committee, the units of the standing assignment on a day."""
    query = (
        select(Portfolio.person_id, Unit)
        .join(Unit, Unit.id == Portfolio.unit_id)
        .where(Portfolio.committee_id == committee_id, Portfolio.from_on <= day, runs(Portfolio, day))
        .order_by(Unit.position, Unit.id)
    )
    found: dict[int, list[Unit]] = defaultdict(list)
    for person_id, unit in session.execute(query):
        found[person_id].append(unit)
    return found


def delegations_of(committee_id: int) -> list[tuple[Delegation, Person, Person]]:
    """Return the delegations of a committee with who lends and who got it, the latest first."""
    rows = session.scalars(
        select(Delegation).where(Delegation.committee_id == committee_id).order_by(Delegation.id.desc())
    ).all()
    ids = {person for row in rows for person in (row.from_person_id, row.to_person_id)}
    by_id = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [(row, by_id[row.from_person_id], by_id[row.to_person_id]) for row in rows]


def period_rules(committee_id: int) -> Sequence[PeriodRule]:
    """Return the history of a committee's period rules, oldest first."""
    query = select(PeriodRule).where(PeriodRule.committee_id == committee_id).order_by(PeriodRule.valid_from)
    return session.scalars(query).all()


def series_of(committee_id: int) -> Sequence[NumberSeries]:
    """Return a committee's number series, the latest year or term first."""
    query = select(NumberSeries).where(NumberSeries.committee_id == committee_id)
    return session.scalars(query.order_by(NumberSeries.scope.desc(), NumberSeries.doc_type)).all()
