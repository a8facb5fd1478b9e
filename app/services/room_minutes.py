"""From what was typed in the room to the text of the minutes: per item the discussion, then «Kết luận»."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.errors import DomainError
from app.models import Unit
from app.queries.minutes_headings import NOT_DISCUSSED
from app.queries.room import read_room
from app.queries.status_sentence import sentence_in
from app.services.meetings import minutes_of, write_minutes
from app.services.room import check_sitting, place_of
from app.services.room_order import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.models import AgendaItem, Conclusion, Meeting, Minutes, Person
    from app.queries.room import Room

CONCLUSIONS = "Kết luận:"
LATER = "Bổ sung từ nội dung ghi tại phòng họp:"


def minutes_text(room: Room, status: str = "") -> str:
    """Return the minutes as they follow from what was typed; empty while nothing was.

    :param status: the sentence on earlier conclusions, with which the first item begins.

    The numbers are those of the agenda, as minutes have them; the notice numbers only what was concluded, so where
    the two differ a clause says under which number the notice has it.
    """
    if not room.clauses and not any(one.text.strip() for one in room.notes.values()):
        return ""
    names = _names_of(room)
    parts = [_item(room, number, item, names, status) for number, item in enumerate(room.items, start=1)]
    others = room.clauses_under(None)
    if others:
        parts.append("\n".join(["Kết luận khác:", *(f"- {clause.text}{_order(clause, names)}" for clause in others)]))
    return "\n\n".join(parts)


def _names_of(room: Room) -> dict[int, str]:
    """Return the names of all coordinating units of a room. One statement, none where nobody helps."""
    ids = {unit_id for clause in room.clauses for unit_id in clause.coordinating_ids}
    return (
        {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))} if ids else {}
    )


def _item(room: Room, number: int, item: AgendaItem, names: Mapping[int, str], status: str) -> str:
    presenter = f" ({item.presenter} trình bày)" if item.presenter else ""
    notes = room.notes.get(item.id)
    said = notes.text.strip() if notes else ""
    clauses = room.clauses_under(item.id)
    lines = [f"{number}. {item.title}{presenter}"]
    if status and item.kind == "status":
        lines.append(status)
    if said:
        lines.append(said)
    elif item.deferred:
        lines.append(NOT_DISCUSSED)
    if clauses:
        lines += [CONCLUSIONS, *_clauses(number, clauses, names)]
    return "\n".join(lines)


def _clauses(number: int, clauses: list[Conclusion], names: Mapping[int, str]) -> list[str]:
    counts, found = [0, 0], []
    for clause in clauses:
        if clause.depth == 0:
            counts = [counts[0] + 1, 0]
        elif clause.depth == 1:
            counts[1] += 1
        letter = LETTERS[(counts[1] - 1) % len(LETTERS)]
        marks = (f"{number}.{counts[0]}.", f"{letter})", "-")
        own = (f"{number}.{counts[0]}", f"{number}.{counts[0]}.{letter}", "")[clause.depth]
        cited = clause.address if clause.address != own else ""
        found.append(f"{marks[clause.depth]} {' '.join(clause.text.split())}{_order(clause, names, cited)}")
    return found


def _order(clause: Conclusion, names: Mapping[int, str], cited: str = "") -> str:
    """Return who does a task and by when, in brackets behind its words; a due date that gives no day as it was said.

    :param cited: its number in the notice, where the minutes number it otherwise.
    """
    lead = clause.lead_unit or clause.lead_group
    said = [f"chủ trì: {lead.name}"] if lead else []
    if helping := [names[unit_id] for unit_id in clause.coordinating_ids if unit_id in names]:
        said.append(f"phối hợp: {', '.join(helping)}")
    due = f"{clause.due_on:%d/%m/%Y}" if clause.due_on else " ".join(clause.due_text.split())
    if due:
        said.append(f"thời hạn: {due}")
    if cited:
        said.append(f"thông báo: mục {cited}")
    return f" ({'; '.join(said)})" if said else ""


def take_over(meeting: Meeting, by: Person, status: str = "") -> Minutes:
    """Put what was typed in the room into the minutes with one press, and return them.

    A text that still is as it was last taken over is replaced; one that somebody has edited stays, and what is in the
    room follows behind it: nothing is lost either way.

    :param status: the sentence on earlier conclusions; what somebody made of it in an edited text stays.
    :raises DomainError: nothing was typed, the minutes were submitted, or the meeting's file is closed.
    """
    check_sitting(meeting)
    room = read_room(meeting)
    if not minutes_text(room):
        raise DomainError(
            "Chưa ghi gì tại phòng họp. Hãy ghi phần thảo luận hoặc kết luận của một nội dung trước.",
            "Nothing has been typed in the room yet. Write the discussion or a conclusion of an item first.",
        )
    place, minutes = place_of(meeting), minutes_of(meeting)
    own = not minutes.text.strip() or _digest(minutes.text) == place.minutes_digest
    text = minutes_text(room, status if own else sentence_in(minutes.text))
    if text not in minutes.text:
        whole = text if own else f"{minutes.text.rstrip()}\n\n{LATER}\n\n{text}"
        write_minutes(minutes, whole, by, version=None)
    place.minutes_digest = _digest(text)
    return minutes


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
