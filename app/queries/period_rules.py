"""A committee's reporting periods, by the rules it has or would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import PeriodRule
from workflows import periods

if TYPE_CHECKING:
    from datetime import date

SHOWN = 4


def rules_of(committee_id: int) -> list[periods.PeriodRule]:
    """Return the history of a committee's rules for the arithmetic of `workflows.periods`, oldest first."""
    query = select(PeriodRule.valid_from, PeriodRule.start_day).where(PeriodRule.committee_id == committee_id)
    return [periods.PeriodRule(since, day) for since, day in session.execute(query.order_by(PeriodRule.valid_from))]


def rules_with(committee_id: int, start_day: int, valid_from: date) -> list[periods.PeriodRule]:
    """Return the history as it would be with one more rule, which replaces one of the same day."""
    kept = [rule for rule in rules_of(committee_id) if rule.valid_from != valid_from]
    return sorted([*kept, periods.PeriodRule(valid_from, start_day)])


def next_periods(rules: list[periods.PeriodRule], day: date, count: int = SHOWN) -> list[periods.Period]:
    """Return the period that holds a day and those after it; none without a rule."""
    if not rules:
        return []
    found = [periods.period_of(day, rules)]
    while len(found) < count:
        found.append(periods.following(found[-1], rules))
    return found
