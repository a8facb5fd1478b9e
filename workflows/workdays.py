"""Arithmetic of working days on a calendar whose rest days and make-up days are handed in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORKDAYS_A_WEEK = 5


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday are worked, except `off`; of the weekends only `worked`. Local days."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, compare=False)
    """What the days off are called; no arithmetic asks."""

    def __post_init__(self) -> None:
        """Refuse a day that is said to be both off and worked."""
        if both := self.off & self.worked:
            raise ValueError(f"both off and worked: {min(both).isoformat()}")

    @cached_property
    def _lost(self) -> list[int]:
        return sorted(day.toordinal() for day in self.off if day.weekday() < _WORKDAYS_A_WEEK)

    @cached_property
    def _won(self) -> list[int]:
        return sorted(day.toordinal() for day in self.worked if day.weekday() >= _WORKDAYS_A_WEEK)

    @cached_property
    def longest_rest(self) -> int:
        """The most days in a row on which nobody works: 2, or more around days off."""
        return max([2, *((self.next_working(day) - self.previous_working(day)).days - 1 for day in self.off)])

    def _before(self, ordinal: int) -> int:
        """Count the working days before this ordinal (1 = Monday, 1 January 0001)."""
        weeks, days = divmod(ordinal - 1, 7)
        weekdays = _WORKDAYS_A_WEEK * weeks + min(days, _WORKDAYS_A_WEEK)
        return weekdays - bisect_left(self._lost, ordinal) + bisect_left(self._won, ordinal)

    def _nth(self, index: int, low: int, high: int) -> date:
        """Give the working day that has `index` working days before it, looked for from low to high."""
        days = range(low, high + 1)
        return date.fromordinal(days[bisect_left(days, index + 1, key=lambda day: self._before(day + 1))])

    def _span(self, working_days: int) -> int:
        """Give a number of days that surely holds so many working days, whatever is off."""
        return 7 * (working_days // _WORKDAYS_A_WEEK + 1) + len(self._lost) + 7

    def is_working(self, day: date) -> bool:
        """Say whether the authority works on this day."""
        return day in self.worked if day.weekday() >= _WORKDAYS_A_WEEK else day not in self.off

    def add_working_days(self, day: date, n: int) -> date:
        """Give the n-th working day after the day (before it, when n is negative); n = 0 gives the day itself.

        The day itself never counts: five working days from Friday 20 November end on Monday 30 November
        when Tuesday 24 is off.
        """
        if n == 0:
            return day
        here = day.toordinal()
        if n > 0:
            return self._nth(self._before(here + 1) + n - 1, here + 1, here + self._span(n))
        return self._nth(self._before(here) + n, max(1, here - self._span(-n)), here - 1)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days from `start` (it counts) to `end` (it does not); negative when reversed."""
        return self._before(end.toordinal()) - self._before(start.toordinal())

    def next_working(self, day: date) -> date:
        """Give the day itself if it is worked, else the first working day after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def previous_working(self, day: date) -> date:
        """Give the day itself if it is worked, else the last working day before it."""
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def first_of_week(self, day: date) -> date | None:
        """Give the first working day of the Monday-to-Sunday week of this day; None when all is off."""
        monday = day - timedelta(days=day.weekday())
        first = self.next_working(monday)
        return first if first < monday + timedelta(days=7) else None
