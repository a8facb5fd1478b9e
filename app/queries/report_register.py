"""Committees × periods: how far each month's report has come, and its figures in short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Committee, MonthlyReport
from app.queries.account import Account
from app.queries.kept_months import summaries_of
from app.queries.periods_of import recent_periods_of
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from app.queries.kept_months import Fresh, Since
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
    since: Since | None = None
    """Since when its figures are, where they are not of now."""


@dataclass(frozen=True)
class CommitteeMonths:
    """A committee with its latest periods, the newest first."""

    committee: Committee
    months: list[Month]


class Register(NamedTuple):
    """The committees with their months, and the figures that had to be computed for them."""

    committees: list[CommitteeMonths]
    fresh: list[Fresh]


def committees_reporting(ids: Collection[int], today: date) -> Register:
    """Return these committees with their last twelve periods; figures are read where they are kept."""
    query = select(Committee).where(Committee.id.in_(ids), Committee.active).order_by(Committee.name)
    committees = session.scalars(query).all()
    periods = recent_periods_of(committees, today, MONTHS)
    since = min((found[-1].start for found in periods.values()), default=today)
    kept = select(MonthlyReport).where(MonthlyReport.committee_id.in_(periods), MonthlyReport.begins_on >= since)
    reports = {(report.committee_id, report.begins_on): report for report in session.scalars(kept)}
    signed = {
        place: Account.from_json(report.figures).total for place, report in reports.items() if report.state in FROZEN
    }
    unsigned = [
        (one, period) for one in committees for period in periods[one.id] if (one.id, period.start) not in signed
    ]
    asked = [(one, period, min(period.end, today)) for one, period in unsigned]
    months = summaries_of(asked, older=True)
    computed = {
        (one.id, period.start): (summary.total, since)
        for (one, period, _), summary, since in zip(asked, months.found, months.since, strict=True)
    }
    committees_with_months = [
        CommitteeMonths(
            one,
            [
                Month(
                    period,
                    reports.get(place := (one.id, period.start)),
                    signed.get(place) or computed[place][0],
                    frozen=place in signed,
                    running=today in period,
                    since=None if place in signed else computed[place][1],
                )
                for period in periods[one.id]
            ],
        )
        for one in committees
    ]
    return Register(committees_with_months, months.fresh)
