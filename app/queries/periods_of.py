"""The reporting periods of a committee, by the history of its rules."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.clock import day_of
from app.db import session
from app.models import Committee, MonthlyReport, PeriodRule, TaskSpan
from workflows import periods
from workflows.periods import Period, period_of, previous
from workflows.task import ASSIGNED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ScalarSelect

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


def first_span(authority_id: Any, committee_id: Any) -> ScalarSelect[datetime]:  # noqa: ANN401 -- values or columns
    """Select the instant of a committee's first task: every task begins as assigned."""
    query = select(func.min(TaskSpan.began_at)).where(
        TaskSpan.authority_id == authority_id, TaskSpan.committee_id == committee_id, TaskSpan.state == ASSIGNED
    )
    return query.scalar_subquery()


def recent_periods_of(committees: Sequence[Committee], today: date, count: int) -> dict[int, Sequence[Period]]:
    """Return the periods of several committees up to today's, the latest first, in two statements.

    At most `count` of each, and none before the committee's first task.
    """
    if not committees:
        return {}
    ids = [committee.id for committee in committees]
    first = select(Committee.id, first_span(committees[0].authority_id, Committee.id)).where(Committee.id.in_(ids))
    began = {committee_id: day_of(at) if at else today for committee_id, at in session.execute(first)}
    rules: dict[int, list[periods.PeriodRule]] = defaultdict(list)
    kept = select(PeriodRule.committee_id, PeriodRule.valid_from, PeriodRule.start_day)
    for committee_id, valid_from, start_day in session.execute(kept.where(PeriodRule.committee_id.in_(ids))):
        rules[committee_id].append(periods.PeriodRule(valid_from, start_day))
    default = [periods.PeriodRule(today, CALENDAR_MONTH)]
    return {one: _back_from(today, began[one], rules[one] or default, count) for one in ids}


def _back_from(today: date, first: date, rules: list[periods.PeriodRule], count: int) -> list[Period]:
    found = [period_of(today, rules)]
    while len(found) < count and found[-1].start > first:
        found.append(previous(found[-1], rules))
    return found
