"""Changes of the organisation are logged like moves: who changed what, when; append-only, chained per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import now
from app.db import session
from app.models import Authority
from app.services.history import write_event

if TYPE_CHECKING:
    from datetime import date

    from app.models import (
        Committee,
        Delegation,
        Membership,
        NumberSeries,
        Office,
        PeriodRule,
        Person,
        PlannedUnitChange,
        Portfolio,
        Unit,
        UnitChange,
        UnitGroup,
    )
    from app.services.history import Link

    Row = (
        Authority
        | Committee
        | Delegation
        | Membership
        | NumberSeries
        | Office
        | PeriodRule
        | Person
        | PlannedUnitChange
        | Portfolio
        | Unit
        | UnitChange
        | UnitGroup
    )


def record_change(  # noqa: PLR0913 -- an event has these parts; the optional ones are named at the call
    row: Row,
    event: str,
    by: Person | None,
    *,
    role: str = "admin",
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Link:
    """Append one event to the row's chain; without `by` it was done on the command line or by the first run."""
    session.flush()
    # The row's lock orders two writers of one chain.
    session.refresh(row, with_for_update=True)
    return write_event(
        authority_id=row.id if isinstance(row, Authority) else row.authority_id,
        subject=row.__tablename__,
        subject_id=row.id,
        event=event,
        from_state=None,
        to_state=event,
        at=now(),
        role=role if by else "system",
        actor_id=by.id if by else None,
        reason=reason,
        data=data,
    )


def last_held(day: date, began: date) -> date:
    """Return the last day of an office that ends before `day`, never before it began."""
    return max(began, day.fromordinal(day.toordinal() - 1))
