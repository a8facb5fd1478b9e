"""Notices in the making: composed from a text or begun with a meeting, and given a head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clock import day_of, now, today
from app.db import session
from app.errors import DomainError
from app.models import Notice
from app.queries.known_papers import same_notice
from app.queries.notices import live_notice_of, signers
from app.queries.paper_text import live_clauses
from app.reading.model import MeetingHead, Reading
from app.reading.normalise import clean
from app.reading.secrecy import refuse_marked
from app.services.clause_proposals import propose_clauses, read_clauses
from app.services.conclusions import open_draft
from app.services.history import write_event
from app.services.notice_wording import (
    opening_of,
    recipients_of,
    subject_of,
    subject_superseding,
    subject_supplementing,
)
from app.services.replacing import forget_treatments
from app.services.replacing_alike import suggest_replaced
from app.text import fold
from workflows.notice import DRAFTING, NOTICE
from workflows.urgency import NONE

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee, Meeting, Person

LONGEST = 20_000


@dataclass(frozen=True)
class Head:
    """What stands around the clauses, and which issued notice the draft replaces or supplements."""

    subject: str
    opening: str
    recipients: str
    signer_id: int | None
    capacity: str
    supersedes_id: int | None
    supplements_id: int | None = None
    urgency: str = NONE
    issued_on: date | None = None
    signer_name: str = ""
    signer_title: str = ""


@dataclass(frozen=True)
class Earlier:
    """The issued notice that a draft supersedes, or (`supplements`) to which it adds and which stays in force."""

    notice: Notice
    supplements: bool = False


@dataclass(frozen=True)
class OldPaper:
    """What an old notice says of itself: its day of issue, who signed it and in which office."""

    issued_on: date | None = None
    signer_name: str = ""
    signer_title: str = ""


@dataclass(frozen=True)
class Known:
    """Where to look for a notice that says the same: in which committees, and by the digest of which file."""

    among: frozenset[int]
    sha256: str = ""


class KnownPaperError(DomainError):
    """The notice is in the system already; `notice_id` says which."""

    def __init__(self, there: Notice) -> None:
        """Name the notice that says the same."""
        symbol, day = there.symbol, f"{there.issued_on:%d/%m/%Y}" if there.issued_on else ""
        super().__init__(
            f"Thông báo này đã có trong hệ thống: số {symbol}, ngày {day}."
            if symbol
            else "Một dự thảo lập từ chính văn bản này đã có trong hệ thống.",
            f"This notice is in the system already: {symbol} of {day}."
            if symbol
            else "A draft made of this very text is in the system already.",
        )
        self.notice_id = there.id


def compose_notice(  # noqa: PLR0913 -- from what, for whom, by whom: all named at the call
    committee: Committee,
    text: str,
    author: Person,
    *,
    meeting: Meeting | None = None,
    subject: str = "",
    old: OldPaper | None = None,
    earlier: Earlier | None = None,
    unless: Known | None = None,
) -> Notice:
    """Make a draft notice of a text, cut into clauses with suggestions.

    An old notice (`old`, or of a past meeting) keeps the day typed for it; words without a year are counted from
    that day. Its signer is the one typed, else whoever presided. `earlier`: which issued notice it follows.

    :raises DomainError: empty, too long or secret text; the meeting has a notice already; the day lies ahead.
    :raises KnownPaperError: `unless` says where to look, and a notice that says the same is there.

    Over 40 lines: its steps belong under one eye, in the order in which they happen.
    """
    if old is None and meeting is not None and meeting.historic:
        old = OldPaper()
    historic, issued_on = old is not None, old.issued_on if old else None
    _check_source(meeting, historic=historic, issued_on=issued_on)
    met_on = day_of(meeting.starts_at) if meeting else None
    document_on = (issued_on or met_on) if historic else today()
    reading = read_clauses(text, committee.authority_id, document_on)
    if unless and (there := same_notice(committee.id, unless.among, reading.text, unless.sha256)):
        raise KnownPaperError(there)
    if subject:
        refuse_marked(clean(subject))
    notice = Notice(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        meeting_id=meeting.id if meeting else None,
        state=DRAFTING,
        doc_type="TB",
        subject=subject.strip() or _subject_after(earlier) or subject_of(committee, meeting, reading),
        opening=opening_of(committee, meeting, reading) or (earlier.notice.opening if earlier else ""),
        pasted=reading.text,
        recipients=recipients_of(committee),
        capacity="TM.",
        historic=historic,
        issued_on=issued_on,
        supersedes_id=earlier.notice.id if earlier and not earlier.supplements else None,
        supplements_id=earlier.notice.id if earlier and earlier.supplements else None,
        made_at=now(),
    )
    _name_signer(notice, meeting, reading, old)
    session.add(notice)
    session.flush()
    propose_clauses(notice, reading)
    suggest_replaced(notice)
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
        subject=subject_of(committee, meeting, unread),
        opening=opening_of(committee, meeting, unread),
        recipients=recipients_of(committee),
        capacity="TM.",
        made_at=now(),
    )
    _name_signer(notice, meeting, unread, None)
    session.add(notice)
    session.flush()
    index_notice(notice)
    _note_composed(notice, author, {"clauses": 0, "room": True})
    return notice


def _subject_after(earlier: Earlier | None) -> str:
    if earlier is None:
        return ""
    return subject_supplementing(earlier.notice) if earlier.supplements else subject_superseding(earlier.notice)


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
    if head.supersedes_id and head.supplements_id:
        raise DomainError(
            "Một thông báo hoặc thay thế, hoặc bổ sung thông báo trước. Hãy giữ một trong hai lựa chọn.",
            "A notice either supersedes an earlier one or supplements it. Keep one of the two.",
            field="supplements",
        )
    other = head.supersedes_id != notice.supersedes_id
    if other:
        forget_treatments(notice)
    notice.subject, notice.opening = " ".join(head.subject.split()), head.opening.strip()
    notice.recipients, notice.capacity = head.recipients.strip(), head.capacity
    notice.signer_id, notice.urgency = head.signer_id, head.urgency
    notice.supersedes_id, notice.supplements_id = head.supersedes_id, head.supplements_id
    if notice.historic:
        notice.issued_on, notice.signer_id = head.issued_on, None
        notice.signer_name, notice.signer_title = head.signer_name.strip(), head.signer_title.strip()
    if other:
        suggest_replaced(notice)
    index_notice(notice)


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
