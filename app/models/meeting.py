"""Meetings with their agenda and attendance, and their minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Moved, Owned
from app.models.committee import Committee
from app.models.organisation import Unit
from app.models.people import Person
from workflows.invitation import UNANSWERED

if TYPE_CHECKING:
    from app.models.proposal import Proposal  # noqa: TC004 -- SQLAlchemy finds the class by its name
    from app.models.task import Task  # noqa: TC004 -- they import us; SQLAlchemy finds the class by its name


class Meeting(Owned, Moved, Made, Base):
    """Cuộc họp. `historic`: entered after the fact; no reminder for days gone by.

    Of a historic one only the day may be known (`hour_known`), and who presided may be no user: then
    `presider_name` is as the papers write it, `presider_title` the office in which that person presided.
    Its entry in calendars keeps `calendar_uid` for ever; `calendar_sequence` grows with each call, last at `called_at`.
    `proposals_until`: last day on which units propose items for its agenda, where the secretary has set one.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="times"),
        # The secretary's desk: the next meeting of a committee.
        Index("ix_meeting_next", "authority_id", "committee_id", "starts_at"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    hour_known: Mapped[bool] = mapped_column(default=True)
    presider_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    presider_name: Mapped[str] = mapped_column(default="")
    presider_title: Mapped[str] = mapped_column(default="")
    urgent_reason: Mapped[str] = mapped_column(default="")
    historic: Mapped[bool] = mapped_column(default=False)
    no_notice_reason: Mapped[str] = mapped_column(default="")
    held_at: Mapped[datetime | None]
    calendar_uid: Mapped[str] = mapped_column(default="")
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    called_at: Mapped[datetime | None]
    proposals_until: Mapped[date | None]
    committee: Mapped[Committee] = relationship()
    presider: Mapped[Person | None] = relationship()
    agenda: Mapped[list[AgendaItem]] = relationship(
        back_populates="meeting", order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    attendances: Mapped[list[Attendance]] = relationship(
        back_populates="meeting", order_by="Attendance.rank", cascade="all, delete-orphan"
    )

    @property
    def from_old_papers(self) -> bool:
        """Whether it was entered after it took place; one that was planned here and recorded late was not."""
        return self.historic and self.made_at >= self.starts_at

    @property
    def presided_by(self) -> str:
        """The name of whoever presided, a user or not; empty where nobody is named."""
        return self.presider.full_name if self.presider else self.presider_name


class AgendaItem(Owned, Base):
    """One item of the agenda; `kind` status writes itself from the earlier conclusions.

    `deferred`: not reached, it comes back in the next meeting; `discussed`: the secretary said that it was, though
    nothing was written of it. `carried_from_id`: the item that came back as this one, `carried_why` the reason then.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "position"),
        CheckConstraint("kind IN ('status','topic')", name="kind"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="topic")
    title: Mapped[str]
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    deferred: Mapped[bool] = mapped_column(default=False)
    discussed: Mapped[bool] = mapped_column(default=False)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    carried_why: Mapped[str] = mapped_column(default="")
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    meeting: Mapped[Meeting] = relationship(back_populates="agenda")
    tasks: Mapped[list[Task]] = relationship(secondary="agenda_task", order_by="Task.id", lazy="selectin")
    proposal: Mapped[Proposal | None] = relationship(viewonly=True)
    carried_from: Mapped[AgendaItem | None] = relationship(remote_side="AgendaItem.id", viewonly=True)


class AgendaTask(Base):
    """Which tasks an item of the agenda concerns."""

    __tablename__ = "agenda_task"

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)


class Attendance(Owned, Moved, Base):
    """Who was invited, what was answered, and who came. `status`: invited, present, excused, absent, represented.

    The state is that of the invitation; `deputy_id` where the deputy named in the answer has an account.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("status IN ('invited','present','excused','absent','represented')", name="status"),
        CheckConstraint("(status = 'represented') = (represented_by <> '')", name="represented"),
        Index("ix_attendance_meeting", "meeting_id"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    rank: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(default="invited")
    represented_by: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=UNANSWERED)
    answer_note: Mapped[str] = mapped_column(default="")
    deputy_name: Mapped[str] = mapped_column(default="")
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    meeting: Mapped[Meeting] = relationship(back_populates="attendances")
    unit: Mapped[Unit | None] = relationship()


class Minutes(Owned, Moved, Made, Base):
    """Biên bản: one text; submitted, then approved by the presider and locked."""

    __tablename__ = "minutes"
    __table_args__ = (
        UniqueConstraint("meeting_id"),
        CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved_at"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    text: Mapped[str] = mapped_column(default="")
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    digest: Mapped[str | None]
    meeting: Mapped[Meeting] = relationship()


class Directive(Owned, Made, Base):
    """Văn bản chỉ đạo: a document of a higher body from which tasks arise without a meeting."""

    __tablename__ = "directive"
    __table_args__ = (Index("ix_directive_issued", "authority_id", "issued_on"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    symbol: Mapped[str]
    issued_on: Mapped[date]
    issuer: Mapped[str]
    subject: Mapped[str]
    due_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
