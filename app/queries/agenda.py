"""What stands on an agenda: its clock, papers and tasks."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import AgendaItem, Attachment, Meeting, Task
from workflows.meeting import MEETING
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PAPER = "agenda-"
TOPIC = "topic"
OFFERED = 400


class AgendaLine(NamedTuple):
    """One item with when it begins (None: not known, because one before it has no length) and its papers."""

    item: AgendaItem
    begins_at: datetime | None
    papers: list[Attachment]


def role_of(item_id: int) -> str:
    """Return as what a paper of an item is attached to its meeting."""
    return f"{PAPER}{item_id}"


def agenda_lines(meeting: Meeting) -> list[AgendaLine]:
    """Return the agenda of a meeting in order."""
    papers = papers_of(meeting.id)
    begins_at: datetime | None = meeting.starts_at if meeting.hour_known else None
    found = []
    for item in sorted(meeting.agenda, key=lambda one: one.position):
        found.append(AgendaLine(item, begins_at, papers[role_of(item.id)]))
        begins_at = begins_at + timedelta(minutes=item.minutes) if begins_at and item.minutes else None
    return found


def papers_of(meeting_id: int) -> dict[str, list[Attachment]]:
    """Return the papers of a meeting's agenda by their role."""
    query = (
        select(Attachment)
        .where(
            Attachment.subject == MEETING.name, Attachment.subject_id == meeting_id, Attachment.role.startswith(PAPER)
        )
        .options(joinedload(Attachment.file))
        .order_by(Attachment.id)
    )
    found: dict[str, list[Attachment]] = defaultdict(list)
    for attachment in session.scalars(query):
        found[attachment.role].append(attachment)
    return found


def tasks_to_link(committee_id: int) -> Sequence[tuple[str, str]]:
    """Return code and title of the committee's open tasks, newest first."""
    query = (
        select(Task.code, Task.title)
        .where(Task.committee_id == committee_id, Task.state.in_(OPEN))
        .order_by(Task.id.desc())
        .limit(OFFERED)
    )
    return [(code, title) for code, title in session.execute(query)]


def task_by_code(committee_id: int, typed: str) -> Task | None:
    """Return the committee's task whose code begins what was typed (the list offers code and title)."""
    code = typed.split(maxsplit=1)[0] if typed.strip() else ""
    return session.scalars(select(Task).where(Task.committee_id == committee_id, Task.code == code)).first()
