"""Meetings: planned or entered as history, with agenda, invitees, attendance and the text of the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from app.clock import now, today
from app.db import session
from app.errors import ChangedMeanwhileError, DomainError
from app.models import AgendaItem, Attendance, Committee, Meeting, Membership, Minutes, Person
from app.services.history import write_event
from workflows.meeting import AHEAD, CLOSED, MEETING, PLANNED
from workflows.minutes import DRAFTING, EDITABLE, MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

STATUS_ITEM = "Tình hình thực hiện các kết luận trước"
MAX_TEXT = 1_000_000


@dataclass(frozen=True)
class Plan:
    """What a meeting is planned as, or was; instants in UTC.

    Without a known hour `starts_at` is 00:00 of the day. `presider_name`: who presided and is no user.
    """

    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    link: str
    presider_id: int | None
    presider_name: str = ""
    presider_title: str = ""
    hour_known: bool = True


def plan_meeting(committee: Committee, plan: Plan, by: Person, *, historic: bool = False) -> Meeting:
    """Plan a meeting: its first agenda item is the status of earlier conclusions, its members are invited.

    `historic`: it took place already and is entered from old papers; who sits today was not invited then.
    """
    meeting = Meeting(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        committee=committee,
        state=PLANNED,
        historic=historic,
        made_at=now(),
        **vars(plan),
    )
    if not historic:
        meeting.agenda = [AgendaItem(authority_id=committee.authority_id, position=1, kind="status", title=STATUS_ITEM)]
        meeting.attendances = _members(committee, plan)
    session.add(meeting)
    session.flush()
    _note(meeting, "plan", by)
    return meeting


def _members(committee: Committee, plan: Plan) -> list[Attendance]:
    day = today()
    query = (
        select(Person, Membership.title, Membership.rank)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.committee_id == committee.id,
            Membership.from_on <= max(day, plan.starts_at.date()),
            or_(Membership.to_on.is_(None), Membership.to_on >= min(day, plan.starts_at.date())),
        )
        .order_by(Membership.rank, Person.sort_key)
    )
    seen: set[int] = set()
    found = []
    for person, title, rank in session.execute(query):
        if person.id not in seen:
            seen.add(person.id)
            found.append(
                Attendance(
                    authority_id=committee.authority_id,
                    person_id=person.id,
                    name=person.full_name,
                    title=title,
                    rank=rank,
                )
            )
    return found


def _note(meeting: Meeting, event: str, by: Person, **data: object) -> None:
    write_event(
        authority_id=meeting.authority_id,
        subject=MEETING.name,
        subject_id=meeting.id,
        event=event,
        from_state=None if event == "plan" else meeting.state,
        to_state=meeting.state,
        at=now(),
        role="secretary",
        actor_id=by.id,
        data=dict(data),
    )


def _check_open(meeting: Meeting) -> None:
    if meeting.state in CLOSED:
        raise DomainError(
            "Hồ sơ cuộc họp đã kết thúc nên không sửa được nữa. Nếu cần, hãy đề nghị Trưởng ban mở lại hồ sơ.",
            "The meeting's file is closed and can no longer be changed. Ask the chair to reopen it if you must.",
        )


def change_plan(meeting: Meeting, plan: Plan, by: Person, *, version: int | None) -> None:
    """Change time, place or presider.

    :raises ChangedMeanwhileError: somebody else changed the meeting since that version.
    :raises DomainError: the meeting's file is closed.
    """
    _check_open(meeting)
    if version is not None and version != meeting.version:
        raise ChangedMeanwhileError
    for name, value in vars(plan).items():
        setattr(meeting, name, value)
    session.flush()
    _note(meeting, "edit", by)


def add_item(meeting: Meeting, title: str, presenter: str, minutes: int | None) -> AgendaItem:
    """Add an item at the end of the agenda."""
    _check_open(meeting)
    position = max((item.position for item in meeting.agenda), default=0) + 1
    item = AgendaItem(
        authority_id=meeting.authority_id, position=position, title=title, presenter=presenter, minutes=minutes
    )
    meeting.agenda.append(item)
    session.flush()
    return item


def change_item(meeting: Meeting, item: AgendaItem, title: str, presenter: str, minutes: int | None) -> None:
    """Change the words of an agenda item."""
    _check_open(meeting)
    item.title, item.presenter, item.minutes = title, presenter, minutes


def move_item(meeting: Meeting, item: AgendaItem, step: int) -> None:
    """Move an item one place up (-1) or down (+1); the status of earlier conclusions stays first."""
    _check_open(meeting)
    items = sorted(meeting.agenda, key=lambda one: one.position)
    index = items.index(item)
    other = index + step
    if 0 <= other < len(items) and items[other].kind != "status" and item.kind != "status":
        items[index], items[other] = items[other], items[index]
        _renumber(items)


def remove_item(meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off the agenda; the status of earlier conclusions stays.

    :raises DomainError: the item is that one, or the meeting's file is closed.
    """
    _check_open(meeting)
    if item.kind == "status":
        raise DomainError(
            "Nội dung đầu tiên luôn là tình hình thực hiện các kết luận trước nên không bỏ được.",
            "The first item is always the status of earlier conclusions and stays.",
        )
    meeting.agenda.remove(item)
    session.flush()
    _renumber(sorted(meeting.agenda, key=lambda one: one.position))


