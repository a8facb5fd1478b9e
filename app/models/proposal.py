"""Proposals (tờ trình): what a unit asks a committee to approve, each time it was submitted kept as it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Moved, Owned
from app.models.committee import Committee
from app.models.organisation import Unit
from app.models.people import Person


class Proposal(Owned, Moved, Made, Base):
    """Tờ trình of a unit to a committee. `cost` in đồng; None: it says nothing about money.

    `opinion`: the secretary's review. `conditions`: those of the approval, one a line; `ruling_reason`: of a rejection.
    `answer_symbol`, `answered_on`: the higher body's document, where it was referred upwards.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost"),
        CheckConstraint("state <> 'drafting' OR submitted_at IS NULL", name="draft"),
        CheckConstraint("state IN ('drafting','withdrawn') OR submitted_at IS NOT NULL", name="submitted_at"),
        CheckConstraint("(state IN ('approved','rejected')) = (ruled_at IS NOT NULL)", name="ruled_at"),
        CheckConstraint("state <> 'rejected' OR ruling_reason <> ''", name="ruling_reason"),
        CheckConstraint("state <> 'supplement_requested' OR supplement_reason <> ''", name="supplement_reason"),
        CheckConstraint("state <> 'referred' OR referred_to <> ''", name="referred_to"),
        CheckConstraint("(answer_symbol = '') = (answered_on IS NULL)", name="answer"),
        # The register, the secretary's desk and the chair's queue: proposals of a committee by state.
        Index("ix_proposal_state", "authority_id", "committee_id", "state"),
        # A unit's own.
        Index("ix_proposal_unit", "unit_id", "state"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str]
    symbol: Mapped[str] = mapped_column(default="")
    necessity: Mapped[str] = mapped_column(default="")
    grounds: Mapped[str] = mapped_column(default="")
    content: Mapped[str] = mapped_column(default="")
    effectiveness: Mapped[str] = mapped_column(default="")
    cost: Mapped[int | None] = mapped_column(BigInteger)
    funding: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opinion: Mapped[str] = mapped_column(default="")
    supplement_reason: Mapped[str] = mapped_column(default="")
    referred_to: Mapped[str] = mapped_column(default="")
    answer_symbol: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    conditions: Mapped[str] = mapped_column(default="")
    ruling_reason: Mapped[str] = mapped_column(default="")
    ruled_at: Mapped[datetime | None]
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    committee: Mapped[Committee] = relationship()
    unit: Mapped[Unit] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    ruled_by: Mapped[Person | None] = relationship(foreign_keys=[ruled_by_id])
    steps: Mapped[list[ProposalStep]] = relationship(
        order_by="ProposalStep.position", cascade="all, delete-orphan", back_populates="proposal"
    )
    submissions: Mapped[list[ProposalSubmission]] = relationship(
        order_by="ProposalSubmission.number", back_populates="proposal"
    )


class ProposalStep(Owned, Base):
    """One row of the roadmap (lộ trình): from when to when, and what is done.

    `begins_text`, `ends_text`: as typed where that was no plain day (quý II/2027, cuối năm).
    """

    __tablename__ = "proposal_step"
    __table_args__ = (
        UniqueConstraint("proposal_id", "position"),
        CheckConstraint("begins_on IS NULL OR ends_on IS NULL OR ends_on >= begins_on", name="days"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    begins_text: Mapped[str] = mapped_column(default="")
    ends_text: Mapped[str] = mapped_column(default="")
    work: Mapped[str]
    proposal: Mapped[Proposal] = relationship(back_populates="steps")


class ProposalSubmission(Owned, Base):
    """The text of a proposal as it was submitted, never changed. `content` by field; `changes` as the unit says."""

    __tablename__ = "proposal_submission"
    __table_args__ = (UniqueConstraint("proposal_id", "number"), CheckConstraint("number > 0", name="number"))

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changes: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]
    by: Mapped[Person] = relationship()
    proposal: Mapped[Proposal] = relationship(back_populates="submissions")
