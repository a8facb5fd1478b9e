"""What the ledger says of an unsigned month, with all that its page needs: read where it is kept, else computed."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from app.clock import now, today
from app.queries.kept_lists import KeptLists, Place
from app.queries.kept_months import figures_of, fresh_of, kept_of, summaries_of, summary_of_json
from app.queries.month_reckoning import Apart, Earlier, Granted, Late, Reckoning, reckon, signed_id
from workflows.periods import Period

if TYPE_CHECKING:
    from app.models import Committee, MonthlyReport
    from app.queries.kept_months import Fresh, Kept, Since

WORTH_KEEPING = timedelta(seconds=0.5)
"""What is computed faster is not written down: writing its lists takes a tenth of a second, too."""


class Told(NamedTuple):
    """A month's reckoning; what was computed and is to be kept; since when it is where it is not of now."""

    reckoned: Reckoning
    fresh: list[Fresh]
    since: Since | None


def reckoned_of(
    committee: Committee, period: Period, found: tuple[Period, MonthlyReport | None] | None, *, anew: bool = False
) -> Told:
    """Return what the ledger says of a period: kept and still right, or older where computing takes long, else now.

    :param found: the period before with its report, None where there is none.
    :param anew: compute it in any case.
    """
    as_at = min(period.end, today())
    asked = [(committee, period, as_at)]
    if found is not None:
        asked.append((committee, found[0], found[0].end))
    this, *before = kept_of(asked, whole=True)
    since = None if this.exact or _signed_since(this.row.details, found) else this.since
    if this.row.details and not anew and (this.exact or since):
        return Told(_kept(committee, this), [], since)
    instant, begun = now(), perf_counter()
    months = summaries_of(asked[1:], before)
    earlier = Earlier(found[0], months.found[0]) if found is not None else None
    reckoned = reckon(committee, period, as_at, earlier, found[1] if found else None)
    took = timedelta(seconds=perf_counter() - begun)
    whole = fresh_of(this, committee, reckoned.summary, instant, took)._replace(reckoned=reckoned)
    # Where the last time took long, that it did not now is to be known.
    worth = anew or took >= WORTH_KEEPING or this.dear
    return Told(reckoned, [*months.fresh, whole] if worth else months.fresh, None)


def _signed_since(details: dict[str, Any] | None, found: tuple[Period, MonthlyReport | None] | None) -> bool:
    """Say whether the month before has been signed since: older figures beside it would look like corrections of it."""
    report = found[1] if found else None
    return details is not None and Apart(*details["apart"]).signed != signed_id(report)


def _kept(committee: Committee, kept: Kept) -> Reckoning:
    """Return a reckoning that was kept; its lists are read when they are asked for."""
    row, summary = kept.row, kept.summary
    lists = KeptLists(Place(committee.id, kept.period.start, row.edition), summary.units)
    return Reckoning(
        as_at=row.as_at, computed_at=row.computed_at, summary=summary, counted=lists, **_named(row.details)
    )


def details_of(reckoned: Reckoning) -> dict[str, Any]:
    """Return what a month's page needs besides figures and lists as JSON to keep."""
    earlier = reckoned.earlier
    return {
        "late": [
            [one.task_id, one.days, one.due.isoformat(), one.first_due and one.first_due.isoformat(), *one[4:]]
            for one in reckoned.late
        ],
        "grants": [[one.task_id, *(day.isoformat() for day in one[1:4]), one.reason] for one in reckoned.grants],
        "alone": reckoned.alone,
        "earlier": earlier and [_span(earlier.period), figures_of(earlier.summary)],
        "apart": list(reckoned.apart),
    }


def _span(period: Period) -> list[str]:
    return [period.start.isoformat(), period.end.isoformat()]


def _named(kept: dict[str, Any]) -> dict[str, Any]:
    """Return those details again."""
    earlier = kept["earlier"]
    return {
        "late": [
            Late(task, days, _day(due), _day(first) if first else None, unit, reported)
            for task, days, due, first, unit, reported in kept["late"]
        ],
        "grants": [
            Granted(task, _day(before), _day(until), _day(ruled), reason)
            for task, before, until, ruled, reason in kept["grants"]
        ],
        "alone": kept["alone"],
        "earlier": Earlier(Period(_day(earlier[0][0]), _day(earlier[0][1])), summary_of_json(earlier[1]))
        if earlier
        else None,
        "apart": Apart(*kept["apart"]),
    }


_day = date.fromisoformat
