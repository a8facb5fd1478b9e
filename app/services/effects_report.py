"""What follows from the moves of a monthly report: its figures are computed, and on signing kept for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.queries.account import Account
from app.queries.month_account import compared_anew, month_account
from app.queries.periods_of import period_beginning
from app.services.moves import Move, handles
from app.services.reports import causes_of, quote_causes, with_causes
from workflows import effects as then
from workflows.periods import Period

if TYPE_CHECKING:
    from app.models import MonthlyReport


@handles(then.COMPUTE_FIGURES)
def compute_figures(move: Move) -> None:
    """Compute the account as at 24:00 of the cut-off, whenever this is asked."""
    report: MonthlyReport = move.item
    account = month_account(report.committee, _period(report))
    report.figures = account.to_json()
    report.drafted_at = move.at
    if move.actor is not None:
        quote_causes(report, account, move.actor.person)


@handles(then.QUOTE_CAUSES)
def quote_units(move: Move) -> None:
    """Print the units' own words whatever happened since the draft: answered, or taken out of a box by hand."""
    report: MonthlyReport = move.item
    if move.actor is not None:
        quote_causes(report, Account.from_json(report.figures), move.actor.person)


@handles(then.FREEZE_FIGURES)
def freeze_figures(move: Move) -> None:
    """Put causes and the period before beside the figures submitted: from now on this is what the month was."""
    report: MonthlyReport = move.item
    shown = compared_anew(Account.from_json(report.figures), report.committee, _period(report))
    report.figures = with_causes(shown, causes_of(report)).to_json()


def _period(report: MonthlyReport) -> Period:
    return period_beginning(report.committee_id, report.begins_on) or Period(report.begins_on, report.ends_on)
