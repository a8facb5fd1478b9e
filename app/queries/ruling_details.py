"""What a drawn card of the queue of rulings says beside its buttons; of a notice also what its issue does to tasks.

Over 300 lines: what all drawn cards say is one statement, and its columns stand beside it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, Text, and_, bindparam, case, cast, false, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from app.db import fetch
from app.models import (
    Attachment,
    Committee,
    Conclusion,
    CoordinatingPart,
    Directive,
    Event,
    EvidenceLink,
    Extension,
    Notice,
    Person,
    Progress,
    ReplacedTask,
    StoredFile,
    Task,
    Unit,
    UnitGroup,
    UnitGroupMember,
)
from workflows import conclusion
from workflows.extension import GRANTED, REQUESTED
from workflows.replaced import AMEND, KEEP
from workflows.task import OPEN, TASK

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import ColumnElement, CompoundSelect, Row, ScalarSelect, Select

BETWEEN, BEHIND = "\x1f", "\x1e"
"""What stands between the parts of a file's line, and behind each line."""


class Clause(NamedTuple):
    """A clause of a notice to sign: who leads, by when, and how many tasks it gives."""

    address: str
    text: str
    outcome: str
    due_on: date | None
    recurrence: str | None
    no_due_reason: str
    lead: str
    units: int
    """How many units lead: those of a group that are there, else 1, or 0 where nobody is named."""


class Touched(NamedTuple):
    """A task given before, of which a notice to sign says what becomes; the first names are those of a list's rows."""

    id: int
    code: str
    title: str
    state: str
    unit: str
    current_due: date | None
    reported_on: date | None
    treatment: str
    """One of `workflows.replaced`; a clause that continues a task keeps or amends it."""
    new_due: date | None
    """The due date that it gets, None where it keeps its own or is withdrawn."""
    address: str
    named: str
    """The unit or group that the clause names, where the task's own is another; the task stays with its own."""
    replaced: bool
    """Whether the notice replaces the one that gave it."""
    continued: bool
    """Whether the clause itself continues it, and so cannot be issued once the task is closed."""

    @property
    def is_open(self) -> bool:
        """Whether it is still open; one that was closed since nothing becomes of."""
        return self.state in OPEN


class Told(NamedTuple):
    """What the drawn cards say: of tasks by task; by notice its clauses in order, and what it touches by task."""

    tasks: dict[int, Row[*tuple[Any, ...]]]
    clauses: dict[int, list[Clause]]
    touched: dict[int, dict[int, Touched]]


def told_of(task_ids: Collection[int], notice_ids: Collection[int]) -> Told:
    """Return all that the cards of some tasks and notices say, in one statement; in none for no card.

    What a notice says of a replaced task counts, not the clause beside it that continues the same.
    """
    found = Told({}, defaultdict(list), defaultdict(dict))
    if not (task_ids or notice_ids):
        return found
    for row in fetch(_told(), {"tasks": list(task_ids), "notices": list(notice_ids)}):
        if row.id is not None:
            found.tasks[row.id] = row
            continue
        touched = found.touched[row.to_sign]
        if row.treatment is not None:
            touched[row.touched_id] = _touched(row)
            continue
        found.clauses[row.to_sign].append(_clause(row))
        if row.touched_id is not None:
            touched.setdefault(row.touched_id, _touched(row))
    return found


def _clause(row: Row[*tuple[Any, ...]]) -> Clause:
    return Clause(
        row.address, row.clause_says, row.outcome, row.due_on, row.recurrence, row.no_due_reason, row.lead, row.units
    )


