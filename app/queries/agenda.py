"""What stands on an agenda: its clock, papers and tasks."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import AgendaItem, Attachment, Meeting, Person, Task, Unit, UnitGroup
from app.queries.agenda_proposals import came_with
from app.queries.choices import Choice
from app.text import fold
from workflows.meeting import MEETING
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
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


def agenda_lines(meeting: Meeting, papers: Mapping[str, list[Attachment]]) -> list[AgendaLine]:
    """Return the agenda of a meeting in order, with its papers by their role."""
    begins_at: datetime | None = meeting.starts_at if meeting.hour_known else None
    found = []
    for item in sorted(meeting.agenda, key=lambda one: one.position):
        found.append(AgendaLine(item, begins_at, papers.get(role_of(item.id), [])))
        begins_at = begins_at + timedelta(minutes=item.minutes) if begins_at and item.minutes else None
    return found


def papers_of(meeting_id: int) -> dict[str, list[Attachment]]:
    """Return the papers of a meeting's agenda by their role."""
    return papers_and_proposed(meeting_id, ())[0]


def papers_and_proposed(
    meeting_id: int, proposal_ids: Collection[int]
) -> tuple[dict[str, list[Attachment]], dict[int, list[Attachment]]]:
    """Return the papers of a meeting's agenda by their role, and those that came with proposed items, by item."""
    own = and_(
        Attachment.subject == MEETING.name, Attachment.subject_id == meeting_id, Attachment.role.startswith(PAPER)
    )
    asked = or_(own, came_with(proposal_ids)) if proposal_ids else own
    query = select(Attachment).where(asked).options(joinedload(Attachment.file)).order_by(Attachment.id)
    found: dict[str, list[Attachment]] = defaultdict(list)
    proposed: dict[int, list[Attachment]] = {proposal_id: [] for proposal_id in proposal_ids}
    for attachment in session.scalars(query):
        if attachment.subject == MEETING.name:
            found[attachment.role].append(attachment)
        else:
            proposed[attachment.subject_id].append(attachment)
    return found, proposed


class Offered(NamedTuple):
    """What the forms of a meeting's page offer to choose from; tasks by code and title, the newest first."""

    people: list[Choice]
    units: list[Choice]
    groups: list[Choice]
    tasks: list[tuple[str, str]]


def offered_to(meeting: Meeting) -> Offered:
    """Return the active people, living units, groups of units and the committee's open tasks, in one statement."""
    nothing = cast(null(), JSON)
    people = select(
        literal("person").label("kind"), Person.id, Person.full_name.label("name"), literal("").label("short"),
        nothing.label("aliases"), Person.sort_key.label("place"), literal(0).label("number"),
    ).where(Person.authority_id == meeting.authority_id, Person.active)  # fmt: skip
    units = select(
        literal("unit"), Unit.id, Unit.name, Unit.short_name, Unit.aliases, literal(""), Unit.position
    ).where(Unit.authority_id == meeting.authority_id, Unit.abolished_on.is_(None))  # fmt: skip
    groups = select(
        literal("group"), UnitGroup.id, UnitGroup.name, literal(""), UnitGroup.aliases, UnitGroup.name, literal(0)
    ).where(UnitGroup.authority_id == meeting.authority_id)  # fmt: skip
    newest = (
        select(Task.id, Task.code, Task.title)
        .where(Task.committee_id == meeting.committee_id, Task.state.in_(OPEN))
        .order_by(Task.id.desc())
        .limit(OFFERED)
        .subquery()
    )
    tasks = select(literal("task"), newest.c.id, newest.c.title, newest.c.code, nothing, literal(""), -newest.c.id)
    every = union_all(people, units, groups, tasks).subquery()
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(select(every).order_by(every.c.place, every.c.number, every.c.id)):
        rows[row.kind].append(row)
    return Offered(
        [Choice(row.id, row.name, fold(row.name)) for row in rows["person"]],
        [Choice(row.id, row.name, fold(" ".join([row.name, row.short, *row.aliases]))) for row in rows["unit"]],
        [Choice(row.id, row.name, fold(" ".join([row.name, *row.aliases]))) for row in rows["group"]],
        [(row.short, row.name) for row in rows["task"]],
    )


def task_by_code(committee_id: int, typed: str) -> Task | None:
    """Return the committee's task whose code begins what was typed (the list offers code and title)."""
    code = typed.split(maxsplit=1)[0] if typed.strip() else ""
    return session.scalars(select(Task).where(Task.committee_id == committee_id, Task.code == code)).first()
