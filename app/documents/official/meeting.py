"""The papers of a meeting: its invitation (giấy mời) and its minutes (biên bản)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.clock import day_of, local, today
from app.db import session
from app.documents.official.head import ended, head_of, is_party, kept_at
from app.documents.official.model import Level, Official, Paragraph, Signature
from app.documents.vietnamese import day_long, hour, hour_and_day
from app.models import Membership, Person
from app.queries.calls import planned_call, presider_words, sent_call
from app.queries.kinds import URGENCIES
from app.queries.minutes import confirmation_of
from app.queries.paper_numbers import INVITATION, MINUTES, invitation_of, number_of
from app.queries.signing import signature_of, signer_of
from app.text import fold
from workflows.meeting import PLANNED
from workflows.minutes import CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.models import Attendance, Meeting, Minutes
    from app.queries.calls import Call

_CAME = ("present", "represented")
EXCUSED = "excused"
_AWAY = (EXCUSED, "absent")
_TOLD = re.compile(r"\s*(?:i\s*[.)]\s*)?(?:thoi gian|dia diem|thanh phan|bien ban|cong hoa)")
_ENDED = re.compile(
    r"^\W*(?:cuoc|phien|buoi|ky) hop (?:\w+ )?(?:ket thuc|be mac)"
    r"|(?:ket thuc|be mac)(?: (?:cuoc|phien|buoi) hop| hoi nghi)?(?: vao)?(?: luc| hoi)? \d{1,2} ?(?:gio|h|:)"
)
"""A line that says itself when the meeting ended."""
_LEVELS = (
    (Level.ITEM, re.compile(r"(?P<marker>(?:[IVX]{1,6}|\d{1,2}(?:\.\d{1,2})*)[.)]|[a-zđ]\))\s+(?P<text>\S.*)")),
    (Level.DASH, re.compile(r"(?P<marker>[-–+])\s*(?P<text>\S.*)")),
)


def invitation_paper(meeting: Meeting) -> Official:
    """Return the invitation to a meeting (Decree 30/2020, form 1.7); a draft until it has gone out with a number.

    It says what its last call said, whatever became of the meeting since; called at short notice, it says why.
    """
    committee = meeting.committee
    numbered, chosen = number_of(INVITATION, meeting.id, committee.id), invitation_of(meeting.id)
    call = sent_call(chosen) or planned_call(meeting)
    begins = local(call.starts_at)
    text = [
        _line(f"{committee.name} trân trọng kính mời:"),
        *_invited(call),
        _line(f"Tới dự {_lower(call.title)}."),
        _line(f"Chủ trì: {call.presider}."),
        _line(f"Thời gian: {hour_and_day(begins) if call.hour_known else day_long(begins.date(), begins.year)}."),
        _line(f"Địa điểm: {call.place or '……'}."),
        *([_line(f"Tham dự trực tuyến: {call.link}")] if call.link else []),
        *([_line(f"Lý do họp đột xuất: {call.urgent_reason.rstrip(' .')}.")] if call.urgent_reason else []),
        *_agenda(call),
        _line("Đề nghị các đồng chí sắp xếp công việc, dự họp đúng thành phần, đúng giờ; trường hợp không dự được, "
              "báo cáo người chủ trì và cử người có thẩm quyền dự thay."),
    ]  # fmt: skip
    on = numbered.issued_on if numbered else None
    signed = signature_of(committee, signer_of(meeting, chosen, on or today(), call.presider_id), on or today())
    return Official(
        head=head_of(
            committee,
            INVITATION,
            symbol=numbered.symbol if numbered else None,
            on=on,
            year=(on or today()).year,
            urgency=URGENCIES[chosen.urgency if chosen else ""].vi,
        ),
        kind="GIẤY MỜI",
        subject=f"{'dự' if is_party(committee) else 'Dự'} {_lower(call.title)}",
        text=tuple(text),
        closing=(_line(ended(committee, "Trân trọng kính mời")),),
        signature=Signature(tuple(signed.lines), signed.name),
        recipients=("- Như thành phần mời;", kept_at(committee)),
        draft=meeting.state == PLANNED or numbered is None,
    )


def _invited(call: Call) -> Iterable[Paragraph]:
    """Yield who is invited, one in a line; the last ends the sentence."""
    for left, (name, title) in zip(range(len(call.invited) - 1, -1, -1), call.invited, strict=True):
        yield _dash(f"{name}{f', {title}' if title else ''}{';' if left else '.'}")


def minutes_paper(minutes: Minutes) -> Official:
    """Return the minutes of a meeting (Decree 30/2020, form 1.9: no place and day); a draft until they are approved."""
    meeting, committee = minutes.meeting, minutes.meeting.committee
    on = day_of(meeting.starts_at)
    numbered = number_of(MINUTES, meeting.id, committee.id)
    head = head_of(committee, MINUTES, symbol=numbered.symbol if numbered else None, year=on.year)
    text, finish = [*_circumstances(meeting, minutes.text, on), *_typed(minutes.text)], _finish(minutes)
    if text and not finish:
        text[-1] = replace(text[-1], text=ended(committee, text[-1].text))
    return Official(
        head=replace(head, place_and_day=""),
        kind="BIÊN BẢN",
        subject=meeting.title,
        text=tuple(text),
        closing=(*finish, *_correction(minutes)),
        signature=Signature(("Chủ tọa",), meeting.presided_by),
        left_signature=Signature(("Thư ký",), _secretary(minutes, on)),
        recipients=("- Các thành viên dự họp;", kept_at(committee)),
        draft=minutes.state not in CLOSED or not (numbered or meeting.historic),
    )


def _finish(minutes: Minutes) -> list[Paragraph]:
    """Return when the meeting ended, as it was ended in the room or entered; none where the text says it itself."""
    end = minutes.meeting.ends_at
    if end is None or any(_ENDED.search(fold(line)) for line in minutes.text.splitlines()):
        return []
    said = f"Cuộc họp kết thúc vào {hour(local(end))}, {day_long(day_of(end), day_of(minutes.meeting.starts_at).year)}"
    return [_line(ended(minutes.meeting.committee, said))]


def _correction(minutes: Minutes) -> Iterable[Paragraph]:
    """Yield what the next meeting corrected: it stands behind the text, which stays as it was approved."""
    confirmed = confirmation_of(minutes.id)
    if confirmed is None or not confirmed.note:
        return
    on = day_of(confirmed.meeting.starts_at)
    first, *more = [" ".join(line.split()) for line in confirmed.note.splitlines() if line.strip()]
    yield _line(f"Đính chính (thông qua tại phiên họp {day_long(on, on.year)}): {first}")
    yield from (_line(line) for line in more)


def _circumstances(meeting: Meeting, typed: str, on: date) -> Iterable[Paragraph]:
    """Yield when, where and who, unless the text that was typed begins with it."""
    if _TOLD.match(fold(typed)):
        return
    begins = local(meeting.starts_at)
    when = hour_and_day(begins) if meeting.hour_known else day_long(on, on.year)
    yield _line(f"Thời gian bắt đầu: {when}.")
    yield _line(f"Địa điểm: {meeting.place or '……'}.")
    yield _line(f"Chủ trì (chủ tọa): {presider_words(meeting)}.")
    for words, status in (("Thành phần tham dự:", _CAME), ("Vắng mặt:", _AWAY)):
        rows = [row for row in meeting.attendances if row.status in status]
        if rows:
            yield _line(words)
            yield from (_dash(f"{_named(row)};") for row in rows[:-1])
            yield _dash(f"{_named(rows[-1])}.")
    yield _line("Nội dung cuộc họp:")


def _typed(text: str) -> list[Paragraph]:
    """Return the lines of a typed text, their numbers kept as they are."""
    return [_paragraph(" ".join(line.split())) for line in text.splitlines() if line.strip()]


def _paragraph(line: str) -> Paragraph:
    for level, pattern in _LEVELS:
        found = pattern.fullmatch(line)
        if found:
            titled = level is Level.ITEM and found["text"].isupper()
            return Paragraph(Level.SECTION if titled else level, found["text"], found["marker"])
    return _line(line)


def _agenda(call: Call) -> list[Paragraph]:
    if not call.agenda:
        return []
    rows = [
        Paragraph(Level.ITEM, f"{title}{f' ({presenter} trình bày)' if presenter else ''}.", f"{n}.")
        for n, (title, presenter) in enumerate(call.agenda, 1)
    ]
    return [_line("Nội dung:"), *rows]


def _named(row: Attendance) -> str:
    """Return a person with the office; beside it who came instead, or that there was a reason for staying away."""
    beside = f" ({row.represented_by} dự thay)" if row.represented_by else ""
    beside = " (vắng có lý do)" if row.status == EXCUSED else beside
    return f"{row.name}{f', {row.title}' if row.title else ''}{beside}"


def _secretary(minutes: Minutes, on: date) -> str:
    """Return who wrote the minutes: who submitted them, else the committee's secretary of that day."""
    if minutes.submitted_by_id:
        return session.get_one(Person, minutes.submitted_by_id).full_name
    query = (
        select(Person.full_name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.committee_id == minutes.meeting.committee_id,
            Membership.office == "secretary",
            Membership.from_on <= on,
            or_(Membership.to_on.is_(None), Membership.to_on >= on),
        )
        .order_by(Membership.rank)
    )
    return session.scalars(query).first() or ""


def _lower(title: str) -> str:
    head, _, rest = title.partition(" ")
    return title if head.isupper() else f"{head.lower()} {rest}".strip()


def _line(text: str) -> Paragraph:
    return Paragraph(Level.TEXT, text)


def _dash(text: str) -> Paragraph:
    return Paragraph(Level.DASH, text, "-")
