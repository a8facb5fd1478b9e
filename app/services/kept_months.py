"""The figures of unsigned months, kept when they were computed, and compared with the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, tuple_

from app.db import session
from app.models import Committee, KeptMonth
from app.queries.calendars import clock_of
from app.queries.kept_months import basis_of, changes_up_to, figures_of
from app.queries.monthly import summary_of
from workflows.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.queries.kept_months import Fresh


def keep_months(fresh: Sequence[Fresh]) -> None:
    """Keep figures in place of older ones of the same periods."""
    if not fresh:
        return
    places = [(one.committee_id, one.period.start) for one in fresh]
    session.execute(delete(KeptMonth).where(tuple_(KeptMonth.committee_id, KeptMonth.begins_on).in_(places)))
    rows = [
        {
            "committee_id": one.committee_id, "begins_on": one.period.start, "ends_on": one.period.end,
            "as_at": one.as_at, "changes": one.changes, "basis": one.basis, "figures": figures_of(one.summary),
        }
        for one in fresh
    ]  # fmt: skip
    session.execute(insert(KeptMonth), rows)


def forget_months() -> None:
    """Drop all that is kept: each month is computed when it is next looked at."""
    session.execute(delete(KeptMonth))


def months_amiss() -> Iterator[str]:
    """Name each kept month that would be read and is not what the ledger says."""
    for kept in session.scalars(select(KeptMonth)).all():
        committee = session.get_one(Committee, kept.committee_id)
        if kept.basis != basis_of(clock_of(committee).calendar):
            continue
        if kept.changes != changes_up_to(committee.id, kept.ends_on):
            continue
        now = summary_of(committee, Period(kept.begins_on, kept.ends_on), kept.as_at)
        if figures_of(now) != kept.figures:
            yield f"số liệu tháng lưu sai (kept month is wrong): {committee.short_name} {kept.begins_on}"
