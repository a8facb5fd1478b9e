"""Minutes beside their text: versions as they were submitted, and the meeting that confirms them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, defer, joinedload

from app.db import session
from app.models import Meeting, Minutes, MinutesConfirmation, MinutesVersion
from workflows.meeting import FILE_CLOSED, HELD, IN_SESSION
from workflows.minutes import APPROVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select

_OVER = frozenset({HELD, FILE_CLOSED})
_BEGUN = _OVER | {IN_SESSION}


def versions_of(minutes_id: int) -> Sequence[MinutesVersion]:
    """Return the versions of minutes, the newest first, without their texts."""
    query = (
        select(MinutesVersion)
        .where(MinutesVersion.minutes_id == minutes_id)
        .options(joinedload(MinutesVersion.submitted_by), defer(MinutesVersion.text))
        .order_by(MinutesVersion.number.desc())
    )
    return session.scalars(query).all()


def version_of(minutes_id: int, number: int) -> MinutesVersion | None:
    """Return one version of minutes."""
    query = (
        select(MinutesVersion)
        .where(MinutesVersion.minutes_id == minutes_id, MinutesVersion.number == number)
        .options(joinedload(MinutesVersion.submitted_by))
    )
    return session.scalars(query).first()


def confirmation_of(minutes_id: int) -> MinutesConfirmation | None:
    """Return how minutes were confirmed, None while they are not."""
    query = (
        select(MinutesConfirmation)
        .where(MinutesConfirmation.minutes_id == minutes_id)
        .options(joinedload(MinutesConfirmation.meeting), joinedload(MinutesConfirmation.recorded_by))
    )
    return session.scalars(query).first()


def after_approval(minutes: Minutes) -> tuple[bool, bool, bool]:
    """Tell whether a meeting that confirms these minutes began, whether they are confirmed, and that one's approved."""
    own = aliased(Minutes)
    confirmed = select(MinutesConfirmation.id).where(MinutesConfirmation.minutes_id == minutes.id)
    next_approved = confirmed.join(own, MinutesConfirmation.meeting_id == own.meeting_id).where(own.state == APPROVED)
    asked = (_next_begun(minutes.meeting).exists(), confirmed.exists(), next_approved.exists())
    row = session.execute(select(*(one.label(f"is{n}") for n, one in enumerate(asked)))).one()
    return bool(row[0]), bool(row[1]), bool(row[2])


def next_begun(meeting: Meeting) -> Meeting | None:
    """Return the meeting that confirms the minutes of this one: the next of its series (or committee) that began."""
    return session.scalars(_next_begun(meeting).order_by(Meeting.starts_at).limit(1)).first()


def _next_begun(meeting: Meeting) -> Select[Meeting]:
    return select(Meeting).where(
        Meeting.committee_id == meeting.committee_id,
        Meeting.starts_at > meeting.starts_at,
        Meeting.state.in_(_BEGUN),
        Meeting.series_id == meeting.series_id if meeting.series_id else _outside_series(),
    )


def _outside_series() -> ColumnElement[bool]:
    """Return the condition for what follows a meeting of no series: such a one, or the first of a series."""
    earlier = aliased(Meeting)
    before = select(earlier.id).where(
        earlier.series_id == Meeting.series_id, earlier.starts_at < Meeting.starts_at, earlier.state.in_(_OVER)
    )
    return or_(Meeting.series_id.is_(None), ~before.exists())
