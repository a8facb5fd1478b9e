"""The statuses of a list of tasks: their words, and the one condition behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal_column, not_, or_, select

from app.models import Extension, Task
from app.models.task import IS_OPEN
from app.queries.calendars import calendar_of
from workflows.deadlines import DUE_SOON, DUE_TODAY, IN_TIME, OVERDUE, Clock, due_ranges
from workflows.extension import REQUESTED
from workflows.task import (
    ASSIGNED,
    AWAITS_RULING,
    CLOSED,
    COMPLETED,
    CONTESTED,
    IN_PROGRESS,
    OPEN,
    PAUSED,
    REPORTED,
    WITHDRAWN,
)
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from app.queries.standing import Standing

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
    "closed": Status(Words("Đã đóng", "Closed"), "grey"),
    "all": Status(Words("Tất cả", "All"), "grey"),
    "running": Status(Words("Chưa báo cáo", "Not reported yet"), "blue"),
    "near": Status(Words("Đến hạn hôm nay hoặc sắp đến hạn", "Due today or soon"), "amber"),
    "no-clock": Status(Words("Không tính hạn", "No clock"), "grey"),
    "awaiting-ruling": Status(Words("Chờ quyết định", "Awaiting a ruling"), "violet"),
    "to-check": Status(Words("Báo cáo chờ thẩm tra", "Report to check"), "violet"),
    "to-advise": Status(Words("Gia hạn chờ ý kiến thư ký", "Extension needing an opinion"), "violet"),
    "work-again": Status(Words("Yêu cầu làm lại", "Sent back"), "amber"),
    "work-late": Status(Words("Đang thực hiện, quá hạn", "In progress, overdue"), "red"),
    "work-near": Status(Words("Đang thực hiện, gần đến hạn", "In progress, due soon"), "amber"),
    "work-ahead": Status(Words("Đang thực hiện, còn thời gian", "In progress, time left"), "blue"),
}

TIMES = ("overdue", "due-today", "due-soon", "in-time", "no-due", "completed-on-time", "completed-late")
"""Those that tell how a task stands against its due date: they may narrow a list besides its status."""

CLOSED_TASKS = CLOSED & {COMPLETED, WITHDRAWN}
"""States of tasks that were given and are closed; one that was dropped counts as never given."""


class Days(NamedTuple):
    """The days by which the statuses are told apart; a statement that is kept has parameters in their place."""

    late_to: Any
    today_from: Any
    today: Any
    soon_to: Any
    in_time_from: Any


def days_of(standing: Standing, today: date) -> Days:
    """Return the days of an authority's statuses today."""
    ranges = due_ranges(today, Clock(calendar_of(standing.authority_id)))
    return Days(ranges[OVERDUE][1], ranges[DUE_TODAY][0], today, ranges[DUE_SOON][1], ranges[IN_TIME][0])


def status_condition(name: str, standing: Standing, today: date) -> ColumnElement[bool]:
    """Return the condition of one status alone, to be summed beside others in a statement of one's own."""
    return CONDITIONS[name](days_of(standing, today))


# States stand in the statement itself, not as parameters: only so do SQLite and PostgreSQL know that a partial index
# holds the rows.


def _is(state: str) -> ColumnElement[bool]:
    return Task.state == literal_column(f"'{state}'")


def _in(states: frozenset[str]) -> ColumnElement[bool]:
    return Task.state.in_([literal_column(f"'{state}'") for state in sorted(states)])


_RUNNING, _REPORTED, _COMPLETED, _IN_PROGRESS = _in(RUNNING), _is(REPORTED), _is(COMPLETED), _is(IN_PROGRESS)
_NO_DUE = Task.current_due.is_(None)
_CARRIED_OUT = or_(Task.late_from.is_(None), Task.reported_on < Task.late_from)
_ASKED = select(Extension.task_id).where(Extension.state == literal_column(f"'{REQUESTED}'"))
# Work with a pending extension waits for the ruling.
_WORKING = and_(_IN_PROGRESS, Task.id.not_in(_ASKED))


