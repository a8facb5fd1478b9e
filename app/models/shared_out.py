"""What a lead unit shares out of a task, what it must explain, and what people say beside it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Moved, Owned
from app.models.organisation import Unit
from app.models.people import Person
from app.models.task import Task


class SubTask(Owned, Moved, Made, Base):
    """Việc thành phần: a piece of a task, given to one person of the lead unit or to one of its sub-units."""

    __tablename__ = "sub_task"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (sub_unit_id IS NULL)", name="one_doer"),
        CheckConstraint("(state IN ('done','accepted')) = (delivered_on IS NOT NULL)", name="delivered_on"),
        Index("ix_sub_task_task", "task_id"),
        Index("ix_sub_task_person", "person_id", "state"),
        Index("ix_sub_task_sub_unit", "sub_unit_id", "state"),
        # The reminders' due window.
        Index("ix_sub_task_due", "due", sqlite_where=text("due IS NOT NULL"), postgresql_where=text("due IS NOT NULL")),
        # What waits to be taken by who leads.
        Index(
            "ix_sub_task_done", "task_id", sqlite_where=text("state = 'done'"), postgresql_where=text("state = 'done'")
        ),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    work: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sub_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due: Mapped[date | None]
    delivered_on: Mapped[date | None]
    delivered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str] = mapped_column(default="")
    returns: Mapped[int] = mapped_column(default=0)
    task: Mapped[Task] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], viewonly=True)
    sub_unit: Mapped[Unit | None] = relationship(foreign_keys=[sub_unit_id], viewonly=True)


class Explanation(Owned, Moved, Made, Base):
    """Giải trình: what the unit of an overdue task is asked to explain, by when, and its answer.

    `unit_id` is the unit that led the task when it was asked; `days_late` how late the task was on that day.
    """

    __tablename__ = "explanation"
    __table_args__ = (
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_at"),
        # One request a task waits, whoever asks at the same moment.
        Index(
            "ix_explanation_pending",
            "task_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_explanation_task", "task_id"),
        Index("ix_explanation_unit", "unit_id", "state"),
        # The scheduler's round, and the monthly report.
        Index("ix_explanation_state", "authority_id", "state", "answer_by"),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str]
    answer_by: Mapped[date]
    days_late: Mapped[int]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    task: Mapped[Task] = relationship()
    unit: Mapped[Unit] = relationship(viewonly=True)
    author: Mapped[Person] = relationship(foreign_keys=[author_id], viewonly=True)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id], viewonly=True)


class Comment(Owned, Base):
    """A word beside a task: no move, no ruling. `mentioned`: the ids of the people whom it names."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_task", "task_id", "at"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    text: Mapped[str]
    mentioned: Mapped[list[int]] = mapped_column(default=list)
    withdrawn_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(viewonly=True)
