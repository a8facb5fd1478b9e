"""Notices in the making: composed from a text, given a head, and told what they replace.

Over 300 lines: the two ways in which a draft begins share how its head is filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clock import day_of, now, today
from app.db import session
from app.errors import DomainError
from app.models import Notice, ReplacedTask
from app.queries.notices import live_notice_of, signers
from app.queries.paper_facts import replaced_tasks
from app.queries.paper_text import live_clauses
from app.reading.model import MeetingHead, Reading
from app.reading.normalise import clean
from app.reading.secrecy import refuse_marked
from app.services.clause_proposals import propose_clauses, read_clauses
from app.services.conclusions import open_draft
from app.services.history import write_event
from app.text import fold
from workflows.notice import DRAFTING, NOTICE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.models import Committee, Meeting, Person

LONGEST = 20_000
SOURCE = "source"
"""As what the file is attached that a notice was read from."""


@dataclass(frozen=True)
class Head:
    """What stands around the clauses, and which issued notice the draft replaces."""

    subject: str
    opening: str
    recipients: str
    signer_id: int | None
    capacity: str
    supersedes_id: int | None
    issued_on: date | None = None
    signer_name: str = ""
    signer_title: str = ""


@dataclass(frozen=True)
class OldPaper:
    """What an old notice says of itself: its day of issue, who signed it and in which office."""

    issued_on: date | None = None
    signer_name: str = ""
    signer_title: str = ""


@dataclass(frozen=True)
class Treatment:
    """What becomes of an open task of the replaced notice: kept or amended under a new clause, or withdrawn by it."""

    treatment: str
    clause_id: int
    new_due: date | None = None


def compose_notice(  # noqa: PLR0913 -- from what, for whom, by whom: all named at the call
    committee: Committee,
    text: str,
    author: Person,
    *,
    meeting: Meeting | None = None,
    subject: str = "",
    old: OldPaper | None = None,
) -> Notice:
    """Make a draft notice of a text, cut into clauses with suggestions.

    An old notice (`old`, or of a past meeting) keeps the day typed for it; words without a year are counted from
    that day. Its signer is the one typed, else whoever presided.

    :raises DomainError: empty, too long or secret text; the meeting has a notice already; the day lies ahead.

    Over 40 lines: its steps belong under one eye, in the order in which they happen.
    """
    if old is None and meeting is not None and meeting.historic:
        old = OldPaper()
    historic, issued_on = old is not None, old.issued_on if old else None
    _check_source(meeting, historic=historic, issued_on=issued_on)
    met_on = day_of(meeting.starts_at) if meeting else None
    document_on = (issued_on or met_on) if historic else today()
    reading = read_clauses(text, committee.authority_id, document_on)
    if subject:
        refuse_marked(clean(subject))
    notice = Notice(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        meeting_id=meeting.id if meeting else None,
        state=DRAFTING,
        doc_type="TB",
        subject=subject.strip() or _subject(committee, meeting, reading),
        opening=_opening(committee, meeting, reading),
        pasted=reading.text,
        recipients=_recipients(committee),
        capacity="TM.",
        historic=historic,
        issued_on=issued_on,
        made_at=now(),
    )
    _name_signer(notice, meeting, reading, old)
    session.add(notice)
    session.flush()
    propose_clauses(notice, reading)
    index_notice(notice)
    _note_composed(notice, author, {"clauses": len(reading.items), **({"historic": True} if historic else {})})
    return notice


def begin_notice(meeting: Meeting, author: Person) -> Notice:
    """Make the draft notice of a meeting before anything is concluded; its clauses are typed as they are spoken.

    :raises DomainError: the meeting has a notice already.
    """
    _check_source(meeting, historic=False, issued_on=None)
    committee, unread = meeting.committee, Reading("", MeetingHead(), ())
    notice = Notice(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        meeting_id=meeting.id,
        state=DRAFTING,
        doc_type="TB",
        subject=_subject(committee, meeting, unread),
        opening=_opening(committee, meeting, unread),
        recipients=_recipients(committee),
        capacity="TM.",
        made_at=now(),
    )
    _name_signer(notice, meeting, unread, None)
    session.add(notice)
    session.flush()
    index_notice(notice)
    _note_composed(notice, author, {"clauses": 0, "room": True})
    return notice


def _note_composed(notice: Notice, author: Person, data: dict[str, object]) -> None:
    write_event(
        authority_id=notice.authority_id,
        subject=NOTICE.name,
        subject_id=notice.id,
        event="compose",
        from_state=None,
        to_state=notice.state,
        at=now(),
        role="secretary",
        actor_id=author.id,
        data=data,
    )


def _name_signer(notice: Notice, meeting: Meeting | None, reading: Reading, old: OldPaper | None) -> None:
    if old is None:
        chair = signers(notice.committee_id, today())
        notice.signer_id = chair[0][0] if chair else None
        return
    name, title = signer_then(meeting) if meeting else (reading.meeting.chair or "", "")
    notice.signer_name = old.signer_name.strip() or name
    notice.signer_title = old.signer_title.strip() or (title if notice.signer_name == name else "")


def signer_then(meeting: Meeting) -> tuple[str, str]:
    """Return who presided a past meeting, and in which office: the name and title below its notice, as a rule."""
    if meeting.presider_title or meeting.presider_id is None:
        return meeting.presided_by, meeting.presider_title
    seats = signers(meeting.committee_id, day_of(meeting.starts_at))
    return meeting.presided_by, next((title for person, _, title in seats if person == meeting.presider_id), "")


def index_notice(notice: Notice) -> None:
    """Write the toneless words by which the register finds the notice."""
    words = [notice.symbol or "", notice.subject, *(clause.text for clause in live_clauses(notice))]
    notice.search_text = fold(" ".join(words))


def write_head(notice: Notice, head: Head) -> None:
    """Save what stands around the clauses.

    :raises DomainError: no longer a draft, or a field that cannot stay so.
    """
    open_draft(notice)
    refuse_marked(clean(f"{head.subject}\n{head.opening}\n{head.recipients}"))
    if not head.subject.strip():
        raise DomainError("Hãy nhập trích yếu của thông báo.", "Type the subject of the notice.", field="subject")
    if notice.historic and head.issued_on and head.issued_on > today():
        raise _ahead()
    if head.supersedes_id != notice.supersedes_id:
        notice.replaced.clear()
    notice.subject, notice.opening = " ".join(head.subject.split()), head.opening.strip()
    notice.recipients, notice.capacity = head.recipients.strip(), head.capacity
    notice.signer_id, notice.supersedes_id = head.signer_id, head.supersedes_id
    if notice.historic:
        notice.issued_on, notice.signer_id = head.issued_on, None
        notice.signer_name, notice.signer_title = head.signer_name.strip(), head.signer_title.strip()
    index_notice(notice)


def settle_replaced(notice: Notice, treatments: Mapping[int, Treatment]) -> None:
    """Say for open tasks of the replaced notice what becomes of each; tasks left out stay undecided.

    :raises DomainError: an amended date is missing or lies in the past; a clause is not of this draft.
    """
    open_draft(notice)
    clauses = {clause.id for clause in live_clauses(notice)}
    known = {task.id: task for task in replaced_tasks(notice)}
    notice.replaced.clear()
    session.flush()
    for task_id, said in treatments.items():
        task = known.get(task_id)
        if task is None or said.clause_id not in clauses:
            raise DomainError(
                "Với mỗi nhiệm vụ, hãy chọn kết luận của dự thảo này làm căn cứ.",
                "For each task choose a clause of this draft that it rests on.",
                field=f"clause-{task_id}",
            )
        amended = said.treatment == "amend"
        if amended and (said.new_due is None or (said.new_due < today() and not notice.historic)):
            raise DomainError(
                f"Nhiệm vụ {task.code}: hãy nhập thời hạn mới từ hôm nay trở đi.",
                f"Task {task.code}: type a new due date, today or later.",
                field=f"due-{task_id}",
            )
        notice.replaced.append(
            ReplacedTask(
                authority_id=notice.authority_id,
                task_id=task_id,
                treatment=said.treatment,
                clause_id=said.clause_id,
                new_due=said.new_due if amended else None,
            )
        )
    session.flush()


def _check_source(meeting: Meeting | None, *, historic: bool, issued_on: date | None) -> None:
    if meeting is not None and (there := live_notice_of(meeting.id)) is not None:
        symbol = f" {there.symbol}" if there.symbol else ""
        raise DomainError(
            f"Cuộc họp này đã có thông báo kết luận{symbol}. Hãy mở thông báo đó để làm tiếp.",
            f"This meeting has a conclusion notice already{symbol}. Open that one and go on.",
        )
    if historic and issued_on is not None and issued_on > today():
        raise _ahead()


def _ahead() -> DomainError:
    return DomainError(
        "Ngày ban hành của thông báo cũ không được sau hôm nay. Hãy chọn lại.",
        "The day of issue of an old notice cannot be after today. Choose another.",
        field="issued_on",
    )


def _subject(committee: Committee, meeting: Meeting | None, reading: Reading) -> str:
    title = meeting.title if meeting else reading.meeting.title
    if title and _is_subject(title):
        return title
    chair = _chair_words(committee, meeting)
    return f"Kết luận của {chair} tại {_lower(title)}" if title else f"Kết luận của {chair}"


def _is_subject(title: str) -> bool:
    """Say whether a title names the paper ("Kết luận của … tại …"), not the meeting."""
    return title.casefold().startswith("kết luận")


def _chair_words(committee: Committee, meeting: Meeting | None) -> str:
    """Return the office in which the meeting was presided: the chair's, else the presider's own."""
    if meeting and meeting.presider_title and not meeting.presider_title.casefold().endswith(" ban"):
        return meeting.presider_title
    presider = meeting.presider_id if meeting else None
    found = [title for person, _name, title in signers(committee.id, today()) if presider in {None, person}]
    office = (meeting.presider_title if meeting else "") or (found[0] if found else "") or "Trưởng ban"
    # «Trưởng ban» of «Ban Chỉ đạo …» is written «Trưởng Ban Chỉ đạo …».
    if office.lower().endswith(" ban") and committee.short_name.startswith("Ban "):
        office = office[:-4]
    return f"{office} {committee.short_name}"


def _lower(title: str) -> str:
    head, _, rest = title.partition(" ")
    return title if head.isupper() else f"{head[:1].lower()}{head[1:]} {rest}".strip()


def _opening(committee: Committee, meeting: Meeting | None, reading: Reading) -> str:
    """Return the usual sentences before the clauses, with what is known; the secretary completes them."""
    day = day_of(meeting.starts_at) if meeting else reading.meeting.date
    place = (meeting.place if meeting else reading.meeting.location) or ""
    who = (meeting.presided_by if meeting else "") or reading.meeting.chair
    if day is None and not who:
        return ""
    known = (meeting.title if meeting else reading.meeting.title) or ""
    title = "cuộc họp" if not known or _is_subject(known) else _lower(known)
    where = f"tại {place}" if place else ""
    when = f"ngày {day.day:02d}/{day.month:02d}/{day.year}" if day else ""
    # What is not known is left out, never a dotted gap: a gap that nobody fills would be signed and issued.
    held = f"đồng chí {who} chủ trì {title} của {committee.name}" if who else f"{committee.name} tổ chức {title}"
    sentence = ", ".join(part for part in (when, where, held) if part)
    return (
        f"{sentence[:1].upper()}{sentence[1:]}. "
        "Sau khi nghe báo cáo và ý kiến của các đại biểu, người chủ trì kết luận như sau:"
    )


def _recipients(committee: Committee) -> str:
    keeper = committee.standing_unit.short_name if committee.standing_unit else committee.short_name
    return f"- Các thành viên {committee.short_name};\n- Các đơn vị được giao nhiệm vụ;\n- Lưu: VT, {keeper}."
