"""Authority, units and groups of units."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Owned


class Authority(Base):
    """Cơ quan: the one that owns everything else."""

    __tablename__ = "authority"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str]
    superior_name: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"))


class Unit(Owned, Base):
    """Đơn vị: a node of the authority's tree. `outside` units have more time to accept."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("authority_id", "name"),
        CheckConstraint("id <> parent_id", name="not_own_parent"),
        Index("ix_unit_order", "authority_id", "position"),
    )

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    outside: Mapped[bool] = mapped_column(default=False)
    staff_may_accept: Mapped[bool] = mapped_column(default=False)
    staff_may_report: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    abolished_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))


class UnitGroup(Owned, Base):
    """Khối: a named group of units; a clause for it makes one task each."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("authority_id", "name"),)

    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    units: Mapped[list[Unit]] = relationship(secondary="unit_group_member", order_by="Unit.position")


class UnitGroupMember(Base):
    """Which units belong to a group."""

    __tablename__ = "unit_group_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
