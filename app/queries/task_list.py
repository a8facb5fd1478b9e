"""The list of tasks: one filter behind every number and the list that the number opens."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.clock import start_of
from app.db import session
from app.models import Conclusion, CoordinatingPart, Notice, Task, Unit
from app.queries.calendars import calendar_of
from app.queries.visibility import visible_tasks
from app.text import fold
from workflows.deadlines import DUE_SOON, DUE_TODAY, IN_TIME, OVERDUE, Clock, due_ranges
from workflows.task import ASSIGNED, CLOSED, COMPLETED, CONTESTED, IN_PROGRESS, OPEN, PAUSED, REPORTED, WITHDRAWN
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.queries.standing import Standing

PAGE = 25
MAX_PAGE = 10_000
MAX_WORDS = 12
# Lists whose rows all have a due date: saying where the empty ones go would only keep the index from being used.
DATED = frozenset({"overdue", "due-today", "due-soon"})
RUNNING = OPEN - {PAUSED, REPORTED}


class Status(NamedTuple):
    """A named part of the list: its words and tone."""

    words: Words
    tone: str


STATUSES: Mapping[str, Status] = {
    "open": Status(Words("Đang mở", "Open"), "blue"),
    "overdue": Status(Words("Quá hạn", "Overdue"), "red"),
    "due-today": Status(Words("Đến hạn hôm nay", "Due today"), "amber"),
    "due-soon": Status(Words("Sắp đến hạn", "Due soon"), "amber"),
    "in-time": Status(Words("Trong hạn", "Within deadline"), "blue"),
    "no-due": Status(Words("Không có hạn", "No due date"), "grey"),
    "awaiting-acceptance": Status(Words("Chờ tiếp nhận", "Awaiting acceptance"), "grey"),
    "in-progress": Status(Words("Đang thực hiện", "In progress"), "blue"),
    "reported": Status(Words("Chờ xác nhận", "Awaiting confirmation"), "violet"),
    "contested": Status(Words("Chờ xử lý trả lại", "Return under review"), "violet"),
    "paused": Status(Words("Tạm dừng", "Paused"), "grey"),
    "proposed": Status(Words("Có đề xuất chờ ý kiến", "Ruling proposed"), "violet"),
    "completed": Status(Words("Hoàn thành", "Completed"), "green"),
    "completed-on-time": Status(Words("Hoàn thành đúng hạn", "Completed on time"), "green"),
    "completed-late": Status(Words("Hoàn thành quá hạn", "Completed late"), "olive"),
    "withdrawn": Status(Words("Đã thu hồi", "Withdrawn"), "grey"),
    "all": Status(Words("Tất cả", "All"), "grey"),
}

SORTS: Mapping[str, Any] = {
    "due": Task.current_due,
    "unit": Unit.position,
    "title": Task.title,
    "state": Task.state,
    "assigned": Task.assigned_at,
    "moved": Task.last_moved_at,
    "code": Task.id,
}


@dataclass(frozen=True)
class TaskFilter:
    """What a list of tasks is narrowed to. `args()` is its address, `where()` its condition: they cannot differ."""

    status: str = "open"
    committee: int | None = None
    unit: int | None = None
    part: int | None = None
    owner: int | None = None
    notice: int | None = None
    meeting: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    assigned_to: date | None = None
    completed_from: date | None = None
    priority: str = ""
    q: str = ""

    def args(self) -> dict[str, Any]:
        """Return the query arguments that give this filter back."""
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default and value is not None:
                found[field.name.replace("_", "-")] = value.isoformat() if isinstance(value, date) else str(value)
        return found

    def with_status(self, status: str) -> TaskFilter:
        """Return the same filter for another status."""
        return replace(self, status=status)


def _status_condition(status: str, standing: Standing, today: date) -> list[ColumnElement[bool]]:
    ranges = due_ranges(today, Clock(calendar_of(standing.authority_id)))
    late_to, today_from = ranges[OVERDUE][1], ranges[DUE_TODAY][0]
    soon_to, in_time_from = ranges[DUE_SOON][1], ranges[IN_TIME][0]
    reported_late = and_(Task.state == REPORTED, Task.reported_on >= Task.late_from)
    reported_in_time = and_(Task.state == REPORTED, Task.reported_on < Task.late_from)
    running_in_time = and_(Task.state.in_(RUNNING), Task.current_due >= in_time_from)
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "open": [Task.state.in_(OPEN)],
        "overdue": [
            Task.state.in_(OPEN),
            Task.current_due <= late_to,
            or_(Task.state.in_(RUNNING), reported_late),
        ],
        "due-today": [Task.state.in_(RUNNING), Task.current_due >= today_from, Task.current_due <= today],
        "due-soon": [Task.state.in_(RUNNING), Task.current_due > today, Task.current_due <= soon_to],
        "in-time": [Task.state.in_(OPEN), or_(running_in_time, reported_in_time)],
        "no-due": [Task.state.in_(OPEN - {PAUSED}), Task.current_due.is_(None)],
        "awaiting-acceptance": [Task.state == ASSIGNED],
        "in-progress": [Task.state == IN_PROGRESS],
        "reported": [Task.state == REPORTED],
        "contested": [Task.state == CONTESTED],
        "paused": [Task.state == PAUSED],
        "proposed": [Task.state.in_(OPEN), Task.card != ""],
        "completed": [Task.state == COMPLETED],
        "completed-on-time": [
            Task.state == COMPLETED,
            or_(Task.late_from.is_(None), Task.reported_on < Task.late_from),
        ],
        "completed-late": [Task.state == COMPLETED, Task.reported_on >= Task.late_from],
        "withdrawn": [Task.state == WITHDRAWN],
        "all": [Task.state.in_(OPEN | (CLOSED & {COMPLETED, WITHDRAWN}))],
    }
    return conditions[status]


def where(wanted: TaskFilter, standing: Standing, today: date) -> ColumnElement[bool]:
    """Return the condition of a filter for what this person may see."""
    parts = [visible_tasks(standing), *_status_condition(wanted.status, standing, today)]
    parts += [make(value) for name, make in _NARROW.items() if (value := getattr(wanted, name))]
    return and_(*parts)


def _of_notice(notice_id: int) -> ColumnElement[bool]:
    return Task.conclusion_id.in_(select(Conclusion.id).where(Conclusion.notice_id == notice_id))


def _of_meeting(meeting_id: int) -> ColumnElement[bool]:
    clauses = select(Conclusion.id).join(Notice, Notice.id == Conclusion.notice_id)
    return Task.conclusion_id.in_(clauses.where(Notice.meeting_id == meeting_id))


def _with_part(unit_id: int) -> ColumnElement[bool]:
    return Task.id.in_(select(CoordinatingPart.task_id).where(CoordinatingPart.unit_id == unit_id))


def _with_words(text: str) -> ColumnElement[bool]:
    return and_(*(Task.search_text.contains(word, autoescape=True) for word in fold(text).split()[:MAX_WORDS]))


_NARROW: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "committee": lambda value: Task.committee_id == value,
    "unit": lambda value: Task.lead_unit_id == value,
    "part": _with_part,
    "owner": lambda value: Task.owner_id == value,
    "notice": _of_notice,
    "meeting": _of_meeting,
    "due_from": lambda value: Task.current_due >= value,
    "due_to": lambda value: Task.current_due <= value,
    "assigned_to": lambda value: Task.assigned_at < start_of(value + timedelta(days=1)),
    "completed_from": lambda value: Task.completed_at >= start_of(value),
    "priority": lambda value: Task.priority == value,
    "q": _with_words,
}


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
    """Return how many tasks the list of this filter holds."""
    return session.scalar(select(func.count()).select_from(Task).where(where(wanted, standing, today))) or 0


def page_of_tasks(  # noqa: PLR0913 -- what is listed, for whom, when, and which part of it
    wanted: TaskFilter, standing: Standing, today: date, *, sort: str = "due", page: int = 1, size: int = PAGE
) -> list[TaskRow]:
    """Return one page of the list, sorted; tasks without a due date come last."""
    column = SORTS.get(sort.removeprefix("-"), Task.current_due)
    order = column.desc() if sort.startswith("-") else column.asc()
    query = (
        select(*_COLUMNS)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(where(wanted, standing, today))
        .order_by(order if wanted.status in DATED else order.nulls_last(), Task.id)
        .limit(size)
        .offset(size * (page - 1))
    )
    return [TaskRow._make(row) for row in session.execute(query)]


def count_by(column: Any, wanted: TaskFilter, standing: Standing, today: date) -> dict[Any, int]:  # noqa: ANN401 -- any column of Task
    """Return how many tasks of the filter have each value of a column."""
    query = select(column, func.count()).where(where(wanted, standing, today)).group_by(column)
    return dict(session.execute(query).tuples().all())


def count_statuses(names: list[str], wanted: TaskFilter, standing: Standing, today: date) -> dict[str, int]:
    """Return the count of several statuses of one filter in one query."""
    conditions = [and_(*_status_condition(name, standing, today)) for name in names]
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in conditions]
    base = where(wanted.with_status("all"), standing, today)
    row = session.execute(select(*sums).select_from(Task).where(base)).one()
    return dict(zip(names, row, strict=True))
