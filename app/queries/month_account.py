"""A committee's account of a period, computed as at 24:00 of its last day (while it runs: of today)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import day_of, now, today
from app.db import session
from app.models import Authority, Event, Extension, MonthlyReport, Task
from app.queries.account import Account, Before, Corrections, Definition, Grant, Issuer, UnitAccount
from app.queries.calendars import clock_of
from app.queries.monthly import reach_of, rows_by_task, summary_of, tasks_counted
from app.queries.periods_of import first_day_of_work, rules_of
from app.queries.task_lines import chunks, listed, task_lines
from app.queries.unit_names import UnitNames, unit_names
from workflows.compliance import COLUMNS, summarise
from workflows.extension import GRANTED
from workflows.monthly_report import FROZEN
from workflows.periods import Period, previous
from workflows.task import COMPLETED, TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.models import Committee
    from app.queries.account import TaskLine
    from app.queries.monthly import Counted
    from workflows.compliance import Summary, TaskPeriod

LIST = 500
"""How many tasks a list of the account names at most; the number beside it counts all."""


def month_account(committee: Committee, period: Period, *, causes: Mapping[int, str] | None = None) -> Account:
    """Compute the account of a period. `causes`: column 14, by unit."""
    as_at = min(period.end, today())
    rows = rows_by_task(committee, period)
    clock = clock_of(committee)
    summary = summarise((row for _, row in rows), as_at, clock)
    counted = tasks_counted(rows, as_at, clock)
    standing, earlier = dict(rows), before_of(committee, period)
    names = unit_names(summary.units)
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
        overdue=_overdue(committee, _ids(counted, "overdue"), standing, as_at, names.on(as_at)),
        grants=_grants(committee, period),
        self_confirmed=_self_confirmed(committee, period, _ids(counted, "on_time", "late")),
        corrections=_corrections(counted, earlier),
        definitions=[Definition(c.number, c.header, c.definition) for c in COLUMNS],
        counted=counted,
    )


def compared_anew(account: Account, committee: Committee, period: Period) -> Account:
    """Return an account that is not signed yet, beside the period before as that stands now: it may be signed since."""
    earlier = before_of(committee, period)
    before, corrections = _before(committee, period, earlier), _corrections(account.counted, earlier)
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


def _overdue(
    committee: Committee,
    ids: Sequence[int],
    standing: Mapping[int, TaskPeriod],
    as_at: date,
    names: Mapping[int, str],
) -> list[TaskLine]:
    """Return the tasks open past their due date, the longest overdue first, by the dates that held then."""
    clock = clock_of(committee)
    late = {
        task: clock.days_late(row.due, row.counted_on or as_at) if (row := standing[task]).due else 0 for task in ids
    }
    worst = sorted(ids, key=lambda task: (-late[task], task))
    return [
        replace(
            line,
            due=standing[line.id].due,
            original_due=standing[line.id].original_due,
            days=late[line.id],
            unit_id=(unit_id := standing[line.id].unit_at_end),
            unit=names.get(unit_id, line.unit),
            note="reported" if standing[line.id].reported else "",
        )
        for line in listed(worst, LIST)
    ]


def _grants(committee: Committee, period: Period) -> list[Grant]:
    reach = reach_of(committee, period)
    query = (
        select(Extension)
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
    )
    found = list(session.scalars(query))
    lines = task_lines({one.task_id for one in found})
    return [
        Grant(lines[one.task_id], one.due_before, one.granted_due, day_of(one.ruled_at), one.reason)
        for one in found
        if one.granted_due and one.ruled_at
    ]


def _self_confirmed(committee: Committee, period: Period, completed: Sequence[int]) -> list[TaskLine]:
    """Return the tasks completed by a ruling of one who was a party, because nobody else was left."""
    reach = reach_of(committee, period)
    found: list[int] = []
    for part in chunks(completed):
        query = select(Event.subject_id).where(
            Event.subject == TASK.name,
            Event.subject_id.in_(part),
            Event.to_state == COMPLETED,
            Event.at >= reach.begins,
            Event.at < reach.ends,
            Event.data["self_ruled"].as_boolean(),
        )
        found += session.scalars(query)
    return listed(sorted(set(found)), LIST)


def before_of(committee: Committee, period: Period) -> tuple[Period, MonthlyReport | None] | None:
    """Return the period before, with its report where there is one; None when nothing was assigned by its end."""
    first = first_day_of_work(committee)
    rules = rules_of(committee.id, period.start)
    earlier = previous(period, rules)
    if first is None or earlier.end < first:
        return None
    query = select(MonthlyReport).where(
        MonthlyReport.committee_id == committee.id, MonthlyReport.ends_on == earlier.end
    )
    report = session.scalars(query).first()
    if report is not None and report.begins_on != earlier.start:
        earlier = Period(report.begins_on, report.ends_on)
    return earlier, report


def _before(committee: Committee, period: Period, found: tuple[Period, MonthlyReport | None] | None) -> Before | None:
    if found is None:
        return None
    earlier, report = found
    summary = summary_of(committee, earlier, earlier.end)
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


def _corrections(counted: Counted, found: tuple[Period, MonthlyReport | None] | None) -> Corrections:
    """Compare what is carried over with what the signed month before lists as left open."""
    reopened = _ids(counted, "reopened")
    if found is None or found[1] is None or found[1].state not in FROZEN:
        return Corrections(reopened=listed(reopened, LIST))
    kept = Account.from_json(found[1].figures)
    left = {task for unit in kept.counted.values() for name in ("in_time", "overdue") for task in unit.get(name, ())}
    carried = set(_ids(counted, "carried"))
    return Corrections(
        reopened=listed(reopened, LIST),
        added=listed(sorted(carried - left), LIST),
        missing=listed(sorted(left - carried), LIST),
    )
