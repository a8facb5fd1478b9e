"""The room as its page and its script know it: items, notes and clauses in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import now, today
from app.queries.room import key_of, lead_of, seen_of, seen_of_notes
from app.ui.formats import clock_time, weekday
from app.ui.speech import gettext as _
from workflows.notice import DRAFTING

if TYPE_CHECKING:
    from app.models import Conclusion, ItemNotes
    from app.queries.room import Room


def state_of(room: Room) -> dict[str, Any]:
    """Return all that was typed, as the script of the room takes it."""
    dropped = room.dropped if is_writable(room) else []
    return {
        "at": clock_time(now()),
        "writable": is_writable(room),
        "items": [item_words(room, item.id) for item in room.items],
        "clauses": [clause_words(clause, room.writers.get(clause.id, "")) for clause in room.clauses],
        "dropped": [{"key": key_of(one), "item": one.agenda_item_id, "text": one.text} for one in dropped],
    }


def is_writable(room: Room) -> bool:
    """Tell whether clauses can be typed: there is no notice yet, or it is a draft."""
    return room.notice is None or room.notice.state == DRAFTING


def item_words(room: Room, item_id: int) -> dict[str, Any]:
    """Return an item with its notes."""
    item = room.item(item_id)
    notes = room.notes.get(item_id)
    return {"id": item_id, "title": item.title if item else "", **notes_words(notes)}


def notes_words(notes: ItemNotes | None) -> dict[str, Any]:
    """Return the notes of an item, who wrote them last, and the digest by which a clash is noticed."""
    text = notes.text if notes else ""
    by = notes.written_by.full_name if notes and notes.written_by else ""
    return {"text": text, "seen": seen_of_notes(text), "by": by}


def clause_words(clause: Conclusion, by: str = "") -> dict[str, Any]:
    """Return a clause: what was typed, how it was understood, and the digest by which a clash is noticed."""
    lead = clause.lead_unit or clause.lead_group
    return {
        "key": key_of(clause),
        "item": clause.agenda_item_id or 0,
        "text": clause.text,
        "kind": clause.kind,
        "depth": clause.depth,
        "lead": lead_of(clause),
        "lead_name": (clause.lead_unit.short_name if clause.lead_unit else "") or (lead.name if lead else ""),
        "coordinating": sorted(clause.coordinating_ids),
        "due": typed_due(clause),
        "due_said": weekday(clause.due_on) if clause.due_on else "",
        "due_wrong": due_problem(clause),
        "address": clause.address,
        "seen": seen_of(clause),
        "by": by,
    }


def typed_due(clause: Conclusion) -> str:
    """Return a due date as it can be typed, in either language; else the words that gave no day."""
    return f"{clause.due_on:%d/%m/%Y}" if clause.due_on else clause.due_text


def due_problem(clause: Conclusion) -> str:
    """Return what is wrong with a due date as it was typed; empty where it gives a day, or nothing was typed."""
    if clause.due_on and clause.due_on < today():
        return _("Thời hạn đã qua. Hãy gõ ngày từ hôm nay trở đi.")
    if clause.due_on or not clause.due_text.strip():
        return ""
    return _(
        "Chưa đọc được thời hạn «%(words)s», hoặc ngày đã qua. Hãy gõ 30/6, cuối quý, tháng 12 hoặc +10 ngày làm việc.",
        words=" ".join(clause.due_text.split()),
    )
