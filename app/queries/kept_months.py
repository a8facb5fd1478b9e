"""The figures of unsigned months: read where they are kept and still right, else computed."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, and_, cast, func, literal, select, union_all

from app.db import session, table_of
from app.models import Committee, KeptMonth, LedgerDay
from app.queries.calendars import clock_of
from app.queries.monthly import judged_of_each
from workflows.compliance import Line, Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Select

    from workflows.periods import Period
    from workflows.workdays import Calendar

    Asked = tuple[Committee, Period, date]

VERSION = 1
"""Raised when the figures come to mean something else, so that none of before are read."""
_DAY, _KEPT, _COMMITTEE = table_of(LedgerDay).c, table_of(KeptMonth), table_of(Committee)


class Fresh(NamedTuple):
    """Figures just computed, with the number of changes that the ledger had before they were."""

    committee_id: int
    period: Period
    as_at: date
    changes: int
    basis: str
    summary: Summary


class Months(NamedTuple):
    """The figures that were asked for, in their order; and those of them that were not kept."""

    found: list[Summary]
    fresh: list[Fresh]


def summaries_of(asked: Sequence[Asked]) -> Months:
    """Return the figures of periods of committees, each as at 24:00 of a day, in two statements at most.

    How often the ledger changed is read before it is: what changes meanwhile makes the figures stale, never wrong.
    """
    found: list[Summary | None] = []
    fresh: list[Fresh] = []
    missing = []
    for (committee, period, as_at), row in zip(asked, _rows(asked), strict=True):
        basis = basis_of(clock_of(committee).calendar)
        here = (row.ends_on, row.as_at, row.kept, row.basis) == (period.end, as_at, row.changes, basis)
        found.append(_summary(row.figures) if here else None)
        if not here:
            missing.append((committee, period, as_at, row.changes, basis))
    computed = judged_of_each([each[:3] for each in missing])
    for (committee, period, as_at, changes, basis), rows in zip(missing, computed, strict=True):
        summary = summarise(rows, as_at, clock_of(committee))
        fresh.append(Fresh(committee.id, period, as_at, changes, basis, summary))
    rest = iter(fresh)
    return Months([next(rest).summary if one is None else one for one in found], fresh)


def _rows(asked: Sequence[Asked]) -> list[Any]:
    """Return what is kept of each period, and how often the ledger has changed up to its end."""
    ways = []
    for number, (committee, period, _as_at) in enumerate(asked):
        changes = _changes(committee.id, period.end).scalar_subquery()
        kept = and_(_KEPT.c.committee_id == _COMMITTEE.c.id, _KEPT.c.begins_on == period.start)
        ways.append(
            select(
                literal(number).label("asked"), changes.label("changes"), _KEPT.c.ends_on, _KEPT.c.as_at,
                _KEPT.c.changes.label("kept"), _KEPT.c.basis, _KEPT.c.figures,
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


def basis_of(calendar: Calendar) -> str:
    """Return the digest of what figures hang on besides the ledger: days off and worked, and what is counted."""
    days = [sorted(day.isoformat() for day in kind) for kind in (calendar.off, calendar.worked)]
    return hashlib.sha256(repr((VERSION, [field.name for field in fields(Line)], days)).encode()).hexdigest()


def figures_of(summary: Summary) -> dict[str, Any]:
    """Return figures as JSON to keep."""
    return {"total": asdict(summary.total), "units": {str(unit): asdict(one) for unit, one in summary.units.items()}}


def _summary(figures: dict[str, Any]) -> Summary:
    units = {int(unit): Line(**line) for unit, line in figures["units"].items()}
    return Summary(dict(sorted(units.items())), Line(**figures["total"]))
