"""Everything that hangs on units and must go somewhere when they end, and what stays with their names.

Over 300 lines: each kind of thing that hangs on units has its statement here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from app.clock import today
from app.db import session
from app.models import (
    AgendaProposal,
    Attendance,
    Committee,
    Conclusion,
    CoordinatingPart,
    Delegation,
    Extension,
    Meeting,
    MonthlyReport,
    Notice,
    Office,
    Person,
    Portfolio,
    Proposal,
    SubTask,
    Task,
    Unit,
    UnitGroup,
    UnitGroupMember,
)
from app.queries.kinds import OFFICES
from app.queries.task_statuses import CLOSED_TASKS
from workflows import agenda_proposal, conclusion, notice, proposal, sub_task
from workflows.coordinating_part import OPEN as PART_OPEN
from workflows.deadlines import is_overdue
from workflows.extension import REQUESTED
from workflows.meeting import AHEAD
from workflows.monthly_report import FROZEN
from workflows.task import DRAFT, OPEN, TASK
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

TASKS, PARTS, PROPOSALS, AGENDA, OFFICE_HOLDERS, CHILDREN = "task", "part", "proposal", "agenda", "office", "child"
SUB_TASKS = "sub_task"
CHOSEN = (TASKS, PARTS, SUB_TASKS, PROPOSALS, AGENDA, OFFICE_HOLDERS, CHILDREN)
"""Kinds of which each one goes to the successor that the administrator chooses."""
CONTESTS, CLAUSES, STANDING, INVITATIONS = "contest", "clause", "standing", "invitation"
FIRST = (CONTESTS, CLAUSES, STANDING, INVITATIONS)
"""Kinds that go to the first successor."""
PORTFOLIOS, DELEGATIONS, GROUPS = "portfolio", "delegation", "group"
ALL_OF_THEM = (PORTFOLIOS, DELEGATIONS, GROUPS)
"""Kinds in which all successors take the unit's place."""
KINDS = (*CHOSEN, *FIRST, *ALL_OF_THEM)


@dataclass(frozen=True)
class Holding:
    """One thing that hangs on a unit. `row_id`: of the row to change; `note`: what tells it from others.

    `role`: of an office, which one it is; `committee_id`: of a task or a part, whose it is; `state` and `late`: of a
    task, where it stands and whether it is overdue today.
    """

    kind: str
    row_id: int
    unit_id: int
    title: str
    note: Words | str = ""
    role: str = ""
    committee_id: int | None = None
    state: str = ""
    late: bool = False

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.kind}-{self.row_id}-{self.unit_id}"


@dataclass(frozen=True)
class Staying:
    """What keeps the old unit's name: closed tasks, signed months, issued clauses, pending extensions that go along.

    Closed tasks are those of the list «Đã đóng» of the units; issued clauses those of official notices that name one of
    the units as the lead, not where it only coordinates or stands in a group.
    """

    closed_tasks: int
    signed_months: int
    issued_clauses: int
    extensions: int


def holdings(unit_ids: Collection[int], day: date) -> list[Holding]:
    """Return what hangs on units that end on a day, kind by kind in the order of KINDS."""
    ids = list(unit_ids)
    return [
        *_tasks(ids), *_parts(ids), *_sub_tasks(ids), *_proposals(ids), *_agenda(ids), *_offices(ids, day),
        *_children(ids), *_contests(ids), *_clauses(ids), *_standing(ids), *_invitations(ids),
        *_portfolios(ids, day), *_delegations(ids), *_groups(ids),
    ]  # fmt: skip


def work_and_offices(unit_ids: Collection[int], day: date) -> list[Holding]:
    """Return of it the tasks and who holds an office: what people ask of first, in two statements."""
    ids = list(unit_ids)
    return [*_tasks(ids), *_offices(ids, day)]


def open_work(unit_ids: Collection[int]) -> list[Holding]:
    """Return of it the tasks and the parts in tasks of others, in two statements."""
    ids = list(unit_ids)
    return [*_tasks(ids), *_parts(ids)]


def _held(kind: str, rows: Iterable[Any]) -> Iterator[Holding]:
    """Yield rows of an id, a unit, a title and perhaps a note."""
    return (Holding(kind, *row) for row in rows)


def _tasks(ids: list[int]) -> Iterator[Holding]:
    """Yield open tasks that the units lead, and drafts that they would lead."""
    query = (
        select(
            Task.id, Task.lead_unit_id, Task.title, Task.code, Task.state, Task.current_due, Person.full_name,
            Task.committee_id, Task.late_from, Task.reported_on,
        )
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(Task.lead_unit_id.in_(ids), Task.state.in_((*OPEN, DRAFT)))
        .order_by(Task.lead_unit_id, Task.current_due.asc().nulls_last(), Task.id)
    )  # fmt: skip
    day = today()
    for row in session.execute(query):
        due = _due_words(row.current_due) if row.current_due else ""
        yield Holding(
            TASKS, row.id, row.lead_unit_id, row.title,
            _beside(row.code, TASK.by_name[row.state].label, due, row.full_name or ""), committee_id=row.committee_id,
            state=row.state, late=is_overdue(row.state, row.late_from, row.reported_on, day),
        )  # fmt: skip


