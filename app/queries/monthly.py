"""What the monthly account counts: every task of a committee over a period, read from the ledger of standings.

Over 300 lines: the questions to the ledger stand beside the rows that they give.

Tasks of old notices stand in the ledger from the day of their notice on, so they are carried over like any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app.clock import start_of
from app.db import fetch, session
from app.models import Extension, Task, TaskSpan
from app.models.task import IS_HISTORIC
from app.queries.calendars import clock_of
from app.queries.month_marks import judged
from workflows.compliance import Line, Summary, TaskPeriod, summarise
from workflows.extension import GRANTED
from workflows.task import COMPLETED, OPEN, PAUSED, REPORTED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select, Subquery

    from app.models import Committee
    from workflows.compliance import Entry, Outcome
    from workflows.deadlines import Clock
    from workflows.periods import Period

_ENTRIES: Mapping[str, Entry] = {"reopen": "reopened", "restore": "restored"}
_OUTCOMES: Mapping[str, Outcome] = {COMPLETED: "completed", WITHDRAWN: "withdrawn"}
FIGURES: tuple[str, ...] = (*(field.name for field in fields(Line)), "total")
"""The figures of a line; behind each stands a list of tasks."""


@dataclass(frozen=True)
class Reach:
    """A committee's period as instants: from 00:00 of its first day to 24:00 of its last, Vietnamese time."""

    authority_id: int
    committee_id: int
    begins: datetime
    ends: datetime


def reach_of(committee: Committee, period: Period) -> Reach:
    """Return the instants between which a period lies; a move at 24:00 of its last day belongs to the next."""
    ends = start_of(period.end + timedelta(days=1))
    return Reach(committee.authority_id, committee.id, start_of(period.start), ends)


def _standing_at_end(reach: Reach) -> Subquery:
    """Select how each task stood at 24:00 of the last day, if it was open then or was closed within the period."""
    span = TaskSpan
    mine = (span.authority_id == reach.authority_id, span.committee_id == reach.committee_id)
    columns = (
        span.task_id, span.lead_unit_id, span.state, span.original_due, span.current_due, span.reported_on,
        span.began_at,
    )  # fmt: skip
    # Three arms, each a short range of one index, instead of one condition with OR that reads the whole ledger.
    # COALESCE hides began_at from the planner, which would else take the long range of what began before.
    before = func.coalesce(span.began_at, reach.ends) < reach.ends
    return union_all(
        select(*columns).where(*mine, span.state.in_(OPEN), span.ended_at.is_(None), before),
        select(*columns).where(*mine, span.state.in_(OPEN), span.ended_at >= reach.ends, before),
        select(*columns).where(
            *mine,
            span.state.in_(_OUTCOMES),
            span.began_at >= reach.begins,
            span.began_at < reach.ends,
            or_(span.ended_at.is_(None), span.ended_at >= reach.ends),
        ),
    ).subquery("at_end")


def completed_in(reach: Reach) -> Select[int]:
    """Select the tasks that were completed within a period, whatever became of them since."""
    return select(TaskSpan.task_id).where(
        TaskSpan.authority_id == reach.authority_id,
        TaskSpan.committee_id == reach.committee_id,
        TaskSpan.state == COMPLETED,
        TaskSpan.began_at >= reach.begins,
        TaskSpan.began_at < reach.ends,
    )


def _grants(reach: Reach) -> Subquery:
    """Select how many extensions were granted to each task within the period."""
    return (
        select(Extension.task_id, func.count().label("n"))
        .where(
            Extension.authority_id == reach.authority_id,
            Extension.state == GRANTED,
            Extension.ruled_at >= reach.begins,
            Extension.ruled_at < reach.ends,
        )
        .group_by(Extension.task_id)
        .subquery("grants")
    )


def _entered(reach: Reach) -> Subquery:
    """Select the tasks that were entered from old notices since the period began.

    DISTINCT says nothing new: by it SQLite reads the few of them once instead of looking at each task of the period.
    """
    return (
        select(Task.id.label("task_id"))
        .where(Task.committee_id == reach.committee_id, IS_HISTORIC, Task.made_at >= reach.begins)
        .distinct()
        .subquery("entered")
    )


