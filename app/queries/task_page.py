"""Everything the page of one task shows, in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, func, literal_column, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from app.db import fetch, session
from app.models import (
    Attachment,
    Comment,
    Conclusion,
    Directive,
    Event,
    EvidenceLink,
    Explanation,
    Extension,
    Notice,
    Person,
    Proposal,
    StoredFile,
    SubTask,
    Task,
    Unit,
)
from app.queries.facts import beside_task, task_facts
from app.queries.whole_task import whole_task
from workflows.coordinating_part import COORDINATING_PART
from workflows.explanation import EXPLANATION
from workflows.extension import EXTENSION
from workflows.sub_task import SUB_TASK
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, Join, Select

    from workflows.task import TaskFacts


class HistoryLine(NamedTuple):
    """One event with the names it needs."""

    id: int
    subject: str
    subject_id: int
    event: str
    at: datetime
    reason: str
    data: dict[str, Any]
    actor: str | None
    behalf: str | None


@dataclass(frozen=True)
class FileLine:
    """One attached file."""

    attachment: Attachment
    file: StoredFile
    person: str


class Source(NamedTuple):
    """Where a task comes from, as its page shows it, who is in charge of it, and whether there is more to read."""

    text: str | None
    address: str | None
    notice_id: int | None
    symbol: str | None
    directive_subject: str | None
    directive_symbol: str | None
    directive_issuer: str | None
    proposal_title: str | None
    proposal_symbol: str | None
    proposal_unit: str | None
    owner: str | None
    extensions: int
    files: int
    sub_tasks: int
    explanations: int
    comments: int
    links: int


class Page(NamedTuple):
    """A task as its page shows it: where it comes from, and what its table must know."""

    task: Task
    source: Source
    facts: TaskFacts


def page_of(task_id: int) -> Page | None:
    """Return a task with all that its page shows of single rows, in one statement; None where there is none."""
    row = session.execute(_page(), {"id": task_id}).unique().first()
    if row is None:
        return None
    source = Source._make(row[1 : 1 + len(Source._fields)])
    return Page(row[0], source, task_facts(row[0], row))


def extensions_of(task_id: int) -> Sequence[Extension]:
    """Return the extension requests of a task, newest first, with their authors."""
    return session.scalars(_extensions(), {"task": task_id}).all()


def history_of(task_id: int, beside: Mapping[str, Sequence[int]]) -> list[HistoryLine]:
    """Return the events of a task and of what stands beside it, newest first.

    :param beside: the ids of those items by the names of their workflows.
    """
    if any(beside.values()):
        rows = fetch(_WITH_BESIDE, {TASK.name: [task_id], **{name: list(beside.get(name, ())) for name in _BESIDE}})
    else:
        rows = fetch(_HISTORY, {TASK.name: [task_id]})
    return [HistoryLine._make(row) for row in rows]


def files_of(subject: str, subject_id: int, role: str | None = None) -> list[FileLine]:
    """Return the files attached to an item, newest first."""
    found = session.execute(_FILES, {"subject": subject, "id": subject_id})
    lines = [FileLine(*row) for row in found]
    return [line for line in lines if role is None or line.attachment.role == role]


def _columns() -> tuple[Any, ...]:
    """Return the columns of `Source`; a task's row is in reach."""
    task, clause, notice = Task.__table__, Conclusion.__table__, Notice.__table__
    directive, person, proposal = Directive.__table__, Person.__table__, Proposal.__table__
    extension, attached = Extension.__table__, Attachment.__table__
    pieces = SubTask.__table__, Explanation.__table__, Comment.__table__, EvidenceLink.__table__
    return (
        clause.c.text, clause.c.address, clause.c.notice_id, notice.c.symbol,
        directive.c.subject, directive.c.symbol, directive.c.issuer,
        proposal.c.title, proposal.c.symbol, _PROPOSING.c.name, person.c.full_name,
        select(func.count()).where(extension.c.task_id == task.c.id).scalar_subquery(),
        select(func.count())
        .where(attached.c.subject == literal_column(f"'{TASK.name}'"), attached.c.subject_id == task.c.id)
        .scalar_subquery(),
        *(select(func.count()).where(beside.c.task_id == task.c.id).scalar_subquery() for beside in pieces),
    )  # fmt: skip


def _joined() -> Join:
    """Return a task with the rows that it rests on, and its person in charge."""
    task, clause, notice = Task.__table__, Conclusion.__table__, Notice.__table__
    directive, person, proposal = Directive.__table__, Person.__table__, Proposal.__table__
    return (
        task.outerjoin(clause, clause.c.id == task.c.conclusion_id)
        .outerjoin(notice, notice.c.id == clause.c.notice_id)
        .outerjoin(directive, directive.c.id == task.c.directive_id)
        .outerjoin(proposal, proposal.c.id == task.c.proposal_id)
        .outerjoin(_PROPOSING, _PROPOSING.c.id == proposal.c.unit_id)
        .outerjoin(person, person.c.id == task.c.owner_id)
    )


@cache
def _page() -> Select[Any]:
    """Return the query of a page; put together when first asked, because it names relations."""
    return whole_task(*_columns(), *beside_task(Task.__table__.c.id)).select_from(_joined())


_BESIDE = (EXTENSION.name, COORDINATING_PART.name, SUB_TASK.name, EXPLANATION.name)


def _history(*subjects: str) -> Select[*tuple[Any, ...]]:
    """Select the events of items, whose ids are given by the names of their workflows."""
    event, actor, behalf = Event.__table__, Person.__table__.alias("actor"), Person.__table__.alias("behalf")
    ids: list[BindParameter[Any]] = [bindparam(name, expanding=True) for name in subjects]
    ways = [and_(event.c.subject == one.key, event.c.subject_id.in_(one)) for one in ids]
    return (
        select(
            event.c.id, event.c.subject, event.c.subject_id, event.c.event, event.c.at, event.c.reason, event.c.data,
            actor.c.full_name, behalf.c.full_name,
        )
        .select_from(
            event.outerjoin(actor, actor.c.id == event.c.actor_id)
            .outerjoin(behalf, behalf.c.id == event.c.on_behalf_of_id)
        )
        .where(or_(*ways))
        .order_by(event.c.at.desc(), event.c.id.desc())
    )  # fmt: skip


# Built once: putting a statement together costs more than asking it.
_PROPOSING = Unit.__table__.alias("proposing")
_HISTORY, _WITH_BESIDE = _history(TASK.name), _history(TASK.name, *_BESIDE)
_FILES = (
    select(Attachment, StoredFile, Person.full_name)
    .join(StoredFile, StoredFile.id == Attachment.file_id)
    .join(Person, Person.id == Attachment.person_id)
    .where(Attachment.subject == bindparam("subject"), Attachment.subject_id == bindparam("id"))
    .order_by(Attachment.id.desc())
)


@cache
def _extensions() -> Select[Extension]:
    """Return the query for a task's requests; put together when first asked, because it names a relation."""
    return (
        select(Extension)
        .where(Extension.task_id == bindparam("task"))
        .options(joinedload(Extension.author))
        .order_by(Extension.id.desc())
    )


def person_names(person_ids: set[int]) -> dict[int, str]:
    """Return the names of people by id; who has been read for this page already is not asked for again."""
    people = session().identity_map
    met = {number: people.get(identity_key(Person, number)) for number in person_ids}
    known = {number: person.full_name for number, person in met.items() if person is not None}
    missing = person_ids - known.keys()
    query = select(Person.id, Person.full_name).where(Person.id.in_(missing))
    return known | dict(session.execute(query).all()) if missing else known
