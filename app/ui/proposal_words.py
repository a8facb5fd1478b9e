"""What is said about proposals: money, who must act, what changed from one submission to the next, what happened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clock import day_of
from app.ui.formats import day, number, words
from app.ui.task_history import Moment
from workflows.proposal import (
    APPROVED,
    DRAFTING,
    ON_AGENDA,
    PROPOSAL,
    REFERRED,
    SUBMITTED,
    SUPPLEMENT_REQUESTED,
)
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.models import Meeting, Proposal, ProposalSubmission
    from app.queries.notices import PaperEvent
    from app.queries.proposals import DeskLine

COMPOSED = Words("đã lập dự thảo", "wrote the draft")
FLAGS = {flag.name: flag.words for row in PROPOSAL.transitions for flag in row.flags}
ICONS = {
    "submit": "send",
    "approve": "rosette-discount-check",
    "record_approval": "rosette-discount-check",
    "ask": "arrow-back-up",
    "ask_back": "arrow-back-up",
    "put_on": "calendar-event",
    "refer": "mail-forward",
}
PARTS: Mapping[str, Any] = {
    "title": _l("Tên tờ trình"),
    "symbol": _l("Số, ký hiệu"),
    "necessity": _l("Sự cần thiết"),
    "grounds": _l("Căn cứ"),
    "content": _l("Nội dung đề nghị phê duyệt"),
    "effectiveness": _l("Hiệu quả"),
    "cost": _l("Kinh phí"),
    "funding": _l("Nguồn kinh phí"),
    "steps": _l("Lộ trình"),
    "papers": _l("Tài liệu kèm theo"),
}
"""The parts of a proposal as its page names them."""


def money(cost: int | None) -> str:
    """Return an amount as offices write it: 1.250.000.000 đồng; empty for none."""
    return "" if cost is None else _("%(sum)s đồng", sum=number(cost))


def waiting_for(proposal: Proposal, meeting: Meeting | None) -> str:
    """Return who must act now, in one sentence; empty when the matter is closed."""
    said = {
        DRAFTING: _("Dự thảo của đơn vị, ban chưa nhận được. Thủ trưởng đơn vị bấm «Trình» khi đã đủ nội dung."),
        SUBMITTED: _("Chờ thư ký thẩm tra, rồi đưa vào chương trình họp hoặc yêu cầu bổ sung."),
        SUPPLEMENT_REQUESTED: _("Chờ %(unit)s bổ sung rồi trình lại.", unit=proposal.unit.name),
        REFERRED: _("Chờ %(body)s trả lời; thư ký ghi văn bản trả lời.", body=proposal.referred_to),
    }
    if proposal.state == ON_AGENDA and meeting is not None:
        return _("Chờ xem xét tại: %(meeting)s.", meeting=meeting.title)
    if proposal.state == ON_AGENDA:
        return _("Cuộc họp đã hủy. Thư ký đưa tờ trình vào chương trình cuộc họp khác.")
    return said.get(proposal.state, "")


class Entry(NamedTuple):
    """A proposal on the secretary's desk: what is asked of her, or whom she waits for."""

    proposal: Proposal
    asks: str
    hers: bool


def desk_entries(lines: Iterable[DeskLine]) -> list[Entry]:
    """Return what stands on the secretary's desk: first what she must do, then what she waits for."""
    found = [Entry(line.proposal, *_asked(line)) for line in lines]
    return sorted(found, key=lambda entry: not entry.hers)


def _asked(line: DeskLine) -> tuple[str, bool]:
    proposal, meeting = line
    if proposal.state == SUBMITTED:
        asks = _("đưa vào chương trình họp") if proposal.opinion else _("thẩm tra, rồi đưa vào chương trình họp")
        return asks, True
    if proposal.state == APPROVED:
        return _("có điều kiện, chưa giao nhiệm vụ hay đưa vào thông báo"), True
    if proposal.state == ON_AGENDA and meeting is None:
        return _("cuộc họp đã hủy: đưa vào cuộc họp khác"), True
    if proposal.state == ON_AGENDA and meeting is not None:
        return f"{meeting.title}, {day(day_of(meeting.starts_at))}", False
    if proposal.state == REFERRED:
        return _("chờ %(body)s trả lời", body=proposal.referred_to), False
    return _("chờ đơn vị bổ sung"), False


class Change(NamedTuple):
    """One part that differs between two submissions."""

    name: str
    before: str
    after: str


class Sent(NamedTuple):
    """One submission with what changed since the one before it."""

    submission: ProposalSubmission
    changes: list[Change]


def submissions_of(kept: Sequence[ProposalSubmission]) -> list[Sent]:
    """Return the submissions, the newest first, each compared with the one before."""
    found = []
    for index, submission in enumerate(kept):
        before = kept[index - 1].content if index else None
        found.append(Sent(submission, changes_between(before, submission.content) if before is not None else []))
    return found[::-1]


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the parts that differ, as they were and as they are."""
    pairs = ((name, said(name, before.get(name)), said(name, after.get(name))) for name in PARTS)
    return [Change(str(PARTS[name]), old, new) for name, old, new in pairs if old != new]


def said(name: str, value: Any) -> str:  # noqa: ANN401 -- JSON
    """Return one part of a kept submission as a page prints it."""
    if name == "cost":
        return money(value)
    if name == "steps":
        return "\n".join(step_line(step) for step in value or [])
    if name == "papers":
        return "\n".join(value or [])
    return str(value or "")


def step_line(step: Mapping[str, str]) -> str:
    """Return a row of the roadmap in one line: «01/01/2027 – 31/03/2027: khảo sát»."""
    said = (step.get(f"{end}_text") or _day_of(step[f"{end}_on"]) for end in ("begins", "ends"))
    days = " – ".join(text for text in said if text)
    return f"{days}: {step['work']}" if days else step["work"]


def moments(events: Iterable[PaperEvent], system: str) -> list[Moment]:
    """Return a proposal's timeline."""
    return [_moment(one, system) for one in events]


def _moment(one: PaperEvent, system: str) -> Moment:
    event, data = one.event, one.event.data
    rows = PROPOSAL.by_event.get(event.event)
    changes = [words(FLAGS[name]) for name in data.get("flags", []) if name in FLAGS]
    for key, label in (
        ("submission", _l("Lần trình thứ %(said)s")),
        ("meeting_title", _l("Cuộc họp: %(said)s")),
        ("referred_to", _l("Cấp trên: %(said)s")),
        ("answer_symbol", _l("Văn bản trả lời: %(said)s")),
        ("task_code", _l("Nhiệm vụ được giao: %(said)s")),
        ("conditions", _l("Điều kiện: %(said)s")),
        ("basis_of_record", _l("Ghi thay theo: %(said)s")),
    ):
        if data.get(key) and data[key] != event.reason:
            changes.append(str(label) % {"said": data[key]})
    if data.get("self_ruled"):
        changes.append(_("Tự xác nhận: không còn ai khác có thẩm quyền quyết định"))
    return Moment(
        at=event.at,
        who=one.actor or system,
        said=rows[0].past if rows else COMPOSED,
        behalf=one.behalf or "",
        text=event.reason,
        tone=rows[0].tone if rows else "grey",
        icon=ICONS.get(event.event, "circle-dot"),
        changes=changes,
        files=[],
    )


def _day_of(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""
