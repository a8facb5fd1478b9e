"""How a committee stands today: units × what they have, what falls due in two weeks, the longest overdue.

Over 300 lines: every number of the picture stands beside what it is counted with.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from app.clock import start_of
from app.db import fetch, session, table_of
from app.models import Committee, MonthlyReport, PeriodRule, Task, Unit
from app.models.data_stamp import ORGANISATION, TASKS
from app.models.task import IS_MOVED_AND_SENT
from app.models.task_count import IN_TIME, LATE, UNDATED
from app.queries.calendars import calendar_of
from app.queries.day_sums import days_before
from app.queries.kept_counts import asked_of, cells_by_unit, done_by, first_overdue_change, number_of
from app.queries.stamps import kept_while
from app.queries.task_list import TaskFilter, where
from workflows import periods
from workflows.compliance import Line
from workflows.monthly_report import FROZEN
from workflows.task import COMPLETED, REPORTED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sqlalchemy import ColumnElement, Row, Select

    from app.queries.kept_counts import Cell
    from app.queries.standing import Standing
    from workflows.deadlines import Clock

COUNTED = ("open", "overdue", "near", "in-time", "no-clock", "awaiting-ruling")
"""What is counted of each unit as it stands today."""
DONE = ("completed", "completed-on-time", "completed-late")
"""What is counted since the period began."""
AHEAD = timedelta(days=14)
SHOWN = 8
WORST = 5


class CommitteePeriod(NamedTuple):
    """A committee of the person, the period that runs today, and the one before it."""

    committee: Committee
    period: periods.Period
    before: periods.Period


def committees_with_period(ids: frozenset[int], today: date) -> list[CommitteePeriod]:
    """Return committees, each with its running period (a calendar month without a rule), in one statement."""
    query = (
        select(Committee, PeriodRule.valid_from, PeriodRule.start_day)
        .outerjoin(PeriodRule, PeriodRule.committee_id == Committee.id)
        .where(Committee.id.in_(ids), Committee.active)
        .order_by(Committee.id, PeriodRule.valid_from)
    )
    found: dict[Committee, list[periods.PeriodRule]] = defaultdict(list)
    for committee, since, day in session.execute(query):
        found[committee] += [periods.PeriodRule(since, day)] if since else []
    return [_running(committee, rules or [periods.PeriodRule(today, 1)], today) for committee, rules in found.items()]


def _running(committee: Committee, rules: list[periods.PeriodRule], today: date) -> CommitteePeriod:
    period = periods.period_of(today, rules)
    return CommitteePeriod(committee, period, periods.previous(period, rules))


@dataclass(frozen=True)
class OnTime:
    """What an on-time rate is made of: completed on time and late in the period, and open past the due date."""

    kept: int
    late: int
    overdue: int

    @property
    def rate(self) -> float | None:
        """On time over all three (0 to 1), None without any."""
        due = self.kept + self.late + self.overdue
        return self.kept / due if due else None

    def __add__(self, other: OnTime) -> OnTime:
        """Count two together."""
        return OnTime(self.kept + other.kept, self.late + other.late, self.overdue + other.overdue)


@dataclass(frozen=True)
class UnitCounts:
    """One unit's numbers by the names of the statuses counted; `kept` are those on time that had a due date."""

    id: int
    name: str
    short_name: str
    parent_id: int | None
    abolished: bool
    words: Sequence[str]
    numbers: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    first: OnTime | None = None
    """The same by the original due dates; None where it was not asked for."""
    change: int = 0
    """How many more of its running tasks would be overdue by the original due dates."""

    @property
    def has_work(self) -> bool:
        """Whether the unit has or had anything to do in the period."""
        return bool(self.numbers["open"] or self.numbers["completed"])

    @property
    def rate(self) -> float | None:
        """On time over on time, late and overdue (0 to 1) in the period so far; None without any."""
        return self.by_now.rate

    @property
    def by_now(self) -> OnTime:
        """What the rate is made of, by the present due dates."""
        return OnTime(self.kept, self.numbers["completed-late"], self.numbers["overdue"])


