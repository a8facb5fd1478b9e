"""What tells one state of some tables from another: the database draws a new number with each change of them."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

ORGANISATION, TASKS = "organisation", "tasks"
STAMPED = {
    ORGANISATION: (
        "absence", "authority", "calendar_day", "committee", "delegation", "membership", "office", "person",
        "portfolio", "saved_view", "unit", "unit_change_part",
    ),
    TASKS: ("coordinating_part", "extension", "sub_task", "task_count"),
}  # fmt: skip
"""Which tables each stamp stands for; of people only what others go by, of what stands beside a task whose it is."""


class DataStamp(Base):
    """The number of the present state of some tables.

    Triggers on those tables (migration 0024) draw it by lot in the change's own transaction, so that no way to change
    them can forget it, and so that a number never comes again: not after a rollback, not in a restored copy that went
    another way. What was read under a number is right as long as the number is the same.
    """

    __tablename__ = "data_stamp"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    made_in: Mapped[int | None] = mapped_column(BigInteger)
    """The transaction of PostgreSQL that drew it: many rows in one transaction draw once."""
