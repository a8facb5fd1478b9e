"""What is kept of minutes beside their text: each version as it was submitted, and their confirmation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Owned
from app.models.meeting import Meeting, Minutes
from app.models.people import Person


class MinutesVersion(Owned, Base):
    """Bản đã trình: the text of minutes as it was submitted, numbered from 1; `digest` is its SHA-256."""

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("minutes_id", "number"),)

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    text: Mapped[str]
    digest: Mapped[str]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[Minutes] = relationship()
    submitted_by: Mapped[Person | None] = relationship()


class MinutesConfirmation(Owned, Base):
    """Thông qua biên bản: how the next meeting confirmed minutes, once; their text stays, `note` is the correction."""

    __tablename__ = "minutes_confirmation"
    __table_args__ = (
        UniqueConstraint("minutes_id"),
        CheckConstraint("outcome IN ('as_presented','corrected')", name="outcome"),
        CheckConstraint("(outcome = 'corrected') = (note <> '')", name="note"),
    )

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    outcome: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[Minutes] = relationship()
    meeting: Mapped[Meeting] = relationship()
    recorded_by: Mapped[Person | None] = relationship()