def _due_words(due: date) -> Words:
    return Words(f"hạn {due:%d/%m/%Y}", f"due {due.day} {due:%b %Y}")


def _beside(*parts: Words | str) -> Words:
    """Put notes beside each other, in both languages; what is empty is left out."""
    pairs = [part if isinstance(part, Words) else Words(part, part) for part in parts if part]
    return Words(" · ".join(pair.vi for pair in pairs), " · ".join(pair.en for pair in pairs))


def _parts(ids: list[int]) -> Iterator[Holding]:
    """Yield parts that are not noted yet: what was noted is the old unit's own."""
    query = (
        select(CoordinatingPart.id, CoordinatingPart.unit_id, Task.title, Task.code, Unit.name, Task.committee_id)
        .join(Task, Task.id == CoordinatingPart.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(CoordinatingPart.unit_id.in_(ids), CoordinatingPart.state.in_(PART_OPEN), Task.state.in_(OPEN))
        .order_by(CoordinatingPart.unit_id, Task.id)
    )
    for row, unit, title, code, lead, committee in session.execute(query):
        note = _beside(code, Words(f"chủ trì: {lead}", f"lead: {lead}"))
        yield Holding(PARTS, row, unit, title, note, committee_id=committee)


def _sub_tasks(ids: list[int]) -> Iterator[Holding]:
    query = (
        select(SubTask.id, SubTask.sub_unit_id, SubTask.work, Task.code)
        .join(Task, Task.id == SubTask.task_id)
        .where(SubTask.sub_unit_id.in_(ids), SubTask.state.in_(sub_task.OPEN))
        .order_by(SubTask.id)
    )
    return _held(SUB_TASKS, session.execute(query))


def _proposals(ids: list[int]) -> Iterator[Holding]:
    query = (
        select(Proposal.id, Proposal.unit_id, Proposal.title, Proposal.symbol)
        .where(Proposal.unit_id.in_(ids), Proposal.state.in_(proposal.OPEN))
        .order_by(Proposal.id)
    )
    return (Holding(PROPOSALS, *row) for row in session.execute(query))


def _agenda(ids: list[int]) -> Iterator[Holding]:
    query = (
        select(AgendaProposal.id, AgendaProposal.unit_id, AgendaProposal.title, Meeting.title)
        .join(Meeting, Meeting.id == AgendaProposal.meeting_id)
        .where(AgendaProposal.unit_id.in_(ids), AgendaProposal.state.in_(agenda_proposal.OPEN))
        .order_by(AgendaProposal.id)
    )
    return _held(AGENDA, session.execute(query))


def _offices(ids: list[int], day: date) -> Iterator[Holding]:
    query = (
        select(Office.id, Office.unit_id, Person.full_name, Office.title, Office.kind)
        .join(Person, Person.id == Office.person_id)
        .where(Office.unit_id.in_(ids), or_(Office.to_on.is_(None), Office.to_on >= day), Person.active)
        .order_by(Office.unit_id, Person.sort_key, Office.id)
    )
    for row, unit, name, title, kind in session.execute(query):
        yield Holding(OFFICE_HOLDERS, row, unit, name, _titled(title, OFFICES[kind]), kind)


def _titled(title: str, office: Words) -> Words:
    if not title or title == office.vi:
        return office
    return Words(f"{title} ({office.vi})", f"{title} ({office.en})")


def _children(ids: list[int]) -> Iterator[Holding]:
    query = (
        select(Unit.id, Unit.parent_id, Unit.name)
        .where(Unit.parent_id.in_(ids), Unit.abolished_on.is_(None), Unit.id.not_in(ids))
        .order_by(Unit.position, Unit.id)
    )
    return _held(CHILDREN, session.execute(query))


def _contests(ids: list[int]) -> Iterator[Holding]:
    query = select(Task.id, Task.proposed_unit_id, Task.title, Task.code).where(
        Task.proposed_unit_id.in_(ids), Task.state.in_(OPEN)
    )
    return _held(CONTESTS, session.execute(query.order_by(Task.id)))


def _clauses(ids: list[int]) -> Iterator[Holding]:
    """Yield clauses of notices being written that name the units; of the text, which is a draft, only its notice."""
    query = (
        select(Conclusion.id, Conclusion.lead_unit_id, Conclusion.coordinating_ids, Conclusion.address, Notice.subject)
        .join(Notice, Notice.id == Conclusion.notice_id)
        .where(Notice.state == notice.DRAFTING, Conclusion.state == conclusion.DRAFTED)
        .where(Notice.authority_id.in_(select(Unit.authority_id).where(Unit.id.in_(ids))))
        .order_by(Conclusion.id)
    )
    for row, lead, coordinating, address, subject in session.execute(query):
        for unit in dict.fromkeys([lead, *(coordinating or ())]):
            if unit in ids:
                yield Holding(CLAUSES, row, unit, subject, address)


def _standing(ids: list[int]) -> Iterator[Holding]:
    query = select(Committee.id, Committee.standing_unit_id, Committee.name).where(Committee.standing_unit_id.in_(ids))
    return _held(STANDING, session.execute(query.order_by(Committee.id)))


def _invitations(ids: list[int]) -> Iterator[Holding]:
    query = (
        select(Attendance.id, Attendance.unit_id, Attendance.name, Meeting.title)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.unit_id.in_(ids), Meeting.state.in_(AHEAD))
        .order_by(Attendance.id)
    )
    return _held(INVITATIONS, session.execute(query))


