"""Tasks, what is written to them, and the ledger of their standing that the monthly account reads.

Over 300 lines: every index of a task stands beside the question that it answers.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.figures import Figure
from app.models._columns import Made, Moved, Owned
from app.models._figures import FigureColumn
from app.models.committee import Committee
from app.models.meeting import Directive
from app.models.notice import Conclusion
from app.models.organisation import Unit
from app.models.people import Person
from workflows.coordinating_part import COORDINATING_PART

OPEN_SQL = "state IN ('assigned','contested','in_progress','reported','paused')"
MOVED_SQL = f"{OPEN_SQL} AND due_changes > 0"
MOVED_SENT_SQL = "state IN ('reported','completed') AND due_changes > 0"
UNACCEPTED_SQL = "state = 'assigned'"
UNCONFIRMED_SQL = "state = 'reported'"
HISTORIC_SQL = "historic IS TRUE"
AGAIN_SQL = "state = 'in_progress' AND returns > 0"
UNCHECKED_SQL = f"{UNCONFIRMED_SQL} AND opinion = ''"
# Conditions for a WHERE, written out: SQLite takes a partial index only for a condition that it can read, not for one
# with bound values.
IS_OPEN: ColumnElement[bool] = literal_column(f"task.{OPEN_SQL}")
IS_MOVED_AND_SENT: ColumnElement[bool] = literal_column(
    "task.state IN ('reported','completed') AND task.due_changes > 0"
)
IS_UNACCEPTED: ColumnElement[bool] = literal_column(f"task.{UNACCEPTED_SQL}")
IS_UNCONFIRMED: ColumnElement[bool] = literal_column(f"task.{UNCONFIRMED_SQL}")
IS_AGAIN: ColumnElement[bool] = literal_column("task.state = 'in_progress' AND task.returns > 0")
IS_UNCHECKED: ColumnElement[bool] = literal_column(f"task.{UNCONFIRMED_SQL} AND task.opinion = ''")
IS_HISTORIC: ColumnElement[bool] = literal_column(f"task.{HISTORIC_SQL}")


class Task(Owned, Moved, Made, Base):
    """Nhiệm vụ: one lead unit, an original due date that never changes and a current one.

    `reported_at`: when the pending or accepted report was sent, `reported_on` its Vietnamese day.
    `late_from`: the first day that counts as late (a due date on a rest day counts from the next working day).
    `due_since`: the day on which the current due date was given; reminders for earlier days are not made up for.
    `historic`: entered from an old notice; it stands as assigned on the notice's day, `made_at` is when it was entered.
    `owner` is the person in charge.
    `evidence_kind`: which evidence the rule asks for where not any file will do (see workflows.evidence).
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("authority_id", "code"),
        CheckConstraint("(state = 'completed') = (completed_at IS NOT NULL)", name="completed_at"),
        CheckConstraint("state NOT IN ('reported','completed') OR reported_at IS NOT NULL", name="reported_at"),
        CheckConstraint("(state = 'paused') = (paused_on IS NOT NULL)", name="paused_on"),
        CheckConstraint("state IN ('draft','dropped') OR assigned_at IS NOT NULL", name="assigned_at"),
        CheckConstraint(
            "state IN ('draft','dropped') OR current_due IS NOT NULL OR no_due_reason <> '' OR recurrence IS NOT NULL",
            name="due_or_reason",
        ),
        CheckConstraint("(current_due IS NULL) = (original_due IS NULL)", name="original_due"),
        CheckConstraint("(current_due IS NULL) = (late_from IS NULL)", name="late_from"),
        CheckConstraint("(reported_at IS NULL) = (reported_on IS NULL)", name="reported_on"),
        CheckConstraint("priority IN ('normal','high','urgent')", name="priority"),
        CheckConstraint("evidence_rule IN ('none','file')", name="evidence_rule"),
        CheckConstraint("conclusion_id IS NULL OR directive_id IS NULL", name="one_source"),
        # The list of open tasks by due date, counted without touching the rows; the reminders' due window.
        Index(
            "ix_task_open_due",
            "authority_id",
            "current_due",
            "id",
            "committee_id",
            "lead_unit_id",
            "state",
            "reported_on",
            "late_from",
            "due_since",
            "owner_id",
            sqlite_where=text(OPEN_SQL),
            postgresql_where=text(OPEN_SQL),
        ),
        # A unit's inbox.
        Index("ix_task_unit_state", "authority_id", "lead_unit_id", "state", "current_due"),
        # The chair's queue and a committee's lists.
        Index("ix_task_committee_state", "authority_id", "committee_id", "state", "current_due"),
        # The open part of the units × status table, unit by unit, counted without touching the rows.
        Index(
            "ix_task_open_units",
            "authority_id",
            "committee_id",
            "lead_unit_id",
            "state",
            "current_due",
            "reported_on",
            "late_from",
            sqlite_where=text(OPEN_SQL),
            postgresql_where=text(OPEN_SQL),
        ),
        # The chair's home: open tasks whose due date was moved most often.
        Index(
            "ix_task_moved",
            "authority_id",
            "committee_id",
            "due_changes",
            "id",
            sqlite_where=text(MOVED_SQL),
            postgresql_where=text(MOVED_SQL),
        ),
        # The on-time rates by the first due dates: moved tasks whose report's day must be judged anew.
        Index(
            "ix_task_moved_sent",
            "authority_id",
            "committee_id",
            "state",
            "completed_at",
            "lead_unit_id",
            "original_due",
            "current_due",
            "reported_on",
            "due_changes",
            sqlite_where=text(MOVED_SENT_SQL),
            postgresql_where=text(MOVED_SENT_SQL),
        ),
        # The reminders to accept and to confirm: tasks that wait, by when they began to.
        Index(
            "ix_task_unaccepted",
            "authority_id",
            "assigned_at",
            sqlite_where=text(UNACCEPTED_SQL),
            postgresql_where=text(UNACCEPTED_SQL),
        ),
        Index(
            "ix_task_unconfirmed",
            "authority_id",
            "reported_on",
            sqlite_where=text(UNCONFIRMED_SQL),
            postgresql_where=text(UNCONFIRMED_SQL),
        ),
        # The secretary's desk: reports that wait for her word, counted without the rows.
        Index(
            "ix_task_unchecked",
            "authority_id",
            "committee_id",
            "reported_on",
            "id",
            "state",
            "opinion",
            sqlite_where=text(UNCHECKED_SQL),
            postgresql_where=text(UNCHECKED_SQL),
        ),
        # Own tasks of a person in charge, and how many of a unit's they are.
        Index(
            "ix_task_owner", "owner_id", "lead_unit_id", sqlite_where=text(OPEN_SQL), postgresql_where=text(OPEN_SQL)
        ),
        # A unit's home: work that was sent back.
        Index(
            "ix_task_again",
            "authority_id",
            "lead_unit_id",
            "current_due",
            sqlite_where=text(AGAIN_SQL),
            postgresql_where=text(AGAIN_SQL),
        ),
        # The chair's queue: proposals that wait for an answer.
        Index("ix_task_card", "committee_id", sqlite_where=text("card <> ''"), postgresql_where=text("card <> ''")),
        # What was completed since a day, counted without touching the rows: the units × status table of a period.
        Index(
            "ix_task_completed",
            "authority_id",
            "committee_id",
            "completed_at",
            "state",
            "lead_unit_id",
            "reported_on",
            "late_from",
            sqlite_where=text("state = 'completed'"),
            postgresql_where=text("state = 'completed'"),
        ),
        # The monthly account: tasks entered from old notices since a day.
        Index(
            "ix_task_historic",
            "committee_id",
            "made_at",
            sqlite_where=text(HISTORIC_SQL),
            postgresql_where=text(HISTORIC_SQL),
        ),
        Index("ix_task_conclusion", "conclusion_id"),
        Index("ix_task_directive", "directive_id"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    conclusion_id: Mapped[int | None] = mapped_column(ForeignKey("conclusion.id"))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    code: Mapped[str]
    title: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")
    lead_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    priority: Mapped[str] = mapped_column(default="normal")
    original_due: Mapped[date | None]
    current_due: Mapped[date | None]
    late_from: Mapped[date | None]
    due_since: Mapped[date | None]
    no_due_reason: Mapped[str] = mapped_column(default="")
    recurrence: Mapped[str | None]
    deliverable: Mapped[str] = mapped_column(default="")
    evidence_rule: Mapped[str] = mapped_column(default="none")
    evidence_kind: Mapped[str | None]
    target_value: Mapped[Figure | None] = mapped_column(FigureColumn)
    target_unit: Mapped[str] = mapped_column(default="")
    measure: Mapped[Figure | None] = mapped_column(FigureColumn)
    assigned_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    reported_on: Mapped[date | None]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    report_recorder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str] = mapped_column(default="")
    opinion: Mapped[str] = mapped_column(default="")
    completed_at: Mapped[datetime | None]
    self_confirmed: Mapped[bool] = mapped_column(default=False)
    paused_on: Mapped[date | None]
    pause_until: Mapped[date | None]
    contest_reason: Mapped[str] = mapped_column(default="")
    proposed_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    card: Mapped[str] = mapped_column(default="")
    returns: Mapped[int] = mapped_column(default=0)
    due_changes: Mapped[int] = mapped_column(default=0)
    historic: Mapped[bool] = mapped_column(default=False)
    last_moved_at: Mapped[datetime]
    # Only read: they are written by their ids, so that a move need not look at them when it is flushed.
    committee: Mapped[Committee] = relationship(viewonly=True)
    conclusion: Mapped[Conclusion | None] = relationship(foreign_keys=[conclusion_id], viewonly=True)
    directive: Mapped[Directive | None] = relationship(viewonly=True)
    lead_unit: Mapped[Unit] = relationship(foreign_keys=[lead_unit_id], viewonly=True)
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], viewonly=True)
    coordinating: Mapped[list[CoordinatingPart]] = relationship(cascade="all, delete-orphan")

    @property
    def asked_evidence(self) -> str:
        """The rule for the evidence of its report: a name of workflows.evidence.RULES."""
        return self.evidence_kind or self.evidence_rule


