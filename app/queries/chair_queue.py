"""What waits for a ruling, with all that the ruling needs, in three statements however much waits.

Over 300 lines: what each kind of card reads stands in one place.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    JSON,
    Date,
    Integer,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from app.db import UTCDateTime, fetch, session
from app.models import (
    Attachment,
    Committee,
    Conclusion,
    CoordinatingPart,
    Directive,
    EvidenceLink,
    Extension,
    Meeting,
    Minutes,
    MonthlyReport,
    Notice,
    Person,
    StoredFile,
    Task,
    Unit,
    UnitGroup,
)
from workflows import conclusion, minutes, monthly_report, notice
from workflows.extension import GRANTED, REQUESTED
from workflows.task import AWAITS_RULING, OPEN, TASK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row, ScalarSelect, Select

    from app.queries.standing import Standing

CAP = 300
"""So many tasks are looked at; a queue that long is not read anyway, and the page says that there are more."""
BETWEEN, BEHIND = "\x1f", "\x1e"
"""What stands between the parts of a file's line, and behind each line."""


def tasks_awaiting(standing: Standing) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what judges the tasks of the person's committees that await a ruling, each with its pending extension.

    The earliest due dates come first, at most CAP of them. Who may rule is not judged here; what a card says beside
    is read by `told_of` for those that are drawn.
    """
    waiting = _waiting(standing).subquery("waiting")
    query = (
        select(*_JUDGED)
        # First of all joins: PostgreSQL keeps to the order of so many, and would else join every task before it looks.
        .select_from(waiting)
        .join(Task, Task.id == waiting.c.id)
        .join(Committee, Committee.id == Task.committee_id)
        .outerjoin(Extension, and_(Extension.task_id == Task.id, Extension.state == literal_column(f"'{REQUESTED}'")))
        .order_by(Task.current_due.asc().nulls_last(), Task.id)
    )
    return fetch(query, {}).all()


class Clause(NamedTuple):
    """A clause of a notice to sign: who leads, by when."""

    notice_id: int
    address: str
    text: str
    outcome: str
    due_on: date | None
    lead: str


class Told(NamedTuple):
    """What the drawn cards say: of tasks by task, the clauses of notices in their order by notice."""

    tasks: dict[int, Row[*tuple[Any, ...]]]
    clauses: dict[int, list[Clause]]


def told_of(task_ids: Collection[int], notice_ids: Collection[int]) -> Told:
    """Return all that the cards of some tasks and notices say, in one statement; in none for no card."""
    found = Told({}, defaultdict(list))
    if not (task_ids or notice_ids):
        return found
    for row in fetch(_told(), {"tasks": list(task_ids), "notices": list(notice_ids)}):
        if row.id is not None:
            found.tasks[row.id] = row
        else:
            found.clauses[row.to_sign].append(Clause(row.to_sign, *row[-5:]))
    return found


@lru_cache(maxsize=1)
def _told() -> Select[*tuple[Any, ...]]:
    """Select the rows of tasks, then the live clauses of notices; the other's columns are empty in each.

    Over 40 lines: it is one statement.
    """
    reporter, author, live = aliased(Person), aliased(Person), aliased(Conclusion)
    leader, group = aliased(Unit), aliased(UnitGroup)
    none = cast(null(), Integer)
    clauses = select(none, live.id).where(
        live.notice_id.in_(bindparam("notices", expanding=True)), live.state != conclusion.DROPPED
    )
    both = union_all(
        select(Task.id.label("task"), none.label("clause")).where(Task.id.in_(bindparam("tasks", expanding=True))),
        clauses,
    )
    drawn = both.subquery("drawn")
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
            live.notice_id.label("to_sign"),
            live.address.label("address"), live.text.label("text"), live.outcome.label("outcome"),
            live.due_on.label("due_on"),
            func.coalesce(leader.name, group.name, cast(literal(""), Text)).label("lead"),
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
        .outerjoin(leader, leader.id == live.lead_unit_id)
        .outerjoin(group, group.id == live.lead_group_id)
        .order_by(live.notice_id, live.position)
    )  # fmt: skip


_JUDGED = (
    Task.id, Task.state, Task.left_state, Task.version, Task.priority, Task.committee_id, Task.lead_unit_id,
    Committee.secretary_may_confirm, Task.current_due, Task.reported_on, Task.reporter_id, Task.report_recorder_id,
    Task.card, Task.last_moved_at, Extension.id.label("extension_id"), Extension.version.label("extension_version"),
    Extension.requested_due, Extension.author_id, Extension.recorder_id, Extension.made_at.label("extension_made_at"),
)  # fmt: skip
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


def _waiting(standing: Standing) -> Select[int]:
    """Select the ids of the first tasks that wait, by short index ranges, before any row is read in full.

    One condition with OR would read every open task. Of what waits by its state, which may be much, each committee
    gives its first CAP in the order of its index.
    """
    authority = Task.authority_id == standing.authority_id
    asked = select(Extension.task_id).where(
        Extension.authority_id == standing.authority_id, Extension.state == literal_column(f"'{REQUESTED}'")
    )
    found = union(
        *(
            _earliest(authority, Task.committee_id == committee, Task.state == literal_column(f"'{state}'"), dated)
            for committee in sorted(standing.committees)
            for state in sorted(AWAITS_RULING)
            for dated in (Task.current_due.is_not(None), Task.current_due.is_(None))
        ),
        # The committee alone, for it stands in the index of cards: with the authority SQLite reads every task instead.
        select(Task.id, Task.current_due).where(
            Task.committee_id.in_(standing.committees), Task.state.in_(OPEN), Task.card != literal_column("''")
        ),
        select(Task.id, Task.current_due).where(
            Task.authority_id + 0 == standing.authority_id,
            Task.committee_id.in_(standing.committees),
            Task.id.in_(asked),
        ),
    ).subquery()
    return select(found.c.id).order_by(found.c.current_due.asc().nulls_last(), found.c.id).limit(CAP)


def _earliest(*conditions: ColumnElement[bool]) -> Select[int, date | None]:
    first = (
        select(Task.id, Task.current_due).where(*conditions).order_by(Task.current_due, Task.id).limit(CAP).subquery()
    )
    return select(first.c.id, first.c.current_due)


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


def papers_awaiting(standing: Standing) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return notices and monthly reports to sign and minutes to approve: of the committees, or presided over."""
    return session.execute(union_all(_notices(standing), _minutes(standing), _reports(standing))).all()