def _statement(reach: Reach) -> Select[Any]:
    """Select one row a task: where it came from, how it stood at the end, how often it was extended.

    How it stood when the period began is looked for only where it was moved since: most of what is long open was not.
    What ended by such a move ended within the period, so that both engines read a short range of the ledger.
    """
    end, grants, lately = _standing_at_end(reach), _grants(reach), _entered(reach)
    start, entry = aliased(TaskSpan), aliased(TaskSpan)
    unmoved = end.c.began_at < reach.begins
    moved = case((end.c.began_at >= reach.begins, end.c.task_id))
    entered = and_(start.id.is_(None), ~unmoved)
    return (
        select(
            end.c.task_id,
            case((unmoved, end.c.lead_unit_id), else_=start.lead_unit_id).label("unit_at_start"),
            entry.lead_unit_id.label("entry_unit"),
            entry.event.label("entered_by"),
            end.c.lead_unit_id.label("unit_at_end"),
            end.c.state,
            end.c.current_due,
            end.c.original_due,
            end.c.reported_on,
            func.coalesce(grants.c.n, literal(0)).label("extensions"),
            and_(~entered, lately.c.task_id.is_not(None)).label("entered_since"),
        )
        .select_from(end)
        .outerjoin(start, and_(start.task_id == moved, *_ended_in(reach, start)))
        .outerjoin(entry, _is_entry(reach, end, entry, entered))
        .outerjoin(grants, grants.c.task_id == end.c.task_id)
        .outerjoin(lately, lately.c.task_id == end.c.task_id)
    )


