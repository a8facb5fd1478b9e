"""A committee's account of a period, computed as at 24:00 of its last day (while it runs: of today)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, cast, literal, null, select

from app.clock import day_of, now, today
from app.db import UTCDateTime, session
from app.models import Authority, Event, Extension, Task
from app.queries.account import Account, Before, Corrections, Definition, Grant, Issuer, UnitAccount
from app.queries.calendars import clock_of
from app.queries.kept_months import summaries_of
from app.queries.month_beside import read_beside
from app.queries.monthly import alike_counted, completed_in, judged_by_task, reach_of
from app.queries.task_lines import task_lines
from app.queries.unit_names import UnitNames, unit_names
from workflows.compliance import COLUMNS
from workflows.extension import GRANTED
from workflows.monthly_report import FROZEN
from workflows.task import COMPLETED, REPORTED, TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.models import Committee, MonthlyReport
    from app.queries.account import TaskLine
    from app.queries.month_beside import Beside
    from app.queries.monthly import Counted
    from workflows.compliance import Summary
    from workflows.deadlines import Clock
    from workflows.periods import Period

LIST = 500
"""How many tasks a list of the account names at most; the number beside it counts all."""


def month_account(
    committee: Committee, period: Period, *, causes: Mapping[int, str] | None = None, beside: Beside | None = None
) -> Account:
    """Compute the account of a period.

    :param causes: column 14, by unit.
    :param beside: what stands around the month, where the caller has read it.
    """
    as_at = min(period.end, today())
    rows = judged_by_task(committee, period, as_at)
    clock = clock_of(committee)
    summary = rows.summary(as_at, clock)
    counted = alike_counted(rows.alike, as_at, clock)
    earlier = before_of(committee, period, beside)
    names = unit_names(summary.units)
    late = _days_late(_ids(counted, "overdue"), rows.ends, as_at, clock)
    ruled = _ruled(committee, period)
    alone = ruled.alone & set(_ids(counted, "on_time", "late"))
    apart = _apart(counted, earlier)
    # All that the lists name, in one statement.
    lines = task_lines({*late, *(one.task_id for one in ruled.grants), *alone, *apart.named})
    return Account(
        issuer=issuer_of(committee),
        label=period.label,
        begins_on=period.start,
        ends_on=period.end,
        bridging=period.bridging,
        as_at=as_at,
        computed_at=now(),
        units=_units(names, summary, causes or {}, as_at),
        total=summary.total,
        before=_before(committee, period, earlier),
        overdue=_overdue(late, lines, rows.ends, names.on(as_at)),
        grants=[Grant(lines[one.task_id], *one[1:]) for one in ruled.grants],
        self_confirmed=[lines[task] for task in sorted(alone)[:LIST]],
        corrections=apart.corrections(lines),
        definitions=[Definition(c.number, c.header, c.definition) for c in COLUMNS],
        counted=counted,
    )


def compared_anew(account: Account, committee: Committee, period: Period, beside: Beside | None = None) -> Account:
    """Return an account that is not signed yet, beside the period before as that stands now: it may be signed since."""
    earlier = before_of(committee, period, beside)
    apart = _apart(account.counted, earlier)
    before, corrections = _before(committee, period, earlier), apart.corrections(task_lines(apart.named))
    return replace(account, before=before, corrections=corrections)


def issuer_of(committee: Committee) -> Issuer:
    """Return the committee as the head of its papers names it."""
    authority = session.get_one(Authority, committee.authority_id)
    return Issuer(
        committee_id=committee.id,
        name=committee.name,
        short_name=committee.short_name,
        symbol=committee.symbol,
        profile=committee.profile,
        issuing_body=committee.issuing_body or committee.name,
        superior_body=committee.superior_body or authority.name,
        place=authority.place,
    )


def _units(names: UnitNames, summary: Summary, causes: Mapping[int, str], as_at: date) -> list[UnitAccount]:
    """Return the units in the authority's order, by the names of the day; who neither had nor gave a task is out."""
    then = names.on(as_at)
    return [
        UnitAccount(
            unit_id, then[unit_id], names.short_on(unit_id, as_at), summary.units[unit_id], causes.get(unit_id, "")
        )
        for unit_id in names
    ]


def _ids(counted: Counted, *figures: str) -> list[int]:
    return sorted({task for unit in counted.values() for figure in figures for task in unit.get(figure, ())})


