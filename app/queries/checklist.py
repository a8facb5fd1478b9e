"""What an authority still lacks before its first meeting can be entered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.db import session
from app.models import CalendarDay, Committee, Membership, NumberSeries, PeriodRule, Person, Unit
from app.queries.organisation import runs

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class CommitteeState:
    """What a committee has: who sits in it (offices held today), a period rule, a number series."""

    committee: Committee
    offices: frozenset[str]
    members: int
    has_rule: bool
    has_series: bool


@dataclass(frozen=True)
class SetupState:
    """Counts of what is there; years that have no official calendar: this one, and the next from October on."""

    units: int
    people: int
    uninvited: int
    committees: tuple[CommitteeState, ...]
    years_missing: tuple[int, ...]


_AUTUMN = 10


def setup_state(authority_id: int, day: date) -> SetupState:
    """Return what an authority has set up by a day, in as many statements for many committees as for one."""
    people = select(func.count()).where(Person.authority_id == authority_id, Person.active)
    units = select(func.count()).where(Unit.authority_id == authority_id, Unit.abolished_on.is_(None))
    uninvited = people.where(Person.password_hash.is_(None))
    counts = session.execute(select(*(one.scalar_subquery() for one in (units, people, uninvited)))).one()
    years = (day.year, day.year + 1) if day.month >= _AUTUMN else (day.year,)
    known = _years_with_official_days(authority_id)
    return SetupState(
        units=counts[0],
        people=counts[1],
        uninvited=counts[2],
        committees=_committees(authority_id, day),
        years_missing=tuple(year for year in years if year not in known),
    )


def _committees(authority_id: int, day: date) -> tuple[CommitteeState, ...]:
    query = select(
        Committee,
        select(PeriodRule.id).where(PeriodRule.committee_id == Committee.id).exists(),
        select(NumberSeries.id).where(NumberSeries.committee_id == Committee.id).exists(),
    ).where(Committee.authority_id == authority_id, Committee.active)
    found = session.execute(query.order_by(Committee.name)).all()
    offices: dict[int, list[str]] = defaultdict(list)
    seats = select(Membership.committee_id, Membership.office).where(
        Membership.authority_id == authority_id, Membership.from_on <= day, runs(Membership, day)
    )
    for committee_id, office in session.execute(seats):
        offices[committee_id].append(office)
    return tuple(
        CommitteeState(committee, frozenset(offices[committee.id]), len(offices[committee.id]), rule, series)
        for committee, rule, series in found
    )


def _years_with_official_days(authority_id: int) -> set[int]:
    query = select(CalendarDay.day).where(CalendarDay.authority_id == authority_id, CalendarDay.official)
    return {day.year for day in session.scalars(query)}
