"""What is typed while people speak: the notes of each agenda item, and where the secretary is in the agenda."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Owned
from app.models.meeting import AgendaItem
from app.models.people import Person


class ItemNotes(Owned, Base):
    """What was said on an agenda item, as the secretary typed it; it goes into the minutes."""

    __tablename__ = "item_notes"

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    text: Mapped[str] = mapped_column(default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    item: Mapped[AgendaItem] = relationship()
    written_by: Mapped[Person | None] = relationship()


class MeetingRoom(Owned, Base):
    """Where the secretary is: the item being spoken of and the clause being written; the room's display follows.

    A row of its own: a meeting's version would make every open form of it stale. `minutes_digest` is the SHA-256 of the
    text last put into the minutes from here, so that a text nobody has edited since may be replaced.
    """

    __tablename__ = "meeting_room"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("conclusion.id"))
    seen_at: Mapped[datetime | None]
    minutes_digest: Mapped[str | None]
