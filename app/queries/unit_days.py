"""From which day units are known to have existed, and which signed months reach to a day or beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.clock import day_of
from app.db import session
from app.models import Committee, MonthlyReport, Office, Task
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


def first_days(unit_ids: Collection[int]) -> dict[int, date]:
    """Return, of units that have any, the day of the first office or the first task given, whichever came first."""
    offices = (
        select(Office.unit_id, func.min(Office.from_on)).where(Office.unit_id.in_(unit_ids)).group_by(Office.unit_id)
    )
    found: dict[int, date] = {row[0]: row[1] for row in session.execute(offices)}
    tasks = (
        select(Task.lead_unit_id, func.min(Task.assigned_at))
        .where(Task.lead_unit_id.in_(unit_ids))
        .group_by(Task.lead_unit_id)
    )
    for unit_id, at in session.execute(tasks):
        if at is None:
            continue
        found[unit_id] = min(day_of(at), found.get(unit_id, day_of(at)))
    return found


def signed_until(authority_id: int, day: date) -> list[tuple[str, date]]:
    """Return the committees that signed a month reaching to a day or beyond, each with the last day signed."""
    query = (
        select(Committee.name, func.max(MonthlyReport.ends_on))
        .join(Committee, Committee.id == MonthlyReport.committee_id)
        .where(
            MonthlyReport.authority_id == authority_id, MonthlyReport.state.in_(FROZEN), MonthlyReport.ends_on >= day
        )
        .group_by(Committee.id, Committee.name)
        .order_by(Committee.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
