"""Changes of units prepared for a day to come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.people import Person
from app.models.unit_change import UnitChange
from workflows.holding import DONE, REFUSED, TAKEN_BACK, WAITING
from workflows.words import Words


class PlannedUnitChange(Owned, Made, Base):
    """Sắp xếp đơn vị chuẩn bị sẵn: looked at and signed for now, done on `starts_on`; until then nothing has changed.

    `wanted` is what was asked for with the choices of the preview (ids; see `services.planned_changes`), `title` says
    it in one sentence. `outcome`: empty while it waits, then done (as the act `change`), taken_back, or refused: the
    day came and it could no longer be done, for the reason in `said`.
    """

    __tablename__ = "planned_unit_change"
    __table_args__ = (
        CheckConstraint("kind IN ('merge','split','rename','abolish')", name="kind"),
        CheckConstraint(f"outcome IN ('{WAITING}','{DONE}','{TAKEN_BACK}','{REFUSED}')", name="outcome"),
        Index("ix_planned_unit_change_outcome", "outcome", "starts_on"),
        Index("ix_planned_unit_change_authority", "authority_id", "outcome"),
    )

    kind: Mapped[str]
    starts_on: Mapped[date]
    basis: Mapped[str]
    title: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    outcome: Mapped[str] = mapped_column(default=WAITING)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    settled_at: Mapped[datetime | None]
    change_id: Mapped[int | None] = mapped_column(ForeignKey("unit_change.id"))
    person: Mapped[Person] = relationship()
    change: Mapped[UnitChange | None] = relationship()

    @property
    def said_title(self) -> Words:
        """The title in both languages; of what was prepared before the English was kept, in Vietnamese alone."""
        return Words(self.title, self.wanted.get("title_en", self.title))
