"""What a secretary types while people speak: clauses as they are concluded, notes of each item, where she is.

A clause of the room is a clause of the meeting's draft notice from its first letter: nothing is typed twice.
Over 300 lines: all that can be typed, sent twice or clash stands together.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import now, today
from app.db import session
from app.errors import DomainError
from app.models import AgendaItem, Conclusion, ItemNotes, Meeting, MeetingRoom, Person, Unit, UnitGroup
from app.queries.calendars import calendar_of
from app.queries.notices import live_notice_of
from app.queries.paper_text import live_clauses
from app.queries.room import OWN_KEY, key_of, lead_of, seen_of, seen_of_notes
from app.reading.normalise import clean
from app.reading.secrecy import refuse_marked
from app.services.clause_proposals import CONTINUES, NEW_TASKS, NONE_ARISES, blank_clause, insert_clauses
from app.services.conclusions import ClauseOrder, open_draft, write_clause
from app.services.moves import make_move
from app.services.notices import begin_notice
from app.services.room_order import deeper, number_clauses
from app.services.typed_due import read_due
from workflows.conclusion import DROPPED
from workflows.meeting import SITTING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.access import Actor
    from app.models import Notice

TASK, CONCLUSION = "task", "conclusion"
KINDS = frozenset({TASK, CONCLUSION, "information"})
"""What a clause may be: work given, a ruling without a deliverable, or something taken note of."""
LONGEST, LONGEST_NOTES = 20_000, 100_000
_KEY = re.compile(r"k[0-9a-z]{8,40}")
_LEAD = re.compile(r"(?P<kind>[ug])(?P<id>\d{1,9})")


class ClashError(DomainError):
    """Somebody else wrote this meanwhile; both texts are shown and a person chooses. `theirs` None: it was dropped."""

    status = 409

    def __init__(self, theirs: Conclusion | ItemNotes | None) -> None:
        """Keep what the other one wrote."""
        super().__init__(
            "Người khác vừa sửa nội dung này. Hãy so hai bản rồi chọn: giữ bản của bạn, lấy bản kia hoặc ghép cả hai.",
            "Somebody else has just changed this. Compare the two texts and choose: yours, theirs, or both together.",
        )
        self.theirs = theirs


@dataclass(frozen=True)
class Typed:
    """A clause as it was typed; `seen` is the digest of what the screen showed before, empty for a new one."""

    key: str
    item_id: int | None
    text: str
    kind: str
    lead: str = ""
    due: str = ""
    after: str = ""
    depth: int = 0
    seen: str = ""
    coordinating: frozenset[int] | None = None
    """Units that help whoever leads; None leaves them as they are."""
    restores: str = ""
    """The key of the dropped clause that this one puts back."""


def check_sitting(meeting: Meeting) -> None:
    """Refuse what is typed of a meeting that has not been called, or whose file is closed.

    :raises DomainError: it is so, or the meeting was entered from old papers.
    """
    if meeting.state not in SITTING or meeting.historic:
        raise DomainError(
            "Chỉ ghi được khi cuộc họp đã mời, đang họp hoặc vừa họp xong. Hãy xem trạng thái ở trang cuộc họp.",
            "This can be written only once the meeting is convened, in session or just held. See the meeting's page.",
        )


def save_clause(meeting: Meeting, typed: Typed, by: Person) -> Conclusion:
    """Keep a clause as it is typed: a new one under its key, or a change of one; sent twice it is kept once.

    :raises ClashError: somebody else wrote or dropped it since `typed.seen`.
    :raises DomainError: empty, too long or secret; the notice is no longer a draft; the meeting does not sit.
    """
    check_sitting(meeting)
    _check_text(typed.text)
    typed = typed if typed.kind in KINDS else replace(typed, kind=CONCLUSION)
    notice = draft_of(meeting, by)
    clause = _clause_named(notice, typed.key)
    if clause is None:
        clause = _new_clause(notice, meeting, typed)
        _let_go(notice, typed.restores)
    elif clause.state == DROPPED:
        raise ClashError(None)
    elif _says(clause, typed):
        return clause
    elif seen_of(clause) != typed.seen:
        raise ClashError(clause)
    write_clause(clause, _order(clause, typed), version=clause.version)
    _keep_due(clause, typed.due)
    clause.written_by_id = by.id
    session.flush()
    return clause


def draft_of(meeting: Meeting, by: Person) -> Notice:
    """Return the meeting's draft notice, held until the end of the transaction; whoever types first begins it.

    :raises DomainError: there is one that is no longer a draft.
    """
    # Two who type the first clause at once wait for each other here.
    session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    notice = live_notice_of(meeting.id) or begin_notice(meeting, by)
    open_draft(notice)
    return notice


def _check_text(text: str) -> None:
    if not text.strip():
        raise DomainError(
            "Kết luận chưa có nội dung. Hãy gõ nội dung, hoặc bỏ dòng này.",
            "This conclusion is empty. Type its text, or drop the line.",
            field="text",
        )
    if len(text) > LONGEST:
        raise DomainError(
            "Một kết luận dài tối đa 20.000 ký tự. Hãy tách thành nhiều kết luận.",
            "A conclusion has 20,000 characters at most. Split it.",
            field="text",
        )
    refuse_marked(clean(text))


def _clause_named(notice: Notice, key: str) -> Conclusion | None:
    """Return the clause that a browser calls so, a dropped one among them; None for a new key.

    :raises DomainError: no key of ours.
    """
    if found := next((clause for clause in notice.conclusions if key_of(clause) == key), None):
        return found
    if _KEY.fullmatch(key):
        return None
    raise _unknown()


def _unknown() -> DomainError:
    return DomainError(
        "Không tìm thấy kết luận này trong dự thảo. Hãy tải lại trang; nội dung đã gõ vẫn được giữ trên máy.",
        "This conclusion is not in the draft. Reload the page; what you typed is kept on this device.",
    )


def _says(clause: Conclusion, typed: Typed) -> bool:
    """Tell whether the clause says already what was typed: then it was sent before, and its answer got lost."""
    due = f"{clause.due_on:%d/%m/%Y}" if clause.due_on else clause.due_text
    return (
        clause.text == typed.text.strip()
        and clause.kind == typed.kind
        and lead_of(clause) == typed.lead
        and typed.coordinating in {None, frozenset(clause.coordinating_ids)}
        and typed.due.strip() in {due, clause.due_text}
    )


def _new_clause(notice: Notice, meeting: Meeting, typed: Typed) -> Conclusion:
    item = item_of(meeting, typed.item_id)
    clause = blank_clause(notice, typed.text.strip())
    clause.room_key, clause.agenda_item_id = typed.key, item.id
    beside = [one for one in live_clauses(notice) if one.agenda_item_id == item.id]
    before = next((one for one in beside if key_of(one) == typed.after), None)
    at = before or (None if typed.after or not beside else beside[0])
    clause.depth = min(max(typed.depth, 0), deeper(before))
    position = None if at is None else at.position if at is before else at.position - 1
    insert_clauses(notice, [clause], position)
    number_clauses(notice)
    return clause


def item_of(meeting: Meeting, item_id: int | None) -> AgendaItem:
    """Return an item of the meeting's agenda.

    :raises DomainError: it was taken off meanwhile.
    """
    found = session.get(AgendaItem, item_id) if item_id else None
    if found is None or found.meeting_id != meeting.id:
        raise DomainError(
            "Nội dung này không còn trong chương trình họp. Hãy chọn nội dung khác; phần đã gõ vẫn được giữ trên máy.",
            "This item is no longer on the agenda. Choose another; what you typed is kept on this device.",
        )
    return found


def _order(clause: Conclusion, typed: Typed) -> ClauseOrder:
    """Return the clause's order with what the room says of it; the rest stays as the notice's page left it."""
    unit_id, group_id = _lead(clause.authority_id, typed.lead)
    due = due_of(clause, typed.due)
    continues = clause.outcome == CONTINUES and typed.kind == TASK
    return ClauseOrder(
        text=typed.text,
        address=clause.address,
        section=clause.section,
        kind=typed.kind,
        outcome=CONTINUES if continues else NEW_TASKS if typed.kind == TASK else NONE_ARISES,
        lead_unit_id=unit_id,
        lead_group_id=group_id,
        coordinating_ids=_units_among(clause, typed.coordinating),
        due_on=due,
        no_due_reason="" if due else clause.no_due_reason,
        recurrence=clause.recurrence,
        priority=clause.priority,
        deliverable=clause.deliverable,
        evidence_rule=clause.evidence_rule,
        target_value=clause.target_value,
        target_unit=clause.target_unit,
        continues_task_id=clause.continues_task_id if continues else None,
        # Typed by hand, not proposed by the reader: there is nothing to look over but a due date that gives no day.
        reviewed=due is not None or not typed.due.strip(),
    )


def _units_among(clause: Conclusion, typed: frozenset[int] | None) -> Sequence[int]:
    """Return the authority's units among those that were picked; what was not said stays."""
    if typed is None:
        return clause.coordinating_ids
    known = select(Unit.id).where(Unit.id.in_(typed), Unit.authority_id == clause.authority_id)
    return sorted(session.scalars(known)) if typed else ()


