"""Trackers brought in: the list, one of them, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.errors import NotFoundError
from app.models import Committee, MonthlyReport, Task, TrackerImport, TrackerRow
from app.queries.task_lines import chunks
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from app.queries.standing import Standing

PAGE = 50
COMMITTEES = "committees"
"""Where an import of changes keeps (in `mapping`) the committees of its tasks; a file may hold tasks of several."""


def load_tracker(import_id: int, standing: Standing) -> TrackerImport:
    """Return an import of committees of which the person is secretary: of all of them.

    :raises NotFoundError: it is not there, or not for this person.
    """
    found = session.get(TrackerImport, import_id)
    if found is None or found.authority_id != standing.authority_id or not _is_for(found, standing.secretary_of):
        raise NotFoundError
    return found


def _is_for(made: TrackerImport, committees: Collection[int]) -> bool:
    return {made.committee_id, *made.mapping.get(COMMITTEES, ())} <= {*committees}


def trackers_of(committees: Collection[int]) -> Sequence[TrackerImport]:
    """Return the latest imports of these committees, newest first."""
    query = (
        select(TrackerImport)
        .options(joinedload(TrackerImport.file), joinedload(TrackerImport.person))
        .where(TrackerImport.committee_id.in_(committees))
        .order_by(TrackerImport.made_at.desc(), TrackerImport.id.desc())
        .limit(PAGE)
    )
    return [made for made in session.scalars(query) if _is_for(made, committees)]


def rows_of(import_id: int, outcome: str | None = None, page: int | None = None) -> Sequence[TrackerRow]:
    """Return the rows of an import in the sheet's order: all, or those of an outcome; all pages, or one."""
    query = select(TrackerRow).where(TrackerRow.import_id == import_id).order_by(TrackerRow.number)
    if outcome:
        query = query.where(TrackerRow.outcome == outcome)
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return session.scalars(query).all()


def committees_of(task_ids: Sequence[int]) -> dict[int, str]:
    """Return the name of each task's committee."""
    found: dict[int, str] = {}
    for part in chunks(task_ids):
        query = select(Task.id, Committee.name).join(Committee, Committee.id == Task.committee_id)
        found |= {row.id: row.name for row in session.execute(query.where(Task.id.in_(part)))}
    return found


def counts_of(import_id: int) -> dict[str, int]:
    """Return how many rows there are of each outcome."""
    query = select(TrackerRow.outcome, func.count().label("rows")).where(TrackerRow.import_id == import_id)
    return {row.outcome: row.rows for row in session.execute(query.group_by(TrackerRow.outcome))}


def signed_since(committee_id: int, day: date) -> date | None:
    """Return the last day of a committee's month that was signed and reaches to a day or beyond; None without."""
    query = select(func.min(MonthlyReport.ends_on)).where(
        MonthlyReport.committee_id == committee_id, MonthlyReport.state.in_(FROZEN), MonthlyReport.ends_on >= day
    )
    return session.scalar(query)
