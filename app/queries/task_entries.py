"""Tasks as a register writes them out: everything a line of it says, for many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Committee, Conclusion, CoordinatingPart, Directive, Notice, Person, Proposal, Task, Unit
from app.queries.task_lines import Source, chunks
from workflows.proposal import PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Row, Select

    from app.figures import Figure


class TaskEntry(NamedTuple):
    """One line: instants are UTC, days are local; `coordinating` are the short names of the units that help."""

    id: int
    code: str
    title: str
    detail: str
    source: str
    unit: str
    coordinating: Sequence[str]
    owner: str
    priority: str
    state: str
    original_due: date | None
    current_due: date | None
    due_changes: int
    recurrence: str | None
    reported_on: date | None
    assigned_at: datetime | None
    completed_at: datetime | None
    version: int
    committee: str
    last_moved_at: datetime
    measure: Figure | None
    target_value: Figure | None
    target_unit: str
    result: str
    late_from: date | None
    asked_evidence: str


def task_entries(ids: Sequence[int]) -> list[TaskEntry]:
    """Return the lines of these tasks, in their order. Two statements for each 500 of them."""
    found: dict[int, TaskEntry] = {}
    for part in chunks(ids):
        helping: dict[int, list[str]] = {}
        rows = session.execute(
            select(CoordinatingPart.task_id, Unit.short_name, Unit.name)
            .join(Unit, Unit.id == CoordinatingPart.unit_id)
            .where(CoordinatingPart.task_id.in_(part))
            .order_by(CoordinatingPart.id)
        )
        for task_id, short_name, name in rows:
            helping.setdefault(task_id, []).append(short_name or name)
        found |= {row.id: _entry(row, helping.get(row.id, ())) for row in session.execute(_query(part))}
    return [found[task_id] for task_id in ids if task_id in found]


def _query(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Task.id, Task.code, Task.title, Task.detail, Task.priority, Task.state, Task.original_due, Task.current_due,
            Task.due_changes, Task.recurrence, Task.reported_on, Task.assigned_at, Task.completed_at, Task.version,
            Task.last_moved_at, Task.measure, Task.target_value, Task.target_unit, Task.result, Task.late_from,
            Task.evidence_rule, Task.evidence_kind,
            Committee.short_name.label("committee"), Proposal.symbol.label("proposal"), Task.proposal_id,
            Unit.name.label("unit"), Person.full_name.label("owner"),
            Notice.symbol, Conclusion.address, Directive.symbol.label("directive"),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(Committee, Committee.id == Task.committee_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .outerjoin(Proposal, Proposal.id == Task.proposal_id)
        .outerjoin(Conclusion, Conclusion.id == Task.conclusion_id)
        .outerjoin(Notice, Notice.id == Conclusion.notice_id)
        .outerjoin(Directive, Directive.id == Task.directive_id)
        .where(Task.id.in_(ids))
    )  # fmt: skip


def _entry(row: Row[*tuple[Any, ...]], coordinating: Sequence[str]) -> TaskEntry:
    return TaskEntry(
        id=row.id,
        code=row.code,
        title=row.title,
        detail=row.detail or row.title,
        source=Source(row.symbol or row.directive or _asked(row), row.address or "").words,
        unit=row.unit,
        coordinating=coordinating,
        owner=row.owner or "",
        priority=row.priority,
        state=row.state,
        original_due=row.original_due,
        current_due=row.current_due,
        due_changes=row.due_changes,
        recurrence=row.recurrence,
        reported_on=row.reported_on,
        assigned_at=row.assigned_at,
        completed_at=row.completed_at,
        version=row.version,
        committee=row.committee,
        last_moved_at=row.last_moved_at,
        measure=row.measure,
        target_value=row.target_value,
        target_unit=row.target_unit,
        result=row.result,
        late_from=row.late_from,
        asked_evidence=row.evidence_kind or row.evidence_rule,
    )


def _asked(row: Row[*tuple[Any, ...]]) -> str:
    return (row.proposal or PROPOSAL.label.vi) if row.proposal_id else ""
