"""What the database judges for an account is what Python's arithmetic says of every task's own dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import TYPE_CHECKING, Any

import time_machine
from sqlalchemy import delete, insert, inspect, select

from app.clock import VIETNAM, start_of
from app.db import session, transaction
from app.models import CalendarDay, Committee, Task, TaskSpan
from app.queries.calendars import clock_of, forget_calendar
from app.queries.monthly import (
    alike_counted,
    judged_by_task,
    reach_of,
    rows_by_task,
    rows_of,
    summary_of,
    tasks_counted,
)
from tests.factories import assign_task, at_noon, found_authority
from workflows.compliance import summarise
from workflows.periods import Period
from workflows.task import ASSIGNED, COMPLETED, IN_PROGRESS, OPEN, PAUSED, REPORTED, WITHDRAWN

if TYPE_CHECKING:
    from flask import Flask

    from app.queries.monthly import Reach
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
    """Return an instant of a day; every third is the day's first, which may be a month's."""
    return datetime.combine(FIRST + timedelta(days=day), time(9 if day % 3 else 0), VIETNAM)


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


def test_the_ledger_is_read_as_it_would_be_span_by_span(app: Flask) -> None:
    for_it = ledger(app, 20260301)
    with app.app_context():
        committee = session.get_one(Committee, for_it.committee.id)
        spans = session.scalars(select(TaskSpan).order_by(TaskSpan.task_id, TaskSpan.began_at, TaskSpan.seq)).all()
        assert {span.began_at for span in spans} & {start_of(month.start) for month in MONTHS}
        for month in MONTHS:
            reach = reach_of(committee, month)
            wanted = {}
            for task_id, chain in groupby(spans, attrgetter("task_id")):
                said = _by_hand(list(chain), reach)
                if said is not None:
                    wanted[task_id] = said
            found = {
                task_id: (row.unit_at_start, row.entry, row.entry_unit, row.unit_at_end, row.outcome, row.due)
                for task_id, row in rows_by_task(committee, month)
            }
            assert found == wanted


def _by_hand(chain: list[TaskSpan], reach: Reach) -> tuple[object, ...] | None:
    """Return where a task stood before a period, how it came in, where and how it stood at its end; None: not in it."""

    def at(instant: datetime) -> TaskSpan | None:
        held = (span for span in chain if span.began_at < instant and (not span.ended_at or span.ended_at >= instant))
        return next(held, None)

    end, start = at(reach.ends), at(reach.begins)
    if end is None or (end.state not in OPEN and end.began_at < reach.begins):
        return None
    was_open = start if start and start.state in OPEN else None
    within = [span for span in chain if reach.begins <= span.began_at < reach.ends and span.state in OPEN]
    entry = None if was_open or not within else within[0]
    how = (
        None
        if was_open
        else {"reopen": "reopened", "restore": "restored"}.get(entry.event if entry else "", "assigned")
    )
    return (
        was_open.lead_unit_id if was_open else None,
        how,
        entry.lead_unit_id if entry else None,
        end.lead_unit_id,
        end.state if end.state not in OPEN else "open",
        end.current_due,
    )
