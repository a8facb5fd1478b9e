"""What a letter that calls to a meeting says, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.clock import local
from app.mail.links import link_to
from app.queries.kinds import URGENCIES
from app.ui.formats import day, words

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLES: Mapping[str, Any] = {
    "meeting.convene": _l("Mời họp: %(title)s, %(when)s"),
    "meeting.revise": _l("Thay đổi lịch họp: %(title)s, %(when)s"),
    "meeting.postpone": _l("Hoãn họp: %(title)s"),
    "meeting.cancel": _l("Hủy họp: %(title)s"),
}
"""The subject of each kind of call."""
OPENINGS: Mapping[str, Any] = {
    "meeting.convene": _l("%(committee)s trân trọng kính mời dự cuộc họp sau."),
    "meeting.revise": _l("Cuộc họp sau của %(committee)s có thay đổi. Lịch hẹn kèm theo thay cho lịch đã gửi."),
    "meeting.postpone": _l("Cuộc họp sau của %(committee)s tạm hoãn. Khi có lịch mới, giấy mời sẽ được gửi lại."),
    "meeting.cancel": _l("Cuộc họp sau của %(committee)s không tổ chức nữa."),
}


@dataclass(frozen=True)
class Call:
    """A call as the letter prints it; instants are local."""

    opening: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    online: str
    presider: str
    agenda: tuple[str, ...]
    reason: str
    urgent_reason: str
    instead_of: str
    is_on: bool
    page: str


def subject_of_call(line: Mapping[str, Any]) -> str:
    """Return a call's subject: what it is, which meeting, when."""
    starts = local(datetime.fromisoformat(line["starts_at"]))
    when = gettext("%(hour)s ngày %(day)s", hour=f"{starts:%H:%M}", day=day(starts.date()))
    said = str(TITLES[line["rule"]]) % {"title": line["title"], "when": when}
    if mark := line.get("urgency"):
        # As on the paper: two marks of one call would be read as two calls.
        return f"{str(words(URGENCIES[mark])).upper()} – {said}"
    return gettext("KHẨN – %(what)s", what=said) if line.get("urgent_reason") else said


def call_of(line: Mapping[str, Any]) -> Call:
    """Return what the letter says of a call, from what was written down with it."""
    return Call(
        opening=str(OPENINGS[line["rule"]]) % {"committee": line["committee"]},
        title=line["title"],
        starts_at=local(datetime.fromisoformat(line["starts_at"])),
        ends_at=local(datetime.fromisoformat(line["ends_at"])),
        place=line.get("place", ""),
        online=line.get("online", ""),
        presider=line.get("presider", ""),
        agenda=tuple(line.get("agenda", "").splitlines()),
        reason=line.get("reason", ""),
        urgent_reason=line.get("urgent_reason", ""),
        instead_of=line.get("instead_of", ""),
        is_on=line["method"] == "REQUEST",
        page=link_to(line["subject"], line["id"]),
    )
