"""The tasks on the secretary's desk: who is late and was told when, what waits for her word. Two statements."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, Integer, Text, and_, cast, func, literal, literal_column, null, select, union_all

from app.db import UTCDateTime, session
from app.models import Delivery, Extension, Message, Notification, Task, Unit
from app.models.ledger import SENT
from app.models.task import IS_UNCHECKED
from app.queries.kept_counts import KEPT, number_of, open_cells_by_unit
from app.queries.reminders_due import PREFIX
from app.queries.task_list import TaskFilter, where
from app.queries.unit_heads import units_without_head
from app.queries.visibility import visible_tasks
from workflows.extension import REQUESTED
from workflows.task import OPEN, PAUSED, TASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sqlalchemy import ColumnElement, Row, ScalarSelect, Select

    from app.queries.kept_counts import Cell
    from app.queries.standing import Standing

LINES = 8
COUNTED = ("overdue", "awaiting-acceptance", "contested", "to-check", "to-advise")
"""The lists of tasks whose number the desk shows."""


class LateUnit(NamedTuple):
    """A unit with how many overdue tasks it has, and the longest overdue date among them."""

    id: int
    title: str
    code: str
    number: int
    current_due: date


class HeadlessUnit(NamedTuple):
    """A unit that nobody leads, and how many open tasks it has."""

    id: int
    name: str
    tasks: int


class DeskTasks(NamedTuple):
    """What the desk shows of tasks: the numbers by status, the late units and tasks, what waits for a word.

    `headless`: the units with open tasks that nobody leads, those with most tasks first.
    """

    numbers: dict[str, int]
    late_units: list[LateUnit]
    late: list[Row[*tuple[Any, ...]]]
    to_check: list[Row[*tuple[Any, ...]]]
    to_advise: list[Row[*tuple[Any, ...]]]
    headless: list[HeadlessUnit]


def filter_of(status: str, committees: Iterable[int]) -> TaskFilter:
    """Return the list behind a number of the desk: one committee's, or all the person sees."""
    ids = list(committees)
    return TaskFilter(status=status, committee=ids[0] if len(ids) == 1 else None)


def desk_tasks(standing: Standing, committees: frozenset[int], today: date) -> DeskTasks:
    """Read the numbers, the units and tasks that are late, and what waits for the secretary's word. Two statements."""
    wanted = {name: filter_of(name, committees) for name in COUNTED}
    kept = _kept(standing, wanted["overdue"], today)
    conditions = {name: where(one, standing, today) for name, one in wanted.items()}
    conditions["to-check"] = and_(_seen(standing, wanted["to-check"]), IS_UNCHECKED)
    told = KEPT.keys() & set(COUNTED) if kept is not None else frozenset()
    arms = [
        *(_number(name, conditions[name]) for name in COUNTED if name not in told),
        *_late_units(conditions["overdue"], kept),
        _headless(standing, committees, today),
        _lines("late", conditions["overdue"], Task.current_due),
        _lines("check", conditions["to-check"], Task.reported_on),
        _lines("advise", conditions["to-advise"], Extension.made_at),
    ]
    parts: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in session.execute(union_all(*arms)):
        parts[row.part].append(row)
    numbers = {row.code: row.number for row in parts["count"]}
    for name in told:
        numbers[name] = number_of(name, chain.from_iterable((kept or {}).values()))
    headless = [HeadlessUnit(row.id, row.title, int(row.number)) for row in parts["headless"]]
    return DeskTasks(
        numbers, _by_unit(parts["unit"], kept), parts["late"], parts["check"], parts["advise"],
        sorted(headless, key=lambda unit: (-unit.tasks, unit.id)),
    )  # fmt: skip


def _kept(standing: Standing, wanted: TaskFilter, today: date) -> dict[int, list[Cell]] | None:
    """Return the kept counts by unit; None where somebody of several committees also sees what units do elsewhere."""
    if wanted.committee is None and standing.seen_units:
        return None
    return open_cells_by_unit(standing, today, [wanted.committee] if wanted.committee else standing.committees)


def _seen(standing: Standing, wanted: TaskFilter) -> ColumnElement[bool]:
    """Return the condition for what a filter lets one see, short where it names one of the person's own committees."""
    if wanted.committee in standing.committees:
        return and_(Task.authority_id == standing.authority_id, Task.committee_id == wanted.committee)
    return visible_tasks(standing)


def _most_overdue(kept: dict[int, list[Cell]] | None) -> list[int] | None:
    """Return the units with most overdue tasks; None where the kept counts do not tell."""
    if kept is None:
        return None
    numbers = {unit: number_of("overdue", cells) for unit, cells in kept.items()}
    return sorted((unit for unit, number in numbers.items() if number), key=lambda one: (-numbers[one], one))[:LINES]


_ALL = 1_000_000_000
"""A limit that is none: only with one does SQLite keep to the order, and so to the index made for it."""


