"""A task's measure as its page tells it: the sum, each unit's share, and the way there over time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from app.clock import day_of
from app.figures import exact
from app.services.measures import total_of
from workflows.coordinating_part import COORDINATING_PART, WITHDRAWN
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.figures import Figure
    from app.models import Task
    from app.queries.task_page import HistoryLine
    from app.ui.task_pieces import Piece


class Share(NamedTuple):
    """What one unit has reached of its own target, the day of its last figure, and whether its day has passed."""

    unit: str
    value: Figure | None
    target: Figure | None
    on: date | None
    late: bool


class Given(NamedTuple):
    """Who gave a task the target it has, and on which day, where that came after the task itself."""

    who: str
    on: date


@dataclass(frozen=True)
class Measured:
    """The figure of a whole task: what was reached, of what, in which unit, by whom, and day by day."""

    value: Figure
    target: Figure
    unit: str
    shares: Sequence[Share]
    course: Sequence[tuple[date, Figure]]
    began: date
    given: Given | None = None


def measured(task: Task, parts: Sequence[Piece], lines: Sequence[HistoryLine]) -> Measured | None:
    """Return the figure of a task that has a target, or whose parts have; None for all others.

    :param lines: the events of the task and its parts, in any order.
    """
    own = [piece for piece in parts if piece.item.target_value is not None]
    asked = sum(piece.item.target_value for piece in own)
    target = task.target_value or asked
    if not target:
        return None
    taken = {piece.item.unit_id for piece in parts if piece.item.state == WITHDRAWN}
    # Of a unit of which nothing is asked any more no figure counts, also none that it gave before.
    value, lines = total_of(task), [line for line in lines if line.data.get("measured_unit") not in taken]
    course = _course(lines, {piece.item.unit_id for piece in own})
    began = day_of(task.assigned_at or task.made_at)
    shares = _shares(task, own, target - asked, _lead_day(lines, own)) if own else []
    return Measured(value, target, task.target_unit, shares, course, began, _given(lines))


def _given(lines: Iterable[HistoryLine]) -> Given | None:
    """Return who gave the target last; None where it came with the task."""
    told = [line for line in lines if line.subject == TASK.name and "old_target" in line.data]
    last = max(told, key=lambda line: line.id, default=None)
    return Given(last.behalf or last.actor or "", day_of(last.at)) if last else None


def _lead_day(lines: Iterable[HistoryLine], own: Sequence[Piece]) -> date | None:
    """Return the day of the last figure that none of the units with a target of their own gave."""
    units = {piece.item.unit_id for piece in own}
    told = (line.at for line in _told(lines) if line.data.get("measured_unit") not in units)
    last = max(told, default=None)
    return None if last is None else day_of(last)


def _shares(task: Task, own: Sequence[Piece], rest: Figure, lead_day: date | None) -> list[Share]:
    lead = Share(task.lead_unit.name, task.measure, rest if rest > 0 else None, lead_day, late=False)
    others = [
        Share(piece.who, one.measure, one.target_value, one.measured_on, late=_is_late(piece))
        for piece in own
        for one in (piece.item,)
    ]
    return [*([lead] if rest > 0 or task.measure else []), *others]


def _is_late(piece: Piece) -> bool:
    """Tell whether a unit's day has passed without its figure having reached its target."""
    short = (piece.item.measure or 0) < piece.item.target_value
    return short and piece.time is not None and piece.time.tone == "red"


def _course(lines: Iterable[HistoryLine], units: set[int]) -> list[tuple[date, Figure]]:
    """Return the sum at the end of each day on which a figure was given; a unit's last figure replaces its earlier."""
    latest: dict[int | None, Figure] = {}
    days: dict[date, Figure] = {}
    for line in sorted(_told(lines), key=lambda one: one.at):
        unit = line.data.get("measured_unit")
        latest[unit if unit in units else None] = _figure(line) or 0
        days[day_of(line.at)] = exact(sum(latest.values()))
    return [*days.items()]


def _told(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    return [line for line in lines if line.subject in {TASK.name, COORDINATING_PART.name} and _figure(line) is not None]


def _figure(line: HistoryLine) -> Figure | None:
    value = line.data.get("measure")
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return exact(value)
    except InvalidOperation:
        return None