def _notices(standing: Standing) -> Select[*tuple[Any, ...]]:
    live = and_(Conclusion.notice_id == Notice.id, Conclusion.state != conclusion.DROPPED)
    clauses = select(func.count()).where(live).correlate(Notice).scalar_subquery()
    return (
        select(
            literal(notice.NOTICE.name).label("kind"), Notice.id, Notice.version, Notice.committee_id,
            Committee.short_name.label("committee"), Notice.subject.label("title"), Meeting.presider_id,
            Notice.signer_id, Notice.meeting_id, func.coalesce(Meeting.held_at, Meeting.ends_at).label("held_at"),
            clauses.label("clauses"), Notice.supersedes_id, or_(Notice.historic, Meeting.historic).label("historic"),
            _none(Date).label("begins_on"), _none(Date).label("ends_on"), _none(UTCDateTime).label("drafted_at"),
            _none(JSON).label("figures"),
        )
        .join(Committee, Committee.id == Notice.committee_id)
        .outerjoin(Meeting, Meeting.id == Notice.meeting_id)
        .where(
            Notice.authority_id == standing.authority_id,
            Notice.committee_id.in_(standing.committees),
            Notice.state == notice.SUBMITTED,
        )
    )  # fmt: skip


def _minutes(standing: Standing) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(minutes.MINUTES.name), Minutes.id, Minutes.version, Meeting.committee_id, Committee.short_name,
            Meeting.title, Meeting.presider_id, _none(Integer), Meeting.id,
            func.coalesce(Meeting.held_at, Meeting.starts_at), literal(0), _none(Integer), Meeting.historic,
            _none(Date), _none(Date), _none(UTCDateTime), _none(JSON),
        )
        .select_from(Minutes)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(
            Minutes.authority_id == standing.authority_id,
            Minutes.state == minutes.SUBMITTED,
            or_(Meeting.committee_id.in_(standing.committees), Meeting.presider_id == standing.person_id),
        )
    )  # fmt: skip


def _reports(standing: Standing) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(monthly_report.MONTHLY_REPORT.name), MonthlyReport.id, MonthlyReport.version,
            MonthlyReport.committee_id, Committee.short_name, literal(""), _none(Integer), MonthlyReport.signer_id,
            _none(Integer), _none(UTCDateTime), literal(0), _none(Integer), literal(False),  # noqa: FBT003 -- a column
            MonthlyReport.begins_on, MonthlyReport.ends_on, MonthlyReport.drafted_at, MonthlyReport.figures,
        )
        .join(Committee, Committee.id == MonthlyReport.committee_id)
        .where(
            MonthlyReport.authority_id == standing.authority_id,
            MonthlyReport.committee_id.in_(standing.committees),
            MonthlyReport.state == monthly_report.SUBMITTED,
        )
    )  # fmt: skip


def _none(kind: Any) -> Any:  # noqa: ANN401 -- a column type
    """Return an empty column; PostgreSQL must know its type."""
    return cast(null(), kind())
