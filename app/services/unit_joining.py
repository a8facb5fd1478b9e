"""Parts in tasks that end because units become one: the lead and its helper, or two helpers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import CoordinatingPart, Task
from app.queries.unit_holdings import PARTS, TASKS
from app.services.moves import make_move
from workflows.coordinating_part import ASKED_ANEW, AWAITS_UNIT, ENDS_JOINED, OPEN
from workflows.task import OPEN as TASK_OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select

    from app.services.unit_plans import Line, Wanted

WITH_LEAD, WITH_HELPER = "lead", "helper"
"""With whom a part's unit becomes one: with who leads the task, or with another unit that helps."""


def joined_parts(lines: Sequence[Line], wanted: Wanted) -> Mapping[str, str]:
    """Return which parts would end, by the key of the holding, and with whom their units become one.

    The same order as in the act: tasks go first, then part by part.
    """
    going = [line for line in lines if line.holding.kind == PARTS and line.to >= 0]
    tasks = _pairs(_tasks_of([line.holding.row_id for line in going]))
    leads = _pairs(select(Task.id, Task.lead_unit_id).where(Task.id.in_(tasks.values())))
    # A successor that is founded has no id yet.
    names = [target.unit.id if target.unit else -1 - n for n, target in enumerate(wanted.targets)]
    leads |= {
        line.holding.row_id: names[line.to]
        for line in lines
        if line.holding.kind == TASKS and line.to >= 0 and line.holding.row_id in leads
    }
    helping: dict[int, set[int]] = defaultdict(set)
    for task, unit in session.execute(_helpers_of(list(leads))):
        helping[task].add(unit)
    found = {}
    for line in going:
        task, to = tasks[line.holding.row_id], names[line.to]
        if to == line.holding.unit_id:
            continue
        if to == leads[task] or to in helping[task]:
            found[line.holding.key] = WITH_LEAD if to == leads[task] else WITH_HELPER
        helping[task].add(to)
    return found


def heirs_parts(lines: Sequence[Line], wanted: Wanted) -> Sequence[str]:
    """Return the codes of the tasks in which a successor helps that will lead them."""
    leading = {
        line.holding.row_id: target.id
        for line in lines
        if line.holding.kind == TASKS and line.to >= 0 and (target := wanted.targets[line.to].unit) is not None
    }
    query = (
        select(Task.id, Task.code, CoordinatingPart.unit_id)
        .join(CoordinatingPart, CoordinatingPart.task_id == Task.id)
        .where(Task.id.in_(leading), Task.state.in_(TASK_OPEN), CoordinatingPart.state.in_(OPEN))
        .order_by(Task.id)
    )
    return [code for task, code, unit in session.execute(query) if leading[task] == unit]


def join_part(part: CoordinatingPart, twin: CoordinatingPart | None, reason: str) -> None:
    """Close a part whose unit became one with the lead, or with the unit of `twin`, which is asked its work, too."""
    if twin is not None and twin.state in AWAITS_UNIT and part.state in AWAITS_UNIT and (part.work or part.due):
        since = [each.asked_at for each in (twin, part) if each.asked_at and each.was_asked]
        twin.asked_at = min(since, default=None)
        twin.work = "\n".join(work for work in (twin.work, part.work) if work)
        twin.due = min((day for day in (twin.due, part.due) if day), default=None)
        twin.target_value = sum((n for n in (twin.target_value, part.target_value) if n), start=0) or None
    elif twin is not None and twin.state in ASKED_ANEW and part.state in AWAITS_UNIT and part.work:
        began = part.asked_at
        asked = {"work": part.work, "due": part.due, "target": part.target_value}
        make_move(twin, "ask", {name: value for name, value in asked.items() if value is not None})
        twin.asked_at = began
    make_move(part, ENDS_JOINED, {"reason": reason})


def join_heir(task: Task, unit_id: int, reason: str) -> None:
    """Close the open part of a unit that is about to lead the task."""
    own = select(CoordinatingPart).where(CoordinatingPart.task_id == task.id, CoordinatingPart.unit_id == unit_id)
    part = session.scalars(own.where(CoordinatingPart.state.in_(OPEN))).first()
    if part is not None:
        join_part(part, None, reason)


def _pairs(query: Select[int, int]) -> dict[int, int]:
    return {first: second for first, second in session.execute(query)}  # noqa: C416 -- rows are no pairs to the type checker


def _tasks_of(parts: list[int]) -> Select[int, int]:
    return select(CoordinatingPart.id, CoordinatingPart.task_id).where(CoordinatingPart.id.in_(parts))


def _helpers_of(tasks: list[int]) -> Select[int, int]:
    return select(CoordinatingPart.task_id, CoordinatingPart.unit_id).where(CoordinatingPart.task_id.in_(tasks))