def _lead(authority_id: int, typed: str) -> tuple[int | None, int | None]:
    """Return the unit or the group that was picked; what the authority does not have is nobody."""
    found = _LEAD.fullmatch(typed)
    if found is None:
        return None, None
    number, is_unit = int(found["id"]), found["kind"] == "u"
    picked = session.get(Unit, number) if is_unit else session.get(UnitGroup, number)
    if picked is None or picked.authority_id != authority_id:
        return None, None
    return (picked.id, None) if is_unit else (None, picked.id)


def due_of(clause: Conclusion, typed: str) -> date | None:
    """Return the day that was typed: the clause's own where nothing new was; a day gone by is none."""
    if clause.due_on and typed.strip() == f"{clause.due_on:%d/%m/%Y}" and clause.due_on >= today():
        return clause.due_on
    read = read_due(typed, today(), calendar_of(clause.authority_id))
    return read if read and read >= today() else None


def _keep_due(clause: Conclusion, typed: str) -> None:
    """Keep the words of a due date; without a day they wait, as typed, to be corrected."""
    if not (clause.due_on and typed.strip() == f"{clause.due_on:%d/%m/%Y}"):
        clause.due_text = typed.strip()[:200]


def drop_clause(meeting: Meeting, key: str, seen: str, actor: Actor) -> None:
    """Take a clause out of the draft; one that is gone already, or never came, stays gone.

    :raises ClashError: somebody else wrote it since `seen`.
    """
    check_sitting(meeting)
    if live_notice_of(meeting.id) is None:
        return
    notice = draft_of(meeting, actor.person)
    clause = next((one for one in live_clauses(notice) if key_of(one) == key), None)
    if clause is None:
        return
    if seen_of(clause) != seen:
        raise ClashError(clause)
    place = place_of(meeting)
    if place.clause_id == clause.id:
        place.clause_id = None
    make_move(clause, "drop", actor=actor)
    number_clauses(notice)


