"""How units changed: each act once with what it did, and the names that units had before."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.organisation import Unit
from app.models.people import Person


class UnitChange(Owned, Made, Base):
    """Sắp xếp đơn vị: units merged, split, renamed or abolished from a day on, by a decision.

    `report` is written once with the act: what moved where, what stayed, who was told.
    """

    __tablename__ = "unit_change"
    __table_args__ = (
        CheckConstraint("kind IN ('merge','split','rename','abolish')", name="kind"),
        Index("ix_unit_change_on", "authority_id", "starts_on"),
    )

    kind: Mapped[str]
    starts_on: Mapped[date]
    basis: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person: Mapped[Person] = relationship()
    parts: Mapped[list[UnitChangePart]] = relationship(cascade="all, delete-orphan", order_by="UnitChangePart.id")


class UnitChangePart(Owned, Base):
    """A unit in such an act: one that was changed (`old`), or one that carries on (`new`)."""

    __tablename__ = "unit_change_part"
    __table_args__ = (
        UniqueConstraint("change_id", "unit_id", "side"),
        CheckConstraint("side IN ('old','new')", name="side"),
        Index("ix_unit_change_part_unit", "unit_id"),
    )

    change_id: Mapped[int] = mapped_column(ForeignKey("unit_change.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    side: Mapped[str]
    unit: Mapped[Unit] = relationship()


class UnitName(Owned, Base):
    """A name that a unit bore up to and with a day; papers of those days keep it."""

    __tablename__ = "unit_name"
    __table_args__ = (UniqueConstraint("unit_id", "until_on"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    short_name: Mapped[str]
    until_on: Mapped[date]
