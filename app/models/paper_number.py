"""Numbers of the papers that have no text of their own here: invitations, minutes, reminder slips."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models._columns import Made, Owned


class PaperNumber(Owned, Made, Base):
    """The number that an invitation (GM), minutes (BB) or a slip (PĐĐ) carries, and the day the paper bears.

    `subject`, `subject_id`: the meeting or the unit; the latest row is the paper's. One number is given once per
    committee, type and year or term (Decree 30/2020: Điều 15).
    """

    __tablename__ = "paper_number"
    __table_args__ = (
        UniqueConstraint("authority_id", "committee_id", "doc_type", "scope", "number"),
        CheckConstraint("number > 0", name="positive"),
        Index("ix_paper_number_subject", "subject", "subject_id", "doc_type"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    doc_type: Mapped[str]
    scope: Mapped[str]
    number: Mapped[int]
    symbol: Mapped[str]
    issued_on: Mapped[date]
    subject: Mapped[str]
    subject_id: Mapped[int]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class InvitationPaper(Owned, Base):
    """A meeting's invitation: its mark of urgency and who signs it as chosen, and what its last call said.

    `sent` (see `queries.calls`) keeps the words of the call that went out, whatever becomes of the meeting.
    """

    __tablename__ = "invitation_paper"
    __table_args__ = (
        UniqueConstraint("meeting_id"),
        CheckConstraint("urgency IN ('','urgent','very_urgent','at_once')", name="urgency"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    urgency: Mapped[str] = mapped_column(default="")
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent: Mapped[dict[str, Any] | None]