def restore_clause(meeting: Meeting, key: str, by: Person) -> Conclusion | None:
    """Put a dropped clause back behind the others of its item, with its order; one that is back already stays so.

    It is a new clause: the dropped one stays in the log as what it was.
    """
    check_sitting(meeting)
    notice = draft_of(meeting, by)
    old = _dropped_named(notice, key)
    if old is None:
        return None
    beside = [one for one in live_clauses(notice) if one.agenda_item_id == old.agenda_item_id]
    typed = Typed(
        key=new_key(), item_id=old.agenda_item_id, text=old.text, kind=old.kind, lead=lead_of(old),
        due=f"{old.due_on:%d/%m/%Y}" if old.due_on else old.due_text, depth=old.depth,
        after=key_of(beside[-1]) if beside else "", coordinating=frozenset(old.coordinating_ids), restores=key,
    )  # fmt: skip
    return save_clause(meeting, typed, by)


def _dropped_named(notice: Notice, key: str) -> Conclusion | None:
    rows = (one for one in notice.conclusions if one.state == DROPPED and one.agenda_item_id is not None)
    return next((one for one in rows if key_of(one) == key), None)


def _let_go(notice: Notice, key: str) -> None:
    """Take a clause that is back under another key off the list of dropped ones."""
    old = _dropped_named(notice, key) if key else None
    if old is not None:
        old.agenda_item_id = None


