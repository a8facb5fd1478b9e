"""How many tasks there are by unit, state and due day: kept by the database, in the change's own transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

NEVER = date.min
"""The month in which open tasks without a due date are counted."""
MONTH, DAY = "month", "day"
MOVED_MONTH, MOVED_DAY, FIRST_MONTH, FIRST_DAY = "moved_month", "moved_day", "first_month", "first_day"
DONE = "done"
IN_TIME, LATE, UNDATED = 0, 1, 2


class TaskCount(Base):
    """A number of tasks. Triggers keep it (migration 0022), so that no way to change a task can forget it.

    `part` says what is counted and what `day` is: open tasks by month and by day of the current due date; those whose
    date was moved and whose clock runs, by their current (`moved_`) and original (`first_`) date; completed ones by
    the Vietnamese day of completion (`done`). Months serve what lies far back, so that a sum reads few rows however
    many tasks there are. `late`: the report was sent late (1), for completed ones also: had no due date (2).
    """

    __tablename__ = "task_count"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- SQLAlchemy reads this plain attribute

    authority_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    lead_unit_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(primary_key=True)
    late: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int]
