"""The reporting periods of a committee, by the history of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.clock import day_of
from app.db import session
from app.models import MonthlyReport, PeriodRule, TaskSpan
from workflows import periods
from workflows.periods import Period, period_of, previous
from workflows.task import ASSIGNED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Committee

CALENDAR_MONTH = 1
LONGEST = 120


def rules_of(committee_id: int, day: date) -> list[periods.PeriodRule]:
    """Return the committee's rules; one that has set none counts calendar months (its `day` only dates that)."""
    query = select(PeriodRule.valid_from, PeriodRule.start_day).where(PeriodRule.committee_id == committee_id)
    found = [periods.PeriodRule(valid_from, start_day) for valid_from, start_day in session.execute(query)]
    return found or [periods.PeriodRule(day, CALENDAR_MONTH)]


def period_on(committee_id: int, day: date) -> Period:
    """Return the committee's period in which a day lies."""
    return period_of(day, rules_of(committee_id, day))


def period_beginning(committee_id: int, begins_on: date) -> Period | None:
    """Return the period that begins on this very day: a report's own (it stays when rules change), else the rules'."""
    kept = session.execute(
        select(MonthlyReport.ends_on).where(
            MonthlyReport.committee_id == committee_id, MonthlyReport.begins_on == begins_on
        )
    ).scalar()
    found = period_on(committee_id, begins_on)
    if kept is not None and kept != found.end:
        return Period(begins_on, kept)
    return found if found.start == begins_on else None


def period_named(committee_id: int, year: int, month: int, today: date) -> Period | None:
    """Return the period called after a month: the one that ends in it (15/10 to 14/11 is November); None if none does.

    :param today: periods that begin after it do not exist yet.
    """
    period: Period | None = period_on(committee_id, today)
    rules = rules_of(committee_id, today)
    for _ in range(LONGEST):
        if period is None or (period.end.year, period.end.month) < (year, month):
            return None
        if (period.end.year, period.end.month) == (year, month):
            return period
        period = previous(period, rules)
    return None


def first_day_of_work(committee: Committee) -> date | None:
    """Return the day of the committee's first task, or None where there is none yet: every task begins as assigned."""
    query = select(func.min(TaskSpan.began_at)).where(
        TaskSpan.authority_id == committee.authority_id,
        TaskSpan.committee_id == committee.id,
        TaskSpan.state == ASSIGNED,
    )
    began = session.scalar(query)
    return day_of(began) if began else None


def recent_periods(committee: Committee, today: date, count: int) -> Sequence[Period]:
    """Return the periods up to today's, the latest first, at most `count` and none before the first task."""
    first = first_day_of_work(committee) or today
    rules = rules_of(committee.id, today)
    found = [period_of(today, rules)]
    while len(found) < count and found[-1].start > first:
        found.append(previous(found[-1], rules))
    return found
