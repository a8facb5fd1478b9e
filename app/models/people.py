"""People, the dated offices they hold in units, and how they log in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.organisation import Unit


class Person(Owned, Base):
    """Somebody who holds offices and may log in. No ID numbers: only what assigning work needs.

    `register_columns`: those last chosen for the list of tasks; `register_view_id`: the saved view it opens with, which
    may be gone meanwhile.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("authority_id", "login"),
        Index("ix_person_order", "authority_id", "sort_key"),
    )

    full_name: Mapped[str]
    sort_key: Mapped[str]
    login: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    is_admin: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="vi")
    theme: Mapped[str] = mapped_column(default="auto")
    shortcuts: Mapped[bool] = mapped_column(default=True)
    register_columns: Mapped[list[str] | None]
    register_view_id: Mapped[int | None]
    offices: Mapped[list[Office]] = relationship(back_populates="person", order_by="Office.from_on")


class Office(Owned, Base):
    """A dated office in a unit. `kind`: head, deputy_head, staff, contact."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint("kind IN ('head','deputy_head','staff','contact')", name="kind"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="dates"),
        Index("ix_office_person", "person_id"),
        Index("ix_office_unit", "unit_id", "kind"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="offices")
    unit: Mapped[Unit] = relationship()


class Absence(Owned, Made, Base):
    """Somebody is out of office from a day to a day, and who stands in meanwhile: the substitute holds the roles."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="dates"),
        CheckConstraint("person_id <> substitute_id", name="two_people"),
        Index("ix_absence_person", "person_id", "from_on"),
        Index("ix_absence_substitute", "substitute_id", "from_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    revoked_on: Mapped[date | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], viewonly=True)
    substitute: Mapped[Person] = relationship(foreign_keys=[substitute_id], viewonly=True)


class LoginSession(Base):
    """One log-in: deleting or revoking the row ends it at the next request."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    seen_on: Mapped[date]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(default="")


class LoginAttempt(Base):
    """A refused log-in, kept to slow guessing down."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_key", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime]
