"""Conclusion notices and their clauses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.figures import Figure
from app.models._columns import Made, Moved, Owned
from app.models._figures import FigureColumn
from app.models.committee import Committee
from app.models.meeting import Meeting
from app.models.organisation import Unit, UnitGroup
from app.models.people import Person
from workflows.replaced import AMEND, TREATMENTS
from workflows.urgency import LEVELS, NONE


class Notice(Owned, Moved, Made, Base):
    """Thông báo kết luận: signed, numbered, issued, then never changed. `capacity`: TM., KT., TL., TUQ. or none.

    It may supersede an earlier one, or supplement it and leave it in force. `urgency`: a mark of `workflows.urgency`.
    Who signed a historic one may be no user: `signer_name` and `signer_title` are as on the paper.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("authority_id", "committee_id", "doc_type", "scope", "number"),
        CheckConstraint(
            "(state IN ('issued','superseded')) = (number IS NOT NULL AND issued_on IS NOT NULL)", name="number"
        ),
        CheckConstraint(
            "state NOT IN ('signed','issued','superseded') OR (signed_at IS NOT NULL AND digest IS NOT NULL)",
            name="signature",
        ),
        CheckConstraint("supersedes_id IS NULL OR supplements_id IS NULL", name="relation"),
        CheckConstraint(f"urgency IN ({','.join(repr(level) for level in (NONE, *LEVELS))})", name="urgency"),
        # The register of notices, and the secretary's desk: notices of a committee by state.
        Index("ix_notice_state", "authority_id", "committee_id", "state"),
        Index("ix_notice_meeting", "meeting_id"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    doc_type: Mapped[str] = mapped_column(default="TB")
    subject: Mapped[str]
    opening: Mapped[str] = mapped_column(default="")
    pasted: Mapped[str] = mapped_column(default="")
    recipients: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")
    scope: Mapped[str | None]
    number: Mapped[int | None]
    symbol: Mapped[str | None]
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime | None]
    capacity: Mapped[str] = mapped_column(default="TM.")
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signer_name: Mapped[str] = mapped_column(default="")
    signer_title: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    digest: Mapped[str | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    historic: Mapped[bool] = mapped_column(default=False)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    supplements_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    urgency: Mapped[str] = mapped_column(default=NONE)
    signed_copy_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    sent_through: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date | None]
    committee: Mapped[Committee] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    signer: Mapped[Person | None] = relationship(foreign_keys=[signer_id])
    supersedes: Mapped[Notice | None] = relationship(foreign_keys=[supersedes_id], remote_side="Notice.id")
    supplements: Mapped[Notice | None] = relationship(foreign_keys=[supplements_id], remote_side="Notice.id")
    conclusions: Mapped[list[Conclusion]] = relationship(
        back_populates="notice", order_by="Conclusion.position", foreign_keys="Conclusion.notice_id"
    )
    replaced: Mapped[list[ReplacedTask]] = relationship(cascade="all, delete-orphan", order_by="ReplacedTask.task_id")

    @property
    def signed_by(self) -> str:
        """The name of whoever signs or signed, a user or not; empty where nobody is named."""
        return self.signer.full_name if self.signer else self.signer_name


class Conclusion(Owned, Moved, Made, Base):
    """Kết luận: one addressable clause. Until issue it carries the order that its tasks will get.

    `outcome`: new_tasks, continues (an open task), none_arises, or empty while undecided.
    `because`: per field the words a suggestion was read from, and how sure it is.
    `done_on`, `done_result`: of a historic notice, when and how its tasks were done before the notice was entered.
    `proposal_id`: the proposal whose approval it says, or a condition of it.
    `continued_by`: the later clause that carries its task on, so that its progress is not lost from sight.
    Typed in the room: under which item of the agenda, how deep below the clause before it (0 to 2), and by whom last.
    """

    __tablename__ = "conclusion"
    __table_args__ = (
        UniqueConstraint("notice_id", "position"),
        CheckConstraint("kind IN ('task','conclusion','information')", name="kind"),
        CheckConstraint("outcome IN ('','new_tasks','continues','none_arises')", name="outcome"),
        CheckConstraint("(outcome = 'continues') = (continues_task_id IS NOT NULL)", name="continues"),
        # The browser names each clause it makes: sent twice, it is still one clause.
        Index("ix_conclusion_room_key", "notice_id", "room_key", unique=True),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    position: Mapped[int]
    section: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    kind: Mapped[str]
    outcome: Mapped[str] = mapped_column(default="")
    lead_text: Mapped[str] = mapped_column(default="")
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    lead_group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id"))
    coordinating_ids: Mapped[list[int]] = mapped_column(default=list)
    due_on: Mapped[date | None]
    due_text: Mapped[str] = mapped_column(default="")
    no_due_reason: Mapped[str] = mapped_column(default="")
    recurrence: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default="normal")
    deliverable: Mapped[str] = mapped_column(default="")
    evidence_rule: Mapped[str] = mapped_column(default="none")
    target_value: Mapped[Figure | None] = mapped_column(FigureColumn)
    target_unit: Mapped[str] = mapped_column(default="")
    continues_task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", use_alter=True))
    done_on: Mapped[date | None]
    done_result: Mapped[str] = mapped_column(default="")
    because: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reviewed: Mapped[bool] = mapped_column(default=False)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("conclusion.id"))
    continued_by_id: Mapped[int | None] = mapped_column(ForeignKey("conclusion.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    room_key: Mapped[str | None]
    depth: Mapped[int] = mapped_column(default=0)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    notice: Mapped[Notice] = relationship(back_populates="conclusions", foreign_keys=[notice_id])
    lead_unit: Mapped[Unit | None] = relationship()
    lead_group: Mapped[UnitGroup | None] = relationship()


class ReplacedTask(Owned, Base):
    """What a superseding draft does with an open task of the notice it replaces: keep, amend or withdraw."""

    __tablename__ = "replaced_task"
    __table_args__ = (
        UniqueConstraint("notice_id", "task_id"),
        CheckConstraint(f"treatment IN ({','.join(repr(name) for name in TREATMENTS)})", name="treatment"),
        CheckConstraint(f"(treatment = {AMEND!r}) = (new_due IS NOT NULL)", name="new_due"),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    treatment: Mapped[str]
    clause_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"))
    new_due: Mapped[date | None]
