"""How a committee's tasks stand between two days: what changed, done, in progress, not started, overdue.

Read from the ledger like the monthly account, so that both tell the same of the same days.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.clock import day_of, now, today
from app.db import session
from app.models import Conclusion, Notice, Progress, Task, TaskSpan
from app.queries.calendars import clock_of
from app.queries.month_account import issuer_of
from app.queries.monthly import reach_of, standings
from app.queries.task_lines import chunks, task_lines
from app.queries.unit_names import unit_names
from workflows.deadlines import standing_of, time_status
from workflows.periods import Period
from workflows.task import ASSIGNED, COMPLETED, CONTESTED, OPEN, TASK, WITHDRAWN
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from app.models import Committee
    from app.queries.account import Issuer, TaskLine
    from app.queries.monthly import Reach, Stood
    from workflows.deadlines import Clock

LIST = 1000
"""How many tasks are named; the counts cover all."""
NOT_STARTED = frozenset({ASSIGNED, CONTESTED})
EXTENDED = "extended"
_OTHER_EVENTS = {EXTENDED: Words("được gia hạn", "was extended")}


class Change(NamedTuple):
    """One thing that happened to a task in the span."""

    on: date
    words: Words


@dataclass(frozen=True)
class StatusTask:
    """One task: how it stood at the end, since when it is late, what happened, and what its unit wrote last."""

    line: TaskLine
    state: str
    status: Words
    tone: str
    overdue: bool
    days: int
    changes: list[Change] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Clause:
    """A conclusion (or another source) with its tasks."""

    source: str
    text: str
    tasks: list[StatusTask]


@dataclass
class Count:
    """How many tasks; overdue ones are among those in progress or not started."""

    total: int = 0
    done: int = 0
    in_progress: int = 0
    not_started: int = 0
    withdrawn: int = 0
    overdue: int = 0

    def add(self, state: str, *, overdue: bool) -> None:
        """Count one more task."""
        self.total += 1
        self.overdue += overdue
        if state == COMPLETED:
            self.done += 1
        elif state == WITHDRAWN:
            self.withdrawn += 1
        elif state in NOT_STARTED:
            self.not_started += 1
        else:
            self.in_progress += 1


@dataclass(frozen=True)
class StatusReport:
    """The whole answer. `as_at`: the last day that it covers, never after today.

    `at`: the instant until which it holds, where that day is not over; None where it holds at the day's end.
    """

    issuer: Issuer
    since: date
    until: date
    as_at: date
    at: datetime | None
    count: Count
    units: list[tuple[str, Count]]
    clauses: list[Clause]
    changed: int

    @property
    def left_out(self) -> int:
        """How many tasks the lists are too short to name."""
        return self.count.total - sum(len(clause.tasks) for clause in self.clauses)


def status_report(committee: Committee, since: date, until: date) -> StatusReport:
    """Return how the tasks stood from a day to another (both within)."""
    period = Period(since, until)
    as_at, clock = min(until, today()), clock_of(committee)
    found = sorted(standings(committee, period), key=lambda stood: stood.task_id)
    judged = {stood.task_id: time_of(stood, as_at, clock) for stood in found}
    count, units = Count(), defaultdict[int, Count](Count)
    for stood in found:
        late = judged[stood.task_id].overdue
        count.add(stood.state, overdue=late)
        units[stood.row.unit_at_end].add(stood.state, overdue=late)
    ids = [stood.task_id for stood in found]
    names = unit_names(units).on(until)
    changes = _changes(set(ids), reach_of(committee, period))
    return StatusReport(
        issuer=issuer_of(committee),
        since=since,
        until=until,
        as_at=as_at,
        at=now() if as_at == today() else None,
        count=count,
        units=_in_order(units, names),
        clauses=_by_clause(found, judged, changes, reach_of(committee, period), names),
        changed=len(changes),
    )


class Judged(NamedTuple):
    """A task against its due date at the end."""

    status: Words
    tone: str
    overdue: bool
    days: int


def time_of(stood: Stood, as_at: date, clock: Clock) -> Judged:
    """Return the one status a list shows of a task as it stood."""
    row, state = stood.row, TASK.by_name[stood.state]
    time = time_status(standing_of(stood.state), row.due, as_at, clock, row.counted_on)
    late = row.due is not None and not row.paused and clock.is_late(row.due, row.counted_on or as_at)
    overdue = late and stood.state in OPEN
    timed = stood.state == COMPLETED or (overdue and not row.reported)
    days = clock.days_late(row.due, row.counted_on or as_at) if row.due and overdue else 0
    return Judged(time.words if timed else state.label, time.tone if timed else state.tone, overdue, days)


def _in_order(units: Mapping[int, Count], names: Mapping[int, str]) -> list[tuple[str, Count]]:
    return [(name, units[unit_id]) for unit_id, name in names.items() if unit_id in units]


def _changes(ids: Collection[int], reach: Reach) -> dict[int, list[Change]]:
    """Return what happened to each of the committee's tasks within the span, in order."""
    found: dict[int, list[Change]] = defaultdict(list)
    query = (
        select(TaskSpan.task_id, TaskSpan.event, TaskSpan.began_at)
        .where(
            TaskSpan.authority_id == reach.authority_id,
            TaskSpan.committee_id == reach.committee_id,
            # All there are: said so that the index by state and instant answers.
            TaskSpan.state.in_(TASK.by_name),
            TaskSpan.began_at >= reach.begins,
            TaskSpan.began_at < reach.ends,
        )
        .order_by(TaskSpan.task_id, TaskSpan.began_at, TaskSpan.seq)
    )
    for task, event, at in session.execute(query):
        rows = TASK.by_event.get(event)
        words = rows[0].past if rows else _OTHER_EVENTS.get(event)
        if words and task in ids:
            found[task].append(Change(day_of(at), words))
    return dict(found)


