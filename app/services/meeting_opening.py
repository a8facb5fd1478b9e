"""The opening sentence of a meeting's draft notice follows the meeting while nobody has changed it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.queries.notices import live_notice_of
from app.reading.model import MeetingHead, Reading
from app.services.notice_wording import opening_of
from workflows.notice import DRAFTING

if TYPE_CHECKING:
    from app.models import Meeting

_UNREAD = Reading("", MeetingHead(), ())


def usual_opening(meeting: Meeting) -> str:
    """Return the opening that a draft of this meeting begins with now."""
    return opening_of(meeting.committee, meeting, _UNREAD)


def refresh_opening(meeting: Meeting, before: str) -> bool:
    """Let the draft notice open with the meeting as it is now; tell whether it may stay as it stands.

    :param before: the usual opening before the meeting was changed.
    :return: False where somebody has changed the opening by hand, so that it is left and should be looked at.
    """
    notice, fresh = live_notice_of(meeting.id), usual_opening(meeting)
    if notice is None or notice.state != DRAFTING or fresh == before:
        return True
    if notice.opening.strip() != before.strip():
        return notice.opening.strip() == fresh.strip()
    notice.opening = fresh
    return True
