"""Which reminder falls on which day, what is made up for, and that a query's window misses none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_deadlines import clocks
from tests.workflows.test_workdays import DAYS
from workflows import task
from workflows.deadlines import Clock
from workflows.reminders import AUDIENCES, BY_NAME, RULES, Fire, ReminderFacts, base_window, fires_on
from workflows.vietnam_holidays import OFFICIAL

CLOCK = Clock(OFFICIAL)
DUE = date(2026, 11, 13)  # a Friday
LONG_AGO = date(2026, 1, 5)
ONE = timedelta(days=1)


def facts(state: str = task.IN_PROGRESS, due: date | None = DUE, since: date = LONG_AGO) -> ReminderFacts:
    return ReminderFacts(state=state, since=since, due_on=due)


def told(today: date, found: ReminderFacts | None = None, after: date | None = None) -> set[tuple[str, str]]:
    return {(fire.rule, fire.audience) for fire in fires_on(found or facts(), today, CLOCK, after)}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 5), set()),
        (date(2026, 11, 6), {("due_in_7", "owner")}),
        (date(2026, 11, 10), {("due_in_3", "owner")}),
        (date(2026, 11, 11), set()),
        (date(2026, 11, 12), {("due_in_1", "owner")}),
        (DUE, {("due_today", "owner")}),
        (date(2026, 11, 14), set()),
        (date(2026, 11, 16), {("overdue_1", "owner"), ("overdue_1", "unit_head")}),
        (date(2026, 11, 17), set()),
        (date(2026, 11, 18), {("overdue_3", "ruler")}),
        (date(2026, 11, 20), set()),
        (date(2026, 11, 23), {("overdue_weekly", "unit_head"), ("overdue_weekly", "ruler")}),
        (date(2026, 11, 24), set()),
        (date(2026, 11, 30), {("overdue_weekly", "unit_head"), ("overdue_weekly", "ruler")}),
    ],
)
def test_the_ladder(today: date, expected: set[tuple[str, str]]) -> None:
    assert told(today) == expected


def test_before_a_due_date_on_a_rest_day_the_newest_word_alone_is_said() -> None:
    assert told(date(2026, 11, 13), facts(due=date(2026, 11, 15))) == {("due_today", "owner")}
    assert told(date(2026, 11, 17), facts(due=date(2026, 11, 15))) == {
        ("overdue_1", "owner"),
        ("overdue_1", "unit_head"),
    }


def test_slots_follow_the_due_date_and_the_week() -> None:
    assert fires_on(facts(), DUE, CLOCK) == [Fire("due_today", "owner", DUE)]
    assert {fire.slot for fire in fires_on(facts(), date(2026, 11, 23), CLOCK)} == {date(2026, 11, 23)}


def test_a_week_that_begins_with_a_holiday_is_told_on_its_first_working_day_in_the_weeks_own_slot() -> None:
    found = facts(due=date(2026, 8, 3))
    assert told(date(2026, 8, 31), found) == set()
    assert {fire.slot for fire in fires_on(found, date(2026, 9, 3), CLOCK)} == {date(2026, 8, 31)}
    tet = facts(due=date(2026, 1, 12))
    assert [told(date(2026, 2, day), tet) for day in (16, 18, 20)] == [set()] * 3
    assert told(date(2026, 2, 23), tet) == {("overdue_weekly", "unit_head"), ("overdue_weekly", "ruler")}
    assert fires_on(tet, date(2026, 2, 23), CLOCK, date(2026, 2, 15))[0].slot == date(2026, 2, 23)


@pytest.mark.parametrize(
    ("after", "today", "expected"),
    [
        (date(2026, 11, 4), date(2026, 11, 12), {("due_in_1", "owner")}),
        (date(2026, 11, 12), date(2026, 11, 17), {("overdue_1", "owner"), ("overdue_1", "unit_head")}),
        (
            date(2026, 11, 4),
            date(2026, 11, 19),
            {("overdue_1", "owner"), ("overdue_1", "unit_head"), ("overdue_3", "ruler")},
        ),
        (
            date(2026, 11, 4),
            date(2026, 11, 25),
            {("overdue_1", "owner"), ("overdue_weekly", "unit_head"), ("overdue_weekly", "ruler")},
        ),
        (DUE, DUE, set()),
    ],
)
def test_a_stopped_job_makes_up_with_the_newest_for_each(
    after: date, today: date, expected: set[tuple[str, str]]
) -> None:
    assert told(today, after=after) == expected


def test_days_gone_by_before_the_date_was_set_are_not_made_up_for() -> None:
    assert told(date(2026, 11, 12), facts(since=date(2026, 11, 12)), date(2026, 11, 1)) == set()
    assert told(DUE, facts(since=date(2026, 11, 12))) == {("due_today", "owner")}


@pytest.mark.parametrize("state", sorted(task.CLOSED | {task.PAUSED, task.DRAFT}))
def test_paused_and_closed_tasks_are_silent(state: str) -> None:
    found = ReminderFacts(state=state, since=LONG_AGO, due_on=DUE, accept_by=LONG_AGO, sent_on=LONG_AGO)
    day = date(2026, 10, 1)
    while day < date(2026, 12, 31):
        assert fires_on(found, day, CLOCK) == []
        day += ONE


def test_an_assigned_task_is_asked_for_its_acceptance() -> None:
    found = ReminderFacts(state=task.ASSIGNED, since=date(2026, 11, 11), accept_by=date(2026, 11, 12))
    assert told(DUE, found) == {("not_accepted", "unit_head")}


def test_while_a_report_waits_only_the_confirmer_hears() -> None:
    found = ReminderFacts(state=task.REPORTED, since=LONG_AGO, due_on=DUE, sent_on=date(2026, 11, 9))
    heard: dict[date, Fire] = {}
    day = date(2026, 11, 9)
    while day < date(2026, 12, 5):
        for fire in fires_on(found, day, CLOCK):
            heard[day] = fire
        day += ONE
    assert {day: (fire.rule, fire.audience) for day, fire in heard.items()} == {
        date(2026, 11, 13): ("not_confirmed", "confirmer"),
        date(2026, 11, 16): ("not_confirmed_weekly", "confirmer"),
        date(2026, 11, 23): ("not_confirmed_weekly", "confirmer"),
        date(2026, 11, 30): ("not_confirmed_weekly", "confirmer"),
    }


@given(clocks, DAYS, st.integers(-90, 30), st.integers(1, 20), st.sampled_from([task.ASSIGNED, task.REPORTED]))
def test_the_querys_window_misses_no_task(clock: Clock, today: date, distance: int, gap: int, state: str) -> None:
    base = today + timedelta(days=distance)
    found = ReminderFacts(state=state, since=date.min, due_on=base, accept_by=base, sent_on=base)
    after = today - timedelta(days=gap)
    for fire in fires_on(found, today, clock, after):
        window = base_window(BY_NAME[fire.rule], today, clock, after)
        assert window is not None
        assert window[0] is None or window[0] <= base
        assert base <= window[1]


@given(clocks, DAYS, st.integers(-90, 30))
def test_the_window_holds_only_dates_whose_rule_falls_now(clock: Clock, today: date, distance: int) -> None:
    base = today + timedelta(days=distance)
    for rule in RULES:
        window = base_window(rule, today, clock)
        if window is None or not ((window[0] is None or window[0] <= base) and base <= window[1]):
            continue
        day = rule.day(base, clock)
        assert day < today if rule.weekly else clock.calendar.add_working_days(today, -1) < day <= today


@given(clocks, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_day_by_day_each_rule_speaks_once_a_slot_and_only_on_working_days(clock: Clock, due: date) -> None:
    found = ReminderFacts(state=task.IN_PROGRESS, since=date.min, due_on=due)
    heard: list[Fire] = []
    for n in range(-12, 40):
        day = due + timedelta(days=n)
        fires = fires_on(found, day, clock)
        assert clock.calendar.is_working(day) or not fires
        heard += fires
    assert len(heard) == len(set(heard))


@given(clocks, DAYS)
def test_a_later_rule_never_falls_before_an_earlier_one(clock: Clock, base: date) -> None:
    for name in ("due_on", "sent_on"):
        falls = [rule.day(base, clock) for rule in RULES if rule.base == name]
        assert falls == sorted(falls)


def test_every_rule_and_audience_has_words() -> None:
    assert all(rule.words.complete for rule in RULES)
    assert {audience for rule in RULES for audience in rule.audiences} == set(AUDIENCES)
    assert all(words.complete for words in AUDIENCES.values())