def _renumber(items: Sequence[AgendaItem]) -> None:
    # Two steps, because no two items may share a place even for a moment.
    for offset in (10_000, 0):
        for position, item in enumerate(items, start=1):
            item.position = position + offset
        session.flush()


def invite(
    meeting: Meeting, name: str, title: str, *, person_id: int | None = None, unit_id: int | None = None
) -> None:
    """Invite somebody: a person of the authority, or a guest by name; who is invited already stays so.

    Whoever is added to a historic meeting was there.
    """
    _check_open(meeting)
    known = any(
        (person_id and one.person_id == person_id) or (not person_id and one.name == name)
        for one in meeting.attendances
    )
    if not known:
        rank = session.scalar(select(func.max(Attendance.rank)).where(Attendance.meeting_id == meeting.id)) or 0
        meeting.attendances.append(
            Attendance(
                authority_id=meeting.authority_id,
                person_id=person_id,
                unit_id=unit_id,
                name=name,
                title=title,
                rank=rank + 1,
                status="present" if meeting.historic else "invited",
            )
        )


def uninvite(meeting: Meeting, attendance: Attendance) -> None:
    """Take somebody off the list."""
    _check_open(meeting)
    meeting.attendances.remove(attendance)


def record_attendance(meeting: Meeting, marks: dict[int, tuple[str, str]]) -> None:
    """Record who came: per row its status and, where represented, by whom.

    :raises DomainError: somebody is represented by nobody, or the file is closed.
    """
    _check_open(meeting)
    for row in meeting.attendances:
        if row.id not in marks:
            continue
        status, deputy = marks[row.id]
        if status == "represented" and not deputy:
            raise DomainError(
                f"Hãy ghi tên người dự thay {row.name}.",
                f"Write who came for {row.name}.",
                field=f"represented-{row.id}",
            )
        row.status = status
        row.represented_by = deputy if status == "represented" else ""


def minutes_of(meeting: Meeting) -> Minutes:
    """Return the meeting's minutes, begun when first asked for."""
    found = session.scalars(select(Minutes).where(Minutes.meeting_id == meeting.id)).first()
    if found is None:
        found = Minutes(authority_id=meeting.authority_id, meeting_id=meeting.id, state=DRAFTING, made_at=now())
        found.meeting = meeting
        session.add(found)
        session.flush()
    return found


def write_minutes(minutes: Minutes, text: str, by: Person, *, version: int | None) -> None:
    """Keep the text of the minutes.

    :raises ChangedMeanwhileError: somebody else wrote since that version.
    :raises DomainError: the minutes are with the presider or approved, or the text is too long.
    """
    if minutes.state not in EDITABLE:
        raise DomainError(
            "Biên bản đã trình hoặc đã duyệt nên không sửa được. Hãy rút về sửa trước (nếu chưa duyệt).",
            "The minutes were submitted or approved and cannot be edited. Take them back first (if not yet approved).",
        )
    if len(text) > MAX_TEXT:
        raise DomainError(
            "Biên bản dài quá 1 triệu ký tự. Hãy rút ngắn, phần dài xin đính kèm thành tệp.",
            "The minutes are longer than a million characters. Shorten them and attach what is long as a file.",
            field="text",
        )
    if version is not None and version != minutes.version:
        raise ChangedMeanwhileError
    if text == minutes.text:
        return
    minutes.text = text
    session.flush()
    write_event(
        authority_id=minutes.authority_id,
        subject=MINUTES.name,
        subject_id=minutes.id,
        event="write",
        from_state=minutes.state,
        to_state=minutes.state,
        at=now(),
        role="secretary",
        actor_id=by.id,
        data={"length": len(text)},
    )


def is_ahead(meeting: Meeting) -> bool:
    """Tell whether the meeting has not begun."""
    return meeting.state in AHEAD
