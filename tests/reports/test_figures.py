"""The month's figures: counted by hand, at the boundaries, and each the length of its list."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from app.db import session
from app.models import Committee
from app.queries.account import Account
from app.queries.month_account import month_account
from app.queries.monthly import FIGURES, rows_by_task, rows_of, summary_of
from tests.factories import found_authority
from tests.reports.month import AFTER, BY_HAND, PERIOD, TOTAL_BY_HAND, Register, at, moment
from workflows.periods import Period

if TYPE_CHECKING:
    from flask import Flask


def account(register: Register, period: Period = PERIOD) -> Account:
    with register.app.app_context():
        return month_account(session.get_one(Committee, register.house.committee.id), period)


def test_it_counts_what_a_clerk_counts(register: Register) -> None:
    units = register.house.units
    with at(AFTER):
        found = account(register)
    lines = {unit.unit_id: unit.line for unit in found.units}
    assert lines == {units[key].id: line for key, line in BY_HAND.items()}
    assert found.total == TOTAL_BY_HAND
    assert all(unit.line.balanced for unit in found.units)
    assert found.total.total == 20 == 3 + 1 + 2 + 11 + 3
    assert found.total.rate == Fraction(2, 6)
    assert found.total.original_rate == Fraction(2, 8)
    assert lines[units["kt"].id].rate is None
    assert found.late_units == [units["vhxh"].id, units["ca"].id]
    assert [task.id for task in found.overdue] == [
        register.tasks[name] for name in ("overdue", "waiting-late", "due-the-day-before")
    ]
    assert [(grant.task.id, grant.due_before, grant.granted_due) for grant in found.grants] == [
        (register.tasks["extended"], date(2026, 10, 30), date(2026, 11, 20))
    ]


def test_each_number_is_the_length_of_its_list(register: Register) -> None:
    units, tasks = register.house.units, register.tasks
    with at(AFTER):
        found = account(register)
    for unit in found.units:
        for figure in FIGURES:
            assert len(found.tasks_behind(figure, unit.unit_id)) == getattr(unit.line, figure), (unit.name, figure)
    for figure in FIGURES:
        assert len(found.tasks_behind(figure)) == getattr(found.total, figure), figure
    assert found.tasks_behind("moved_in", units["kt"].id) == [tasks["moved"]]
    assert found.tasks_behind("moved_out", units["vhxh"].id) == [tasks["moved"]]
    assert found.tasks_behind("reopened", units["kt"].id) == [tasks["reopened"]]
    assert tasks["first-second-after"] not in found.tasks_behind("total")
    assert tasks["last-second-before"] in found.tasks_behind("carried", units["ca"].id)
    assert set(found.tasks_behind("assigned", units["ca"].id)) == {
        tasks[name] for name in ("first-second", "last-second", "given-and-withdrawn")
    }


def test_grouped_and_single_rows_tell_the_same(register: Register) -> None:
    with register.app.app_context():
        committee = session.get_one(Committee, register.house.committee.id)
        grouped, single = rows_of(committee, PERIOD), rows_by_task(committee, PERIOD)
        assert sum(row.n for row in grouped) == len(single)
        assert len(grouped) < len(single)
        assert summary_of(committee, PERIOD, PERIOD.end).total == TOTAL_BY_HAND


def test_the_figures_stay_those_of_24_00_whenever_they_are_computed(register: Register) -> None:
    with at(AFTER):
        then = account(register)
    register.work("overdue", "head_vhxh", moment(17, 11), moment(18, 11))
    register.move("waiting", "confirm", moment(18, 11), "chair")
    register.move("late", "reopen", moment(19, 11), "chair", {"reason": "Sai", "new_due": date(2026, 12, 1)})
    with at(moment(1, 12)):
        later = account(register)
    assert [unit.line for unit in later.units] == [unit.line for unit in then.units]
    assert later.counted == then.counted


def test_the_next_period_carries_over_what_this_one_left_open(register: Register) -> None:
    following = Period(date(2026, 11, 15), date(2026, 12, 14))
    with at(moment(20, 11)):
        running, over = account(register, following), account(register)
    left = set(over.tasks_behind("in_time")) | set(over.tasks_behind("overdue"))
    assert set(running.tasks_behind("carried")) == left
    assert running.total.assigned == 1
    assert running.before is not None
    assert running.before.total == over.total
    assert running.as_at == date(2026, 11, 20)


def test_what_is_kept_reads_back_the_same(register: Register) -> None:
    with at(AFTER):
        found = account(register)
    kept = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
    assert Account.from_json(kept) == found
    assert Account.from_json(kept).to_json() == found.to_json()


def test_there_is_no_previous_period_before_the_first_task(app: Flask) -> None:
    register = Register(app, found_authority(app))
    register.assign("first", "kt", moment(20, 10), date(2026, 12, 1))
    with at(AFTER):
        assert account(register).before is None


def test_a_running_month_judges_lateness_by_today(app: Flask) -> None:
    register = Register(app, found_authority(app))
    register.assign("due-later", "kt", moment(20, 10), date(2026, 11, 6))
    with at(moment(6, 11)):
        assert account(register).total.overdue == 0
    with at(moment(7, 11)):
        assert account(register).total.overdue == 1
