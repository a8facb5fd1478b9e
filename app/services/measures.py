"""Whose figure a measure is: the lead unit's own, or that of a coordinating unit with a target of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from app.db import session
from app.models import CoordinatingPart, Task
from app.queries.standing import standing_of

if TYPE_CHECKING:
    from app.services.moves import Move


def measure_in(move: Move) -> int | None:
    """Return the figure that was typed with a move, None where there is none."""
    value = move.given.get("measure")
    return int(value) if value is not None and value != "" else None


def total_of(task: Task) -> int:
    """Return what a task has reached in all: the lead unit's figure and those of units with a target of their own."""
    return (task.measure or 0) + sum(part.measure or 0 for part in task.coordinating if part.target_value is not None)


def keep_measure(move: Move, task: Task) -> int | None:
    """Keep the figure of a move without touching the task's version; return whose it is, None for the lead unit's.

    What the whole task has reached is never kept: it is the sum of these.
    """
    value = measure_in(move)
    if value is None:
        return None
    part = _own_part(move, task)
    if part is None:
        _write(Task, task.id, measure=value)
        return None
    _write(CoordinatingPart, part.id, measure=value, measured_on=move.today)
    move.notes.setdefault("data", {})["measured_unit"] = part.unit_id
    return part.unit_id


def _write(model: type[Task | CoordinatingPart], row_id: int, **values: object) -> None:
    query = update(model).where(model.id == row_id).values(**values)
    session.execute(query.execution_options(synchronize_session=False))


def _own_part(move: Move, task: Task) -> CoordinatingPart | None:
    """Return the part with a target that belongs to the author's unit, unless the author is of the lead unit."""
    if move.author is None or not any(part.target_value is not None for part in task.coordinating):
        return None
    standing = move.actor.standing if move.actor and not move.behalf else standing_of(move.author, move.today)
    if task.lead_unit_id in standing.units:
        return None
    own = (part for part in task.coordinating if part.unit_id in standing.units and part.target_value is not None)
    return next(own, None)
