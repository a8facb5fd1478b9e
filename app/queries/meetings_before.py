"""The meetings held before one: the last of its committee, of its series, and of those in no series."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from app.db import session
from app.models import Meeting, Minutes, MinutesConfirmation
from workflows.meeting import FILE_CLOSED, HELD

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, ScalarSelect

OVER = frozenset({HELD, FILE_CLOSED})


class PreviousMinutes(NamedTuple):
    """A meeting before another one, its minutes (None: nobody began them) and how they were confirmed."""

    meeting: Meeting
    minutes: Minutes | None
    confirmation: MinutesConfirmation | None


class Before(NamedTuple):
    """What went before a meeting; each None where there was none."""

    in_committee: PreviousMinutes | None
    in_series: PreviousMinutes | None
    outside_series: PreviousMinutes | None

    @property
    def nearest(self) -> PreviousMinutes | None:
        """Return the last one of the same series, else of the committee: what it left over comes back."""
        return self.in_series or self.in_committee

    @property
    def to_confirm(self) -> PreviousMinutes | None:
        """Return the one whose minutes are confirmed: of the same series, else of those in none."""
        return self.in_series or self.outside_series


def meetings_before(meeting: Meeting) -> Before:
    """Return the meetings that were held before this one. One statement."""
    ids = {
        "in_committee": _last(meeting),
        "outside_series": _last(meeting, Meeting.series_id.is_(None)),
    }
    if meeting.series_id:
        ids["in_series"] = _last(meeting, Meeting.series_id == meeting.series_id)
    query = (
        select(Meeting, Minutes, MinutesConfirmation)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .outerjoin(MinutesConfirmation, MinutesConfirmation.minutes_id == Minutes.id)
        .where(or_(*(Meeting.id == one for one in ids.values())))
        .order_by(Meeting.starts_at.desc())
    )
    rows = [PreviousMinutes(*row) for row in session.execute(query)]
    own = [row for row in rows if meeting.series_id and row.meeting.series_id == meeting.series_id]
    outside = [row for row in rows if row.meeting.series_id is None]
    return Before(*(next(iter(found), None) for found in (rows, own, outside)))


def _last(meeting: Meeting, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    query = select(Meeting.id).where(
        Meeting.committee_id == meeting.committee_id,
        Meeting.starts_at < meeting.starts_at,
        Meeting.state.in_(OVER),
        Meeting.id != (meeting.id or 0),
        *conditions,
    )
    # Its own name: the row that is looked for has the same table.
    return query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1).correlate(None).scalar_subquery()
