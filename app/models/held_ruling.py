"""Rulings that can still be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.people import Person
from workflows.holding import OUTCOMES, WAITING


class HeldRuling(Owned, Made, Base):
    """A ruling given from the queue that takes effect at `due_at` (UTC); until then nothing has happened.

    `given` and `version` are what the person typed and saw, `name` how the item is called. `outcome`: empty while it
    waits, then done, taken_back, refused (with what was `said`) or seen (a refused one that the person has read).
    """

    __tablename__ = "held_ruling"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({','.join(repr(name) for name in OUTCOMES)})", name="outcome"),
        # Nobody rules on what another is just ruling on; also what finds the rulings that are due.
        Index(
            "uq_held_ruling_waiting",
            "workflow",
            "item_id",
            unique=True,
            sqlite_where=text("outcome = ''"),
            postgresql_where=text("outcome = ''"),
        ),
        Index("ix_held_ruling_person", "person_id", "outcome"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    workflow: Mapped[str]
    item_id: Mapped[int]
    event: Mapped[str]
    name: Mapped[str]
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int]
    due_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default=WAITING)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person: Mapped[Person] = relationship()