def _number(name: str, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    order = Task.reported_on if name == "to-check" else Task.current_due
    return select(
        literal("count").label("part"), literal(name).label("code"), func.count().label("number"),
        _none(Integer, "id"), _none(Text, "title"), _none(Text, "state"), _none(Text, "unit"),
        _none(Date, "current_due"), _none(Date, "reported_on"), _none(Date, "requested_due"),
        _none(UTCDateTime, "told_at"), _none(UTCDateTime, "sent_at"),
    ).select_from(select(Task.id).where(condition).order_by(order).limit(_ALL).subquery())  # fmt: skip


def _by_unit(rows: Iterable[Row[*tuple[Any, ...]]], kept: dict[int, list[Cell]] | None) -> list[LateUnit]:
    """Return the late units of rows of which a unit may have several, the most overdue tasks first."""
    found: dict[int, LateUnit] = {}
    for row in rows:
        if row.current_due is None:
            continue
        number = row.number if kept is None else number_of("overdue", kept[row.id])
        known = found.get(row.id, LateUnit(row.id, row.title, row.code, number, row.current_due))
        found[row.id] = known._replace(current_due=min(known.current_due, row.current_due))
    return sorted(found.values(), key=lambda unit: (-unit.number, unit.id))


def _headless(standing: Standing, committees: Iterable[int], today: date) -> Select[*tuple[Any, ...]]:
    found = units_without_head(standing.authority_id, list(committees), today).subquery()
    return select(
        literal("headless").label("part"), literal("").label("code"), found.c.number, found.c.id,
        found.c.name.label("title"), _none(Text, "state"), _none(Text, "unit"), _none(Date, "current_due"),
        _none(Date, "reported_on"), _none(Date, "requested_due"), _none(UTCDateTime, "told_at"),
        _none(UTCDateTime, "sent_at"),
    )  # fmt: skip


def _late_units(
    condition: ColumnElement[bool], kept: dict[int, list[Cell]] | None
) -> Iterator[Select[*tuple[Any, ...]]]:
    """Select the units with most overdue tasks, and the longest overdue date of each.

    Where the kept counts tell which units, one row for each of their states: the first of an index range, however many
    tasks are overdue.
    """
    units = _most_overdue(kept)
    if units is None:
        yield _counted_late_units(condition)
        return
    for state in sorted(OPEN - {PAUSED}):
        longest = (
            select(Task.current_due)
            .where(condition, Task.state == literal_column(f"'{state}'"), Task.lead_unit_id == Unit.id)
            .order_by(Task.current_due)
            .limit(1)
            .correlate(Unit)
            .scalar_subquery()
        )
        yield select(
            literal("unit").label("part"), Unit.short_name.label("code"), literal(0).label("number"),
            Unit.id.label("id"), Unit.name.label("title"), _none(Text, "state"), _none(Text, "unit"),
            longest.label("current_due"), _none(Date, "reported_on"), _none(Date, "requested_due"),
            _none(UTCDateTime, "told_at"), _none(UTCDateTime, "sent_at"),
        ).where(Unit.id.in_(units))  # fmt: skip


def _counted_late_units(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    number = func.count().label("number")
    chosen = (
        select(
            literal("unit").label("part"), Unit.short_name.label("code"), number, Unit.id.label("id"),
            Unit.name.label("title"), _none(Text, "state"), _none(Text, "unit"),
            func.min(Task.current_due).label("current_due"), _none(Date, "reported_on"),
            _none(Date, "requested_due"), _none(UTCDateTime, "told_at"), _none(UTCDateTime, "sent_at"),
        )
        .select_from(Task)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(condition)
        .group_by(Unit.id, Unit.name, Unit.short_name)
        .order_by(number.desc(), Unit.id)
        .limit(LINES)
        .subquery()
    )  # fmt: skip
    return select(chosen)


def _lines(name: str, condition: ColumnElement[bool], order: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 -- a column
    """Select the first tasks of a list, each with when it was last told of and when a mail about it left."""
    chosen = (
        select(
            literal(name).label("part"), Task.code, literal(1).label("number"), Task.id, Task.title, Task.state,
            Unit.name.label("unit"), Task.current_due, Task.reported_on, Extension.requested_due,
            _told(Notification.made_at).label("told_at"), _told(Delivery.sent_at).label("sent_at"),
        )
        .select_from(Task)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Extension, (Extension.task_id == Task.id) & (Extension.state == REQUESTED))
        .where(condition)
        .order_by(order, Task.id)
        .limit(LINES)
        .subquery()
    )  # fmt: skip
    return select(chosen)


def _told(instant: Any) -> ScalarSelect[Any]:  # noqa: ANN401 -- a column of notification or delivery
    """Select the last instant at which a reminder of a task was written, or its mail sent."""
    return (
        select(func.max(instant))
        .select_from(Notification)
        .outerjoin(Message, Message.id == Notification.message_id)
        # By its message: written plainly, SQLite may look through all that was ever sent.
        .outerjoin(Delivery, (Delivery.message_id == Message.id) & (Delivery.state + "" == SENT))
        .where(
            Notification.subject == TASK.name,
            Notification.subject_id == Task.id,
            Notification.rule.startswith(PREFIX, autoescape=True),
        )
        .correlate(Task)
        .scalar_subquery()
    )


def _none(kind: Any, name: str) -> Any:  # noqa: ANN401 -- a column type
    """Return an empty column; PostgreSQL must know its type."""
    return cast(null(), kind()).label(name)
