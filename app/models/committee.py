"""Committees, who sits in them, who rules for whom, and their number series and calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.organisation import Unit
from app.models.people import Person


class Committee(Owned, Base):
    """Ban Chỉ đạo, Ban Biên tập …: meets, concludes, assigns. `profile` is state or party (issuer's form)."""

    __tablename__ = "committee"
    __table_args__ = (
        UniqueConstraint("authority_id", "name"),
        CheckConstraint("profile IN ('state','party')", name="profile"),
        CheckConstraint("lateness IN ('working','calendar')", name="lateness"),
        CheckConstraint("quorum IN ('','half','two_thirds','three_quarters')", name="quorum"),
    )

    name: Mapped[str]
    short_name: Mapped[str]
    symbol: Mapped[str]
    kind: Mapped[str] = mapped_column(default="steering")
    profile: Mapped[str] = mapped_column(default="state")
    issuing_body: Mapped[str] = mapped_column(default="")
    superior_body: Mapped[str] = mapped_column(default="")
    standing_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    rhythm: Mapped[str] = mapped_column(default="")
    due_soon_days: Mapped[int] = mapped_column(default=3)
    lateness: Mapped[str] = mapped_column(default="working")
    secretary_may_confirm: Mapped[bool] = mapped_column(default=False)
    quorum: Mapped[str] = mapped_column(default="")
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    active: Mapped[bool] = mapped_column(default=True)
    standing_unit: Mapped[Unit | None] = relationship()
    members: Mapped[list[Membership]] = relationship(back_populates="committee", order_by="Membership.rank")


class Membership(Owned, Base):
    """A dated office in a committee. `office`: chair, deputy, secretary, member."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("office IN ('chair','deputy','secretary','member')", name="office"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="dates"),
        Index("ix_membership_person", "person_id"),
        Index("ix_membership_committee", "committee_id", "office"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    rank: Mapped[int] = mapped_column(default=0)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    committee: Mapped[Committee] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class Portfolio(Owned, Base):
    """Phân công: the units for which a deputy rules by standing assignment."""

    __tablename__ = "portfolio"
    __table_args__ = (Index("ix_portfolio_person", "person_id"), Index("ix_portfolio_unit", "committee_id", "unit_id"))

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Delegation(Owned, Made, Base):
    """Ủy quyền: the chair lends moves over units to a deputy, from–to or until revoked. Empty lists mean all."""

    __tablename__ = "delegation"
    __table_args__ = (Index("ix_delegation_to", "to_person_id"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    from_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moves: Mapped[list[str]] = mapped_column(default=list)
    unit_ids: Mapped[list[int]] = mapped_column(default=list)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    basis: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    revoked_on: Mapped[date | None]


class PeriodRule(Owned, Base):
    """From `valid_from` on, the committee's period begins on `start_day` of each month (15 = 15→14)."""

    __tablename__ = "period_rule"
    __table_args__ = (
        UniqueConstraint("committee_id", "valid_from"),
        CheckConstraint("start_day BETWEEN 1 AND 28", name="start_day"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    start_day: Mapped[int]
    valid_from: Mapped[date]


class NumberSeries(Owned, Base):
    """One counter per issuer, type and year or term (Decree 30/2020: Điều 15). `mode`: own or external."""

    __tablename__ = "number_series"
    __table_args__ = (
        UniqueConstraint("authority_id", "committee_id", "doc_type", "scope"),
        CheckConstraint("mode IN ('own','external')", name="mode"),
        CheckConstraint("next_number > 0", name="positive"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    doc_type: Mapped[str]
    scope: Mapped[str]
    mode: Mapped[str] = mapped_column(default="own")
    next_number: Mapped[int] = mapped_column(default=1)


class CalendarDay(Owned, Base):
    """A day that differs from the week's rule: `kind` off (a weekday off) or work (a rest day worked)."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        UniqueConstraint("authority_id", "day"),
        CheckConstraint("kind IN ('off','work')", name="kind"),
    )

    day: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str]
    official: Mapped[bool] = mapped_column(default=True)
