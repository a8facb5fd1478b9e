"""The counts of tasks that the database keeps, compared with the tasks themselves, and counted anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import Date, and_, case, cast, delete, func, insert, literal, select, text

from app.clock import day_of
from app.db import session, table_of
from app.models import Task, TaskCount
from app.models.task_count import (
    DAY,
    DONE,
    FIRST_DAY,
    FIRST_MONTH,
    IN_TIME,
    LATE,
    MONTH,
    MOVED_DAY,
    MOVED_MONTH,
    NEVER,
    UNDATED,
)
from app.queries.task_statuses import RUNNING
from workflows.task import COMPLETED, OPEN, REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from sqlalchemy import Connection, Row

BATCH = 2000
KEY = ("authority_id", "part", "day", "committee_id", "lead_unit_id", "state", "late")
_TASK, _COUNT = table_of(Task).c, table_of(TaskCount)
_COUNTED = select(
    _TASK.authority_id, _TASK.committee_id, _TASK.lead_unit_id, _TASK.state, _TASK.current_due, _TASK.original_due,
    _TASK.due_changes, _TASK.late_from, _TASK.reported_on, _TASK.completed_at,
).where(_TASK.state.in_(sorted(OPEN | {COMPLETED})))  # fmt: skip


def counts_now() -> Counter[tuple[Any, ...]]:
    """Return what must be kept, counted task by task."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in session.execute(_COUNTED.execution_options(yield_per=BATCH)):
        for part, day, late in _parts(row):
            found[row.authority_id, part, day, row.committee_id, row.lead_unit_id, row.state, late] += 1
    return found


def _parts(row: Row[*tuple[Any, ...]]) -> Iterator[tuple[str, date, int]]:
    sent_late = row.reported_on is not None and row.late_from is not None and row.reported_on >= row.late_from
    if row.state == COMPLETED:
        yield DONE, day_of(row.completed_at), UNDATED if row.late_from is None else LATE if sent_late else IN_TIME
        return
    late = LATE if row.state == REPORTED and sent_late else IN_TIME
    if row.current_due is None:
        yield MONTH, NEVER, late
        return
    yield MONTH, row.current_due.replace(day=1), late
    yield DAY, row.current_due, late
    if row.state in RUNNING and row.due_changes:
        for month, day, due in (
            (MOVED_MONTH, MOVED_DAY, row.current_due),
            (FIRST_MONTH, FIRST_DAY, row.original_due),
        ):
            yield month, due.replace(day=1), IN_TIME
            yield day, due, IN_TIME


def counts_amiss() -> Iterator[str]:
    """Name each kept count that is not what there is."""
    must = counts_now()
    for row in session.execute(select(_COUNT).execution_options(yield_per=BATCH)):
        key = tuple(getattr(row, name) for name in KEY)
        known = must.pop(key, 0)
        if known != row.number:
            yield f"số đếm sai (kept count is wrong): {_name(key)}: {row.number} → {known}"
    for key, number in must.items():
        yield f"thiếu số đếm (kept count is missing): {_name(key)}: {number}"


def _name(key: tuple[Any, ...]) -> str:
    return f"{key[1]} {key[2]}, unit {key[4]}, {key[5]}"


def recount(connection: Connection) -> int:
    """Count everything anew, by statements alone, and return how many counts there are."""
    connection.execute(delete(_COUNT))
    for part, day, late, condition in _parts_by_statement(connection.dialect.name == "sqlite"):
        key = (
            _TASK.authority_id, literal(part).label("part"), day.label("day"), _TASK.committee_id, _TASK.lead_unit_id,
            _TASK.state, late.label("late"),
        )  # fmt: skip
        # By their names: PostgreSQL takes an expression with parameters for another one when it comes again.
        counted = select(*key, func.count()).where(*condition).group_by(*(text(column) for column in KEY))
        connection.execute(insert(_COUNT).from_select([*KEY, "number"], counted))
    return connection.scalar(select(func.count()).select_from(_COUNT)) or 0


def _parts_by_statement(on_sqlite: bool) -> Iterator[tuple[str, Any, Any, tuple[Any, ...]]]:  # noqa: FBT001 -- one of two engines
    """Yield each part with its day, whether it is late, and which tasks it counts."""

    def month(day: Any) -> Any:  # noqa: ANN401 -- a column
        return func.date(day, "start of month") if on_sqlite else cast(func.date_trunc("month", day), Date)

    now, first, punctual = _TASK.current_due, _TASK.original_due, literal(IN_TIME)
    sent_late = _TASK.reported_on >= _TASK.late_from
    late = case((and_(_TASK.state == REPORTED, sent_late), LATE), else_=IN_TIME)
    is_open, has_due = _TASK.state.in_(sorted(OPEN)), now.is_not(None)
    moved = (_TASK.state.in_(sorted(RUNNING)), _TASK.due_changes > 0, has_due)
    yield MONTH, func.coalesce(month(now), literal(NEVER, Date)), late, (is_open,)
    yield DAY, now, late, (is_open, has_due)
    for of_month, of_day, due in ((MOVED_MONTH, MOVED_DAY, now), (FIRST_MONTH, FIRST_DAY, first)):
        yield of_month, month(due), punctual, moved
        yield of_day, due, punctual, moved
    zone = func.timezone("Asia/Ho_Chi_Minh", _TASK.completed_at)
    done_on = func.date(_TASK.completed_at, "+7 hours") if on_sqlite else cast(zone, Date)
    done_late = case((_TASK.late_from.is_(None), UNDATED), (sent_late, LATE), else_=IN_TIME)
    yield DONE, done_on, done_late, (_TASK.state == COMPLETED,)
