"""Subject and opening of a meeting's draft notice follow the meeting while nobody has changed them by hand."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.clock import day_of
from app.queries.notices import live_notice_of
from app.reading.model import MeetingHead, Reading
from app.services.notice_wording import opening_of, subject_of
from workflows.notice import DRAFTING

if TYPE_CHECKING:
    from app.models import Meeting, Notice

_UNREAD = Reading("", MeetingHead(), ())
_DAY = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>\d{4})\b",
    re.IGNORECASE,
)


class Beginning(NamedTuple):
    """What a draft of a meeting says before its clauses."""

    subject: str
    opening: str


def usual_beginning(meeting: Meeting) -> Beginning:
    """Return how a draft of this meeting begins now."""
    committee = meeting.committee
    return Beginning(subject_of(committee, meeting, _UNREAD), opening_of(committee, meeting, _UNREAD))


def refresh_beginning(meeting: Meeting, before: Beginning) -> bool:
    """Let the draft notice begin with the meeting as it is now; tell whether it may stay as it stands.

    :param before: how it usually began before the meeting was changed.
    :return: False where somebody has changed one of the two by hand, so that it is left and should be looked at.
    """
    notice, fresh = live_notice_of(meeting.id), usual_beginning(meeting)
    if notice is None or notice.state != DRAFTING:
        return True
    fits = True
    for name in Beginning._fields:
        old, new = getattr(before, name).strip(), getattr(fresh, name)
        said = getattr(notice, name).strip()
        if old == new.strip():
            continue
        if said == old:
            setattr(notice, name, new)
        fits = fits and said in {old, new.strip()}
    return fits


def unmet_day(notice: Notice) -> date | None:
    """Return the day on which a draft's meeting took place, where its beginning names days and none is that one."""
    meeting = notice.meeting
    if meeting is None or notice.state != DRAFTING:
        return None
    met_on = day_of(meeting.starts_at)
    wrong = [_wrong(words, met_on) for words in (notice.subject, notice.opening)]
    return met_on if any(wrong) else None


def _wrong(words: str, met_on: date) -> bool:
    named = {(int(one["day"]), int(one["month"]), int(one["year"])) for one in _DAY.finditer(words)}
    return bool(named) and (met_on.day, met_on.month, met_on.year) not in named