def _ended_in(reach: Reach, span: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- an alias of TaskSpan
    """Say that a span held just before a period began and ended within it, and that the task was open."""
    return (
        span.authority_id == reach.authority_id,
        span.committee_id == reach.committee_id,
        span.state.in_(OPEN),
        span.ended_at >= reach.begins,
        span.ended_at < reach.ends,
        span.began_at < reach.begins,
    )


def _is_entry(reach: Reach, end: Subquery, entry: Any, entered: ColumnElement[bool]) -> ColumnElement[bool]:  # noqa: ANN401 -- an alias of TaskSpan
    """Return the condition of a task's first open span of the period, for tasks not open when it began.

    The first five say nothing new: by them PostgreSQL finds the spans of the period instead of reading the ledger. The
    CASE spares looking for the span of a task that was open.
    """
    return and_(
        entry.authority_id == reach.authority_id,
        entry.task_id == end.c.task_id,
        entry.state.in_(OPEN),
        entry.began_at >= reach.begins,
        entry.began_at < reach.ends,
        entry.id == case((entered, _first_open_span(reach, end))),
    )


def _first_open_span(reach: Reach, end: Subquery) -> Any:  # noqa: ANN401 -- a scalar subquery
    """Select the span by which a task came into the period."""
    return (
        select(TaskSpan.id)
        .where(
            TaskSpan.task_id == end.c.task_id,
            TaskSpan.began_at >= reach.begins,
            TaskSpan.began_at < reach.ends,
            TaskSpan.state.in_(OPEN),
        )
        .order_by(TaskSpan.began_at, TaskSpan.seq)
        .limit(1)
        .correlate(end)
        .scalar_subquery()
    )


def _row(found: Any, n: int) -> TaskPeriod:  # noqa: ANN401 -- a result row of _statement or of `judged`
    """Return a result row as the arithmetic knows it."""
    entry: Entry | None = None
    if found.unit_at_start is None:
        entry = _ENTRIES.get(found.entered_by, "assigned")
    reported, completed = found.state == REPORTED, found.state == COMPLETED
    return TaskPeriod(
        unit_at_start=found.unit_at_start,
        entry=entry,
        entry_unit=found.entry_unit if entry else None,
        unit_at_end=found.unit_at_end,
        outcome=_OUTCOMES.get(found.state, "open"),
        due=found.current_due,
        original_due=found.original_due,
        counted_on=found.reported_on if reported or completed else None,
        reported=reported,
        paused=found.state == PAUSED,
        extensions=found.extensions,
        entered=bool(found.entered_since),
        n=n,
    )


def rows_of(committee: Committee, period: Period) -> list[TaskPeriod]:
    """Return the tasks of a period, alike ones as one row with their number, however many tasks there are."""
    return rows_of_each([(committee, period)])[0]


def rows_of_each(asked: Sequence[tuple[Committee, Period]]) -> list[list[TaskPeriod]]:
    """Return the same of several periods, in their order, in one statement."""
    return _grouped([_statement(reach_of(committee, period)) for committee, period in asked])


def judged_of_each(asked: Sequence[tuple[Committee, Period, date]]) -> list[list[TaskPeriod]]:
    """Return the tasks of several periods, each as at 24:00 of a day, in one statement: alike ones are one row.

    Their dates are such that the arithmetic says of each what it says of the true ones (see `month_marks`).
    """
    ways = []
    for committee, period, as_at in asked:
        one = _statement(reach_of(committee, period)).subquery()
        ways.append(select(*judged(one.c, as_at, clock_of(committee))))
    return _grouped(ways)


def _grouped(statements: Sequence[Select[Any]]) -> list[list[TaskPeriod]]:
    ways = []
    for number, statement in enumerate(statements):
        one = statement.subquery(f"one{number}")
        alike = [column for column in one.c if column.name != "task_id"]
        count = func.count().label("tasks")
        ways.append(select(literal(number).label("asked"), *alike, count).group_by(*alike))
    rows: list[list[TaskPeriod]] = [[] for _one in statements]
    for found in session.execute(union_all(*ways)) if ways else ():
        rows[found.asked].append(_row(found, found.tasks))
    return rows


class Stood(NamedTuple):
    """One task over a period, with its state at the end."""

    task_id: int
    state: str
    row: TaskPeriod


def standings(committee: Committee, period: Period) -> list[Stood]:
    """Return every task of a period singly: open when it began, or assigned or opened again within it."""
    query = _statement(reach_of(committee, period))
    return [Stood(found.task_id, found.state, _row(found, 1)) for found in session.execute(query)]


def rows_by_task(committee: Committee, period: Period) -> list[tuple[int, TaskPeriod]]:
    """Return the same rows singly, each with the id of its task."""
    return [(stood.task_id, stood.row) for stood in standings(committee, period)]


class Judged(NamedTuple):
    """A period as at 24:00 of a day: how its tasks stood at the end by their ids, and the ids of alike ones."""

    ends: Mapping[int, Any]
    alike: Mapping[TaskPeriod, list[int]]

    def summary(self, as_at: date, clock: Clock) -> Summary:
        """Return the figures."""
        return summarise((replace(row, n=len(ids)) for row, ids in self.alike.items()), as_at, clock)


def judged_by_task(committee: Committee, period: Period, as_at: date) -> Judged:
    """Return the tasks of a period as `judged_of_each` has them, each by itself, in one statement."""
    one = _statement(reach_of(committee, period)).subquery()
    marks = judged(one.c, as_at, clock_of(committee))
    true = (one.c.current_due.label("due"), one.c.original_due.label("first_due"), one.c.reported_on.label("sent_on"))
    ends: dict[int, Any] = {}
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in fetch(select(one.c.task_id, *true, *marks), {}):
        ends[row[0]] = row
        found[tuple(row[len(true) + 1 :])].append(row[0])
    alike: dict[TaskPeriod, list[int]] = defaultdict(list)
    for ids in found.values():
        alike[_row(ends[ids[0]], 1)] += ids
    return Judged(ends, alike)


def summary_of(committee: Committee, period: Period, as_at: date) -> Summary:
    """Return the figures of a period as at 24:00 of a day: its last one, or today while it runs."""
    return summarise(judged_of_each([(committee, period, as_at)])[0], as_at, clock_of(committee))


Counted = dict[int, dict[str, list[int]]]
"""Unit → figure → ids of the tasks that the figure counts, as often as it counts them (extensions)."""


def tasks_counted(rows: list[tuple[int, TaskPeriod]], as_at: date, clock: Clock) -> Counted:
    """Return the tasks behind each number, sorted by the very arithmetic that makes the numbers."""
    alike: dict[TaskPeriod, list[int]] = defaultdict(list)
    for task_id, row in rows:
        alike[row].append(task_id)
    return alike_counted(alike, as_at, clock)


def alike_counted(alike: Mapping[TaskPeriod, list[int]], as_at: date, clock: Clock) -> Counted:
    """Return the same of alike rows with the ids of their tasks."""
    counted: Counted = defaultdict(lambda: defaultdict(list))
    for row, tasks in alike.items():
        for unit, line in summarise([row], as_at, clock).units.items():
            for figure in FIGURES:
                if times := cast("int", getattr(line, figure)):
                    counted[unit][figure] += tasks * times
    return {unit: {name: sorted(ids) for name, ids in found.items() if ids} for unit, found in counted.items()}
