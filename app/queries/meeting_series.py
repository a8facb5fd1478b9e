"""Series of meetings: those of some committees, the last meeting of each, and which have none ahead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.clock import day_of, start_of
from app.db import session
from app.models import Meeting, MeetingSeries
from workflows.meeting import AHEAD, CANCELLED, IN_SESSION, POSTPONED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date


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


def meeting_on(series: MeetingSeries, day: date) -> Meeting | None:
    """Return the meeting of a series on a local day, unless it was cancelled."""
    query = (
        select(Meeting)
        .where(
            Meeting.series_id == series.id,
            Meeting.state != CANCELLED,
            Meeting.starts_at >= start_of(day),
            Meeting.starts_at < start_of(day + timedelta(days=1)),
        )
        .order_by(Meeting.id)
        .limit(1)
    )
    return session.scalars(query).first()


def series_without_next(committee_ids: Collection[int], today: date) -> list[tuple[MeetingSeries, date | None]]:
    """Return the series in force for which no meeting is planned from today on, each with the day of its last one."""
    last = (
        select(func.max(Meeting.starts_at))
        .where(Meeting.series_id == MeetingSeries.id, Meeting.state != CANCELLED)
        .correlate(MeetingSeries)
        .scalar_subquery()
    )
    ahead = select(Meeting.id).where(
        Meeting.series_id == MeetingSeries.id,
        or_(
            Meeting.state == POSTPONED,
            (Meeting.starts_at >= start_of(today)) & Meeting.state.in_(AHEAD | {IN_SESSION}),
        ),
    )
    query = (
        select(MeetingSeries, last)
        .where(MeetingSeries.committee_id.in_(committee_ids), MeetingSeries.active, ~ahead.exists())
        .options(joinedload(MeetingSeries.committee))
        .order_by(MeetingSeries.committee_id, MeetingSeries.title, MeetingSeries.id)
    )
    return [(series, day_of(last_at) if last_at else None) for series, last_at in session.execute(query)]
