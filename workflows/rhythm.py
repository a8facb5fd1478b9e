"""When a series of meetings meets: every week, on a day of the month, or on the n-th weekday of the month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workflows.workdays import Calendar

WEEKLY, MONTHLY_DAY, MONTHLY_WEEKDAY = "weekly", "monthly_day", "monthly_weekday"
LAST = 5
"""The n-th weekday that every month has: its last."""
KINDS: Mapping[str, Words] = {
    MONTHLY_WEEKDAY: Words("Hằng tháng, theo thứ", "Monthly, on a weekday"),
    MONTHLY_DAY: Words("Hằng tháng, theo ngày", "Monthly, on a day"),
    WEEKLY: Words("Hằng tuần", "Weekly"),
}
WEEKDAYS: tuple[Words, ...] = (
    Words("thứ Hai", "Monday"), Words("thứ Ba", "Tuesday"), Words("thứ Tư", "Wednesday"),
    Words("thứ Năm", "Thursday"), Words("thứ Sáu", "Friday"), Words("thứ Bảy", "Saturday"),
    Words("Chủ nhật", "Sunday"),
)  # fmt: skip
ORDINALS: Mapping[int, Words] = {
    1: Words("đầu tiên", "first"),
    2: Words("thứ hai", "second"),
    3: Words("thứ ba", "third"),
    4: Words("thứ tư", "fourth"),
    LAST: Words("cuối cùng", "last"),
}
"""Which of the month's weekdays, by number."""


@dataclass(frozen=True)
class Rhythm:
    """A rhythm; `weekday` 0 is Monday, `nth` 5 the month's last, `day` beyond a month's end its last day."""

    kind: str
    weekday: int = 0
    nth: int = 1
    day: int = 1

    @property
    def words(self) -> Words:
        """Say the rhythm in a few words."""
        weekday, nth = WEEKDAYS[self.weekday], ORDINALS[self.nth]
        if self.kind == WEEKLY:
            return Words(f"{weekday.vi} hằng tuần", f"every {weekday.en}")
        if self.kind == MONTHLY_DAY:
            return Words(f"ngày {self.day} hằng tháng", f"day {self.day} of each month")
        return Words(f"{weekday.vi} {nth.vi} của tháng", f"{nth.en} {weekday.en} of the month")


def next_day(rhythm: Rhythm, after: date, days: Calendar) -> date:
    """Return the next day of a rhythm behind a day; where it falls on a rest day, the working day before it."""
    return next(found for day in _days(rhythm, after) if (found := _working(day, days)) > after)


def _days(rhythm: Rhythm, after: date) -> Iterator[date]:
    if rhythm.kind == WEEKLY:
        first = after + timedelta(days=(rhythm.weekday - after.weekday()) % 7)
        while True:
            yield first
            first += timedelta(days=7)
    year, month = after.year, after.month
    while True:
        yield _in_month(rhythm, year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 -- December


def _in_month(rhythm: Rhythm, year: int, month: int) -> date:
    length = monthrange(year, month)[1]
    if rhythm.kind == MONTHLY_DAY:
        return date(year, month, min(rhythm.day, length))
    first = (rhythm.weekday - date(year, month, 1).weekday()) % 7 + 1
    found = range(first, length + 1, 7)
    return date(year, month, found[-1] if rhythm.nth == LAST else found[rhythm.nth - 1])


def _working(day: date, days: Calendar) -> date:
    while not days.is_working(day):
        day -= timedelta(days=1)
    return day
