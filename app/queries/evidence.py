"""Evidence of tasks: the names of files that are brought, and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import EvidenceLink, Person, StoredFile

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


def names_of_files(file_ids: Collection[int]) -> list[str]:
    """Return the names of stored files, whose ends were compared with their content when they came."""
    query = select(StoredFile.name).where(StoredFile.id.in_([int(one) for one in file_ids]))
    return [*session.scalars(query)]


class LinkLine(NamedTuple):
    """A link as evidence, with who gave it and when."""

    url: str
    shows: str
    at: datetime
    person: str


def links_of(task_id: int) -> list[LinkLine]:
    """Return the links that are evidence of a task, the newest first."""
    query = (
        select(EvidenceLink.url, EvidenceLink.shows, EvidenceLink.at, Person.full_name)
        .join(Person, Person.id == EvidenceLink.person_id)
        .where(EvidenceLink.task_id == task_id)
        .order_by(EvidenceLink.id.desc())
    )
    return [LinkLine._make(row) for row in session.execute(query)]
