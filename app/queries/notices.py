"""What the pages of notices show: the register, a notice's clauses with their tasks, what is missing, who was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import extract, func, or_, select
from sqlalchemy.orm import aliased

from app.db import session
from app.models import (
    Committee,
    Conclusion,
    CoordinatingPart,
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
from app.queries.paper_facts import gaps_of, is_settled, replaced_tasks_left
from app.queries.paper_text import live_clauses
from app.reading.model import UnitName
from app.text import fold
from workflows import notice as table
from workflows import task
from workflows.conclusion import progress_of
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from app.queries.standing import Standing

PAGE = 30
LIKELY = 0.34
CANDIDATES = 400
OFFERED = 120
_SMALL = """va cac cua cho theo trong tren voi den la duoc co khi de ve thuc hien phoi hop chu tri don vi giao yeu cau
bao cao truoc ngay thang nam tiep tuc trien khai nhiem vu cong tac"""
_COMMON = frozenset(_SMALL.split())


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


def group_members(authority_id: int) -> dict[int, set[int]]:
    """Return the units of each group of an authority, by ids."""
    groups = session.scalars(select(UnitGroup).where(UnitGroup.authority_id == authority_id))
    return {group.id: {unit.id for unit in group.units} for group in groups}


# The register.


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to."""

    q: str = ""
    committee_id: int | None = None
    state: str = ""
    year: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Register:
    """One page of the register and how many notices there are in all."""

    rows: list[Notice]
    total: int
    counts: Mapping[int, tuple[int, int]]
    """By notice: tasks, and those of them that are closed."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def notices_seen_by(standing: Standing, wanted: Wanted) -> Register:
    """Return the notices this person may see: those of own committees, and issued ones that gave own units work."""
    query = _narrowed(_visible(standing), wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.order_by(Notice.number.is_not(None), Notice.issued_on.desc(), Notice.number.desc(), Notice.id.desc())
        .limit(PAGE)
        .offset((wanted.page - 1) * PAGE)
    ).all()
    return Register(list(rows), total, _task_counts([row.id for row in rows]))


def _visible(standing: Standing) -> Select[Notice]:
    mine = Notice.committee_id.in_(standing.committees)
    if not standing.units:
        return select(Notice).where(Notice.authority_id == standing.authority_id, mine)
    touched = (
        select(Conclusion.notice_id)
        .join(Task, Task.conclusion_id == Conclusion.id)
        .outerjoin(CoordinatingPart, CoordinatingPart.task_id == Task.id)
        .where(or_(Task.lead_unit_id.in_(standing.units), CoordinatingPart.unit_id.in_(standing.units)))
    )
    given = Notice.id.in_(touched) & Notice.issued_on.is_not(None)
    return select(Notice).where(Notice.authority_id == standing.authority_id, mine | given)


def _narrowed(query: Select[Notice], wanted: Wanted) -> Select[Notice]:
    if wanted.committee_id:
        query = query.where(Notice.committee_id == wanted.committee_id)
    query = query.where(Notice.state == wanted.state) if wanted.state else query.where(Notice.state != table.DROPPED)
    if wanted.year:
        query = query.where(Notice.issued_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    for word in fold(wanted.q).split()[:8]:
        query = query.where(Notice.search_text.contains(word, autoescape=True))
    return query


def _task_counts(notice_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    if not notice_ids:
        return {}
    rows = session.execute(
        select(Conclusion.notice_id, Task.state, func.count())
        .join(Task, Task.conclusion_id == Conclusion.id)
        .where(Conclusion.notice_id.in_(notice_ids), Task.state != task.DROPPED)
        .group_by(Conclusion.notice_id, Task.state)
    )
    counts: dict[int, tuple[int, int]] = {}
    for notice_id, state, count in rows:
        every, closed = counts.get(notice_id, (0, 0))
        counts[notice_id] = (every + count, closed + (count if state in task.CLOSED else 0))
    return counts


def register_years(standing: Standing) -> list[int]:
    """Return the years in which notices this person may see were issued, newest first."""
    year = extract("year", Notice.issued_on)
    query = _visible(standing).with_only_columns(year).where(Notice.issued_on.is_not(None)).distinct()
    return sorted((int(found) for found in session.scalars(query)), reverse=True)


# One notice.


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
    def anchor(self) -> str:
        """The clause's place in the page's address."""
        return self.clause.address or f"k{self.clause.position}"


def clauses_of(paper: Notice) -> list[ClauseView]:
    """Return the live clauses of a notice in order, each with its tasks and what it lacks."""
    clauses = live_clauses(paper)
    tasks = _tasks_by_clause(clauses)
    names = _unit_short_names({unit for clause in clauses for unit in clause.coordinating_ids})
    carried = _rows_by_id(Task, {clause.continues_task_id for clause in clauses})
    later = _rows_by_id(Conclusion, {clause.continued_by_id or clause.superseded_by_id for clause in clauses})
    open_ids = {row.id for row in carried.values() if row.state in OPEN}
    views = []
    for clause in clauses:
        own = tuple(tasks.get(clause.id, ()))
        gaps = gaps_of(clause, historic=paper.historic) if paper.state == table.DRAFTING else []
        if paper.state == table.DRAFTING and not is_settled(clause, open_ids):
            gaps = ["outcome", *gaps]
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


def _tasks_by_clause(clauses: Sequence[Conclusion]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    query = (
        select(Task)
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


class Missing(NamedTuple):
    """One thing that stands between a draft and its submission; `clause` where it is a clause's."""

    what: str
    clause: Conclusion | None = None


