"""What printed papers say of tasks: the open ones of units for their slips, and the whole of one for its dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db import session
from app.models import Committee, Conclusion, CoordinatingPart, Directive, Notice, Person, Proposal, Task, Unit
from app.queries.task_lines import Source
from app.queries.task_list import TaskFilter, where
from app.queries.visibility import visible_tasks
from workflows.coordinating_part import AWAITS_UNIT
from workflows.proposal import PROPOSAL
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.queries.standing import Standing

MOST = 1500
"""So many tasks are printed at once; more are for a filter, not for paper."""


class SlipTask(NamedTuple):
    """One open task as its unit's slip lists it."""

    id: int
    unit_id: int
    unit: str
    code: str
    title: str
    state: str
    priority: str
    current_due: date | None
    original_due: date | None
    late_from: date | None
    reported_on: date | None
    no_due_reason: str
    recurrence: str | None
    due_changes: int
    committee_id: int
    committee: str
    owner: str | None
    symbol: str | None
    address: str | None
    directive: str | None
    proposal_id: int | None
    proposal: str | None

    @property
    def source(self) -> str:
        """Name the paper and the clause it rests on: «12/TB-BCĐ – II.3.b»."""
        asked = (self.proposal or PROPOSAL.label.vi) if self.proposal_id else ""
        return Source(self.symbol or self.directive or asked, self.address or "").words


def slip_tasks(wanted: TaskFilter, standing: Standing, today: date) -> Sequence[SlipTask]:
    """Return the tasks of a filter that a person may see, unit by unit in the authority's order, by due date."""
    query = (
        select(
            Task.id, Task.lead_unit_id, Unit.name, Task.code, Task.title, Task.state, Task.priority, Task.current_due,
            Task.original_due, Task.late_from, Task.reported_on, Task.no_due_reason, Task.recurrence, Task.due_changes,
            Task.committee_id, Committee.short_name, Person.full_name, Notice.symbol, Conclusion.address,
            Directive.symbol, Task.proposal_id, Proposal.symbol,
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(Committee, Committee.id == Task.committee_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .outerjoin(Conclusion, Conclusion.id == Task.conclusion_id)
        .outerjoin(Notice, Notice.id == Conclusion.notice_id)
        .outerjoin(Directive, Directive.id == Task.directive_id)
        .outerjoin(Proposal, Proposal.id == Task.proposal_id)
        .where(where(wanted, standing, today))
        .order_by(Unit.position, Unit.id, Task.current_due.asc().nulls_last(), Task.id)
        .limit(MOST + 1)
    )  # fmt: skip
    return [SlipTask._make(row) for row in session.execute(query)]


class SlipPart(NamedTuple):
    """What one unit was asked for a task that another leads: open, and not sent yet."""

    unit_id: int
    unit: str
    task_id: int
    code: str
    title: str
    lead: str
    work: str
    due: date | None
    state: str
    committee_id: int
    committee: str


def slip_parts(wanted: TaskFilter, standing: Standing) -> Sequence[SlipPart]:
    """Return the open parts of coordinating units in the tasks a person may see, unit by unit, by due date."""
    helper, lead = aliased(Unit), aliased(Unit)
    query = (
        select(
            helper.id, helper.name, Task.id, Task.code, Task.title, lead.name, CoordinatingPart.work,
            CoordinatingPart.due, CoordinatingPart.state, Task.committee_id, Committee.short_name,
        )
        .select_from(CoordinatingPart)
        .join(Task, Task.id == CoordinatingPart.task_id)
        .join(helper, helper.id == CoordinatingPart.unit_id)
        .join(lead, lead.id == Task.lead_unit_id)
        .join(Committee, Committee.id == Task.committee_id)
        .where(visible_tasks(standing), Task.state.in_(OPEN), CoordinatingPart.state.in_(AWAITS_UNIT))
        .order_by(helper.position, helper.id, CoordinatingPart.due.asc().nulls_last(), CoordinatingPart.id)
        .limit(MOST)
    )  # fmt: skip
    if wanted.unit:
        query = query.where(CoordinatingPart.unit_id == wanted.unit)
    if wanted.committee:
        query = query.where(Task.committee_id == wanted.committee)
    return [SlipPart._make(row) for row in session.execute(query)]


class Grounds(NamedTuple):
    """The paper a task rests on, as it was issued: its clause in full, when, by whom."""

    text: str
    address: str
    symbol: str
    issued_on: date | None
    subject: str
    issuer: str


def grounds_of(task: Task) -> Grounds | None:
    """Return the clause or the document that gives a task, None where it rests on neither."""
    if task.conclusion_id is not None:
        clause = session.get_one(Conclusion, task.conclusion_id)
        notice = session.get_one(Notice, clause.notice_id)
        issuer = session.get_one(Committee, notice.committee_id).name
        return Grounds(clause.text, clause.address, notice.symbol or "", notice.issued_on, notice.subject, issuer)
    if task.directive_id is not None:
        paper = session.get_one(Directive, task.directive_id)
        return Grounds("", "", paper.symbol, paper.issued_on, paper.subject, paper.issuer)
    return None
