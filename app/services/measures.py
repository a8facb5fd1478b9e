"""Whose figure a measure is: the lead unit's own, or that of a coordinating unit with a target of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from app.db import session
from app.errors import DomainError, Sentence
from app.figures import Figure, exact, in_english, in_vietnamese
from app.models import CoordinatingPart, Task
from app.queries.standing import standing_of
from workflows.task_rules import MEASURE_SURE, TARGET, TARGET_SURE, TARGET_UNIT

if TYPE_CHECKING:
    from app.services.moves import Move


def measure_in(move: Move) -> Figure | None:
    """Return the figure that was typed with a move, None where there is none."""
    value = move.given.get("measure")
    return exact(value) if value is not None and value != "" else None


def total_of(task: Task) -> Figure:
    """Return what a task has reached in all: the lead unit's figure and those of units with a target of their own."""
    parts = sum(part.measure or 0 for part in task.coordinating if part.target_value is not None)
    return exact((task.measure or 0) + parts)


def keep_measure(move: Move, task: Task) -> int | None:
    """Keep the figure of a move without touching the task's version; return whose it is, None for the lead unit's.

    What the whole task has reached is never kept: it is the sum of these.
    """
    value = measure_in(move)
    if value is None:
        return None
    part = _own_part(move, task)
    check_measure(move, part or task)
    if part is None:
        _write(Task, task.id, measure=value)
        return None
    _write(CoordinatingPart, part.id, measure=value, measured_on=move.today)
    move.notes.setdefault("data", {})["measured_unit"] = part.unit_id
    return part.unit_id


def check_measure(move: Move, of: Task | CoordinatingPart) -> None:
    """Ask once about a figure above its target, or below the last one; note beside it what it is counted against.

    :raises DomainError: the person has not said that the figure is right.
    """
    value = measure_in(move)
    if value is None:
        return
    task = of if isinstance(of, Task) else of.task
    target = _target_of(of)
    move.notes.setdefault("data", {}).update(measured_target=kept_in_log(target), measured_in=task.target_unit)
    if move.actor is None or move.given.get(MEASURE_SURE.name):
        return
    unit = f" {task.target_unit}" if task.target_unit else ""
    if target is not None and value > target:
        said = f"{in_vietnamese(value)}{unit} hơn chỉ tiêu ({in_vietnamese(target)}{unit})"
        told = f"{in_english(value)}{unit} is above the target ({in_english(target)}{unit})"
    elif of.measure is not None and value < of.measure:
        said = f"{in_vietnamese(value)}{unit} thấp hơn lần trước ({in_vietnamese(of.measure)}{unit})"
        told = f"{in_english(value)}{unit} is below the last figure ({in_english(of.measure)}{unit})"
    else:
        return
    raise DomainError(
        f"{said}: đúng không? Nếu đúng, hãy đánh dấu «{MEASURE_SURE.label.vi}» rồi gửi lại; nếu nhầm, hãy sửa số liệu.",
        f"{told}: is that right? If so, tick “{MEASURE_SURE.label.en}” and send again; else correct the figure.",
        field=MEASURE_SURE.name,
    )


def check_target(move: Move, task: Task) -> None:
    """Ask once about a new target that `doubt_target` doubts.

    :raises DomainError: the person has not said that the target is right.
    """
    if move.actor is None or move.given.get(TARGET_SURE.name):
        return
    wanted = move.given.get(TARGET.name)
    target = None if wanted in {None, ""} else exact(wanted)
    doubt = doubt_target(task, target, str(move.given.get(TARGET_UNIT.name) or ""))
    if doubt is None:
        return
    sure = TARGET_SURE.label
    raise DomainError(
        f"{doubt.vi}: đúng không? Nếu đúng, hãy đánh dấu «{sure.vi}» rồi gửi lại; nếu nhầm, hãy sửa chỉ tiêu.",
        f"{doubt.en}: is that right? If so, tick “{sure.en}” and send again; else correct the target.",
        field=TARGET_SURE.name,
    )


def doubt_target(task: Task, target: Figure | None, unit: str) -> Sentence | None:
    """Say that a new target (None for none) is below what was reported, or below what the other units were given."""
    unit = unit if target is not None else task.target_unit
    reached, shared = total_of(task), exact(sum(part.target_value or 0 for part in task.coordinating))
    if target is None and reached:
        return Sentence(
            f"Đơn vị đã báo cáo đạt {_many(reached, unit)}; bỏ chỉ tiêu thì số liệu này không còn hiện ở nhiệm vụ",
            f"{_much(reached, unit)} was reported; without a target the task no longer shows it",
        )
    if target is not None and reached > target:
        return Sentence(
            f"Đơn vị đã báo cáo đạt {_many(reached, unit)}, hơn chỉ tiêu mới ({_many(target, unit)})",
            f"{_much(reached, unit)} was reported, above the new target ({_much(target, unit)})",
        )
    if target is not None and shared > target:
        return Sentence(
            f"Các đơn vị phối hợp đã được giao {_many(shared, unit)}, hơn chỉ tiêu của cả nhiệm vụ"
            f" ({_many(target, unit)})",
            f"Coordinating units were given {_much(shared, unit)}, more than the whole ({_much(target, unit)})",
        )
    return None


def _many(value: Figure, unit: str) -> str:
    return f"{in_vietnamese(value)} {unit}".strip()


def _much(value: Figure, unit: str) -> str:
    return f"{in_english(value)} {unit}".strip()


def _target_of(of: Task | CoordinatingPart) -> Figure | None:
    """Return a unit's own target: of the lead unit, what the other units' targets leave; None where there is none."""
    if isinstance(of, CoordinatingPart) or of.target_value is None:
        return of.target_value
    rest = of.target_value - sum(part.target_value or 0 for part in of.coordinating)
    return exact(rest) if rest > 0 else None


def kept_in_log(value: Figure | None) -> int | str | None:
    """Return a figure as the log keeps it: whole ones as numbers, others as exact text (37.5)."""
    return value if value is None or isinstance(value, int) else str(value)


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
