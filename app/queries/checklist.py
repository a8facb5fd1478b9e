"""What an authority still lacks before its first meeting can be entered."""

from __future__ import annotations

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
    """Return what an authority has set up by a day."""
    active = select(func.count()).where(Person.authority_id == authority_id, Person.active)
    units = select(func.count()).where(Unit.authority_id == authority_id, Unit.abolished_on.is_(None))
    found = session.scalars(
        select(Committee).where(Committee.authority_id == authority_id, Committee.active).order_by(Committee.name)
    )
    years = (day.year, day.year + 1) if day.month >= _AUTUMN else (day.year,)
    return SetupState(
        units=session.scalar(units) or 0,
        people=session.scalar(active) or 0,
        uninvited=session.scalar(active.where(Person.password_hash.is_(None))) or 0,
        committees=tuple(_state_of(committee, day) for committee in found),
        years_missing=tuple(year for year in years if not _has_official_days(authority_id, year)),
    )


def _state_of(committee: Committee, day: date) -> CommitteeState:
    offices = session.scalars(
        select(Membership.office).where(
            Membership.committee_id == committee.id, Membership.from_on <= day, runs(Membership, day)
        )
    ).all()
    rule = select(PeriodRule.id).where(PeriodRule.committee_id == committee.id).limit(1)
    series = select(NumberSeries.id).where(NumberSeries.committee_id == committee.id).limit(1)
    return CommitteeState(
        committee,
        frozenset(offices),
        len(offices),
        has_rule=session.scalar(rule) is not None,
        has_series=session.scalar(series) is not None,
    )


def _has_official_days(authority_id: int, year: int) -> bool:
    query = select(CalendarDay.day).where(CalendarDay.authority_id == authority_id, CalendarDay.official)
    return any(day.year == year for day in session.scalars(query))
