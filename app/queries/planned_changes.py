"""Changes of units prepared for a day to come: those that are due, and those an administrator must know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import PlannedUnitChange
from workflows.holding import REFUSED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def due_changes(day: date, authority_id: int | None = None) -> Sequence[int]:
    """Return the ids of prepared changes whose day has come, of one authority or of all, in the order of their days."""
    query = select(PlannedUnitChange.id).where(PlannedUnitChange.outcome == WAITING, PlannedUnitChange.starts_on <= day)
    if authority_id is not None:
        query = query.where(PlannedUnitChange.authority_id == authority_id)
    return session.scalars(query.order_by(PlannedUnitChange.starts_on, PlannedUnitChange.id)).all()


def planned_changes(authority_id: int) -> Sequence[PlannedUnitChange]:
    """Return what waits for its day or could not be done on it, the soonest first."""
    query = (
        select(PlannedUnitChange)
        .where(PlannedUnitChange.authority_id == authority_id, PlannedUnitChange.outcome.in_((WAITING, REFUSED)))
        .options(joinedload(PlannedUnitChange.person))
        .order_by(PlannedUnitChange.starts_on, PlannedUnitChange.id)
    )
    return session.scalars(query).all()
