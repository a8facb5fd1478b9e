"""Reminders fall on the right working day, reach the right people, and are told once.

Over 300 lines: one house and one calendar, on each of the days that matter.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import update

from app.db import session, transaction
from app.models import Absence, CoordinatingPart, Office, Person, Task
from app.services.due_dates import place_due
from app.services.moves import make_move
from tests.factories import House, assign_task, at_noon, browser, found_authority, post, take
from tests.posts import run_at, told, wall

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

START = at_noon(date(2026, 3, 2))
DUE = date(2026, 3, 31)  # a Tuesday


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def give(app: Flask, house: House, due: date | None = DUE, *, on: date = date(2026, 3, 2), lead: str = "vhxh") -> int:
    """Assign a task on a day, accepted at once."""
    with time_machine.travel(at_noon(on), tick=False):
        task_id = assign_task(app, house, due=due, lead=lead)
        with app.app_context(), transaction():
            session.execute(
                update(Task)
                .where(Task.id == task_id)
                .values(
                    state="in_progress",
                    accepted_at=at_noon(on),
                    owner_id=house.people["staff_vhxh"].id if lead == "vhxh" else None,
                )
            )
    return task_id


def plan(app: Flask, day: date, hour: int = 9) -> set[tuple[str, str, int, str]]:
    """Plan the reminders of a day and return what is new in the ledger."""
    before = told(app)
    run_at(app, wall(day, hour), "plan_reminders")
    return told(app) - before


def test_each_rule_falls_on_its_day_and_reaches_its_people(app: Flask, house: House) -> None:
    task = give(app, house)
    seen: dict[date, set[tuple[str, str]]] = {}
    day = date(2026, 3, 20)
    while day <= date(2026, 4, 14):
        new = plan(app, day)
        if new:
            seen[day] = {(rule, login) for rule, login, _task, _slot in new}
        assert all(task_id == task for _rule, _login, task_id, _slot in new)
        day += timedelta(days=1)
    assert seen == {
        date(2026, 3, 24): {("due_in_7", "staff_vhxh")},
        date(2026, 3, 26): {("due_in_3", "staff_vhxh")},
        date(2026, 3, 30): {("due_in_1", "staff_vhxh")},
        date(2026, 3, 31): {("due_today", "staff_vhxh")},
        date(2026, 4, 1): {("overdue_1", "staff_vhxh"), ("overdue_1", "head_vhxh")},
        date(2026, 4, 3): {("overdue_3", "deputy")},
        date(2026, 4, 6): {("overdue_weekly", "head_vhxh"), ("overdue_weekly", "deputy")},
        date(2026, 4, 13): {("overdue_weekly", "head_vhxh"), ("overdue_weekly", "deputy")},
    }


def test_without_person_in_charge_the_head_hears_and_without_deputy_the_chair(app: Flask, house: House) -> None:
    give(app, house, lead="kt")
    assert {(rule, login) for rule, login, _t, _s in plan(app, DUE)} == {("due_today", "head_kt")}
    plan(app, date(2026, 4, 1))
    assert {(rule, login) for rule, login, _t, _s in plan(app, date(2026, 4, 3))} == {("overdue_3", "chair")}


def test_who_left_hears_nothing(app: Flask, house: House) -> None:
    give(app, house)
    with app.app_context(), transaction():
        session.execute(update(Person).where(Person.login == "staff_vhxh").values(active=False))
    assert {login for _r, login, _t, _s in plan(app, DUE)} == {"head_vhxh"}


def test_a_unit_without_head_is_answered_for_by_the_one_above(app: Flask, house: House) -> None:
    give(app, house, lead="cntt")
    with app.app_context(), transaction():
        session.execute(update(Office).where(Office.unit_id == house.units["cntt"].id).values(to_on=date(2026, 3, 1)))
    assert {login for _r, login, _t, _s in plan(app, DUE)} == {"head_vp"}


@pytest.mark.parametrize(
    ("due", "day", "rule"),
    [
        (date(2026, 2, 20), date(2026, 2, 13), "due_today"),  # due within Tết: told on the last working day before
        (date(2026, 2, 20), date(2026, 2, 24), "overdue_1"),  # counted from Monday 23/2, the first day worked
        (date(2026, 5, 1), date(2026, 4, 29), "due_today"),  # 30/4 and 1/5 are off
        (date(2026, 11, 24), date(2026, 11, 23), "due_today"),  # a holiday since 2026
        (date(2026, 3, 29), date(2026, 3, 27), "due_today"),  # a Sunday
        (date(2026, 8, 22), date(2026, 8, 22), "due_today"),  # a Saturday that is worked
    ],
)
def test_reminders_keep_to_the_working_calendar(app: Flask, house: House, due: date, day: date, rule: str) -> None:
    give(app, house, due, on=date(2026, 1, 5))
    first = day - timedelta(days=10)
    seen: dict[str, date] = {}
    for step in range(12):
        here = first + timedelta(days=step)
        for name, *_rest in plan(app, here):
            seen.setdefault(name, here)
    assert seen[rule] == day


@pytest.mark.parametrize(
    "moment", [wall(date(2026, 3, 31), 7, 29), wall(date(2026, 3, 31), 17, 1), wall(date(2026, 3, 29), 9)]
)
def test_nothing_outside_working_hours_and_days(app: Flask, house: House, moment: datetime) -> None:
    give(app, house)
    give(app, house, date(2026, 3, 29))
    assert run_at(app, moment, "plan_reminders") == [0]
    assert told(app) == set()


def test_the_day_is_vietnamese_at_midnight(app: Flask, house: House) -> None:
    # 31 March 00:30 UTC is 7:30 in Vietnam; 30 March 23:59 UTC is 6:59 and too early.
    give(app, house)
    assert run_at(app, wall(date(2026, 3, 31), 6, 59), "plan_reminders") == [0]
    assert run_at(app, wall(date(2026, 3, 31), 7, 30), "plan_reminders") == [1]


def test_running_twice_tells_once(app: Flask, house: House) -> None:
    give(app, house)
    assert run_at(app, wall(date(2026, 3, 31), 8), "plan_reminders", "plan_reminders") == [1, 0]
    assert run_at(app, wall(date(2026, 3, 31), 16), "plan_reminders") == [0]


def test_days_off_are_made_up_for_by_the_newest_rule_alone(app: Flask, house: House) -> None:
    give(app, house)
    plan(app, date(2026, 3, 23))
    new = plan(app, date(2026, 4, 1))
    assert {(rule, login) for rule, login, _t, _s in new} == {("overdue_1", "staff_vhxh"), ("overdue_1", "head_vhxh")}


def test_a_task_entered_late_hears_nothing_of_days_gone_by(app: Flask, house: House) -> None:
    plan(app, date(2026, 4, 8))
    give(app, house, date(2026, 3, 31), on=date(2026, 4, 9))
    assert plan(app, date(2026, 4, 9), 15) == set()
    assert {rule for rule, *_rest in plan(app, date(2026, 4, 13))} == {"overdue_weekly"}


@pytest.mark.parametrize("state", ["completed", "withdrawn", "paused", "draft"])
def test_closed_paused_and_drafted_tasks_are_silent(app: Flask, house: House, state: str) -> None:
    task = give(app, house)
    columns: dict[str, object] = {"state": state}
    if state == "completed":
        columns |= {"completed_at": START, "reported_at": START, "reported_on": START.date()}
    if state == "paused":
        columns |= {"paused_on": START.date(), "pause_until": date(2026, 6, 1)}
    with app.app_context(), transaction():
        session.execute(update(Task).where(Task.id == task).values(columns))
    assert plan(app, DUE) == set()


def test_a_reported_task_reminds_only_who_confirms(app: Flask, house: House) -> None:
    task = give(app, house)
    with app.app_context(), transaction():
        session.execute(
            update(Task)
            .where(Task.id == task)
            .values(state="reported", reported_at=at_noon(date(2026, 3, 25)), reported_on=date(2026, 3, 25))
        )
    seen = {}
    for step in range(20):
        here = date(2026, 3, 26) + timedelta(days=step)
        for rule, login, _t, _s in plan(app, here):
            seen[here] = (rule, login)
    assert seen == {
        date(2026, 3, 31): ("not_confirmed", "deputy"),
        date(2026, 4, 6): ("not_confirmed_weekly", "deputy"),
        date(2026, 4, 13): ("not_confirmed_weekly", "deputy"),
    }


def test_a_report_taken_back_is_reminded_of_the_same_day(app: Flask, house: House) -> None:
    task = give(app, house)
    with app.app_context(), transaction():
        session.execute(
            update(Task).where(Task.id == task).values(state="reported", reported_at=START, reported_on=START.date())
        )
    quiet = give(app, house)
    assert {task_id for _r, _l, task_id, _s in plan(app, DUE, 8)} == {quiet}
    with time_machine.travel(wall(DUE, 9), tick=True):
        assert take(browser(app, house.people["head_vhxh"]), "task", task, "recall").status_code == 303
    assert plan(app, DUE, 10) == {("due_today", "staff_vhxh", task, "2026-03-31")}


def test_an_outside_unit_has_one_day_more_to_accept(app: Flask, house: House) -> None:
    with time_machine.travel(at_noon(date(2026, 3, 2)), tick=False):
        inside = assign_task(app, house, due=DUE, lead="vhxh")
        outside = assign_task(app, house, due=DUE, lead="ca")
    assert {(r, t) for r, _l, t, _s in plan(app, date(2026, 3, 3))} == set()
    assert plan(app, date(2026, 3, 4)) == {("not_accepted", "head_vhxh", inside, "2026-03-03")}
    assert plan(app, date(2026, 3, 5)) == {("not_accepted", "head_ca", outside, "2026-03-04")}


def test_a_new_due_date_starts_afresh(app: Flask, house: House) -> None:
    task = give(app, house)
    plan(app, DUE)
    with time_machine.travel(wall(date(2026, 3, 31), 10), tick=False), app.app_context(), transaction():
        row = session.get_one(Task, task)
        place_due(row, date(2026, 4, 14))
    new = set()
    for step in range(1, 15):
        new |= plan(app, DUE + timedelta(days=step))
    assert {(rule, slot) for rule, _l, _t, slot in new} == {
        ("due_in_7", "2026-04-14"), ("due_in_3", "2026-04-14"), ("due_in_1", "2026-04-14"), ("due_today", "2026-04-14"),
    }  # fmt: skip


def test_a_paused_task_goes_on_by_itself_on_a_working_day(app: Flask, house: House) -> None:
    task = give(app, house)
    with app.app_context(), transaction():
        session.execute(
            update(Task)
            .where(Task.id == task)
            .values(state="paused", left_state="in_progress", paused_on=date(2026, 3, 9), pause_until=date(2026, 3, 14))
        )
    assert run_at(app, wall(date(2026, 3, 13), 8), "resume_pauses") == [0]
    assert run_at(app, wall(date(2026, 3, 15), 8), "resume_pauses") == [0]  # a Sunday
    assert run_at(app, wall(date(2026, 3, 16), 8), "resume_pauses", "resume_pauses") == [1, 0]
    with app.app_context():
        row = session.get_one(Task, task)
        assert (row.state, row.current_due, row.original_due) == ("in_progress", date(2026, 4, 7), DUE)
    assert {login for _r, login, _t, _s in told(app, "task.resume")} == {"head_vhxh", "staff_vhxh"}


def test_moves_and_reminders_share_one_ledger(app: Flask, house: House) -> None:
    task = give(app, house)
    with time_machine.travel(at_noon(date(2026, 3, 5)), tick=False), app.app_context(), transaction():
        make_move(session.get_one(Task, task), "withdraw", {"clause": "TB 12, II.3"})
    assert {login for _r, login, _t, _s in told(app, "task.withdraw")} >= {"head_vhxh"}


def test_who_stands_in_for_an_absent_person_in_charge_hears_too(app: Flask, house: House) -> None:
    task = give(app, house)
    with app.app_context(), transaction():
        away = Absence(
            authority_id=house.authority.id, person_id=house.people["staff_vhxh"].id,
            substitute_id=house.people["head_kt"].id, from_on=date(2026, 3, 30), to_on=date(2026, 3, 31),
            made_by_id=house.people["admin"].id, made_at=START,
        )  # fmt: skip
        session.add(away)
    assert plan(app, date(2026, 3, 26)) == {("due_in_3", "staff_vhxh", task, DUE.isoformat())}
    assert {(rule, login) for rule, login, _t, _s in plan(app, date(2026, 3, 30))} == {
        ("due_in_1", "staff_vhxh"), ("due_in_1", "head_kt"),
    }  # fmt: skip


def test_a_part_and_a_sub_task_are_reminded_of_by_their_own_due_day_once(app: Flask, house: House) -> None:
    with time_machine.travel(START, tick=False):
        task = assign_task(app, house, due=date(2026, 6, 30), coordinating=("kt",))
        head = browser(app, house.people["head_vhxh"])
        take(head, "task", task, "accept", {"person": house.people["staff_vhxh"].id})
        with app.app_context():
            part = session.query(CoordinatingPart).one().id
        take(head, "coordinating_part", part, "ask", {"work": "Gửi số liệu hộ", "due": "31/3/2026"})
        given = {"work": "Đếm máy", "person": house.people["staff_vhxh"].id, "due": "1/4/2026"}
        assert post(head, f"/tasks/{task}/sub-tasks", given).status_code == 303
    seen = {}
    for day in (date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        before = pieces_told(app)
        assert plan(app, day) == set(), "the task itself is not due"
        run_at(app, wall(day, 15), "plan_reminders")
        seen[day] = pieces_told(app) - before
    assert seen == {
        date(2026, 3, 26): {("coordinating_part_reminder.due_in_3", "head_kt")},
        date(2026, 3, 27): {("sub_task_reminder.due_in_3", "staff_vhxh")},
        date(2026, 3, 31): {
            ("coordinating_part_reminder.due_today", "head_kt"), ("sub_task_reminder.due_in_1", "staff_vhxh"),
        },
        date(2026, 4, 1): {
            ("coordinating_part_reminder.overdue_1", "head_kt"), ("sub_task_reminder.due_today", "staff_vhxh"),
        },
        date(2026, 4, 2): {("sub_task_reminder.overdue_1", "staff_vhxh")},
    }  # fmt: skip
    with time_machine.travel(wall(date(2026, 4, 2), 16), tick=False):
        page = browser(app, house.people["head_kt"]).get("/notifications").text
    assert "Phần phối hợp: quá hạn 1 ngày làm việc" in page
    assert "Gửi số liệu hộ" in page
    assert "hạn phối hợp 31/03/2026" in page


def pieces_told(app: Flask) -> set[tuple[str, str]]:
    """Return what was told about parts and sub-tasks: rule and log-in."""
    found = {(rule, login) for rule, login, _task, _slot in told(app, "")}
    return {(rule, login) for rule, login in found if "_reminder." in rule}
