"""Numbers of tasks by status from the counts that the database keeps: a few rows, however many tasks there are."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, bindparam, case, func, literal, or_, select, union_all

from app.db import fetch, table_of
from app.models import Extension, Task, TaskCount
from app.models.data_stamp import ORGANISATION, TASKS
from app.models.task_count import DAY, DONE, FIRST_DAY, FIRST_MONTH, IN_TIME, LATE, MONTH, MOVED_DAY, MOVED_MONTH, NEVER
from app.queries.stamps import kept_while
from app.queries.task_statuses import RUNNING, days_of
from workflows.extension import REQUESTED
from workflows.task import ASSIGNED, AWAITS_RULING, CONTESTED, IN_PROGRESS, OPEN, PAUSED, REPORTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, CompoundSelect, Select

    from app.queries.standing import Standing

UNDATED, PAST, TODAY, SOON, LATER = "undated", "past", "today", "soon", "later"
"""Where a due date lies as seen from today."""
ASKED, HELPED = "asked", "helped"
"""Parts that are read, not kept: tasks that wait for the ruling on an extension, and those seen for a part in them."""


class Cell(NamedTuple):
    """How many tasks of a unit stand in one state, with the due date in one stretch of time."""

    part: str
    unit_id: int
    state: str
    late: int
    when: str
    number: int


_CELL = table_of(TaskCount).c
_ALL = (_CELL.authority_id == bindparam("authority"),)
_COMMITTEES: Any = bindparam("committees", expanding=True)
_UNITS: Any = bindparam("units", expanding=True)


def _day(name: str) -> Any:  # noqa: ANN401 -- a parameter
    return bindparam(name, type_=Date())


def _arm(part: str, when: ColumnElement[str], *conditions: ColumnElement[bool], unit: Any = None) -> Select[Any]:  # noqa: ANN401 -- a column
    whose = _CELL.lead_unit_id if unit is None else unit
    columns = (whose.label("unit_id"), _CELL.state, _CELL.late, when.label("at"))
    return (
        select(literal(part).label("part"), *columns, func.sum(_CELL.number).label("number"))
        .where(*_ALL, *conditions)
        .group_by(*columns)
    )


def _far(part: str) -> tuple[ColumnElement[str], ColumnElement[bool]]:
    """Return where a month lies, those left aside whose days must be looked at; and the condition of the part."""
    past = case((_CELL.day == _day("never"), UNDATED), (_CELL.day < _day("month"), PAST), else_=LATER)
    return past, _CELL.part == part


def _near(part: str, *, until: str) -> tuple[ColumnElement[str], Any, Any, Any]:
    when = case((_CELL.day <= _day("late_to"), PAST), (_CELL.day <= _day("today"), TODAY), else_=SOON)
    return when, _CELL.part == part, _CELL.day >= _day("month"), _CELL.day <= _day(until)


def _open_arms(*mine: ColumnElement[bool], unit: Any = None) -> tuple[Select[Any], ...]:  # noqa: ANN401 -- a column
    far, near = _far(MONTH), _near(DAY, until="soon_to")
    return _arm(MONTH, *far, *mine, unit=unit), _arm(DAY, *near, *mine, unit=unit)


def _of_committee() -> CompoundSelect[Any]:
    mine = _CELL.committee_id == bindparam("committee")
    past = literal(PAST)
    dated = (
        arm
        for month, day in ((MOVED_MONTH, MOVED_DAY), (FIRST_MONTH, FIRST_DAY))
        for arm in (
            _arm(month, past, _CELL.part == month, _CELL.day < _day("month"), mine),
            _arm(day, past, _CELL.part == day, _CELL.day >= _day("month"), _CELL.day <= _day("late_to"), mine),
        )
    )
    done = _arm(DONE, literal(""), _CELL.part == DONE, _CELL.day >= _day("since"), mine)
    return union_all(*_open_arms(mine), *dated, done, _asked())


def _asked() -> Select[Any]:
    """Select open tasks that wait for the ruling on an extension, though not by their own state."""
    task, extension = table_of(Task).c, table_of(Extension).c
    return (
        select(literal(ASKED), task.lead_unit_id, literal(""), literal(0), literal(""), func.count())
        .select_from(table_of(Extension).join(table_of(Task), task.id == extension.task_id))
        .where(
            extension.authority_id == bindparam("authority"),
            extension.state == REQUESTED,
            task.committee_id == bindparam("committee"),
            task.state.in_(sorted(OPEN - AWAITS_RULING)),
        )
        .group_by(task.lead_unit_id)
    )


@lru_cache(maxsize=256)
def _of_sight(only: str, helped: Select[int] | None) -> CompoundSelect[Any]:
    seen = or_(_CELL.committee_id.in_(_COMMITTEES), _CELL.lead_unit_id.in_(_UNITS))
    narrowed = (_CELL[_ONLY[only]] == bindparam(f"by_{only}"),) if only else ()
    arms = _open_arms(seen, *narrowed, unit=literal(0))
    if helped is None:
        return union_all(*arms)
    number = helped.scalar_subquery()
    return union_all(*arms, select(literal(HELPED), literal(0), literal(""), literal(0), literal(""), number))


_OF_COMMITTEES = union_all(*_open_arms(_CELL.committee_id.in_(_COMMITTEES)))
_ONLY = {"committee": "committee_id", "unit": "lead_unit_id"}
_COMMITTEE = _of_committee()


def _values(standing: Standing, today: date) -> dict[str, Any]:
    days = days_of(standing, today)
    return {
        "authority": standing.authority_id,
        "never": NEVER,
        "month": days.late_to.replace(day=1),
        "late_to": days.late_to,
        "today": today,
        "soon_to": days.soon_to,
    }


def _read(statement: CompoundSelect[Any], values: Mapping[str, Any]) -> list[Cell]:
    """Return the cells; of the months from this one on, what the days do not say is later."""
    cells = [Cell(*row) for row in fetch(statement, values)]
    near: dict[tuple[int, str, int], int] = defaultdict(int)
    for cell in cells:
        if cell.part == DAY:
            near[cell.unit_id, cell.state, cell.late] += cell.number
    return [
        cell._replace(number=cell.number - near[cell.unit_id, cell.state, cell.late])
        if cell.part == MONTH and cell.when == LATER
        else cell
        for cell in cells
    ]


def cells_by_unit(standing: Standing, today: date, committee_id: int, since: date) -> dict[int, list[Cell]]:
    """Return a committee's cells by unit, those of completed tasks since a Vietnamese day; in at most one statement."""
    values = _values(standing, today) | {"committee": committee_id, "since": since}
    found: dict[int, list[Cell]] = defaultdict(list)
    key = "cells", *values.values()
    for cell in kept_while(TASKS, key, lambda: _read(_COMMITTEE, values)):
        found[cell.unit_id].append(cell)
    return found


