"""What stands around one month of a committee: its rules, its report and the one before, read in two statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.clock import day_of
from app.db import session
from app.models import Authority, Committee, MonthlyReport, PeriodRule
from app.queries.periods_of import CALENDAR_MONTH, first_span
from workflows.periods import Period, period_of, previous
from workflows.periods import PeriodRule as Rule

if TYPE_CHECKING:
    from datetime import date

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Beside:
    """A committee around the period that begins on a day.

    It holds what it read, so that loaders find committee and authority in the session instead of asking again.
    """

    committee: Committee
    authority: Authority
    begins_on: date
    rules: list[Rule]
    first: date | None
    """The day of the committee's first task, None where there is none yet."""
    report: MonthlyReport | None
    ending: MonthlyReport | None
    """The report whose period ends the day before."""

    @property
    def period(self) -> Period | None:
        """The period that begins on this very day: its report's own (it stays when rules change), else the rules'."""
        found = period_of(self.begins_on, self.rules)
        if self.report is not None and self.report.ends_on != found.end:
            return Period(self.begins_on, self.report.ends_on)
        return found if found.start == self.begins_on else None

    def before(self, period: Period) -> tuple[Period, MonthlyReport | None] | None:
        """Return the period before, with its report where there is one; None when nothing was assigned by its end."""
        earlier = previous(period, self.rules)
        if self.first is None or earlier.end < self.first:
            return None
        if earlier.end == self.begins_on - _ONE_DAY:
            report = self.ending
        else:
            query = select(MonthlyReport).where(
                MonthlyReport.committee_id == self.committee.id, MonthlyReport.ends_on == earlier.end
            )
            report = session.scalars(query).first()
        if report is not None and report.begins_on != earlier.start:
            earlier = Period(report.begins_on, report.ends_on)
        return earlier, report


def read_beside(committee_id: int, begins_on: date) -> Beside | None:
    """Return what stands around a committee's month, whether or not a period begins on that day; None: no such one."""
    first = first_span(Committee.authority_id, Committee.id)
    query = (
        select(Committee, Authority, PeriodRule.valid_from, PeriodRule.start_day, first)
        .join(Authority, Authority.id == Committee.authority_id)
        .outerjoin(PeriodRule, PeriodRule.committee_id == Committee.id)
        .where(Committee.id == committee_id)
    )
    rows = session.execute(query).all()
    if not rows:
        return None
    committee, authority, _since, _day, began = rows[0]
    rules = [Rule(since, start_day) for _one, _other, since, start_day, _began in rows if since is not None]
    kept = (
        select(MonthlyReport)
        .where(
            MonthlyReport.committee_id == committee_id,
            or_(MonthlyReport.begins_on == begins_on, MonthlyReport.ends_on == begins_on - _ONE_DAY),
        )
        .options(joinedload(MonthlyReport.causes))
    )
    reports = session.scalars(kept).unique().all()
    return Beside(
        committee=committee,
        authority=authority,
        begins_on=begins_on,
        rules=rules or [Rule(begins_on, CALENDAR_MONTH)],
        first=day_of(began) if began else None,
        report=next((one for one in reports if one.begins_on == begins_on), None),
        ending=next((one for one in reports if one.begins_on != begins_on), None),
    )
