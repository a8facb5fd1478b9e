"""The list of tasks: one filter behind every number and the list that the number opens.

Over 300 lines: every way to count or page a list stands beside the filter that it must agree with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload, selectinload

from app.clock import start_of, today
from app.db import fetch, session
from app.models import Conclusion, CoordinatingPart, Directive, Notice, Proposal, SubTask, Task, Unit
from app.queries.kept_counts import KEPT, cells_in_sight, number_of
from app.queries.task_statuses import CONDITIONS, DATED, Days, days_of, status_condition
from app.queries.task_words import phrases_of, task_holds
from app.queries.visibility import tasks_within, visible_tasks
from app.search_words import whole_code
from app.text import nfc
from workflows.coordinating_part import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.queries.standing import Standing

PAGE = 25
MAX_PAGE = 10_000
SORTS: Mapping[str, Any] = {
    "due": Task.current_due,
    "unit": Unit.position,
    "title": Task.title,
    "state": Task.state,
    "assigned": Task.assigned_at,
    "moved": Task.last_moved_at,
    "code": Task.id,
    "original": Task.original_due,
    "done": Task.completed_at,
    "changes": Task.due_changes,
}


@dataclass(frozen=True)
class TaskFilter:
    """What a list of tasks is narrowed to. `args()` is its address, `where()` its condition: they cannot differ.

    `time`: another status that must hold besides, of those about due dates; `helped`: "1" for tasks with coordinating
    units.
    """

    status: str = "open"
    time: str = ""
    committee: int | None = None
    unit: int | None = None
    part: int | None = None
    owner: int | None = None
    notice: int | None = None
    directive: int | None = None
    meeting: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    assigned_from: date | None = None
    assigned_to: date | None = None
    completed_from: date | None = None
    completed_to: date | None = None
    helped: str = ""
    priority: str = ""
    q: str = ""

    def args(self) -> dict[str, Any]:
        """Return the query arguments that give this filter back; never none, for without any a saved view may open."""
        found = {}
        for name, argument, default in _ARGUMENTS:
            value = getattr(self, name)
            if value != default and value is not None:
                found[argument] = value.isoformat() if isinstance(value, date) else str(value)
        return found or {"status": self.status}

    def with_status(self, status: str) -> TaskFilter:
        """Return the same filter for another status."""
        return replace(self, status=status)


# Put together once: a home writes some hundred addresses.
_ARGUMENTS = [(field.name, field.name.replace("_", "-"), field.default) for field in fields(TaskFilter)]


def where(wanted: TaskFilter, standing: Standing, today: date) -> ColumnElement[bool]:
    """Return the condition of a filter for what this person may see."""
    narrow = [_narrow(name, value) for name, value in _values(wanted).items()]
    if wanted.time:
        narrow.append(status_condition(wanted.time, standing, today))
    return and_(visible_tasks(standing), status_condition(wanted.status, standing, today), *narrow)


def _of_notice(notice_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- a value or a parameter
    return Task.conclusion_id.in_(select(Conclusion.id).where(Conclusion.notice_id == notice_id))


def _of_meeting(meeting_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- the same
    clauses = select(Conclusion.id).join(Notice, Notice.id == Conclusion.notice_id)
    return Task.conclusion_id.in_(clauses.where(Notice.meeting_id == meeting_id))


def _with_part(unit_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- the same
    helps = CoordinatingPart.unit_id == unit_id, CoordinatingPart.state != literal_column(f"'{WITHDRAWN}'")
    return Task.id.in_(select(CoordinatingPart.task_id).where(*helps))


_NARROW: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "committee": lambda value: Task.committee_id == value,
    "unit": lambda value: Task.lead_unit_id == value,
    "part": _with_part,
    "owner": lambda value: Task.owner_id == value,
    "notice": _of_notice,
    "directive": lambda value: Task.directive_id == value,
    "meeting": _of_meeting,
    "due_from": lambda value: Task.current_due >= value,
    "due_to": lambda value: Task.current_due <= value,
    "assigned_from": lambda value: Task.assigned_at >= value,
    "assigned_to": lambda value: Task.assigned_at < value,
    "completed_from": lambda value: Task.completed_at >= value,
    "completed_to": lambda value: Task.completed_at < value,
    "helped": lambda _: Task.id.in_(select(CoordinatingPart.task_id)),
    "priority": lambda value: Task.priority == value,
    "words": task_holds,
    "no_words": lambda _: false(),
    "paper": lambda symbol: _ordered_by(symbol),  # noqa: PLW0108 -- it stands below, beside what finds the symbol
}


def _narrow(name: str, value: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- a value or a parameter
    return _NARROW[name](value)


def _ordered_by(symbol: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- a value or a parameter
    """Return the condition for tasks that a notice, directing document or proposal with this symbol orders."""
    clauses = select(Conclusion.id).join(Notice, Notice.id == Conclusion.notice_id).where(Notice.symbol == symbol)
    return or_(
        Task.conclusion_id.in_(clauses),
        Task.directive_id.in_(select(Directive.id).where(Directive.symbol == symbol)),
        Task.proposal_id.in_(select(Proposal.id).where(Proposal.symbol == symbol)),
    )


def _paper_named(text: str) -> str:
    """Return the symbol of a paper that orders tasks, where the text is nothing else: 12/CV-UBND; else nothing."""
    symbol = re.sub(r"\s*([/-])\s*", r"\1", nfc(text).strip()).upper()
    if not _SYMBOL.fullmatch(symbol):
        return ""
    known = union_all(*(select(paper.id).where(paper.symbol == symbol) for paper in (Notice, Directive, Proposal)))
    return symbol if session.execute(known.limit(1)).first() else ""


_SYMBOL = re.compile(r"\d{1,6}/[\w.&/-]{2,60}")


def _values(wanted: TaskFilter) -> dict[str, Any]:
    """Return what the filter narrows by, the words of the search as the index knows them."""
    found = {name: value for name in _NARROW if (value := getattr(wanted, name, None))}
    for name in ("assigned_from", "completed_from"):
        if name in found:
            found[name] = start_of(found[name])
    for name in ("assigned_to", "completed_to"):
        if name in found:
            found[name] = start_of(found[name] + timedelta(days=1))
    if wanted.q.strip():
        if symbol := _paper_named(wanted.q):
            return found | {"paper": symbol}
        phrases = phrases_of(whole_code(wanted.q, today().year))
        found["words" if phrases else "no_words"] = phrases
    return found


class Shape(NamedTuple):
    """What a statement of the list looks like, its values left aside; a statement is put together once a shape."""

    status: str
    time: str
    names: tuple[str, ...]
    committees: bool
    units: bool


def _asked(wanted: TaskFilter, standing: Standing, today: date) -> tuple[Shape, dict[str, Any]]:
    """Return the shape of a filter for this person, and the values to ask it with."""
    values = _values(wanted)
    shape = Shape(wanted.status, wanted.time, tuple(values), bool(standing.committees), bool(standing.seen_units))
    return shape, {
        **days_of(standing, today)._asdict(),
        **{f"by_{name}": value for name, value in values.items()},
        "authority": standing.authority_id,
        "committees": list(standing.committees),
        "units": list(standing.seen_units),
    }


def _where(shape: Shape) -> ColumnElement[bool]:
    """Return the condition of a shape, the same as `where` with parameters for values."""
    visible = tasks_within(
        bindparam("authority"),
        bindparam("committees", expanding=True) if shape.committees else None,
        bindparam("units", expanding=True) if shape.units else None,
    )
    days = Days(*(bindparam(name, type_=Date()) for name in Days._fields))
    narrow = [_narrow(name, bindparam(f"by_{name}")) for name in shape.names]
    if shape.time:
        narrow.append(CONDITIONS[shape.time](days))
    return and_(visible, CONDITIONS[shape.status](days), *narrow)


@lru_cache(maxsize=256)
def _count(shape: Shape) -> Select[int]:
    return select(func.count()).select_from(Task).where(_where(shape))


@lru_cache(maxsize=256)
def _page(shape: Shape, sort: str) -> Select[*tuple[Any, ...]]:
    column = SORTS.get(sort.removeprefix("-"), Task.current_due)
    order = column.desc() if sort.startswith("-") else column.asc()
    dated = column is Task.current_due and not {shape.status, shape.time}.isdisjoint(DATED)
    return (
        select(*_COLUMNS)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(_where(shape))
        .order_by(order if dated else order.nulls_last(), Task.id)
        .limit(bindparam("size"))
        .offset(bindparam("skip"))
    )


@lru_cache(maxsize=256)
def _page_with_total(shape: Shape, sort: str) -> Select[*tuple[Any, ...]]:
    return _page(shape, sort).add_columns(func.count().over().label("total"))


class TaskRow(NamedTuple):
    """What a list shows of a task."""

    id: int
    code: str
    title: str
    state: str
    priority: str
    unit: str
    unit_short: str
    current_due: date | None
    original_due: date | None
    late_from: date | None
    reported_on: date | None
    recurrence: str | None
    due_changes: int
    committee_id: int


_COLUMNS = (
    Task.id,
    Task.code,
    Task.title,
    Task.state,
    Task.priority,
    Unit.name,
    Unit.short_name,
    Task.current_due,
    Task.original_due,
    Task.late_from,
    Task.reported_on,
    Task.recurrence,
    Task.due_changes,
    Task.committee_id,
)


def count_tasks(wanted: TaskFilter, standing: Standing, today: date) -> int:
    """Return how many tasks the list of this filter holds: where kept counts can tell, from them."""
    shape, values = _asked(wanted, standing, today)
    if not _is_kept(shape):
        return fetch(_count(shape), values).scalar() or 0
    only = next(iter(shape.names), "")
    helped = _helped(shape) if shape.units else None
    values["own_committees"] = values["committees"]
    return number_of(shape.status, cells_in_sight(standing, today, only, values, helped))


def _is_kept(shape: Shape) -> bool:
    return (
        shape.status in KEPT
        and shape.status != "ruled"
        and not shape.time
        and shape.names in {(), ("committee",), ("unit",)}
    )


@lru_cache(maxsize=64)
def _helped(shape: Shape) -> Select[int]:
    """Return the count of tasks that are seen only because own units have a part in them; few, so these come first."""
    units: Any = bindparam("units", expanding=True)
    parts = select(CoordinatingPart.task_id).where(CoordinatingPart.unit_id.in_(units))
    helped = parts.union(select(SubTask.task_id).where(SubTask.sub_unit_id.in_(units))).subquery()
    days = Days(*(bindparam(name, type_=Date()) for name in Days._fields))
    return (
        select(func.count())
        .select_from(helped)
        .join(Task, Task.id == helped.c.task_id)
        .where(
            Task.authority_id + 0 == bindparam("authority"),
            Task.lead_unit_id.not_in(units),
            # A name of its own: an empty list is written otherwise after NOT IN than after IN.
            Task.committee_id.not_in(bindparam("own_committees", expanding=True)),
            CONDITIONS[shape.status](days),
            *(_narrow(name, bindparam(f"by_{name}")) for name in shape.names),
        )
    )


def page_of_tasks(  # noqa: PLR0913 -- what is listed, for whom, when, and which part of it
    wanted: TaskFilter, standing: Standing, today: date, *, sort: str = "due", page: int = 1, size: int = PAGE
) -> list[TaskRow]:
    """Return one page of the list, sorted; tasks without a due date come last."""
    shape, values = _asked(wanted, standing, today)
    part = {"size": size, "skip": size * (page - 1)}
    return [TaskRow._make(row) for row in fetch(_page(shape, sort), values | part)]


def count_and_page(
    wanted: TaskFilter, standing: Standing, today: date, *, sort: str = "due", page: int = 1
) -> tuple[int, int, list[TaskRow]]:
    """Return how many tasks the list holds, the number of the page (the last where there are fewer), and its rows.

    One statement where words are looked for: the hits must all be found before they can be sorted.
    """
    shape, values = _asked(wanted, standing, today)
    if "words" in shape.names:
        part = {"size": PAGE, "skip": PAGE * (page - 1)}
        rows = fetch(_page_with_total(shape, sort), values | part).all()
        if rows:
            return rows[0].total, page, [TaskRow._make(row[:-1]) for row in rows]
        if page == 1:
            return 0, 1, []
    total = count_tasks(wanted, standing, today)
    there = min(page, max(1, -(-total // PAGE)))
    return total, there, page_of_tasks(wanted, standing, today, sort=sort, page=there)


def tasks_named(ids: Sequence[int]) -> list[Task]:
    """Return the tasks with these ids, whole, in their order; which ones a person may see was asked before."""
    whole = joinedload(Task.lead_unit), joinedload(Task.committee), selectinload(Task.coordinating)
    query = select(Task).options(*whole).where(Task.id.in_(ids))
    found = {task.id: task for task in session.scalars(query)}
    return [found[task_id] for task_id in ids if task_id in found]


def count_by(column: Any, wanted: TaskFilter, standing: Standing, today: date) -> dict[Any, int]:  # noqa: ANN401 -- any column of Task
    """Return how many tasks of the filter have each value of a column."""
    query = select(column, func.count()).where(where(wanted, standing, today)).group_by(column)
    return dict(session.execute(query).all())


def count_statuses(names: list[str], wanted: TaskFilter, standing: Standing, today: date) -> dict[str, int]:
    """Return the count of several statuses of one filter in one query."""
    conditions = [status_condition(name, standing, today) for name in names]
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in conditions]
    base = where(wanted.with_status("all"), standing, today)
    row = session.execute(select(*sums).select_from(Task).where(base)).one()
    return dict(zip(names, row, strict=True))
