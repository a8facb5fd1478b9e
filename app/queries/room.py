"""What stands in the room: the agenda with its notes, the clauses typed so far, and where the secretary is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import AgendaItem, AgendaTask, Conclusion, ItemNotes, MeetingRoom, Notice, Person, Task
from app.queries.notices import live_notice_of
from workflows.conclusion import DROPPED
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Meeting

OWN_KEY = "c"
"""Before the id of a clause that no browser has named: one that was pasted, or added on the notice's page."""
CONCERNED = 6
"""So many open tasks stand on the room's display."""


@dataclass(frozen=True)
class Room:
    """All that is typed of a meeting. Clauses without an item of the agenda come last."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    notes: dict[int, ItemNotes]
    notice: Notice | None
    clauses: list[Conclusion]
    writers: dict[int, str]
    place: MeetingRoom | None
    dropped: list[Conclusion]
    """Lines taken out in the room; each can be put back."""

    def clauses_under(self, item_id: int | None) -> list[Conclusion]:
        """Return the clauses of one item, in order; None for those of no item."""
        return [clause for clause in self.clauses if clause.agenda_item_id == item_id]

    def item(self, item_id: int | None) -> AgendaItem | None:
        """Return an item of this agenda by its id."""
        return next((item for item in self.items if item.id == item_id), None)


def read_room(meeting: Meeting) -> Room:
    """Return what was typed of a meeting until now. Five statements."""
    items = session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    ).all()
    notes = session.scalars(
        select(ItemNotes)
        .where(ItemNotes.item_id.in_([item.id for item in items]))
        .options(joinedload(ItemNotes.written_by))
    )
    notice = live_notice_of(meeting.id)
    rows = _clauses(notice.id) if notice else []
    place = session.scalars(select(MeetingRoom).where(MeetingRoom.meeting_id == meeting.id)).first()
    return Room(
        meeting,
        items,
        {one.item_id: one for one in notes},
        notice,
        [clause for clause, _name in rows if clause.state != DROPPED],
        {clause.id: name for clause, name in rows if name},
        place,
        sorted((clause for clause, _name in rows if clause.state == DROPPED), key=lambda one: one.id),
    )


def _clauses(notice_id: int) -> list[tuple[Conclusion, str | None]]:
    query = (
        select(Conclusion, Person.full_name)
        .outerjoin(Person, Person.id == Conclusion.written_by_id)
        .where(
            Conclusion.notice_id == notice_id,
            (Conclusion.state != DROPPED) | Conclusion.agenda_item_id.is_not(None) & (Conclusion.text != ""),
        )
        .options(joinedload(Conclusion.lead_unit), joinedload(Conclusion.lead_group))
        .order_by(Conclusion.position)
    )
    return [(clause, name) for clause, name in session.execute(query)]


def key_of(clause: Conclusion) -> str:
    """Return the name by which browsers know a clause."""
    return clause.room_key or f"{OWN_KEY}{clause.id}"


def lead_of(clause: Conclusion) -> str:
    """Return who leads as the picker names it: u12 a unit, g3 a group, empty for nobody."""
    return (
        f"u{clause.lead_unit_id}" if clause.lead_unit_id else f"g{clause.lead_group_id}" if clause.lead_group_id else ""
    )


def seen_of(clause: Conclusion) -> str:
    """Return the digest of what a secretary writes of a clause: who sends an older one has not seen this text.

    Not the row's version: that grows also when a clause is only moved or gets another number.
    """
    order = [lead_of(clause), sorted(clause.coordinating_ids), str(clause.due_on or ""), clause.due_text]
    return digest([clause.text, clause.kind, *order])


def seen_of_notes(text: str) -> str:
    """Return the same of an item's notes; of none it is empty."""
    return digest([text]) if text else ""


def digest(parts: object) -> str:
    """Return a short digest of JSON."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:20]


def mark_of_room(meeting: Meeting) -> str:
    """Return a mark that changes with whatever is typed, moved or looked at. One statement."""
    own_notice, own_item = Notice.meeting_id == meeting.id, AgendaItem.meeting_id == meeting.id
    agenda = func.sum(func.length(AgendaItem.title) + AgendaItem.id * AgendaItem.position)
    parts = (
        select(func.max(Notice.id)).where(own_notice),
        select(func.sum(Notice.version)).where(own_notice),
        select(agenda).where(own_item),
        select(func.max(ItemNotes.written_at)).join(AgendaItem, AgendaItem.id == ItemNotes.item_id).where(own_item),
        select(func.sum(func.length(ItemNotes.text))).join(AgendaItem).where(own_item),
        *(select(column).where(MeetingRoom.meeting_id == meeting.id) for column in _PLACE),
    )
    row = session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return digest([meeting.state, *map(str, row)])


_PLACE = (MeetingRoom.seen_at, MeetingRoom.item_id, MeetingRoom.clause_id)


def tasks_concerned(item: AgendaItem | None, committee_id: int) -> Sequence[Task]:
    """Return the open tasks that an item concerns, soonest due first; of the status item those of the committee."""
    if item is None:
        return ()
    query = select(Task).where(Task.state.in_(OPEN)).options(joinedload(Task.lead_unit))
    if item.kind == "status":
        query = query.where(Task.committee_id == committee_id)
    else:
        query = query.join(AgendaTask, AgendaTask.task_id == Task.id).where(AgendaTask.item_id == item.id)
    return session.scalars(query.order_by(Task.current_due, Task.id).limit(CONCERNED)).all()
