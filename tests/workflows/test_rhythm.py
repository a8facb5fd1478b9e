"""The next day of a rhythm, on the working calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workflows.rhythm import KINDS, LAST, MONTHLY_DAY, MONTHLY_WEEKDAY, ORDINALS, WEEKDAYS, WEEKLY, Rhythm, next_day
from workflows.workdays import Calendar

OFF = frozenset({date(2026, 9, 1), date(2026, 9, 2)})
DAYS = Calendar(off=OFF)
LAST_FRIDAY = Rhythm(MONTHLY_WEEKDAY, weekday=4, nth=LAST)


@pytest.mark.parametrize(
    ("rhythm", "after", "found"),
    [
        (LAST_FRIDAY, date(2026, 9, 16), date(2026, 9, 25)),
        (LAST_FRIDAY, date(2026, 9, 25), date(2026, 10, 30)),
        (LAST_FRIDAY, date(2026, 12, 25), date(2027, 1, 29)),
        (Rhythm(MONTHLY_WEEKDAY, weekday=0, nth=1), date(2026, 9, 16), date(2026, 10, 5)),
        (Rhythm(MONTHLY_WEEKDAY, weekday=3, nth=4), date(2026, 9, 16), date(2026, 9, 24)),
        (Rhythm(MONTHLY_DAY, day=31), date(2026, 9, 16), date(2026, 9, 30)),
        # 15 November 2026 is a Sunday: the Friday before.
        (Rhythm(MONTHLY_DAY, day=15), date(2026, 11, 1), date(2026, 11, 13)),
        (Rhythm(WEEKLY, weekday=0), date(2026, 9, 16), date(2026, 9, 21)),
        (Rhythm(WEEKLY, weekday=2), date(2026, 8, 27), date(2026, 8, 31)),
        (Rhythm(WEEKLY, weekday=2), date(2026, 9, 16), date(2026, 9, 23)),
    ],
)
def test_the_next_day_is_a_working_day_of_the_rhythm(rhythm: Rhythm, after: date, found: date) -> None:
    assert next_day(rhythm, after, DAYS) == found
    assert rhythm.words.complete


@given(
    some.builds(
        Rhythm, some.sampled_from([*KINDS]), some.integers(0, 6), some.sampled_from([*ORDINALS]), some.integers(1, 31)
    ),
    some.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_it_always_moves_on_and_never_skips_two_months(rhythm: Rhythm, after: date) -> None:
    found = next_day(rhythm, after, DAYS)
    assert after < found <= after + timedelta(days=64)
    assert DAYS.is_working(found)
    assert len(WEEKDAYS) == 7
