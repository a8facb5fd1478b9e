"""The figures of unsigned months, kept when they were computed, and compared with the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, tuple_, update

from app.db import session, table_of
from app.models import Committee, KeptList, KeptMonth
from app.queries.calendars import clock_of
from app.queries.kept_lists import ids_of_steps, steps_of
from app.queries.kept_months import basis_of, changes_up_to, figures_of
from app.queries.kept_reckonings import details_of
from app.queries.month_beside import read_beside
from app.queries.month_reckoning import Reckoning, reckon
from app.queries.monthly import summary_of
from workflows.periods import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from app.queries.kept_months import Fresh

_MILLISECOND = timedelta(milliseconds=1)


def keep_months(fresh: Sequence[Fresh]) -> None:
    """Keep figures in place of older ones of the same periods.

    The lists of the edition before stay until the next comes: somebody may be reading a page that speaks of them.
    """
    if not fresh:
        return
    places = [(one.committee_id, one.period.start) for one in fresh]
    session.execute(delete(KeptMonth).where(tuple_(KeptMonth.committee_id, KeptMonth.begins_on).in_(places)))
    session.execute(insert(table_of(KeptMonth)), [_row(one) for one in fresh])
    for one in fresh:
        if one.reckoned is not None:
            _keep_lists(one, one.reckoned)


def _keep_lists(one: Fresh, reckoned: Reckoning) -> None:
    mine = (KeptList.committee_id == one.committee_id, KeptList.begins_on == one.period.start)
    session.execute(delete(KeptList).where(*mine, KeptList.edition < one.edition - 1))
    if lists := [*_lists(one, reckoned)]:
        session.execute(insert(table_of(KeptList)), lists)


def _row(one: Fresh) -> dict[str, Any]:
    return {
        "committee_id": one.committee_id, "begins_on": one.period.start, "ends_on": one.period.end,
        "as_at": one.as_at, "changes": one.changes, "basis": one.basis, "figures": figures_of(one.summary),
        "edition": one.edition, "computed_at": one.computed_at, "took_ms": round(one.took / _MILLISECOND),
        "last_span": one.last_span, "details": details_of(one.reckoned) if one.reckoned else None,
    }  # fmt: skip


def _lists(one: Fresh, reckoned: Reckoning) -> Iterator[dict[str, Any]]:
    place = {"committee_id": one.committee_id, "begins_on": one.period.start, "edition": one.edition}
    for unit_id, figures in reckoned.counted.items():
        for figure, ids in figures.items():
            yield place | {"figure": figure, "unit_id": unit_id, "steps": steps_of(ids)}


def forget_months() -> None:
    """Drop all that is kept: each month is computed when it is next looked at."""
    session.execute(delete(KeptList))
    session.execute(delete(KeptMonth))


def months_with_lists(committee_id: int) -> set[date]:
    """Return the first days of a committee's months whose lists are kept."""
    return set(session.scalars(select(KeptList.begins_on).where(KeptList.committee_id == committee_id).distinct()))


def drop_lists(committee_id: int, months: Collection[date]) -> None:
    """Drop lists and details of these months of a committee; figures stay."""
    session.execute(delete(KeptList).where(KeptList.committee_id == committee_id, KeptList.begins_on.in_(months)))
    mine = (KeptMonth.committee_id == committee_id, KeptMonth.begins_on.in_(months))
    session.execute(update(KeptMonth).where(*mine, KeptMonth.details.is_not(None)).values(details=None))


def months_amiss() -> Iterator[str]:
    """Name each kept month that would be read for what the ledger says, and is not that."""
    for kept in session.scalars(select(KeptMonth)).all():
        committee = session.get_one(Committee, kept.committee_id)
        if kept.basis != basis_of(clock_of(committee)) or kept.changes != changes_up_to(committee.id, kept.ends_on):
            continue
        period = Period(kept.begins_on, kept.ends_on)
        name = f"{committee.short_name} {kept.begins_on}"
        if figures_of(summary_of(committee, period, kept.as_at)) != kept.figures:
            yield f"số liệu tháng lưu sai (kept month is wrong): {name}"
        elif kept.details is not None:
            yield from _details_amiss(committee, period, kept, name)


def _details_amiss(committee: Committee, period: Period, kept: KeptMonth, name: str) -> Iterator[str]:
    """Name what else is kept of a month and is not what the ledger says: what its page names, and its lists."""
    beside = read_beside(committee.id, period.start)
    found = beside.before(period) if beside else None
    now = reckon(committee, period, kept.as_at, None, found[1] if found else None)
    must, there = details_of(now), dict(kept.details or {})
    if any(must[part] != there.get(part) for part in ("late", "grants", "alone")):
        yield f"danh sách tháng lưu sai (kept details of a month are wrong): {name}"
    lists = select(KeptList).where(
        KeptList.committee_id == committee.id, KeptList.begins_on == kept.begins_on, KeptList.edition == kept.edition
    )
    read = {(one.unit_id, one.figure): ids_of_steps(one.steps) for one in session.scalars(lists)}
    wanted = {(unit, figure): ids for unit, found in now.counted.items() for figure, ids in found.items()}
    for unit, figure in sorted(place for place in {*read, *wanted} if read.get(place) != wanted.get(place)):
        yield f"danh sách nhiệm vụ lưu sai (kept list of tasks is wrong): {name}, unit {unit}, {figure}"
