"""The statuses of a list of tasks: their words, and the one condition behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, and_, not_, or_, select

from app.models import Extension, Task
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
    from collections.abc import Mapping
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


def status_condition(name: str, standing: Standing, today: date) -> ColumnElement[bool]:
    """Return the condition of one status alone, to be summed beside others in a statement of one's own."""
    return and_(*_status_condition(name, standing, today))


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
    if status in conditions:
        return conditions[status]
    near = and_(Task.current_due >= today_from, Task.current_due <= soon_to)
    return _duty_condition(status, Task.current_due <= late_to, near)


def _duty_condition(status: str, late: ColumnElement[bool], near: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Return the condition of a part by who must act now; work with a pending extension waits for the ruling."""
    asked = select(Extension.task_id).where(Extension.state == REQUESTED)
    advised = asked.where(Extension.opinion == "")
    working = [Task.state == IN_PROGRESS, Task.id.not_in(asked)]
    first_time = [*working, Task.returns == 0]
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "running": [Task.state.in_(RUNNING)],
        "near": [Task.state.in_(RUNNING), near],
        "no-clock": [Task.state.in_(OPEN), or_(Task.state == PAUSED, Task.current_due.is_(None))],
        "awaiting-ruling": [Task.state.in_(OPEN), or_(Task.state.in_(AWAITS_RULING), Task.id.in_(asked))],
        "to-check": [Task.state == REPORTED, Task.opinion == ""],
        "to-advise": [Task.state.in_(OPEN), Task.id.in_(advised)],
        "work-again": [*working, Task.returns > 0],
        "work-late": [*first_time, late],
        "work-near": [*first_time, near],
        "work-ahead": [*first_time, or_(Task.current_due.is_(None), not_(or_(late, near)))],
    }
    return conditions[status]
