"""The monthly report: collected, drafted, signed, and then the same for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Moved, Owned
from app.models.committee import Committee
from app.models.organisation import Unit
from app.models.people import Person


class MonthlyReport(Owned, Moved, Made, Base):
    """Báo cáo tháng of a committee for one period. `figures`: frozen on signing, with definitions and lists."""

    __tablename__ = "monthly_report"
    __table_args__ = (
        UniqueConstraint("committee_id", "begins_on"),
        UniqueConstraint("authority_id", "committee_id", "scope", "number"),
        CheckConstraint("ends_on >= begins_on", name="period"),
        CheckConstraint("(state IN ('signed','issued')) = (signed_at IS NOT NULL)", name="signed_at"),
        CheckConstraint("state NOT IN ('signed','issued') OR digest IS NOT NULL", name="digest"),
        CheckConstraint("(state = 'issued') = (number IS NOT NULL AND issued_on IS NOT NULL)", name="number"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    drafted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    digest: Mapped[str | None]
    scope: Mapped[str | None]
    number: Mapped[int | None]
    symbol: Mapped[str | None]
    issued_on: Mapped[date | None]
    committee: Mapped[Committee] = relationship()
    signer: Mapped[Person | None] = relationship(foreign_keys=[signer_id])
    causes: Mapped[list[ReportCause]] = relationship(cascade="all, delete-orphan")


class ReportCause(Owned, Base):
    """Column 14: why a unit is late, in its words, or that it gave no explanation in time."""

    __tablename__ = "report_cause"
    __table_args__ = (UniqueConstraint("report_id", "unit_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("monthly_report.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    unit: Mapped[Unit] = relationship()
