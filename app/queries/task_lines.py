"""Tasks as the papers list them: code, title, unit, due dates and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Conclusion, Directive, Notice, Proposal, Task, Unit
from app.queries.account import TaskLine
from workflows.proposal import PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

CHUNK = 5000
"""How many ids one statement may name: far below what either engine allows (32,766 and 65,535)."""


@dataclass(frozen=True)
class Source:
    """Where a task comes from: the paper, and the place in it."""

    paper: str
    address: str

    @property
    def words(self) -> str:
        """Name both: «12/TB-BCĐ – II.3.b»."""
        return " – ".join(part for part in (self.paper, self.address) if part)


def chunks(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """Cut ids into lists short enough for one statement."""
    found = list(ids)
    for at in range(0, len(found), CHUNK):
        yield found[at : at + CHUNK]


def task_lines(ids: Iterable[int]) -> dict[int, TaskLine]:
    """Return these tasks as a list names them, by id; the due dates are today's."""
    return {task: one.line for task, one in _found(ids).items()}


def _found(ids: Iterable[int]) -> dict[int, Listed]:
    found: dict[int, Listed] = {}
    for part in chunks(ids):
        query = (
            select(
                Task.id, Task.code, Task.title, Task.lead_unit_id, Unit.name, Task.current_due, Task.original_due,
                Notice.symbol, Conclusion.address, Directive.symbol.label("directive"),
                Proposal.symbol.label("proposal"), Task.proposal_id, Task.state, Task.reported_on,
            )
            .join(Unit, Unit.id == Task.lead_unit_id)
            .outerjoin(Conclusion, Conclusion.id == Task.conclusion_id)
            .outerjoin(Notice, Notice.id == Conclusion.notice_id)
            .outerjoin(Directive, Directive.id == Task.directive_id)
            .outerjoin(Proposal, Proposal.id == Task.proposal_id)
            .where(Task.id.in_(part))
        )  # fmt: skip
        for row in session.execute(query):
            asked = (row.proposal or PROPOSAL.label.vi) if row.proposal_id else ""
            source = Source(row.symbol or row.directive or asked, row.address or "")
            line = TaskLine(
                id=row.id,
                code=row.code,
                title=row.title,
                unit_id=row.lead_unit_id,
                unit=row.name,
                due=row.current_due,
                original_due=row.original_due,
                source=source.words,
            )
            found[row.id] = Listed(line, row.state, row.reported_on)
    return found


@dataclass(frozen=True)
class Listed:
    """A task in the list behind a number, with how it stands now."""

    line: TaskLine
    state: str
    reported_on: date | None

    @property
    def current_due(self) -> date | None:
        """Its due date now."""
        return self.line.due


def tasks_in(ids: Sequence[int]) -> list[Listed]:
    """Return these tasks in this order, each with how it stands now."""
    found = _found(ids)
    return [found[task] for task in ids if task in found]
