"""Everything the page of one task shows, in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.db import session
from app.models import (
    Attachment,
    Conclusion,
    CoordinatingPart,
    Event,
    Extension,
    Notice,
    Person,
    StoredFile,
    Task,
    Unit,
)
from workflows.extension import EXTENSION
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class HistoryLine:
    """One event with the names it needs."""

    event: Event
    actor: str | None
    behalf: str | None


@dataclass(frozen=True)
class FileLine:
    """One attached file."""

    attachment: Attachment
    file: StoredFile
    person: str


def read_task(task_id: int) -> Task | None:
    """Return a task with its unit, committee, clause, notice, person in charge and coordinating units loaded."""
    query = (
        select(Task)
        .where(Task.id == task_id)
        .options(
            joinedload(Task.lead_unit),
            joinedload(Task.committee),
            joinedload(Task.owner),
            joinedload(Task.directive),
            joinedload(Task.conclusion).joinedload(Conclusion.notice).joinedload(Notice.meeting),
            selectinload(Task.coordinating).joinedload(CoordinatingPart.unit),
        )
    )
    return session.scalars(query).unique().first()


def extensions_of(task_id: int) -> Sequence[Extension]:
    """Return the extension requests of a task, newest first, with their authors."""
    query = (
        select(Extension)
        .where(Extension.task_id == task_id)
        .options(joinedload(Extension.author))
        .order_by(Extension.id.desc())
    )
    return session.scalars(query).all()


def history_of(task_id: int, extension_ids: Sequence[int]) -> list[HistoryLine]:
    """Return the events of a task and of its extension requests, newest first."""
    behalf = aliased(Person)
    mine = (Event.subject == TASK.name) & (Event.subject_id == task_id)
    theirs = (Event.subject == EXTENSION.name) & Event.subject_id.in_(extension_ids)
    query = (
        select(Event, Person.full_name, behalf.full_name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(behalf, behalf.id == Event.on_behalf_of_id)
        .where(or_(mine, theirs) if extension_ids else mine)
        .order_by(Event.at.desc(), Event.id.desc())
    )
    return [HistoryLine(*row) for row in session.execute(query)]


def files_of(subject: str, subject_id: int, role: str | None = None) -> list[FileLine]:
    """Return the files attached to an item, newest first."""
    query = (
        select(Attachment, StoredFile, Person.full_name)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .join(Person, Person.id == Attachment.person_id)
        .where(Attachment.subject == subject, Attachment.subject_id == subject_id)
        .order_by(Attachment.id.desc())
    )
    if role is not None:
        query = query.where(Attachment.role == role)
    return [FileLine(*row) for row in session.execute(query)]


def unit_names(unit_ids: set[int]) -> dict[int, str]:
    """Return the names of units by id."""
    if not unit_ids:
        return {}
    return dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids))).all())


def person_names(person_ids: set[int]) -> dict[int, str]:
    """Return the names of people by id."""
    if not person_ids:
        return {}
    query = select(Person.id, Person.full_name).where(Person.id.in_(person_ids))
    return dict(session.execute(query).all())