def open_cells_by_unit(standing: Standing, today: date, committees: Iterable[int]) -> dict[int, list[Cell]]:
    """Return the cells of what is open in some committees, by unit, in one statement."""
    found: dict[int, list[Cell]] = defaultdict(list)
    for cell in _read(_OF_COMMITTEES, _values(standing, today) | {"committees": list(committees)}):
        found[cell.unit_id].append(cell)
    return found


def cells_in_sight(
    standing: Standing, today: date, only: str, values: Mapping[str, Any], helped: Select[int] | None
) -> list[Cell]:
    """Return the cells of the person's committees and units, in at most one statement.

    :param only: "committee" or "unit" to narrow them to the one in `values`; empty for all.
    :param helped: counts what is seen for another reason, of the status that is asked, with `values`.
    """
    asked = {**values, **_values(standing, today)}
    whose = standing.authority_id, standing.committees, standing.seen_units
    key = "sight", only, asked.get(f"by_{only}"), helped, whose, today
    # How the days lie is a matter of the calendar, which belongs to the organisation.
    return kept_while(TASKS, key, lambda: _read(_of_sight(only, helped), asked), ORGANISATION)


def number_of(status: str, cells: Iterable[Cell]) -> int:
    """Return how many tasks of these cells a status of `KEPT` holds: the same as its condition in a list."""
    holds = KEPT[status]
    return sum(cell.number for cell in cells if cell.part == HELPED or (cell.part in _OPEN_PARTS and holds(cell)))


def first_overdue_change(cells: Sequence[Cell]) -> int:
    """Return how many more would be overdue by the original due dates, of those that run and whose date was moved."""
    first = sum(cell.number for cell in cells if cell.part in {FIRST_MONTH, FIRST_DAY})
    return first - sum(cell.number for cell in cells if cell.part in {MOVED_MONTH, MOVED_DAY})


def asked_of(cells: Iterable[Cell]) -> int:
    """Return how many open tasks wait for the ruling on an extension alone."""
    return sum(cell.number for cell in cells if cell.part == ASKED)


def done_by(cells: Iterable[Cell]) -> dict[int, int]:
    """Return how many were completed in time, late, and without a due date."""
    found: dict[int, int] = defaultdict(int)
    for cell in cells:
        if cell.part == DONE:
            found[cell.late] += cell.number
    return found


def _in_time(cell: Cell) -> bool:
    sent = cell.state == REPORTED and cell.late == IN_TIME and cell.when != UNDATED
    return sent or (cell.state in RUNNING and cell.when == LATER)


_OPEN_PARTS = frozenset({MONTH, DAY})
KEPT: Mapping[str, Callable[[Cell], bool]] = {
    "open": lambda _: True,
    "overdue": lambda cell: (
        cell.when == PAST and cell.state != PAUSED and (cell.state != REPORTED or cell.late == LATE)
    ),
    "due-today": lambda cell: cell.when == TODAY and cell.state in RUNNING,
    "due-soon": lambda cell: cell.when == SOON and cell.state in RUNNING,
    "near": lambda cell: cell.when in {TODAY, SOON} and cell.state in RUNNING,
    "in-time": _in_time,
    "no-due": lambda cell: cell.when == UNDATED and cell.state != PAUSED,
    "no-clock": lambda cell: cell.when == UNDATED or cell.state == PAUSED,
    "running": lambda cell: cell.state in RUNNING,
    "awaiting-acceptance": lambda cell: cell.state == ASSIGNED,
    "in-progress": lambda cell: cell.state == IN_PROGRESS,
    "reported": lambda cell: cell.state == REPORTED,
    "contested": lambda cell: cell.state == CONTESTED,
    "paused": lambda cell: cell.state == PAUSED,
    "ruled": lambda cell: cell.state in AWAITS_RULING,
}
"""Statuses that the kept counts can tell; `ruled` are those whose state alone waits for a ruling."""
