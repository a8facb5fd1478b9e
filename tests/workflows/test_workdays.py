"""Working days against a plain day-by-day count, and the field's own examples."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.vietnam_holidays import OFF, OFFICIAL, WORKED, YEARS
from workflows.workdays import Calendar

DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
ONE = timedelta(days=1)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    off = draw(st.frozensets(DAYS, max_size=40))
    worked = draw(st.frozensets(DAYS, max_size=20))
    start = draw(DAYS)
    long_rest = {start + timedelta(days=n) for n in range(draw(st.integers(0, 30)))}
    off |= long_rest
    return Calendar(off, worked - off)


def walk(calendar: Calendar, day: date, n: int) -> date:
    step = ONE if n > 0 else -ONE
    while n:
        day += step
        n -= (1 if n > 0 else -1) * calendar.is_working(day)
    return day


@given(calendars(), DAYS, st.integers(-60, 60))
def test_adding_equals_walking(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.add_working_days(day, n) == walk(calendar, day, n)


@given(calendars(), DAYS, st.integers(0, 200))
def test_between_equals_counting(calendar: Calendar, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    counted = sum(calendar.is_working(start + timedelta(days=n)) for n in range(length))
    assert calendar.working_days_between(start, end) == counted
    assert calendar.working_days_between(end, start) == -counted


@given(calendars(), DAYS)
def test_next_and_previous_are_the_nearest_working_days(calendar: Calendar, day: date) -> None:
    assert calendar.next_working(day) == (day if calendar.is_working(day) else walk(calendar, day, 1))
    assert calendar.previous_working(day) == (day if calendar.is_working(day) else walk(calendar, day, -1))
    first = calendar.first_of_week(day)
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    assert first == next((each for each in week if calendar.is_working(each)), None)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 8, 28), 5, date(2026, 9, 9)),
        (date(2026, 11, 20), 5, date(2026, 11, 30)),
        (date(2026, 11, 25), -1, date(2026, 11, 23)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_vectors(day: date, n: int, expected: date) -> None:
    assert OFFICIAL.add_working_days(day, n) == expected


def test_a_day_is_not_both_off_and_worked() -> None:
    with pytest.raises(ValueError, match="2026-08-22"):
        Calendar(frozenset({date(2026, 8, 22)}), frozenset({date(2026, 8, 22)}))


def test_official_days_are_weekdays_off_and_saturdays_worked() -> None:
    assert all(day.weekday() < 5 and words.complete for day, words in OFF.items())
    assert all(day.weekday() == 5 and words.complete for day, words in WORKED.items())
    assert {day.year for day in [*OFF, *WORKED]} == YEARS
    assert [sum(day.year == year for day in OFF) for year in (2024, 2025, 2026)] == [12, 12, 14]


def test_a_bare_calendar_knows_weekends() -> None:
    assert Calendar().add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert Calendar().add_working_days(date(1, 1, 3), -1) == date(1, 1, 2)