def _days_late(ids: Sequence[int], ends: Mapping[int, Any], as_at: date, clock: Clock) -> dict[int, int]:
    """Return how late the tasks are that were open past their due date, the longest overdue first; LIST at most."""

    @cache
    def days(due: date, day: date) -> int:
        return clock.days_late(due, day)

    late = {task: days(end.due, _counted_on(end) or as_at) if (end := ends[task]).due else 0 for task in ids}
    return dict(sorted(late.items(), key=lambda one: (-one[1], one[0]))[:LIST])


def _counted_on(end: Any) -> date | None:  # noqa: ANN401 -- how a task stood at the end, a row of the query
    """Return the day of a pending report, None where none waits."""
    return end.sent_on if end.state == REPORTED else None


def _overdue(
    late: Mapping[int, int], lines: Mapping[int, TaskLine], ends: Mapping[int, Any], names: Mapping[int, str]
) -> list[TaskLine]:
    """Return the overdue tasks as they stood then: their dates, their unit by its name of the day."""
    return [
        replace(
            line,
            due=(end := ends[line.id]).due,
            original_due=end.first_due,
            days=late[line.id],
            unit_id=end.unit_at_end,
            unit=names.get(end.unit_at_end, line.unit),
            note="reported" if end.state == REPORTED else "",
        )
        for line in (lines[task] for task in late)
    ]


class Granted(NamedTuple):
    """An extension granted in a period."""

    task_id: int
    due_before: date
    granted_due: date
    ruled_on: date
    reason: str


class Ruled(NamedTuple):
    """What was ruled in a period: extensions granted in their order, and tasks confirmed by one who was a party."""

    grants: list[Granted]
    alone: set[int]


def _ruled(committee: Committee, period: Period) -> Ruled:
    """Return both in one statement: LIST extensions at most, and every task confirmed because nobody else was left."""
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
    return Ruled(
        [Granted(row.task_id, row.due_before, row.granted_due, day_of(row.ruled_at), row.reason) for row in granted],
        {row.task_id for row in rows if not row.ruled_at},
    )


def before_of(
    committee: Committee, period: Period, beside: Beside | None = None
) -> tuple[Period, MonthlyReport | None] | None:
    """Return the period before, with its report where there is one; None when nothing was assigned by its end."""
    known = beside or read_beside(committee.id, period.start)
    return known.before(period) if known else None


def _before(committee: Committee, period: Period, found: tuple[Period, MonthlyReport | None] | None) -> Before | None:
    if found is None:
        return None
    earlier, report = found
    summary = summaries_of([(committee, earlier, earlier.end)]).found[0]
    total, units, signed = summary.total, dict(summary.units), False
    if report is not None and report.state in FROZEN:
        kept = Account.from_json(report.figures)
        total, units, signed = kept.total, {unit.unit_id: unit.line for unit in kept.units}, True
    return Before(
        label=earlier.label,
        begins_on=earlier.start,
        ends_on=earlier.end,
        comparable=period.comparable_with(earlier),
        signed=signed,
        total=total,
        units=units,
        overtaken=signed and replace(total, entered=0) != replace(summary.total, entered=0),
    )


class Apart(NamedTuple):
    """The tasks by which a month differs from what the signed one before lists as left open; LIST of each at most."""

    reopened: list[int]
    added: list[int]
    missing: list[int]

    @property
    def named(self) -> set[int]:
        """All of them."""
        return {*self.reopened, *self.added, *self.missing}

    def corrections(self, lines: Mapping[int, TaskLine]) -> Corrections:
        """Return them as the account names them."""
        return Corrections(*([lines[task] for task in ids if task in lines] for ids in self))


def _apart(counted: Counted, found: tuple[Period, MonthlyReport | None] | None) -> Apart:
    """Compare what is carried over with what the signed month before lists as left open."""
    reopened = _ids(counted, "reopened")[:LIST]
    if found is None or found[1] is None or found[1].state not in FROZEN:
        return Apart(reopened, [], [])
    kept = Account.from_json(found[1].figures)
    left = {task for unit in kept.counted.values() for name in ("in_time", "overdue") for task in unit.get(name, ())}
    carried = set(_ids(counted, "carried"))
    return Apart(reopened, sorted(carried - left)[:LIST], sorted(left - carried)[:LIST])
