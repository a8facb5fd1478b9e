"""Series of meetings: those of some committees, and the last meeting of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Meeting, MeetingSeries
from workflows.meeting import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def series_of(committee_ids: Collection[int]) -> Sequence[MeetingSeries]:
    """Return the series of some committees, by committee and title."""
    query = (
        select(MeetingSeries)
        .where(MeetingSeries.committee_id.in_(committee_ids))
        .options(joinedload(MeetingSeries.committee))
        .order_by(MeetingSeries.committee_id, MeetingSeries.active.desc(), MeetingSeries.title, MeetingSeries.id)
    )
    return session.scalars(query).all()


def last_of(series: MeetingSeries) -> Meeting | None:
    """Return the last meeting planned or held in a series; a cancelled one leaves its day free."""
    query = (
        select(Meeting)
        .where(Meeting.series_id == series.id, Meeting.state != CANCELLED)
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    )
    return session.scalars(query).first()