def _last_notes(ids: Sequence[int], reach: Reach) -> dict[int, str]:
    """Return the last line of progress of each task up to the end of the span."""
    found: dict[int, str] = {}
    for part in chunks(ids):
        query = (
            select(Progress.task_id, Progress.note)
            .where(Progress.task_id.in_(part), Progress.at < reach.ends)
            .order_by(Progress.at, Progress.id)
        )
        found |= {row.task_id: row.note for row in session.execute(query)}
    return found


def _by_clause(
    found: Sequence[Stood],
    judged: Mapping[int, Judged],
    changes: Mapping[int, list[Change]],
    reach: Reach,
    names: Mapping[int, str],
) -> list[Clause]:
    """Return the tasks under the clause each comes from, the oldest paper first."""
    named = {stood.task_id: stood for stood in found[:LIST]}
    ids = list(named)
    lines, notes, places = task_lines(ids), _last_notes(ids, reach), _places(ids)
    grouped: dict[tuple[str, int, int, str], list[StatusTask]] = defaultdict(list)
    texts: dict[tuple[str, int, int, str], tuple[str, str]] = {}
    for task_id, stood in named.items():
        line = lines[task_id]
        place = places.get(task_id)
        key = (place.issued, place.notice, place.position, "") if place else ("", 0, 0, line.source)
        texts[key] = (line.source, place.text if place else "")
        unit, row = names.get(stood.row.unit_at_end, line.unit), stood.row
        then = replace(line, due=row.due, original_due=row.original_due, unit_id=row.unit_at_end, unit=unit)
        done = StatusTask(then, stood.state, *judged[task_id], changes.get(task_id, []), notes.get(task_id, ""))
        grouped[key].append(done)
    return [Clause(*texts[key], grouped[key]) for key in sorted(grouped)]


class Place(NamedTuple):
    """Where a task's clause stands: its notice, and its position there."""

    issued: str
    notice: int
    position: int
    text: str


def _places(ids: Sequence[int]) -> dict[int, Place]:
    found = {}
    for part in chunks(ids):
        query = (
            select(Task.id, Notice.issued_on, Notice.id, Conclusion.position, Conclusion.text)
            .join(Conclusion, Conclusion.id == Task.conclusion_id)
            .join(Notice, Notice.id == Conclusion.notice_id)
            .where(Task.id.in_(part))
        )
        for task, issued, notice, position, text in session.execute(query):
            found[task] = Place(issued.isoformat() if issued else "", notice, position, text)
    return found