def unit_counts(standing: Standing, today: date, running: CommitteePeriod | None) -> list[UnitCounts]:
    """Return all units of the authority in its order, with the numbers of one committee, in at most two statements."""
    key = "units", *_whose(standing, running), today
    return kept_while(TASKS, key, lambda: _unit_counts(standing, today, running), ORGANISATION)


def _whose(standing: Standing, running: CommitteePeriod | None) -> tuple[int, int | None, date | None]:
    """Return whose numbers these are: the authority, and one of the person's committees with the period's first day."""
    if running is None or running.committee.id not in standing.committees:
        return standing.authority_id, None, None
    return standing.authority_id, running.committee.id, running.period.start


def _unit_counts(standing: Standing, today: date, running: CommitteePeriod | None) -> list[UnitCounts]:
    cells = _cells(standing, today, running)
    return [_counts_of(row, cells.get(row.id, [])) for row in fetch(_UNITS, {"authority": standing.authority_id})]


def units_by_both_dates(standing: Standing, today: date, running: CommitteePeriod, clock: Clock) -> list[UnitCounts]:
    """Return the units as `unit_counts` does, also with what their rate would be by the original due dates."""

    def judged() -> list[UnitCounts]:
        moved = moved_dates(standing, running)
        return with_first_dates(unit_counts(standing, today, running), moved, today, clock)

    # The clock is the committee's own, and it and the calendar belong to the organisation.
    return kept_while(TASKS, ("both dates", *_whose(standing, running), today), judged, ORGANISATION)


def _cells(standing: Standing, today: date, running: CommitteePeriod | None) -> dict[int, list[Cell]]:
    """Return the kept counts; the committee is one of the person's own, so that all of its tasks may be seen."""
    if running is None or running.committee.id not in standing.committees:
        return {}
    return cells_by_unit(standing, today, running.committee.id, running.period.start)


def _counts_of(row: Row[Any], cells: Sequence[Cell]) -> UnitCounts:
    done = done_by(cells)
    numbers = {
        **{name: number_of(name, cells) for name in COUNTED if name != "awaiting-ruling"},
        "awaiting-ruling": number_of("ruled", cells) + asked_of(cells),
        "completed": sum(done.values()),
        "completed-on-time": done[IN_TIME] + done[UNDATED],
        "completed-late": done[LATE],
    }
    return UnitCounts(
        row.id, row.name, row.short_name, row.parent_id, row.abolished_on is not None, row.aliases, numbers,
        done[IN_TIME], change=first_overdue_change(cells),
    )  # fmt: skip


_UNIT = table_of(Unit).c
_UNITS = (
    select(_UNIT.id, _UNIT.name, _UNIT.short_name, _UNIT.parent_id, _UNIT.abolished_on, _UNIT.aliases)
    .where(_UNIT.authority_id == bindparam("authority"))
    .order_by(_UNIT.position, _UNIT.id)
)


def with_first_dates(
    units: Sequence[UnitCounts], moved: Sequence[Row[*tuple[Any, ...]]], today: date, clock: Clock
) -> list[UnitCounts]:
    """Return the units with what their rate would be by the original due dates; `moved` as `moved_dates` gives them.

    Only tasks whose date was moved can differ. Those that were sent are judged where their day lies near one of the
    dates, because a due date on a rest day counts from the next working day; those that run are counted.
    """
    change: dict[int, OnTime] = defaultdict(lambda: OnTime(0, 0, 0))
    for row in moved:
        now, first = (_judged(row, due, today, clock) for due in (row.current_due, row.original_due))
        # In the column of the id stands how many tasks are alike.
        change[row.number] += OnTime(*((b - a) * row.id for a, b in zip(now, first, strict=True)))
    return [replace(unit, first=unit.by_now + change[unit.id] + OnTime(0, 0, unit.change)) for unit in units]


class MonthRate(NamedTuple):
    """The on-time rates (0 to 1) of a signed month; None without anything due."""

    begins_on: date
    by_now: Fraction | None
    by_first: Fraction | None


