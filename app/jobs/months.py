"""Computes anew what months' pages show, where computing takes so long that the pages themselves do not."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import now, today
from app.db import session, transaction
from app.errors import ChangedMeanwhileError
from app.models import Committee, MonthlyReport
from app.queries.kept_months import kept_of, summaries_of
from app.queries.kept_reckonings import reckoned_of
from app.queries.month_beside import read_beside
from app.queries.periods_of import recent_periods_of
from app.queries.report_register import MONTHS
from app.services.kept_months import drop_lists, keep_months, months_with_lists
from workflows.monthly_report import COLLECTING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.queries.kept_months import Fresh, Kept
    from workflows.periods import Period

LATEST = 2
"""The running month and the last closed one: these are looked at, so their pages are made ready whole."""
LISTS_KEPT = timedelta(days=1)


def recount_months() -> int:
    """Compute the months that take long and are not what the ledger says any more, one at a time; return how many."""
    day, made = today(), 0
    for committee_id in session.scalars(select(Committee.id).where(Committee.active).order_by(Committee.id)).all():
        session.rollback()
        kept, reported = _kept(committee_id, day)
        made += sum(_recount(committee_id, one, whole=whole) for one, whole in _stale(kept, reported))
        _drop_old(committee_id, kept)
    return made


def _kept(committee_id: int, day: date) -> tuple[list[Kept], set[date]]:
    """Return what is kept of the months that the list shows, the latest first; and which of them have figures."""
    committee = session.get_one(Committee, committee_id)
    periods = recent_periods_of([committee], day, MONTHS)[committee_id]
    kept = kept_of([(committee, period, min(period.end, day)) for period in periods])
    drafted = select(MonthlyReport.begins_on).where(
        MonthlyReport.committee_id == committee_id, MonthlyReport.state != COLLECTING
    )
    reported = set(session.scalars(drafted))
    session.rollback()
    return kept, reported


def _stale(kept: list[Kept], reported: set[date]) -> Iterator[tuple[Kept, bool]]:
    """Yield the months to be computed, and whether with all that their pages need.

    A committee one of whose months takes long has all ready, also those that nobody has opened yet.
    """
    dear = any(one.dear for one in kept)
    for number, one in enumerate(kept):
        if one.period.start in reported:
            continue
        whole = dear and number < LATEST
        wanted = one.dear or (dear and one.row.edition is None)
        if (wanted and not one.exact) or (whole and not (one.exact and one.row.whole)):
            yield one, whole


def _recount(committee_id: int, one: Kept, *, whole: bool) -> bool:
    """Compute one month and keep it; False where somebody else did so meanwhile."""
    fresh = _whole(committee_id, one.period) if whole else _figures(committee_id, one)
    session.rollback()
    with suppress(ChangedMeanwhileError), transaction():
        keep_months(fresh)
        return True
    return False


def _whole(committee_id: int, period: Period) -> list[Fresh]:
    beside = read_beside(committee_id, period.start)
    if beside is None:
        return []
    return reckoned_of(beside.committee, period, beside.before(period), anew=True).fresh


def _figures(committee_id: int, one: Kept) -> list[Fresh]:
    return summaries_of([(session.get_one(Committee, committee_id), one.period, one.as_at)]).fresh


def _drop_old(committee_id: int, kept: list[Kept]) -> None:
    """Drop the lists of older months that somebody looked at once; where a page needs them they are computed."""
    before = now() - LISTS_KEPT
    latest = {one.period.start for one in kept[:LATEST]}
    lately = {one.period.start for one in kept if one.row.whole and one.row.computed_at >= before}
    old = months_with_lists(committee_id) - latest - lately
    session.rollback()
    if old:
        with transaction():
            drop_lists(committee_id, old)
