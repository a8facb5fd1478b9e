"""Series of meetings with a rhythm."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.committee import Committee


class MeetingSeries(Owned, Made, Base):
    """Họp định kỳ: when it meets (`workflows.rhythm`), where, and the agenda each meeting begins with.

    `starts`, `ends`: local wall times as 08:00, `ends` may be empty; `agenda`: title, presenter and minutes of items.
    """

    __tablename__ = "meeting_series"
    __table_args__ = (
        CheckConstraint("kind IN ('weekly','monthly_day','monthly_weekday')", name="kind"),
        CheckConstraint("weekday BETWEEN 0 AND 6 AND nth BETWEEN 1 AND 5 AND day BETWEEN 1 AND 31", name="rhythm"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    title: Mapped[str]
    kind: Mapped[str]
    weekday: Mapped[int] = mapped_column(default=0)
    nth: Mapped[int] = mapped_column(default=1)
    day: Mapped[int] = mapped_column(default=1)
    starts: Mapped[str]
    ends: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    presider_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    committee: Mapped[Committee] = relationship()