def _touched(row: Row[*tuple[Any, ...]]) -> Touched:
    """Return the task of a row: as the notice says of what it replaces, else as the clause says that continues it."""
    treatment, new_due = row.treatment, row.new_due
    if treatment is None:
        new_due = row.due_on if row.due_on != row.touched_due else None
        treatment = AMEND if new_due else KEEP
    return Touched(
        row.touched_id, row.touched_code, row.touched_title, row.touched_state, row.touched_unit, row.touched_due,
        row.touched_reported_on, treatment, new_due, row.address, row.lead if row.named_another else "",
        bool(row.replaced), row.continues_task_id == row.touched_id,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _told() -> Select[*tuple[Any, ...]]:
    """Select the rows of tasks, then of notices the live clauses and what is said of replaced tasks.

    The columns of the others are empty in each. Over 40 lines: it is one statement.
    """
    reporter, author, live = aliased(Person), aliased(Person), aliased(Conclusion)
    leader, group, touched, keeper = aliased(Unit), aliased(UnitGroup), aliased(Task), aliased(Unit)
    paper, origin = aliased(Notice), aliased(Conclusion)
    drawn = _drawn().subquery("drawn")
    return (
        select(
            *_TASK,
            reporter.full_name.label("reporter"),
            author.full_name.label("extension_author"),
            _evidence().label("evidence"),
            _links().label("links"),
            _of_parts(CoordinatingPart.measure).label("parts_measure"),
            _of_parts(CoordinatingPart.target_value).label("parts_target"),
            _due_at_report().label("due_at_report"),
            _asked_again().label("asked_again"),
            _last_progress(Progress.note).label("progress"),
            _last_progress(Progress.at).label("progress_at"),
            live.notice_id.label("to_sign"), live.address.label("address"), live.text.label("clause_says"),
            live.outcome.label("outcome"), live.due_on.label("due_on"), live.recurrence.label("recurrence"),
            live.no_due_reason.label("no_due_reason"),
            func.coalesce(leader.name, group.name, cast(literal(""), Text)).label("lead"),
            _units_of(live).label("units"), live.continues_task_id.label("continues_task_id"),
            ReplacedTask.treatment.label("treatment"), ReplacedTask.new_due.label("new_due"),
            touched.id.label("touched_id"), touched.code.label("touched_code"), touched.title.label("touched_title"),
            touched.state.label("touched_state"), touched.current_due.label("touched_due"),
            touched.reported_on.label("touched_reported_on"), keeper.name.label("touched_unit"),
            _named_another(live, touched).label("named_another"),
            or_(ReplacedTask.id.is_not(None), origin.notice_id == paper.supersedes_id).label("replaced"),
        )
        .select_from(drawn)
        .outerjoin(Task, Task.id == drawn.c.task)
        .outerjoin(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Committee, Committee.id == Task.committee_id)
        .outerjoin(Extension, and_(Extension.task_id == Task.id, Extension.state == REQUESTED))
        .outerjoin(Conclusion, Conclusion.id == Task.conclusion_id)
        .outerjoin(Notice, Notice.id == Conclusion.notice_id)
        .outerjoin(Directive, Directive.id == Task.directive_id)
        .outerjoin(reporter, reporter.id == Task.reporter_id)
        .outerjoin(author, author.id == Extension.author_id)
        .outerjoin(live, live.id == drawn.c.clause)
        .outerjoin(paper, paper.id == live.notice_id)
        .outerjoin(leader, leader.id == live.lead_unit_id)
        .outerjoin(group, group.id == live.lead_group_id)
        .outerjoin(ReplacedTask, ReplacedTask.id == drawn.c.said)
        .outerjoin(touched, touched.id == drawn.c.touched)
        .outerjoin(origin, origin.id == touched.conclusion_id)
        .outerjoin(keeper, keeper.id == touched.lead_unit_id)
        .order_by(live.notice_id, live.position, ReplacedTask.id)
    )  # fmt: skip


def _drawn() -> CompoundSelect[*tuple[Any, ...]]:
    """Select whose rows are read: the tasks; of the notices the clauses and what is said of replaced tasks."""
    none, live = cast(null(), Integer), aliased(Conclusion)
    in_notices = live.notice_id.in_(bindparam("notices", expanding=True)), live.state != conclusion.DROPPED
    return union_all(
        select(Task.id.label("task"), none.label("clause"), none.label("said"), none.label("touched")).where(
            Task.id.in_(bindparam("tasks", expanding=True))
        ),
        select(none, live.id, none, live.continues_task_id).where(*in_notices),
        # What was said under a clause that was dropped since is said no longer.
        select(none, live.id, ReplacedTask.id, ReplacedTask.task_id)
        .join(live, live.id == ReplacedTask.clause_id)
        .where(*in_notices),
    )


_TASK = (
    Task.id, Task.code, Task.title, Task.state, Task.left_state, Task.version, Task.priority, Task.committee_id,
    Committee.short_name.label("committee"), Committee.secretary_may_confirm, Task.lead_unit_id,
    Unit.name.label("unit"), Task.current_due, Task.original_due, Task.late_from, Task.due_changes, Task.returns,
    Task.assigned_at, Task.accepted_at, Task.reported_on, Task.reporter_id, Task.report_recorder_id, Task.result,
    Task.opinion, Task.card, Task.contest_reason, Task.proposed_unit_id, Task.deliverable, Task.target_value,
    Task.target_unit, Task.measure, Task.last_moved_at,
    Conclusion.text.label("clause"), Conclusion.address.label("clause_address"), Conclusion.notice_id,
    Notice.symbol.label("notice_symbol"), Directive.symbol.label("directive_symbol"),
    Directive.subject.label("directive_subject"),
    Extension.id.label("extension_id"), Extension.version.label("extension_version"), Extension.requested_due,
    Extension.reason.label("extension_reason"), Extension.timing, Extension.author_id, Extension.recorder_id,
    Extension.opinion.label("extension_opinion"), Extension.made_at.label("extension_made_at"),
)  # fmt: skip


def _evidence() -> ScalarSelect[Any]:
    """Select the evidence of a task as lines of attachment, size and name."""
    line = cast(Attachment.id, Text) + BETWEEN + cast(StoredFile.size, Text) + BETWEEN + StoredFile.name
    return (
        select(func.aggregate_strings(line, BEHIND))
        .select_from(Attachment)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Attachment.subject == TASK.name, Attachment.subject_id == Task.id, Attachment.role == "evidence")
        .correlate(Task)
        .scalar_subquery()
    )