def _portfolios(ids: list[int], day: date) -> Iterator[Holding]:
    query = (
        select(Portfolio.id, Portfolio.unit_id, Person.full_name, Committee.short_name)
        .join(Person, Person.id == Portfolio.person_id)
        .join(Committee, Committee.id == Portfolio.committee_id)
        .where(Portfolio.unit_id.in_(ids), or_(Portfolio.to_on.is_(None), Portfolio.to_on >= day))
        .order_by(Portfolio.id)
    )
    return (Holding(PORTFOLIOS, *row) for row in session.execute(query))


def _delegations(ids: list[int]) -> Iterator[Holding]:
    """Yield delegations in force or to come that name the units; one for all units need not change."""
    query = (
        select(Delegation.id, Delegation.unit_ids, Person.full_name, Delegation.basis)
        .join(Person, Person.id == Delegation.to_person_id)
        .where(Delegation.revoked_on.is_(None))
        .where(Delegation.authority_id.in_(select(Unit.authority_id).where(Unit.id.in_(ids))))
        .order_by(Delegation.id)
    )
    for row, units, name, basis in session.execute(query):
        yield from (Holding(DELEGATIONS, row, unit, name, basis) for unit in units if unit in ids)


def _groups(ids: list[int]) -> Iterator[Holding]:
    query = (
        select(UnitGroup.id, UnitGroupMember.unit_id, UnitGroup.name)
        .join(UnitGroupMember, UnitGroupMember.group_id == UnitGroup.id)
        .where(UnitGroupMember.unit_id.in_(ids))
        .order_by(UnitGroup.id)
    )
    return (Holding(GROUPS, *row) for row in session.execute(query))


def heads_of(unit_id: int, day: date) -> int:
    """Return how many heads a unit has from a day on."""
    query = select(func.count()).where(
        Office.unit_id == unit_id, Office.kind == "head", or_(Office.to_on.is_(None), Office.to_on >= day)
    )
    return session.scalar(query) or 0


def staying(unit_ids: Collection[int]) -> Staying:
    """Return how much stays with the old names, and how many pending extension requests go with their tasks."""
    ids = list(unit_ids)
    authority = select(Unit.authority_id).where(Unit.id.in_(ids))
    leads = (Task.lead_unit_id.in_(ids),)
    requests = select(func.count()).select_from(Extension).join(Task, Task.id == Extension.task_id)
    clauses = select(func.count()).select_from(Conclusion).join(Notice, Notice.id == Conclusion.notice_id)
    months = select(func.count()).select_from(MonthlyReport)
    return Staying(
        closed_tasks=session.scalar(select(func.count()).select_from(Task).where(*leads, Task.state.in_(CLOSED_TASKS)))
        or 0,
        signed_months=session.scalar(
            months.where(MonthlyReport.authority_id.in_(authority), MonthlyReport.state.in_(FROZEN))
        )
        or 0,
        issued_clauses=session.scalar(
            clauses.where(Conclusion.lead_unit_id.in_(ids), Notice.state.in_(notice.OFFICIAL))
        )
        or 0,
        extensions=session.scalar(requests.where(*leads, Extension.state == REQUESTED)) or 0,
    )


def closed_by_unit(unit_ids: Collection[int]) -> dict[int, int]:
    """Return how many closed tasks each of these units led."""
    query = select(Task.lead_unit_id, func.count()).where(
        Task.lead_unit_id.in_(list(unit_ids)), Task.state.in_(CLOSED_TASKS)
    )
    return dict(session.execute(query.group_by(Task.lead_unit_id)).all())


def notices_under_signature(unit_ids: Collection[int]) -> list[str]:
    """Return the notices submitted or signed, not yet issued, whose clauses name the units: they cannot be changed."""
    ids = set(unit_ids)
    query = (
        select(Notice.id, Notice.subject, Conclusion.lead_unit_id, Conclusion.coordinating_ids)
        .join(Conclusion, Conclusion.notice_id == Notice.id)
        .where(Notice.state.in_((notice.SUBMITTED, notice.SIGNED)), Conclusion.state == conclusion.DRAFTED)
        .where(Notice.authority_id.in_(select(Unit.authority_id).where(Unit.id.in_(list(ids)))))
        .order_by(Notice.id)
    )
    found = {key: subject for key, subject, lead, helpers in session.execute(query) if {lead, *(helpers or ())} & ids}
    return [*found.values()]
