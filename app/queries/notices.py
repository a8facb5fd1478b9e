"""What the page of a notice shows: its clauses with their tasks, what is missing, who may sign, who was told.

Over 300 lines: the questions of one page stand beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.clock import today
from app.db import session
from app.models import (
    Committee,
    Conclusion,
    Delivery,
    Event,
    Membership,
    Message,
    Notice,
    Notification,
    Person,
    Task,
    Unit,
    UnitGroup,
)
from app.queries.paper_facts import doubled_clauses, gaps_of, is_settled, replaced_tasks, replaced_tasks_left
from app.queries.paper_text import live_clauses
from app.reading.model import UnitName
from workflows import notice as table
from workflows import task
from workflows.conclusion import progress_of
from workflows.task import OPEN, REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from app.queries.standing import Standing


def unit_names(authority_id: int) -> tuple[list[UnitName], list[UnitName]]:
    """Return the living units and the groups of an authority, as the reader matches names with."""
    units = session.execute(
        select(Unit.id, Unit.name, Unit.short_name, Unit.aliases)
        .where(Unit.authority_id == authority_id, Unit.abolished_on.is_(None))
        .order_by(Unit.position, Unit.id)
    )
    groups = session.execute(
        select(UnitGroup.id, UnitGroup.name, UnitGroup.aliases).where(UnitGroup.authority_id == authority_id)
    )
    return (
        [UnitName(unit_id, name, (short, *aliases)) for unit_id, name, short, aliases in units],
        [UnitName(group_id, name, tuple(aliases)) for group_id, name, aliases in groups],
    )


def names_gone(authority_id: int) -> list[str]:
    """Return the names of units that are no more; a successor that took one over, or bears it, is found by it still."""
    ended = session.execute(
        select(Unit.name, Unit.short_name, Unit.aliases).where(
            Unit.authority_id == authority_id, Unit.abolished_on.is_not(None)
        )
    )
    return [said for name, short, aliases in ended for said in (name, short, *aliases)]


def group_members(authority_id: int) -> dict[int, set[int]]:
    """Return the units of each group of an authority, by ids."""
    groups = session.scalars(select(UnitGroup).where(UnitGroup.authority_id == authority_id))
    return {group.id: {unit.id for unit in group.units} for group in groups}


def read_whole(notice_id: int) -> Notice | None:
    """Return a notice with all that its page needs of other rows: who loads it while this is held asks no more."""
    one, several = joinedload, selectinload
    clauses = several(Notice.conclusions)
    query = (
        select(Notice)
        .where(Notice.id == notice_id)
        .options(
            one(Notice.committee),
            one(Notice.meeting),
            one(Notice.signer),
            one(Notice.supersedes),
            one(Notice.supplements),
            clauses.joinedload(Conclusion.lead_unit),
            clauses.joinedload(Conclusion.lead_group).joinedload(UnitGroup.units),
        )
    )
    return session.scalars(query).unique().first()


@dataclass(frozen=True)
class ClauseView:
    """A clause as the page shows it: what it still lacks, its tasks, how far it is."""

    clause: Conclusion
    gaps: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    progress: str = ""
    continued_by: Conclusion | None = None
    coordinating: tuple[str, ...] = ()
    continues: Task | None = None

    @property
    def strange_task(self) -> bool:
        """Whether the task it continues is led by another unit than the one the clause names."""
        return self.continues is not None and led_by_another(self.clause, self.continues)

    @property
    def anchor(self) -> str:
        """The clause's place in the page's address."""
        return self.clause.address or f"k{self.clause.position}"


def clauses_of(paper: Notice) -> list[ClauseView]:
    """Return the live clauses of a notice in order, each with its tasks and what it lacks."""
    clauses = live_clauses(paper)
    # Tasks are born when their notice is issued.
    tasks = _tasks_by_clause(clauses) if paper.state in table.OFFICIAL else {}
    names = _unit_short_names({unit for clause in clauses for unit in clause.coordinating_ids})
    carried = _rows_by_id(Task, {clause.continues_task_id for clause in clauses})
    later = _rows_by_id(Conclusion, {clause.continued_by_id or clause.superseded_by_id for clause in clauses})
    open_ids = {row.id for row in carried.values() if row.state in OPEN}
    views = []
    for clause in clauses:
        own = tuple(tasks.get(clause.id, ()))
        gaps = gaps_of(clause, historic=paper.historic) if paper.state == table.DRAFTING else []
        if paper.state == table.DRAFTING and not is_settled(clause, open_ids):
            gaps = ["closed" if clause.continues_task_id else "outcome", *gaps]
        view = ClauseView(
            clause,
            gaps=tuple(gaps),
            tasks=own,
            progress=progress_of(row.state for row in own),
            continued_by=later.get(clause.continued_by_id or clause.superseded_by_id or 0),
            coordinating=tuple(names[unit] for unit in clause.coordinating_ids if unit in names),
            continues=carried.get(clause.continues_task_id or 0),
        )
        views.append(view)
    return views


def led_by_another(clause: Conclusion, row: Task) -> bool:
    """Tell whether a clause names a unit, or a group of units, that does not lead this task."""
    if clause.lead_unit_id is not None:
        return clause.lead_unit_id != row.lead_unit_id
    return clause.lead_group is not None and row.lead_unit_id not in {unit.id for unit in clause.lead_group.units}


def _tasks_by_clause(clauses: Sequence[Conclusion]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    query = (
        select(Task)
        .options(joinedload(Task.lead_unit))
        .where(Task.conclusion_id.in_([clause.id for clause in clauses]), Task.state != task.DROPPED)
        .order_by(Task.id)
    )
    for row in session.scalars(query):
        found.setdefault(row.conclusion_id or 0, []).append(row)
    return found


def _unit_short_names(unit_ids: set[int]) -> dict[int, str]:
    if not unit_ids:
        return {}
    return {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))}


def _rows_by_id(model: Any, ids: set[int | None]) -> dict[int, Any]:  # noqa: ANN401 -- any model
    wanted = ids - {None}
    return {row.id: row for row in session.scalars(select(model).where(model.id.in_(wanted)))} if wanted else {}


UNSEEN = "unseen"


class Missing(NamedTuple):
    """One thing that stands between a draft and its submission; `clause` or `task` where it is theirs."""

    what: str
    clause: Conclusion | None = None
    task: Task | None = None


def due_before_entry(paper: Notice, views: Iterable[ClauseView]) -> list[Conclusion]:
    """Return the clauses of an old notice whose date has passed and of which nobody said that they were done."""
    if not paper.historic:
        return []
    clauses = [view.clause for view in views if view.clause.outcome == "new_tasks" and view.clause.done_on is None]
    return [clause for clause in clauses if clause.due_on is not None and clause.due_on < today()]


def still_unseen(clauses: Iterable[Conclusion]) -> list[Missing]:
    """Return the first clause that nobody has looked at yet, nothing when all were."""
    return [Missing(UNSEEN, clause) for clause in clauses if not clause.reviewed][:1]


def missing_in(paper: Notice, views: Iterable[ClauseView]) -> list[Missing]:
    """Return what is missing before a draft can be submitted, in the order of the page."""
    found = [] if paper.historic or paper.signed_by else [Missing("signer")]
    if not paper.subject.strip():
        found.append(Missing("subject"))
    seen = list(views)
    if not seen:
        found.append(Missing("clauses"))
    found += [Missing(gap, view.clause) for view in seen for gap in view.gaps]
    found += still_unseen(view.clause for view in seen)
    replaced = replaced_tasks(paper)
    found += [Missing("replaced") for _ in replaced_tasks_left(paper, replaced)[:1]]
    found += [Missing("awaiting", task=row) for row in replaced if row.state == REPORTED]
    found += [Missing("doubled", clause) for clause in doubled_clauses(paper)]
    return found


# Who signs, who was told.


def signers(committee_id: int, day: date) -> list[tuple[int, str, str]]:
    """Return who may sign a committee's papers on a day: (person, name, office), chair first."""
    rank = {"chair": 0, "deputy": 1}
    rows = session.execute(
        select(Person.id, Person.full_name, Membership.title, Membership.office, Membership.rank)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.committee_id == committee_id,
            Membership.office.in_(rank),
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
            Person.active,
        )
        .order_by(Membership.rank)
    )
    ordered = sorted(rows, key=lambda row: (rank[row[3]], row[4]))
    return [(person_id, name, title) for person_id, name, title, _office, _rank in ordered]


