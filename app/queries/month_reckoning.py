"""What the ledger says of a month: its figures, the tasks behind each, and what its lists name, without any name.

This is what takes long where there are many tasks. What things are called is read when the month is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, cast, literal, null, select

from app.clock import day_of, now
from app.db import UTCDateTime, session
from app.models import Event, Extension, Task
from app.queries.account import Account
from app.queries.calendars import clock_of
from app.queries.monthly import alike_counted, completed_in, judged_by_task, reach_of
from workflows.extension import GRANTED
from workflows.monthly_report import FROZEN
from workflows.task import COMPLETED, REPORTED, TASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.models import Committee, MonthlyReport
    from app.queries.account import Behind
    from workflows.compliance import Summary
    from workflows.deadlines import Clock
    from workflows.periods import Period

LIST = 500
"""How many tasks a list of the account names at most; the number beside it counts all."""


class Late(NamedTuple):
    """A task that was open past its due date, as it stood at the end of the period."""

    task_id: int
    days: int
    due: date
    first_due: date | None
    unit_id: int
    reported: bool


class Granted(NamedTuple):
    """An extension granted in a period."""

    task_id: int
    due_before: date
    granted_due: date
    ruled_on: date
    reason: str


class Apart(NamedTuple):
    """The tasks by which a month differs from what the signed one before lists as left open; LIST of each at most.

    `signed`: the id of that signed report, None where there was none to compare with.
    """

    reopened: list[int]
    added: list[int]
    missing: list[int]
    signed: int | None

    @property
    def named(self) -> set[int]:
        """All of them."""
        return {*self.reopened, *self.added, *self.missing}


class Earlier(NamedTuple):
    """The period before, and its figures as the ledger has them."""

    period: Period
    summary: Summary


@dataclass(frozen=True)
class Reckoning:
    """What the ledger says of a period as at the end of a day, read at an instant; lists name LIST tasks at most."""

    as_at: date
    computed_at: datetime
    summary: Summary
    late: list[Late]
    grants: list[Granted]
    alone: list[int]
    """Tasks completed in the period that somebody confirmed who was a party, because nobody else was left."""
    earlier: Earlier | None
    apart: Apart
    counted: Behind

    @property
    def named(self) -> set[int]:
        """All tasks that a list names."""
        return {*(one.task_id for one in self.late), *(one.task_id for one in self.grants), *self.alone}


def reckon(
    committee: Committee, period: Period, as_at: date, earlier: Earlier | None, before: MonthlyReport | None
) -> Reckoning:
    """Read what the ledger says of a period.

    :param before: the report of the period before, where there is one.
    """
    instant = now()
    rows = judged_by_task(committee, period, as_at)
    clock = clock_of(committee)
    counted = alike_counted(rows.alike, as_at, clock)
    grants, alone = _ruled(committee, period)
    return Reckoning(
        as_at=as_at,
        computed_at=instant,
        summary=rows.summary(as_at, clock),
        late=_late(ids_of(counted, "overdue"), rows.ends, as_at, clock),
        grants=grants,
        alone=sorted(alone.intersection(ids_of(counted, "on_time", "late")))[:LIST],
        earlier=earlier,
        apart=apart_from(counted, before),
        counted=counted,
    )


def ids_of(counted: Behind, *figures: str) -> list[int]:
    """Return the tasks behind figures of all units, each once."""
    return sorted({task for unit in counted.values() for figure in figures for task in unit.get(figure, ())})


def _late(ids: Iterable[int], ends: Mapping[int, Any], as_at: date, clock: Clock) -> list[Late]:
    """Return how late the tasks are that were open past their due date, the longest overdue first."""

    @cache
    def days(due: date, day: date) -> int:
        return clock.days_late(due, day)

    late = {task: days(end.due, _counted_on(end) or as_at) if (end := ends[task]).due else 0 for task in ids}
    longest = sorted(late.items(), key=lambda one: (-one[1], one[0]))[:LIST]
    return [
        Late(task, lasts, (end := ends[task]).due, end.first_due, end.unit_at_end, end.state == REPORTED)
        for task, lasts in longest
    ]


def _counted_on(end: Any) -> date | None:  # noqa: ANN401 -- how a task stood at the end, a row of the query
    """Return the day of a pending report, None where none waits."""
    return end.sent_on if end.state == REPORTED else None


def _ruled(committee: Committee, period: Period) -> tuple[list[Granted], set[int]]:
    """Return what was ruled in a period, in one statement.

    LIST extensions granted, in their order; and every task confirmed by a party because nobody else was left.
    """
    reach = reach_of(committee, period)
    grants = (
        select(
            Extension.task_id, Extension.due_before, Extension.granted_due, Extension.ruled_at, Extension.reason,
            Extension.id,
        )
        .join(Task, Task.id == Extension.task_id)
        .where(
            Extension.authority_id == committee.authority_id,
            Task.committee_id == committee.id,
            Extension.state == GRANTED,
            Extension.ruled_at >= reach.begins,
            Extension.ruled_at < reach.ends,
        )
        .order_by(Extension.ruled_at, Extension.id)
        .limit(LIST)
        .subquery()
    )  # fmt: skip
    no_day = cast(null(), Date)
    alone = select(Event.subject_id, no_day, no_day, cast(null(), UTCDateTime), literal(""), literal(0)).where(
        Event.subject == TASK.name,
        Event.subject_id.in_(completed_in(reach)),
        Event.to_state == COMPLETED,
        Event.at >= reach.begins,
        Event.at < reach.ends,
        Event.data["self_ruled"].as_boolean(),
    )
    rows = session.execute(select(grants).union_all(alone)).all()
    granted = sorted((row for row in rows if row.ruled_at), key=lambda row: (row.ruled_at, row.id))
    return (
        [Granted(row.task_id, row.due_before, row.granted_due, day_of(row.ruled_at), row.reason) for row in granted],
        {row.task_id for row in rows if not row.ruled_at},
    )


def apart_from(counted: Behind, before: MonthlyReport | None) -> Apart:
    """Compare what is carried over with what the month before, where it is signed, lists as left open."""
    reopened = ids_of(counted, "reopened")[:LIST]
    if before is None or signed_id(before) is None:
        return Apart(reopened, [], [], None)
    kept = Account.from_json(before.figures)
    left = set(ids_of(kept.counted, "in_time", "overdue"))
    carried = set(ids_of(counted, "carried"))
    return Apart(reopened, sorted(carried - left)[:LIST], sorted(left - carried)[:LIST], before.id)


def signed_id(report: MonthlyReport | None) -> int | None:
    """Return the id of a signed report; None where there is none, or not yet."""
    return report.id if report is not None and report.state in FROZEN else None