class TaskSeries(Owned, Base):
    """The counter behind the codes of an authority's tasks of one year (NV-2026-1, NV-2026-2, and so on)."""

    __tablename__ = "task_series"
    __table_args__ = (
        UniqueConstraint("authority_id", "year"),
        CheckConstraint("next_number > 0", name="positive"),
    )

    year: Mapped[int]
    next_number: Mapped[int] = mapped_column(default=1)


class CoordinatingPart(Owned, Moved, Base):
    """A coordinating unit's part in a task: what is asked of it, by when, and what it sent.

    `asked_at` is when something was asked of it and its clock began (None: merely named, see `was_asked`);
    `delivered_on` the Vietnamese day on which the result was sent.
    `target_value` is its share of a measurable target, `measure` its last figure, given on the day `measured_on`.
    """

    __tablename__ = "coordinating_part"
    __table_args__ = (
        UniqueConstraint("task_id", "unit_id"),
        Index("ix_coordinating_part_unit", "unit_id"),
        # The reminders' due window.
        Index(
            "ix_coordinating_part_due",
            "due",
            sqlite_where=text("due IS NOT NULL"),
            postgresql_where=text("due IS NOT NULL"),
        ),
        # What waits to be taken by who leads.
        Index(
            "ix_coordinating_part_delivered",
            "task_id",
            sqlite_where=text("state = 'delivered'"),
            postgresql_where=text("state = 'delivered'"),
        ),
        CheckConstraint("(state IN ('delivered','noted')) = (delivered_on IS NOT NULL)", name="delivered_on"),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(default=COORDINATING_PART.initial)
    work: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    asked_at: Mapped[datetime | None]
    delivered_on: Mapped[date | None]
    delivered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str] = mapped_column(default="")
    returns: Mapped[int] = mapped_column(default=0)
    target_value: Mapped[Figure | None] = mapped_column(FigureColumn)
    measure: Mapped[Figure | None] = mapped_column(FigureColumn)
    measured_on: Mapped[date | None]
    unit: Mapped[Unit] = relationship(viewonly=True)
    task: Mapped[Task] = relationship(viewonly=True)

    @property
    def was_asked(self) -> bool:
        """Say whether anything was asked of the unit: work, a due date, a figure, or its result anew."""
        return bool(self.work or self.due or self.target_value is not None or self.returns)


