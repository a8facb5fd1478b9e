"""Item 1 of the minutes: what became of earlier conclusions, counted as on the meeting page, in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.queries.meetings import earlier_conclusions
from app.queries.meetings_before import meetings_before

if TYPE_CHECKING:
    from datetime import date

    from app.models import Meeting
    from app.queries.standing import Standing

# The minutes are an official Vietnamese paper: these words are its text, not the screen's.
_COUNTED = (
    ("completed", "đã hoàn thành {} nhiệm vụ"),
    ("in-progress", "đang thực hiện {}"),
    ("reported", "chờ xác nhận {}"),
    ("awaiting-acceptance", "chưa tiếp nhận {}"),
    ("overdue", "quá hạn {}"),
)
_WRITTEN = re.compile(r"^Tính đến ngày \d{2}/\d{2}/\d{4}.*: đã hoàn thành .*$", re.MULTILINE)


def status_sentence(meeting: Meeting, standing: Standing, day: date) -> str:
    """Return the sentence with which the first item begins as of a day; empty where nothing was concluded before."""
    if not any(item.kind == "status" for item in meeting.agenda):
        return ""
    last = meetings_before(meeting).in_committee
    earlier = earlier_conclusions(meeting, last.meeting if last else None, standing, day)
    if not any(earlier.counts.values()):
        return ""
    since = f", kể từ phiên họp ngày {earlier.since:%d/%m/%Y}" if earlier.since else ""
    counted = "; ".join(words.format(earlier.counts[name]) for name, words in _COUNTED)
    return f"Tính đến ngày {day:%d/%m/%Y}{since}: {counted}."


def sentence_in(text: str) -> str:
    """Return that sentence as it stands in a text already, counted on whatever day; empty where there is none."""
    found = _WRITTEN.search(text)
    return found[0] if found else ""