def missing_in(paper: Notice, views: Iterable[ClauseView]) -> list[Missing]:
    """Return what is missing before a draft can be submitted, in the order of the page."""
    found = [] if paper.signer_id else [Missing("signer")]
    if not paper.subject.strip():
        found.append(Missing("subject"))
    seen = list(views)
    if not seen:
        found.append(Missing("clauses"))
    found += [Missing(gap, view.clause) for view in seen for gap in view.gaps]
    found += [Missing("replaced") for _ in replaced_tasks_left(paper)[:1]]
    return found


# Which open tasks a clause may continue.


class Candidate(NamedTuple):
    """An open task that a clause may continue; `likely` when words and unit say that it is the same."""

    task_id: int
    code: str
    title: str
    unit: str
    due: date | None
    score: float
    likely: bool


def continuable_tasks(clause: Conclusion) -> list[Candidate]:
    """Return open tasks of the clause's committee, those that look like the clause first."""
    rows = session.execute(
        select(Task.id, Task.code, Task.title, Task.search_text, Unit.name, Task.lead_unit_id, Task.current_due)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Task.authority_id == clause.authority_id,
            Task.committee_id == clause.notice.committee_id,
            Task.state.in_(OPEN),
        )
        .order_by(Task.id.desc())
        .limit(CANDIDATES)
    )
    words = _words(clause.text)
    found = []
    for task_id, code, title, text, unit, unit_id, due in rows:
        score = _likeness(words, _words(text)) + (0.15 if unit_id == clause.lead_unit_id else 0.0)
        found.append(Candidate(task_id, code, title, unit, due, score, score >= LIKELY))
    found.sort(key=lambda candidate: -candidate.score)
    chosen = [candidate for candidate in found[OFFERED:] if candidate.task_id == clause.continues_task_id]
    return [*found[:OFFERED], *chosen]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:()«»\"'") for word in fold(text).split()) - _COMMON - {""}


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the shorter text's words the other holds, from 0 to 1; short texts say little."""
    if not one or not other:
        return 0.0
    return len(one & other) / max(5, min(len(one), len(other)))


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
    columns = (Person.full_name, Notification.made_at, Notification.rule, Notification.read_at, Delivery.state)
    base = (
        select(*columns, Task.code)
        .select_from(Notification)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(Message, Message.id == Notification.message_id)
        .outerjoin(Delivery, (Delivery.message_id == Message.id) & (Delivery.channel == "mail"))
    )
    of_notice = base.outerjoin(Task, Task.id.is_(None)).where(
        Notification.subject == "notice", Notification.subject_id == paper.id, Notification.rule == "notice.issue"
    )
    of_tasks = (
        base.join(Task, Task.id == Notification.subject_id)
        .join(Conclusion, Conclusion.id == Task.conclusion_id)
        .where(
            Notification.subject == "task",
            Notification.rule.in_(("task.assign", "task.follow_clause")),
            Conclusion.notice_id == paper.id,
        )
    )
    rows = [*session.execute(of_notice), *session.execute(of_tasks)]
    found = [Told(name, at, rule, read_at, mail, code or "") for name, at, rule, read_at, mail, code in rows]
    return sorted(found, key=lambda told: (told.at, told.task_code, told.name))


def notices_to_replace(paper: Notice) -> list[Notice]:
    """Return the committee's issued notices that a draft may supersede, newest first."""
    query = (
        select(Notice)
        .where(Notice.committee_id == paper.committee_id, Notice.state == table.ISSUED, Notice.id != paper.id)
        .order_by(Notice.issued_on.desc(), Notice.id.desc())
        .limit(200)
    )
    return list(session.scalars(query))


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


def successor_of(paper: Notice) -> Notice | None:
    """Return the issued notice that supersedes this one, or None."""
    query = select(Notice).where(Notice.supersedes_id == paper.id, Notice.state.in_(table.OFFICIAL)).limit(1)
    return session.scalars(query).first()


def committees_of(standing: Standing) -> list[Committee]:
    """Return the committees of this person, by name."""
    return list(
        session.scalars(select(Committee).where(Committee.id.in_(standing.committees)).order_by(Committee.name))
    )