class Progress(Owned, Base):
    """A line of progress, with a measure where the task has a target."""

    __tablename__ = "progress"
    __table_args__ = (Index("ix_progress_task", "task_id", "at"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    note: Mapped[str]
    measure: Mapped[Figure | None] = mapped_column(FigureColumn)


class TaskSpan(Owned, Base):
    """How a task stood from one instant to the next: written in the move's own transaction.

    The spans of a task touch; the last one has no end. Any past day's account is read from here.
    """

    __tablename__ = "task_span"
    __table_args__ = (
        UniqueConstraint("task_id", "began_at", "seq"),
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="instants"),
        # The monthly account: what stood open at an instant, and what was closed in a period, per committee.
        Index("ix_task_span_standing", "authority_id", "committee_id", "state", "ended_at"),
        Index("ix_task_span_closing", "authority_id", "committee_id", "state", "began_at"),
        Index(
            "ix_task_span_last",
            "task_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    seq: Mapped[int]
    lead_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str]
    original_due: Mapped[date | None]
    current_due: Mapped[date | None]
    reported_on: Mapped[date | None]
    event: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Extension(Owned, Moved, Made, Base):
    """Gia hạn: a request with its ruling; the original due date stays."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("(state = 'granted') = (granted_due IS NOT NULL)", name="granted_due"),
        # One pending request a task, whoever asks at the same moment.
        Index(
            "ix_extension_pending",
            "task_id",
            unique=True,
            sqlite_where=text("state = 'requested'"),
            postgresql_where=text("state = 'requested'"),
        ),
        Index("ix_extension_task", "task_id"),
        # The chair's queue.
        Index("ix_extension_state", "authority_id", "state"),
        # The monthly account: what was granted in a period.
        Index("ix_extension_ruled", "authority_id", "ruled_at"),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    requested_due: Mapped[date]
    due_before: Mapped[date]
    reason: Mapped[str]
    timing: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opinion: Mapped[str] = mapped_column(default="")
    granted_due: Mapped[date | None]
    ruling_reason: Mapped[str] = mapped_column(default="")
    ruled_at: Mapped[datetime | None]
    task: Mapped[Task] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