def write_notes(meeting: Meeting, item_id: int, text: str, seen: str, by: Person) -> ItemNotes:
    """Keep what was said on an item.

    :raises ClashError: somebody else wrote it since `seen`.
    """
    check_sitting(meeting)
    item = item_of(meeting, item_id)
    if len(text) > LONGEST_NOTES:
        raise DomainError(
            "Phần ghi của một nội dung dài tối đa 100.000 ký tự. Hãy rút gọn, phần dài xin đính kèm thành tệp.",
            "The notes of an item have 100,000 characters at most. Shorten them; attach what is long as a file.",
            field="text",
        )
    refuse_marked(clean(text))
    session.execute(select(AgendaItem.id).where(AgendaItem.id == item.id).with_for_update())
    notes = session.scalars(select(ItemNotes).where(ItemNotes.item_id == item.id)).first()
    if notes is None:
        notes = ItemNotes(authority_id=meeting.authority_id, item_id=item.id, text="", written_at=now())
        session.add(notes)
    if notes.text == text:
        return notes
    if seen_of_notes(notes.text) != seen:
        raise ClashError(notes)
    notes.text, notes.written_by_id, notes.written_at = text, by.id, now()
    session.flush()
    return notes


def look_at(meeting: Meeting, item_id: int | None, key: str) -> None:
    """Note where the secretary is, for the room's display; what is not there any more is nowhere."""
    check_sitting(meeting)
    place = place_of(meeting)
    item = session.get(AgendaItem, item_id) if item_id else None
    notice = live_notice_of(meeting.id)
    own = select(Conclusion).where(Conclusion.notice_id == (notice.id if notice else 0))
    named = Conclusion.room_key == key
    if key.startswith(OWN_KEY) and key[1:].isdecimal() and len(key) < 11:  # noqa: PLR2004 -- longer than any id
        named = Conclusion.id == int(key[1:])
    clause = session.scalars(own.where(named)).first() if key else None
    place.item_id = item.id if item and item.meeting_id == meeting.id else None
    place.clause_id = clause.id if clause else None
    place.seen_at = now()
    session.flush()


def place_of(meeting: Meeting) -> MeetingRoom:
    """Return where the secretary is; nowhere in the beginning."""
    query = select(MeetingRoom).where(MeetingRoom.meeting_id == meeting.id)
    if found := session.scalars(query).first():
        return found
    # Two secretaries may come at once: who is second waits here, and then finds the row.
    session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    place = session.scalars(query).first()
    if place is None:
        place = MeetingRoom(authority_id=meeting.authority_id, meeting_id=meeting.id)
        session.add(place)
        session.flush()
    return place


def order_clauses(meeting: Meeting, item_id: int | None, wanted: Sequence[tuple[str, int]], by: Person) -> None:
    """Put an item's clauses into this order, each so deep; one that is not named keeps its place behind another."""
    check_sitting(meeting)
    if live_notice_of(meeting.id) is None:
        return
    notice = draft_of(meeting, by)
    number_clauses(notice, item_id, wanted)


def shift_clause(meeting: Meeting, key: str, step: int, depth: int, by: Person) -> None:
    """Move a clause among those of its item by one place (-1 up, 1 down), or one step deeper (1) or back (-1)."""
    check_sitting(meeting)
    if live_notice_of(meeting.id) is None:
        raise _unknown()
    notice = draft_of(meeting, by)
    clause = next((one for one in live_clauses(notice) if key_of(one) == key), None)
    if clause is None:
        raise _unknown()
    group = [one for one in live_clauses(notice) if one.agenda_item_id == clause.agenda_item_id]
    at = group.index(clause)
    group.insert(max(0, min(len(group) - 1, at + step)), group.pop(at))
    wanted = [(key_of(one), one.depth + (depth if one is clause else 0)) for one in group]
    number_clauses(notice, clause.agenda_item_id, wanted)


def new_key() -> str:
    """Return a key for a clause of a browser without script, which cannot make one."""
    return f"k{secrets.token_hex(12)}"


def writer_of(clause: Conclusion) -> str:
    """Return the name of whoever wrote a clause last, empty where nobody is noted."""
    person = session.get(Person, clause.written_by_id) if clause.written_by_id else None
    return person.full_name if person else ""
