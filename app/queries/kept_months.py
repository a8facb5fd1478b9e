"""The figures of unsigned months: read where they are kept and still right, else computed, or said to be older."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, fields
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, and_, cast, func, literal, null, select, union_all

from app.clock import now
from app.db import session, table_of
from app.models import Committee, KeptMonth, LedgerDay, TaskSpan
from app.queries.calendars import clock_of
from app.queries.monthly import judged_of_each
from workflows.compliance import Line, Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Select

    from app.queries.month_reckoning import Reckoning
    from workflows.deadlines import Clock
    from workflows.periods import Period

    Asked = tuple[Committee, Period, date]

VERSION = 2
"""Raised when the figures come to mean something else, so that none of before are read."""
AT_ONCE = timedelta(seconds=1)
"""What takes as long or longer is not computed while somebody opens a page: it would seem to hang."""
OLDEST = timedelta(hours=1)
"""Older figures are not shown: the scheduler, which computes them every five minutes, must be off."""
_DAY, _KEPT, _COMMITTEE = table_of(LedgerDay).c, table_of(KeptMonth), table_of(Committee)


class Since(NamedTuple):
    """That figures are those of an earlier instant: when, how long they took, and why they are not those of now."""

    computed_at: datetime
    took: timedelta
    last_span: int
    changed: bool
    """The ledger has changed."""
    another_day: bool
    """A day has begun, by which lateness is judged."""


class Fresh(NamedTuple):
    """Figures just computed, with how often the ledger had changed before they were; and what the page needs, too."""

    committee_id: int
    period: Period
    as_at: date
    changes: int
    basis: str
    summary: Summary
    edition: int
    computed_at: datetime
    took: timedelta
    last_span: int
    reckoned: Reckoning | None = None


class Months(NamedTuple):
    """The figures that were asked for, in their order; those just computed; which are of an earlier instant."""

    found: list[Summary]
    fresh: list[Fresh]
    since: list[Since | None]


class Kept(NamedTuple):
    """What is kept of a period, beside how the ledger and the calendar are now."""

    row: Any
    period: Period
    as_at: date
    basis: str

    @property
    def exact(self) -> bool:
        """Whether the figures are what the ledger says."""
        row, wanted = self.row, (self.period.end, self.as_at, self.row.changes, self.basis)
        return (row.ends_on, row.as_at, row.kept, row.basis) == wanted

    @property
    def dear(self) -> bool:
        """Whether computing them took longer than somebody who opens a page should wait."""
        return self.row.took_ms is not None and timedelta(milliseconds=self.row.took_ms) >= AT_ONCE

    @property
    def since(self) -> Since | None:
        """Say since when they are, where they may be shown though they are older; None where they may not."""
        row = self.row
        if not self.dear or row.ends_on != self.period.end or row.computed_at < now() - OLDEST:
            return None
        if row.basis.split(".")[0] != self.basis.split(".")[0]:
            return None
        took = timedelta(milliseconds=row.took_ms)
        return Since(row.computed_at, took, row.last_span, row.kept != row.changes, row.as_at != self.as_at)

    @property
    def summary(self) -> Summary:
        """The figures."""
        return summary_of_json(self.row.figures)


def kept_of(asked: Sequence[Asked], *, whole: bool = False) -> list[Kept]:
    """Return what is kept of periods, in their order, in one statement; `whole`: with what a page needs besides.

    How often the ledger changed is read before it is: what changes meanwhile makes the figures stale, never wrong.
    """
    rows = zip(asked, _rows(asked, whole=whole), strict=True)
    return [Kept(row, period, as_at, basis_of(clock_of(one))) for (one, period, as_at), row in rows]


def summaries_of(asked: Sequence[Asked], kept: Sequence[Kept] | None = None, *, older: bool = False) -> Months:
    """Return the figures of periods of committees, each as at 24:00 of a day, in two statements at most.

    :param kept: what `kept_of` said of them, where that has been read.
    :param older: figures of an earlier instant will do where computing takes long.
    """
    known = kept_of(asked) if kept is None else kept
    since = [one.since if older and not one.exact else None for one in known]
    read = [one.exact or is_older is not None for one, is_older in zip(known, since, strict=True)]
    missing = [
        (one, committee) for one, (committee, _, _), is_read in zip(known, asked, read, strict=True) if not is_read
    ]
    fresh = _computed(missing)
    rest = iter(fresh)
    found = [one.summary if is_read else next(rest).summary for one, is_read in zip(known, read, strict=True)]
    return Months(found, fresh, since)


def _computed(missing: Sequence[tuple[Kept, Committee]]) -> list[Fresh]:
    instant, begun = now(), perf_counter()
    judged = judged_of_each([(committee, one.period, one.as_at) for one, committee in missing])
    summaries = [
        summarise(rows, one.as_at, clock_of(committee)) for (one, committee), rows in zip(missing, judged, strict=True)
    ]
    took = timedelta(seconds=(perf_counter() - begun) / max(1, len(missing)))
    return [
        fresh_of(one, committee, summary, instant, took)
        for (one, committee), summary in zip(missing, summaries, strict=True)
    ]


def fresh_of(one: Kept, committee: Committee, summary: Summary, instant: datetime, took: timedelta) -> Fresh:
    """Return figures just computed in place of those kept."""
    row = one.row
    edition = (row.edition or 0) + 1
    return Fresh(
        committee.id, one.period, one.as_at, row.changes, one.basis, summary, edition, instant, took, row.newest or 0
    )


def _rows(asked: Sequence[Asked], *, whole: bool) -> list[Any]:
    """Return what is kept of each period, and how often the ledger has changed up to its end."""
    ways = []
    columns = _KEPT.c
    newest = select(func.max(TaskSpan.id)).scalar_subquery()
    for number, (committee, period, _as_at) in enumerate(asked):
        changes = _changes(committee.id, period.end).scalar_subquery()
        kept = and_(columns.committee_id == _COMMITTEE.c.id, columns.begins_on == period.start)
        details = columns.details if whole else cast(null(), columns.details.type)
        ways.append(
            select(
                literal(number).label("asked"), changes.label("changes"), newest.label("newest"), columns.ends_on,
                columns.as_at, columns.changes.label("kept"), columns.basis, columns.figures, columns.edition,
                columns.computed_at, columns.took_ms, columns.last_span, details.label("details"),
                columns.details.is_not(null()).label("whole"),
            )
            .select_from(_COMMITTEE.outerjoin(_KEPT, kept))
            .where(_COMMITTEE.c.id == committee.id)
        )  # fmt: skip
    return sorted(session.execute(union_all(*ways)), key=lambda row: row.asked) if ways else []


def _changes(committee_id: int, until: date) -> Select[int]:
    # As a plain number: PostgreSQL's sum of large ones is a decimal.
    days = (_DAY.committee_id == committee_id, _DAY.day <= until)
    return select(cast(func.coalesce(func.sum(_DAY.changes), 0), BigInteger)).where(*days)


def changes_up_to(committee_id: int, until: date) -> int:
    """Return how often a committee's ledger has changed up to the end of a day."""
    return session.scalar(_changes(committee_id, until)) or 0


def lines_since(committee: Committee, since: Since) -> int:
    """Return how many lines a committee's ledger has got since figures were computed."""
    mine = TaskSpan.committee_id + 0 == committee.id  # by the ids, which are few
    return session.scalar(select(func.count()).where(TaskSpan.id > since.last_span, mine)) or 0


def basis_of(clock: Clock) -> str:
    """Return what figures hang on besides the ledger, as two digests: what they mean, and how days are counted."""
    days = [sorted(day.isoformat() for day in kind) for kind in (clock.calendar.off, clock.calendar.worked)]
    meaning = (VERSION, [field.name for field in fields(Line)])
    return ".".join(hashlib.sha256(repr(part).encode()).hexdigest()[:32] for part in (meaning, (days, clock.count)))


def figures_of(summary: Summary) -> dict[str, Any]:
    """Return figures as JSON to keep."""
    return {"total": asdict(summary.total), "units": {str(unit): asdict(one) for unit, one in summary.units.items()}}


def summary_of_json(figures: dict[str, Any]) -> Summary:
    """Return figures that were kept."""
    units = {int(unit): Line(**line) for unit, line in figures["units"].items()}
    return Summary(dict(sorted(units.items())), Line(**figures["total"]))