@dataclass(frozen=True)
class Told:
    """One person who was told of a notice or of a task it gave, and when; mail as far as it got."""

    name: str
    at: datetime
    about: str
    read_at: datetime | None
    mail: str | None
    task_code: str = field(default="")


def people_told(paper: Notice) -> list[Told]:
    """Return who was told what of an issued notice, by time and name."""
    of_notice = (
        (Notification.subject == "notice")
        & (Notification.subject_id == paper.id)
        & (Notification.rule == "notice.issue")
    )
    given = (
        select(Task.id).join(Conclusion, Conclusion.id == Task.conclusion_id).where(Conclusion.notice_id == paper.id)
    )
    of_tasks = (
        (Notification.subject == "task")
        & Notification.subject_id.in_(given)
        & Notification.rule.in_(("task.assign", "task.follow_clause"))
    )
    rows = session.execute(
        select(
            Person.full_name, Notification.made_at, Notification.rule, Notification.read_at, Delivery.state, Task.code
        )
        .select_from(Notification)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(Task, (Notification.subject == "task") & (Task.id == Notification.subject_id))
        .outerjoin(Message, Message.id == Notification.message_id)
        .outerjoin(Delivery, (Delivery.message_id == Message.id) & (Delivery.channel == "mail"))
        .where(or_(of_notice, of_tasks))
    )
    found = [Told(name, at, rule, read_at, mail, code or "") for name, at, rule, read_at, mail, code in rows]
    return sorted(found, key=lambda told: (told.at, told.task_code, told.name))


def committees_as_secretary(standing: Standing) -> list[Committee]:
    """Return the committees for which this person writes papers."""
    query = select(Committee).where(Committee.id.in_(standing.secretary_of), Committee.active).order_by(Committee.name)
    return list(session.scalars(query))


def live_notice_of(meeting_id: int) -> Notice | None:
    """Return the notice of a meeting that was not dropped nor superseded, or None."""
    gone = (table.DROPPED, table.SUPERSEDED)
    query = select(Notice).where(Notice.meeting_id == meeting_id, Notice.state.not_in(gone)).order_by(Notice.id)
    return session.scalars(query).first()


class PaperEvent(NamedTuple):
    """One event of a paper with the names it needs."""

    event: Event
    actor: str | None
    behalf: str | None


def events_of(subject: str, subject_id: int) -> list[PaperEvent]:
    """Return what happened to a paper, newest first."""
    behalf = aliased(Person)
    query = (
        select(Event, Person.full_name, behalf.full_name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(behalf, behalf.id == Event.on_behalf_of_id)
        .where(Event.subject == subject, Event.subject_id == subject_id)
        .order_by(Event.seq.desc())
    )
    return [PaperEvent(*row) for row in session.execute(query)]
