"""The tasks on the secretary's desk: who is late and was told when, what waits for her word. One statement."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, Text, cast, func, literal, null, select, union_all

from app.db import UTCDateTime, session
from app.models import Delivery, Extension, Message, Notification, Task, Unit
from app.models.ledger import SENT
from app.queries.reminders_due import PREFIX
from app.queries.task_list import TaskFilter, where
from workflows.extension import REQUESTED
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import ColumnElement, Row, ScalarSelect, Select

    from app.queries.standing import Standing

LINES = 8
COUNTED = ("overdue", "awaiting-acceptance", "contested", "to-check", "to-advise")
"""The lists of tasks whose number the desk shows."""


def filter_of(status: str, committees: Iterable[int]) -> TaskFilter:
    """Return the list behind a number of the desk: one committee's, or all the person sees."""
    ids = list(committees)
    return TaskFilter(status=status, committee=ids[0] if len(ids) == 1 else None)


def desk_tasks(standing: Standing, committees: frozenset[int], today: date) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    """Select the numbers, the units and tasks that are late, and what waits for the secretary's word."""

    def condition(status: str) -> ColumnElement[bool]:
        return where(filter_of(status, committees), standing, today)

    arms = [
        *(_number(name, condition(name)) for name in COUNTED),
        _late_units(condition("overdue")),
        _lines("late", condition("overdue"), Task.current_due),
        _lines("check", condition("to-check"), Task.reported_on),
        _lines("advise", condition("to-advise"), Extension.made_at),
    ]
    parts: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in session.execute(union_all(*arms)):
        parts[row.part].append(row)
    return parts


def _number(name: str, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(
        literal("count").label("part"), literal(name).label("code"), func.count().label("number"),
        _none(Integer, "id"), _none(Text, "title"), _none(Text, "state"), _none(Text, "unit"),
        _none(Date, "current_due"), _none(Date, "reported_on"), _none(Date, "requested_due"),
        _none(UTCDateTime, "told_at"), _none(UTCDateTime, "sent_at"),
    ).select_from(Task).where(condition)  # fmt: skip


def _late_units(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the units with most overdue tasks, and the longest overdue date of each."""
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
        .outerjoin(Delivery, (Delivery.message_id == Message.id) & (Delivery.state == SENT))
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
