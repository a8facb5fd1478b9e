"""What units propose for the agenda of a meeting."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Moved, Owned
from app.models.meeting import AgendaItem, Meeting
from app.models.organisation import Unit
from app.models.people import Person


class AgendaProposal(Owned, Moved, Made, Base):
    """Đề nghị đưa nội dung vào họp: by a unit, or by a member of the committee (then without a unit).

    `answer` is what the secretary wrote when she took or declined it, `item` what it became on the agenda.
    """

    __tablename__ = "agenda_proposal"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        Index("ix_agenda_proposal_meeting", "meeting_id", "state"),
        Index("ix_agenda_proposal_unit", "unit_id"),
        Index("ix_agenda_proposal_author", "author_id"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str]
    reason: Mapped[str]
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True)
    meeting: Mapped[Meeting] = relationship()
    unit: Mapped[Unit | None] = relationship()
    author: Mapped[Person] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
