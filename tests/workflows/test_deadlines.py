"""Time status, lateness, pauses and the clocks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_workdays import DAYS, calendars
from workflows import deadlines, task
from workflows.deadlines import Clock, Standing, TimeStatus, standing_of, time_status
from workflows.vietnam_holidays import OFFICIAL

if TYPE_CHECKING:
    from workflows.workdays import Calendar

CLOCK = Clock(OFFICIAL)
KEEP = Clock(OFFICIAL, rest_day="keep")
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (13, 14, 15, 16))
ONE = timedelta(days=1)

RULES: list[Literal["next", "keep"]] = ["next", "keep"]
COUNTS: list[Literal["working", "calendar"]] = ["working", "calendar"]
clocks = st.builds(
    Clock, calendars(), st.integers(0, 10), count=st.sampled_from(COUNTS), rest_day=st.sampled_from(RULES)
)


@pytest.mark.parametrize(
    ("today", "name", "days"),
    [
        (date(2026, 11, 6), "in_time", 5),
        (date(2026, 11, 10), "due_soon", 3),
        (date(2026, 11, 12), "due_soon", 1),
        (FRIDAY, "due_today", 0),
        (SATURDAY, "overdue", 1),
        (SUNDAY, "overdue", 1),
        (MONDAY, "overdue", 1),
        (date(2026, 11, 25), "overdue", 7),
    ],
)
def test_a_running_task(today: date, name: str, days: int) -> None:
    assert time_status(Standing.RUNNING, FRIDAY, today, CLOCK) == TimeStatus(name, days)


@pytest.mark.parametrize(
    ("clock", "today", "name", "days"),
    [
        (CLOCK, SATURDAY, "due_today", 0),
        (CLOCK, MONDAY, "due_today", 0),
        (CLOCK, date(2026, 11, 17), "overdue", 1),
        (CLOCK, FRIDAY, "due_soon", 1),
        (KEEP, SATURDAY, "due_today", 0),
        (KEEP, SUNDAY, "overdue", 1),
        (KEEP, FRIDAY, "due_soon", 0),
        (Clock(OFFICIAL, count="calendar"), date(2026, 11, 21), "overdue", 5),
    ],
)
def test_a_due_date_on_a_rest_day(clock: Clock, today: date, name: str, days: int) -> None:
    assert time_status(Standing.RUNNING, SATURDAY, today, clock) == TimeStatus(name, days, clock.count)


@pytest.mark.parametrize(
    ("standing", "due", "sent_on", "name", "days"),
    [
        (Standing.RUNNING, None, None, "no_due", 0),
        (Standing.WAITING, None, MONDAY, "no_due", 0),
        (Standing.WAITING, FRIDAY, FRIDAY, "sent_in_time", 0),
        (Standing.WAITING, FRIDAY, MONDAY, "sent_late", 1),
        (Standing.SUSPENDED, FRIDAY, None, "suspended", 0),
        (Standing.COMPLETED, FRIDAY, FRIDAY, "on_time", 0),
        (Standing.COMPLETED, FRIDAY, date(2026, 11, 17), "late", 2),
        (Standing.COMPLETED, None, MONDAY, "done_no_due", 0),
        (Standing.ENDED, FRIDAY, None, "no_clock", 0),
    ],
)
def test_what_is_sent_counts_by_its_day(
    standing: Standing, due: date | None, sent_on: date | None, name: str, days: int
) -> None:
    assert time_status(standing, due, date(2027, 1, 1), CLOCK, sent_on) == TimeStatus(name, days)


def test_a_waiting_task_needs_the_day_it_was_sent() -> None:
    with pytest.raises(ValueError, match="waiting"):
        time_status(Standing.WAITING, FRIDAY, MONDAY, CLOCK)


def test_every_task_state_has_a_standing() -> None:
    found = {state: standing_of(state) for state in task.TASK.by_name}
    assert {state for state, it in found.items() if it is Standing.RUNNING} == task.OPEN - {task.REPORTED, task.PAUSED}
    assert {state for state, it in found.items() if it is Standing.ENDED} == {task.DRAFT, task.WITHDRAWN, task.DROPPED}


def test_words_and_tones() -> None:
    assert TimeStatus("overdue", 3).words == ("Quá hạn 3 ngày làm việc", "Overdue by 3 working days")
    assert TimeStatus("overdue", 3, "calendar").words == ("Quá hạn 3 ngày", "Overdue by 3 days")
    assert TimeStatus("overdue", 3).label.vi == "Quá hạn"
    assert TimeStatus("late", 1).words.en == "Completed late by 1 working day"
    assert TimeStatus("due_soon", 2).words == ("Sắp đến hạn, còn 2 ngày làm việc", "Due soon, 2 working days left")
    assert TimeStatus("due_today").words.vi == "Đến hạn hôm nay"
    assert [name for name, (_, tone) in deadlines.TIME_STATUS.items() if tone == "red"] == ["overdue"]
    assert TimeStatus("late", 1).tone == "olive"
    assert all(words.complete for words, _ in deadlines.TIME_STATUS.values())


@given(clocks, DAYS, st.integers(-80, 80))
def test_a_querys_ranges_agree_with_the_status_of_each_day(clock: Clock, today: date, distance: int) -> None:
    due = today + timedelta(days=distance)
    ranges = deadlines.due_ranges(today, clock)
    inside = [
        name
        for name, (first, last) in ranges.items()
        if (first is None or first <= due) and (last is None or due <= last)
    ]
    assert inside == [time_status(Standing.RUNNING, due, today, clock).name]


@given(clocks, DAYS, st.integers(0, 120))
def test_lateness_only_grows(clock: Clock, due: date, distance: int) -> None:
    day = due + timedelta(days=distance)
    assert clock.days_late(due, day) <= clock.days_late(due, day + ONE)
    assert (clock.days_late(due, day) > 0) == clock.is_late(due, day)
    assert clock.days_late(due, due) == 0
    assert not (clock.days_left(due, day) and clock.is_late(due, day))


@given(calendars(), DAYS, st.integers(-30, 30), st.integers(0, 40))
def test_a_pause_costs_nobody_a_day(calendar: Calendar, due: date, distance: int, length: int) -> None:
    """Between working days, a task is as late (or as early) when it goes on as it was when it stopped."""
    clock = Clock(calendar)
    due = calendar.next_working(due)
    paused = calendar.next_working(due + timedelta(days=distance))
    resumed = calendar.add_working_days(paused, length)
    shifted = deadlines.shift_due(due, paused, resumed, clock)
    assert clock.days_late(shifted, resumed) == clock.days_late(due, paused)
    assert clock.days_left(shifted, resumed) == clock.days_left(due, paused)


def test_a_pause_in_calendar_days() -> None:
    clock = Clock(OFFICIAL, count="calendar")
    assert deadlines.shift_due(FRIDAY, date(2026, 11, 2), date(2026, 11, 12), clock) == date(2026, 11, 23)
    assert deadlines.shift_due(FRIDAY, SATURDAY, SUNDAY, CLOCK) == FRIDAY


def test_the_clocks() -> None:
    assert deadlines.notice_due(date(2026, 8, 28), OFFICIAL) == date(2026, 9, 9)
    assert deadlines.notice_due(date(2026, 11, 20), OFFICIAL) == date(2026, 11, 30)
    assert deadlines.convene_by(date(2026, 11, 27), OFFICIAL) == date(2026, 11, 23)
    assert deadlines.acceptance_due(FRIDAY, OFFICIAL) == MONDAY
    assert deadlines.acceptance_due(FRIDAY, OFFICIAL, outside=True) == date(2026, 11, 17)
    assert deadlines.contest_by(FRIDAY, OFFICIAL) == date(2026, 11, 17)
    assert deadlines.extension_by(date(2026, 11, 27), OFFICIAL) == date(2026, 11, 23)
    assert deadlines.confirm_by(FRIDAY, OFFICIAL) == date(2026, 11, 18)