def signed_rates(committee_id: int, months: int = 12) -> list[MonthRate]:
    """Return the rates of a committee's last signed months, the oldest first, in one statement."""
    query = (
        select(MonthlyReport.begins_on, MonthlyReport.figures["total"])
        .where(MonthlyReport.committee_id == committee_id, MonthlyReport.state.in_(FROZEN))
        .order_by(MonthlyReport.begins_on.desc())
        .limit(months)
    )
    found = [(begins_on, Line(**total)) for begins_on, total in session.execute(query)]
    return [MonthRate(begins_on, line.rate, line.original_rate) for begins_on, line in reversed(found)]


def _judged(row: Row[*tuple[Any, ...]], due: date, today: date, clock: Clock) -> tuple[int, int, int]:
    """Return one task as (on time, late, overdue) by a due date; all 0 where its clock stands still or is in time."""
    late = clock.is_late(due, row.reported_on or today)
    if row.state == COMPLETED:
        return int(not late), int(late), 0
    return 0, 0, int(late)


def _mine(standing: Standing, running: CommitteePeriod | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition for a committee's tasks; it is one of the person's own, so that all of them may be seen."""
    found = running.committee.id if running and running.committee.id in standing.committees else 0
    return Task.authority_id == standing.authority_id, Task.committee_id == found


@dataclass(frozen=True)
class Outlook:
    """Tasks to look at: due soon, overdue longest, moved most often; and how many fall due on each day."""

    due: list[Row[*tuple[Any, ...]]]
    longest: list[Row[*tuple[Any, ...]]]
    most_moved: list[Row[*tuple[Any, ...]]]
    days: dict[date, int]
    wanted: TaskFilter
    """The list of which `days` are the days and `due` the first rows."""
    moved_dates: list[Row[*tuple[Any, ...]]] = field(default_factory=list)
    """What `moved_dates` returns."""

    @property
    def total(self) -> int:
        """How many fall due in the two weeks."""
        return sum(self.days.values())


def outlook(standing: Standing, today: date, running: CommitteePeriod) -> Outlook:
    """Return what a committee must look at, in one statement."""
    ahead, late = _lists(running.committee.id, today)
    moved = TaskFilter(status="open", committee=running.committee.id)
    soonest = where(ahead, standing, today)
    changed = and_(where(moved, standing, today), Task.due_changes > 0)
    arms = (
        _arm("due", soonest, SHOWN, Task.current_due),
        _arm("late", where(late, standing, today), WORST, Task.current_due),
        # The newest first among equals: so the index is read from its end and no further.
        _arm("moved", changed, WORST, Task.due_changes.desc(), Task.id.desc()),
        _days(soonest),
        *_moved_dates(standing, running),
    )
    parts = _parts(arms)
    return Outlook(parts["due"], parts["late"], parts["moved"], _numbers(parts), ahead, parts["dated"])


def board_of(
    standing: Standing, today: date, running: CommitteePeriod, clock: Clock
) -> tuple[list[UnitCounts], Outlook]:
    """Return what the meeting room's board shows: the units by both dates, the days ahead, the longest overdue.

    What is counted, and which tasks are overdue longest, is kept while no task changed by which it is counted; their
    words are read each time. What the board does not show stays empty.
    """
    ahead, late = _lists(running.committee.id, today)

    def counted() -> tuple[list[UnitCounts], dict[date, int], list[int]]:
        arms = (
            _arm("late", where(late, standing, today), WORST, Task.current_due),
            _days(where(ahead, standing, today)),
            *_moved_dates(standing, running),
        )
        parts = _parts(arms)
        units = with_first_dates(unit_counts(standing, today, running), parts["dated"], today, clock)
        return units, _numbers(parts), [row.id for row in parts["late"]]

    key = "board", *_whose(standing, running), today
    units, days, longest = kept_while(TASKS, key, counted, ORGANISATION)
    rows = {row.id: row for row in fetch(_LONGEST, {"tasks": longest})} if longest else {}
    return units, Outlook([], [rows[task_id] for task_id in longest if task_id in rows], [], days, ahead)


def _lists(committee_id: int, today: date) -> tuple[TaskFilter, TaskFilter]:
    """Return the lists of what falls due in the two weeks, and of what is overdue."""
    ahead = TaskFilter(status="running", committee=committee_id, due_from=today, due_to=today + AHEAD)
    return ahead, TaskFilter(status="overdue", committee=committee_id)


def _parts(arms: Sequence[Select[*tuple[Any, ...]]]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    """Read the parts of one statement, each by its name."""
    parts: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in session.execute(union_all(*arms)):
        parts[row.part].append(row)
    return parts


def _numbers(parts: dict[str, list[Row[*tuple[Any, ...]]]]) -> dict[date, int]:
    return {row.current_due: row.number for row in parts["day"]}


def moved_dates(standing: Standing, running: CommitteePeriod) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return tasks reported now or completed in the period that moving their due date has made timely, or late.

    Alike ones are one row: `number` is the lead unit, `id` how many they are; their dates may be others that say the
    same.
    """
    open_now, done = _moved_dates(standing, running)
    return session.execute(union_all(open_now, done)).all()


def _arm(name: str, condition: ColumnElement[bool], limit: int, *order: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 -- columns
    """Select the first tasks of a condition, named as one part of a larger statement."""
    chosen = (
        select(
            literal(name).label("part"), Task.id, Task.code, Task.title, Task.state, Task.priority,
            Unit.name.label("unit"), Task.current_due, Task.original_due, Task.reported_on,
            Task.due_changes.label("number"),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(condition)
        .order_by(*order, Task.id)
        .limit(limit)
        .subquery()
    )  # fmt: skip
    return select(chosen)


_LATE = table_of(Task).c
_LONGEST = (
    select(
        _LATE.id, _LATE.code, _LATE.title, _LATE.state, _LATE.priority, _UNIT.name.label("unit"), _LATE.current_due,
        _LATE.original_due, _LATE.reported_on,
    )
    .join(table_of(Unit), _UNIT.id == _LATE.lead_unit_id)
    .where(_LATE.id.in_(bindparam("tasks", expanding=True)))
)  # fmt: skip
"""Some tasks as the board names them."""


def _days(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    empty, no_day = literal(""), cast(null(), Date)
    return (
        select(
            literal("day"), cast(null(), Integer), empty, empty, empty, empty, empty, Task.current_due, no_day, no_day,
            func.count(),
        )
        .where(condition)
        .group_by(Task.current_due)
    )  # fmt: skip


def _moved_dates(standing: Standing, running: CommitteePeriod) -> tuple[Select[*tuple[Any, ...]], ...]:
    rest = calendar_of(standing.authority_id).longest_rest
    mine = (*_mine(standing, running), IS_MOVED_AND_SENT)
    done = (Task.state == literal_column(f"'{COMPLETED}'"), Task.completed_at >= start_of(running.period.start))
    waiting = Task.state == literal_column(f"'{REPORTED}'")
    return _alike(rest, *mine, waiting), _alike(rest, *mine, *done)


_PLAIN = (date(2001, 6, 1), date(2001, 1, 2), date(2001, 6, 1))
"""A current and a first due date and a day of sending: they stand for all in time by the one and late by the other."""


def _alike(rest: int, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select moved tasks that may be late by one of their dates alone, alike ones together.

    Who sent later than any rest (in days) after a due date is late by it. Late by both or in time by both changes
    nothing and is left out; what is plainly in time by the one and late by the other need not be told apart by day.
    """
    now, first, sent = Task.current_due, Task.original_due, Task.reported_on
    far = days_before(sent, rest)
    plainly = and_(sent <= now, first < far)
    dates = [
        case((plainly, literal(day, Date)), else_=column)
        for day, column in zip(_PLAIN, (now, first, sent), strict=True)
    ]
    empty = literal("")
    found = (
        select(Task.state, Task.lead_unit_id, *(one.label(f"day{at}") for at, one in enumerate(dates)))
        .where(*conditions, or_(sent > now, sent > first), or_(now >= far, first >= far))
        .subquery()
    )
    return select(
        literal("dated"), func.count().label("id"), empty, empty, found.c.state, empty, empty,
        found.c.day0.label("current_due"), found.c.day1.label("original_due"), found.c.day2.label("reported_on"),
        found.c.lead_unit_id.label("number"),
    ).group_by(found.c.state, found.c.lead_unit_id, found.c.day0, found.c.day1, found.c.day2)  # fmt: skip
