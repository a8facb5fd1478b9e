"""Meetings: planned or entered as history, with invitees, attendance and the text of the minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from app.clock import day_of, now, today
from app.db import session
from app.errors import ChangedMeanwhileError, DomainError
from app.models import AgendaItem, Attendance, Committee, Meeting, Membership, Minutes, Person
from app.queries.attendance import heads_of
from app.queries.signing import chair_on
from app.services.history import write_event
from app.services.meeting_calls import CANCEL, REQUEST, send_call
from app.services.paper_numbers import keep_invited, keep_unless_kept
from workflows.meeting import AHEAD, CLOSED, CONVENED, MEETING, PLANNED
from workflows.minutes import DRAFTING, EDITABLE, MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable
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

    Where nobody was named, the chair presides. `historic`: it took place already and is entered from old papers; who
    sits today was not invited then, and did perhaps not preside.
    """
    if not (historic or plan.presider_id or plan.presider_name):
        plan = replace(plan, presider_id=chair_on(committee, day_of(plan.starts_at)))
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


def check_open(meeting: Meeting) -> None:
    """Refuse changes to a meeting whose file is closed.

    :raises DomainError: it is.
    """
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
    check_open(meeting)
    if version is not None and version != meeting.version:
        raise ChangedMeanwhileError
    keep_unless_kept(meeting)
    for name, value in vars(plan).items():
        setattr(meeting, name, value)
    session.flush()
    _note(meeting, "edit", by)


def invite(
    meeting: Meeting, name: str, title: str, *, person_id: int | None = None, unit_id: int | None = None
) -> None:
    """Invite somebody: a person of the authority, or a guest by name; who is invited already stays so.

    Whoever is added to a historic meeting was there.
    """
    check_open(meeting)
    known = any(
        (person_id and one.person_id == person_id) or (not person_id and one.name == name)
        for one in meeting.attendances
    )
    if not known:
        rank = session.scalar(select(func.max(Attendance.rank)).where(Attendance.meeting_id == meeting.id)) or 0
        row = Attendance(
            authority_id=meeting.authority_id,
            person_id=person_id,
            unit_id=unit_id,
            name=name,
            title=title,
            rank=rank + 1,
            status="present" if meeting.historic else "invited",
        )
        meeting.attendances.append(row)
        session.flush()
        if meeting.state == CONVENED:
            # Who is added after the call went out is called at once.
            send_call(meeting, [row], event="convene", method=REQUEST, slot=f"added-{row.id}")
            keep_invited(meeting)


def invite_heads(meeting: Meeting, unit_ids: Iterable[int]) -> list[str]:
    """Invite who heads each of these units of the authority on the day; return the units that have no head."""
    lacking = []
    for unit, head, title in heads_of(unit_ids, day_of(meeting.starts_at)):
        if unit.authority_id != meeting.authority_id:
            continue
        if head is None:
            lacking.append(unit.name)
        else:
            invite(meeting, head.full_name, title or unit.name, person_id=head.id, unit_id=unit.id)
    return lacking


def uninvite(meeting: Meeting, attendance: Attendance) -> None:
    """Take somebody off the list; who was called is told that it was called off."""
    check_open(meeting)
    if meeting.state == CONVENED:
        meeting.calendar_sequence += 1
        send_call(meeting, [attendance], event="cancel", method=CANCEL, slot=f"removed-{attendance.id}")
    meeting.attendances.remove(attendance)
    if meeting.state == CONVENED:
        keep_invited(meeting)


def record_attendance(meeting: Meeting, marks: dict[int, tuple[str, str]]) -> None:
    """Record who came: per row its status and, where represented, by whom.

    :raises DomainError: somebody is represented by nobody, or the file is closed.
    """
    check_open(meeting)
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
    """Return the meeting's minutes; whoever first asks for them begins them."""
    query = select(Minutes).where(Minutes.meeting_id == meeting.id)
    found = session.scalars(query).first()
    if found is not None:
        return found
    begun = Minutes(authority_id=meeting.authority_id, meeting_id=meeting.id, state=DRAFTING, made_at=now())
    try:
        with session.begin_nested():
            session.add(begun)
    except IntegrityError:
        # Somebody began them at the same moment.
        return session.scalars(query).one()
    begun.meeting = meeting
    return begun


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