def _links() -> ScalarSelect[Any]:
    """Select the links that are evidence of a task as lines of address and what it shows."""
    line = EvidenceLink.url + BETWEEN + EvidenceLink.shows
    lines = select(func.aggregate_strings(line, BEHIND)).where(EvidenceLink.task_id == Task.id)
    return lines.correlate(Task).scalar_subquery()


def _of_parts(column: Any) -> ScalarSelect[Any]:  # noqa: ANN401 -- a column of parts
    """Select the sum of a figure over the parts of a task that have a target of their own."""
    found = CoordinatingPart.task_id == Task.id, CoordinatingPart.target_value.is_not(None)
    return select(func.sum(column)).where(*found).correlate(Task).scalar_subquery()


def _due_at_report() -> ScalarSelect[Any]:
    """Select the due date by which a task's report was sent, where a request granted later has moved it."""
    moved = aliased(Extension)
    later = moved.state == GRANTED, moved.ruled_at > Task.reported_at
    query = select(moved.due_before).where(moved.task_id == Task.id, *later).order_by(moved.id).limit(1)
    return query.correlate(Task).scalar_subquery()


def _asked_again() -> ScalarSelect[Any]:
    """Select why a task's report was sent back last."""
    sent_back = Event.subject == TASK.name, Event.subject_id == Task.id, Event.event == "send_back"
    query = select(Event.reason).where(*sent_back).order_by(Event.seq.desc()).limit(1)
    return query.correlate(Task).scalar_subquery()


def _last_progress(column: Any) -> ScalarSelect[Any]:  # noqa: ANN401 -- a column of progress
    """Select from a task's newest line of progress."""
    query = select(column).where(Progress.task_id == Task.id).order_by(Progress.at.desc(), Progress.id.desc()).limit(1)
    return query.correlate(Task).scalar_subquery()


def _units_of(clause: Any) -> ColumnElement[int]:  # noqa: ANN401 -- an alias of clauses
    """Select how many units a clause names as leads; a group's own that are there still."""
    member = aliased(Unit)
    in_group = (
        select(func.count())
        .select_from(UnitGroupMember)
        .join(member, member.id == UnitGroupMember.unit_id)
        .where(UnitGroupMember.group_id == clause.lead_group_id, member.abolished_on.is_(None))
        .correlate(clause)
        .scalar_subquery()
    )
    return case((clause.lead_unit_id.is_not(None), 1), else_=in_group)


def _named_another(clause: Any, task: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- aliases
    """Select whether a clause names a unit, or a group of units, that does not lead the task it goes with."""
    within = (UnitGroupMember.group_id == clause.lead_group_id, UnitGroupMember.unit_id == task.lead_unit_id)
    in_group = select(UnitGroupMember.unit_id).where(*within).correlate(clause, task).exists()
    return case(
        (clause.lead_unit_id.is_not(None), clause.lead_unit_id != task.lead_unit_id),
        (
            clause.lead_group_id.is_not(None),
            ~in_group,
        ),
        else_=false(),
    )


def links_in(links: str | None) -> list[tuple[str, str]]:
    """Return address and what it shows of each link in the column `links`."""
    return [(url, shows) for line in (links or "").split(BEHIND) if line for url, shows in [line.split(BETWEEN, 1)]]


def files_in(evidence: str | None) -> list[tuple[int, int, str]]:
    """Return attachment, size in bytes and name of each file in the column `evidence`."""
    found = []
    for line in (evidence or "").split(BEHIND):
        if line:
            file_id, size, name = line.split(BETWEEN, 2)
            found.append((int(file_id), int(size), name))
    return found
