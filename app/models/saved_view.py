"""Khung nhìn: a way of looking at the register that was saved under a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.committee import Committee
from app.models.people import Person


class SavedView(Owned, Made, Base):
    """Filters (as arguments of an address), sort and columns of the register under a name.

    `committee_id`: shared with all of this committee; None: the person's own.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        Index("ix_saved_view_person", "person_id"),
        Index("ix_saved_view_committee", "committee_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"))
    name: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sort: Mapped[str]
    columns: Mapped[list[str]] = mapped_column(default=list)
    committee: Mapped[Committee | None] = relationship()
    person: Mapped[Person] = relationship()
