"""What the database judges for an account is what Python's arithmetic says of every task's own dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import time_machine
from sqlalchemy import delete, insert, inspect, select

from app.clock import VIETNAM
from app.db import session, transaction
from app.models import CalendarDay, Committee, Task, TaskSpan
from app.queries.calendars import clock_of, forget_calendar
from app.queries.monthly import alike_counted, judged_by_task, rows_by_task, rows_of, summary_of, tasks_counted
from tests.factories import assign_task, at_noon, found_authority
from workflows.compliance import summarise
from workflows.periods import Period
from workflows.task import ASSIGNED, COMPLETED, IN_PROGRESS, OPEN, PAUSED, REPORTED, WITHDRAWN

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

FIRST = date(2026, 1, 5)
"""A month and a half later ten days are off in a row."""
OFF = [date(2026, 2, 14) + timedelta(days=n) for n in range(9)]
DUES = [date(2026, 2, 10) + timedelta(days=n) for n in range(30)]
MONTHS = [Period(date(2026, month, 1), date(2026, month + 1, 1) - timedelta(days=1)) for month in range(1, 5)]
TASKS = 150
STANDS = [ASSIGNED, IN_PROGRESS, REPORTED, PAUSED]
ENDS = [COMPLETED, COMPLETED, COMPLETED, WITHDRAWN]


def ledger(app: Flask, seed: int) -> House:
    """Return a house with tasks whose ledger is drawn by lot around a long holiday."""
    with time_machine.travel(at_noon(FIRST), tick=False):
        house = found_authority(app)
        model = assign_task(app, house, due=date(2026, 3, 2))
    lot = Random(seed)  # noqa: S311 -- drawn again by the same seed
    with app.app_context(), transaction():
        authority = house.committee.authority_id
        session.execute(delete(CalendarDay).where(CalendarDay.authority_id == authority, CalendarDay.day.in_(OFF)))
        session.add_all(CalendarDay(authority_id=authority, day=day, kind="off", name="Tết") for day in OFF)
        forget_calendar(authority)
        found = session.get_one(Task, model)
        plain = {one.key: getattr(found, one.key) for one in inspect(Task).column_attrs if one.key != "id"}
        session.execute(delete(TaskSpan))
        session.execute(insert(Task), [plain | {"code": f"LO-{n}"} for n in range(TASKS)])
        units = [unit.id for unit in house.units.values()]
        for task_id in session.scalars(select(Task.id).where(Task.code.startswith("LO-"))).all():
            session.execute(insert(TaskSpan), _chain(lot, house, task_id, units))
    return house


def _chain(lot: Random, house: House, task_id: int, units: list[int]) -> list[dict[str, Any]]:
    """Return the spans of one task, which touch."""
    begins = sorted(lot.sample(range(100), lot.randint(1, 5)))
    ends = [*begins[1:], None]
    unit, first = lot.choice(units), lot.choice([*DUES, None])
    spans: list[dict[str, Any]] = []
    for seq, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        after_open = spans and spans[-1]["state"] in OPEN
        state = lot.choice([*ENDS, *STANDS] if after_open else STANDS)
        unit = lot.choice([unit, unit, unit, *units])
        began = _at(begin)
        spans.append({
            "authority_id": house.committee.authority_id, "committee_id": house.committee.id, "task_id": task_id,
            "seq": seq, "lead_unit_id": unit, "state": state, "original_due": first,
            "current_due": lot.choice([first, lot.choice(DUES)]) if first else None,
            "reported_on": lot.choice(DUES) if state in {REPORTED, COMPLETED} else None,
            "event": lot.choice(["assign", "reopen", "restore", "confirm"]), "began_at": began,
            "ended_at": None if end is None else _at(end),
        })  # fmt: skip
    return spans


def _at(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(9), VIETNAM)


def test_judged_rows_say_what_each_task_says(app: Flask) -> None:
    for_it = ledger(app, 20260214)
    with app.app_context():
        committee = session.get_one(Committee, for_it.committee.id)
        clock = clock_of(committee)
        assert clock.calendar.longest_rest >= len(OFF)
        seen = 0
        for period in MONTHS:
            for as_at in (period.end, period.start + timedelta(days=16)):
                wanted = summarise(rows_of(committee, period), as_at, clock)
                judged = judged_by_task(committee, period, as_at)
                assert summary_of(committee, period, as_at) == wanted == judged.summary(as_at, clock)
                counted = tasks_counted(rows_by_task(committee, period), as_at, clock)
                assert alike_counted(judged.alike, as_at, clock) == counted
                seen += wanted.total.late + wanted.total.overdue + wanted.total.original_late
        assert seen > TASKS
