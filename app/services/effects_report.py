"""What follows from the moves of a monthly report: its figures are computed, and on signing kept for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.queries.account import Account
from app.queries.month_account import compared_anew, month_account
from app.queries.periods_of import period_beginning
from app.services.moves import Move, handles
from app.services.reports import causes_of, quoted_causes, with_causes, write_causes
from workflows import effects as then
from workflows.periods import Period

if TYPE_CHECKING:
    from app.models import MonthlyReport, Person


@handles(then.COMPUTE_FIGURES)
def compute_figures(move: Move) -> None:
    """Compute the account as at 24:00 of the cut-off, whenever this is asked."""
    report: MonthlyReport = move.item
    period = _period(report)
    account = month_account(report.committee, period)
    report.figures = account.to_json()
    report.drafted_at = move.at
    if move.actor is not None:
        _quote(report, account, period, move.actor.person)


def _quote(report: MonthlyReport, account: Account, period: Period, by: Person) -> None:
    """Let the units' own explanations stand as causes where the secretary has typed none."""
    typed, quoted = causes_of(report), quoted_causes(report.committee, period)
    missing = {unit: quoted[unit] for unit in account.late_units if unit in quoted and unit not in typed}
    if missing:
        write_causes(report, missing, by)


@handles(then.FREEZE_FIGURES)
def freeze_figures(move: Move) -> None:
    """Put causes and the period before beside the figures submitted: from now on this is what the month was."""
    report: MonthlyReport = move.item
    shown = compared_anew(Account.from_json(report.figures), report.committee, _period(report))
    report.figures = with_causes(shown, causes_of(report)).to_json()


def _period(report: MonthlyReport) -> Period:
    return period_beginning(report.committee_id, report.begins_on) or Period(report.begins_on, report.ends_on)