def _late(days: Days) -> ColumnElement[bool]:
    return and_(Task.current_due <= days.late_to)


def _near(days: Days) -> ColumnElement[bool]:
    return and_(Task.current_due >= days.today_from, Task.current_due <= days.soon_to)


def _overdue(days: Days) -> ColumnElement[bool]:
    """Of what is open: not paused, and not reported in time."""
    sent_late = or_(not_(_REPORTED), Task.reported_on >= Task.late_from)
    return and_(_late(days), not_(_is(PAUSED)), sent_late)


def _in_time(days: Days) -> ColumnElement[bool]:
    ahead = and_(_RUNNING, Task.current_due >= days.in_time_from)
    return or_(ahead, and_(_REPORTED, Task.reported_on < Task.late_from))


def _work(*parts: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(_WORKING, Task.returns == 0, *parts)


AMONG_OPEN: Mapping[str, Callable[[Days], ColumnElement[bool]]] = {
    "overdue": _overdue,
    "due-today": lambda days: and_(_RUNNING, Task.current_due >= days.today_from, Task.current_due <= days.today),
    "due-soon": lambda days: and_(_RUNNING, Task.current_due > days.today, Task.current_due <= days.soon_to),
    "in-time": _in_time,
    "no-due": lambda _: and_(not_(_is(PAUSED)), _NO_DUE),
    "proposed": lambda _: Task.card != literal_column("''"),
    "running": lambda _: _RUNNING,
    "near": lambda days: and_(_RUNNING, _near(days)),
    "no-clock": lambda _: or_(_is(PAUSED), _NO_DUE),
    "awaiting-ruling": lambda _: or_(_in(AWAITS_RULING), Task.id.in_(_ASKED)),
    "to-advise": lambda _: Task.id.in_(_ASKED.where(Extension.opinion == "")),
}
"""Which of the open tasks a status holds: to be counted beside others where only open ones are read."""

AMONG_COMPLETED: Mapping[str, ColumnElement[bool]] = {
    "completed-on-time": _CARRIED_OUT,
    "completed-late": Task.reported_on >= Task.late_from,
}
"""The same of the completed ones."""


def _of_open(name: str) -> Callable[[Days], ColumnElement[bool]]:
    return lambda days: and_(IS_OPEN, AMONG_OPEN[name](days))


def _of_completed(name: str) -> Callable[[Days], ColumnElement[bool]]:
    return lambda _: and_(_COMPLETED, AMONG_COMPLETED[name])


CONDITIONS: Mapping[str, Callable[[Days], ColumnElement[bool]]] = {
    **{name: _of_open(name) for name in AMONG_OPEN},
    **{name: _of_completed(name) for name in AMONG_COMPLETED},
    "open": lambda _: IS_OPEN,
    "awaiting-acceptance": lambda _: _is(ASSIGNED),
    "in-progress": lambda _: _IN_PROGRESS,
    "reported": lambda _: _REPORTED,
    "contested": lambda _: _is(CONTESTED),
    "paused": lambda _: _is(PAUSED),
    "completed": lambda _: _COMPLETED,
    "withdrawn": lambda _: _is(WITHDRAWN),
    "closed": lambda _: _in(CLOSED_TASKS),
    "all": lambda _: _in(OPEN | CLOSED_TASKS),
    "to-check": lambda _: and_(_REPORTED, Task.opinion == literal_column("''")),
    "work-again": lambda _: and_(_WORKING, Task.returns > 0),
    "work-late": lambda days: _work(_late(days)),
    "work-near": lambda days: _work(_near(days)),
    "work-ahead": lambda days: _work(or_(_NO_DUE, not_(or_(_late(days), _near(days))))),
}
"""Which tasks a status holds; those of an open task name the open states, so that their index is used."""
