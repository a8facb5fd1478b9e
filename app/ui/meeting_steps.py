"""A meeting as a checklist: what is done, what is missing, and where to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from app.clock import day_of
from app.ui.formats import day as day_words
from app.ui.formats import days_left
from app.ui.navigation import url_if_known
from app.ui.task_words import left_until
from workflows.deadlines import Clock, notice_due
from workflows.meeting import AHEAD, CONVENED
from workflows.minutes import APPROVED
from workflows.notice import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Meeting, Minutes, Notice
    from workflows.meeting import MeetingFacts


class Step(NamedTuple):
    """One line of the checklist; `done` None means not needed."""

    words: str
    done: bool | None
    href: str = ""
    note: str = ""


def steps_of(  # noqa: PLR0913, PLR0917 -- the six things a meeting's file consists of
    meeting: Meeting,
    facts: MeetingFacts,
    minutes: Minutes | None,
    notices: Sequence[Notice],
    clock: Clock,
    today: date,
    *,
    topics: int | None = None,
    invited: int | None = None,
    editable: bool = True,
) -> list[Step]:
    """Return the checklist of a meeting, from place and agenda to the notice with its five-day clock.

    :param topics: how many items the agenda has, counted beforehand for a list of meetings; `invited` the same.
    :param editable: the reader is who keeps this file; for others its forms are no links.

    Over 40 lines: the lines of one list, in the order in which a meeting is prepared.
    """
    topics = len(meeting.agenda) if topics is None else topics
    invited = len(meeting.attendances) if invited is None else invited
    here = url_for("meetings.show", meeting_id=meeting.id)
    ahead = meeting.state in AHEAD
    # Of a meeting of the past only the day must be known; what else the papers tell may be added.
    lacking = None if meeting.from_old_papers else False
    steps = [
        Step(
            _("Thời gian, địa điểm"),
            facts.has_place or lacking,
            url_for("meetings.edit", meeting_id=meeting.id) if editable else "",
        ),
        Step(
            _("Người chủ trì"),
            facts.has_presider or (False if facts.presider_needed else None),
            url_for("meetings.edit", meeting_id=meeting.id) if editable else "",
        ),
        Step(_("Chương trình họp"), (facts.has_agenda and topics > 1) or lacking, f"{here}#agenda"),
        Step(_("Thành phần dự họp"), bool(invited) or lacking, f"{here}#attendance"),
        Step(
            _("Mời họp"),
            None if meeting.historic else not ahead or meeting.state == CONVENED,
            f"{here}#moves",
            _invitation_note(facts, clock, today) if ahead and meeting.state != CONVENED else "",
        ),
    ]
    found = steps if ahead else [*steps, *_afterwards(meeting, facts, minutes, notices, clock, today)]
    # What is not needed leads nowhere: there is nothing to do.
    return [step._replace(href="", note="") if step.done is None else step for step in found]


def _afterwards(  # noqa: PLR0913, PLR0917 -- the same file
    meeting: Meeting,
    facts: MeetingFacts,
    minutes: Minutes | None,
    notices: Sequence[Notice],
    clock: Clock,
    today: date,
) -> list[Step]:
    here = url_for("meetings.show", meeting_id=meeting.id)
    approved = minutes is not None and minutes.state == APPROVED
    return [
        Step(
            _("Điểm danh"),
            facts.attendance_recorded or (None if meeting.from_old_papers else False),
            f"{here}#attendance",
        ),
        Step(
            _("Biên bản được duyệt"),
            approved or (False if facts.minutes_needed else None),
            url_for("minutes.write", meeting_id=meeting.id),
        ),
        _notice_step(meeting, notices, clock, today),
    ]


def _invitation_note(facts: MeetingFacts, clock: Clock, today: date) -> str:
    if facts.convene_by is None:
        return ""
    left = days_left(left_until(facts.convene_by, today, clock))
    return _("gửi trước ngày %(day)s, %(left)s", day=day_words(facts.convene_by), left=left)


def _notice_step(meeting: Meeting, notices: Sequence[Notice], clock: Clock, today: date) -> Step:
    issued = any(notice.state in OFFICIAL for notice in notices)
    held_on = day_of(meeting.held_at or meeting.starts_at)
    last = notice_due(held_on, clock.calendar)
    note = (
        ""
        if issued or meeting.historic
        else _("chậm nhất %(day)s, %(left)s", day=day_words(last), left=days_left(left_until(last, today, clock)))
    )
    draft = next(iter(notices), None)
    href = (
        url_if_known("notices.show", notice_id=draft.id)
        if draft
        else f"{url_for('meetings.show', meeting_id=meeting.id)}#notice"
    )
    return Step(pgettext("one", "Thông báo kết luận"), issued, href or "", note)
