"""Committees × periods: how far each month's report has come, and its figures in short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Committee, MonthlyReport
from app.queries.account import Account
from app.queries.monthly import summary_of
from app.queries.periods_of import recent_periods_of
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from workflows.compliance import Line
    from workflows.periods import Period

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One period of a committee: its report if one was opened, and the figures of all units together."""

    period: Period
    report: MonthlyReport | None
    line: Line
    frozen: bool
    running: bool


@dataclass(frozen=True)
class CommitteeMonths:
    """A committee with its latest periods, the newest first."""

    committee: Committee
    months: list[Month]


def committees_reporting(ids: Collection[int], today: date) -> list[CommitteeMonths]:
    """Return these committees with their last twelve periods; signed figures are read, the others computed."""
    query = select(Committee).where(Committee.id.in_(ids), Committee.active).order_by(Committee.name)
    committees = session.scalars(query).all()
    periods = recent_periods_of(committees, today, MONTHS)
    since = min((found[-1].start for found in periods.values()), default=today)
    kept = select(MonthlyReport).where(MonthlyReport.committee_id.in_(periods), MonthlyReport.begins_on >= since)
    reports = {(report.committee_id, report.begins_on): report for report in session.scalars(kept)}
    return [
        CommitteeMonths(
            one, [_month(one, period, reports.get((one.id, period.start)), today) for period in periods[one.id]]
        )
        for one in committees
    ]


def _month(committee: Committee, period: Period, report: MonthlyReport | None, today: date) -> Month:
    frozen = report is not None and report.state in FROZEN
    if report is not None and frozen:
        line = Account.from_json(report.figures).total
    else:
        line = summary_of(committee, period, min(period.end, today)).total
    return Month(period, report, line, frozen, running=today in period)
