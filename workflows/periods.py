"""A committee's reporting periods: they touch and never overlap, also when the rule changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONE_DAY = timedelta(days=1)
_LAST_START = 28
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class PeriodRule:
    """From `valid_from` on, each period starts on this day of the month (1 = the calendar month)."""

    valid_from: date
    start_day: int

    def __post_init__(self) -> None:
        """Refuse a day that some month lacks."""
        if not 1 <= self.start_day <= _LAST_START:
            raise ValueError(f"a period starts on a day from 1 to {_LAST_START}, not {self.start_day}")

    def start_on_or_before(self, day: date) -> date:
        """Give the last start by this rule up to the day."""
        this_month = day.replace(day=self.start_day)
        return this_month if this_month <= day else (day.replace(day=1) - _ONE_DAY).replace(day=self.start_day)

    def start_on_or_after(self, day: date) -> date:
        """Give the first start by this rule from the day on."""
        this_month = day.replace(day=self.start_day)
        next_month = day.replace(day=_LAST_START) + timedelta(days=4)
        return this_month if this_month >= day else next_month.replace(day=self.start_day)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both within; `bridging` where a changed rule left a gap to fill."""

    start: date
    end: date
    bridging: bool = False

    def __contains__(self, day: date) -> bool:
        """Say whether the day lies in the period."""
        return self.start <= day <= self.end

    @property
    def label(self) -> Words:
        """Name the period by the month in which it ends, a bridging one by its days."""
        start, end = self.start, self.end
        if self.bridging:
            days = f"{start:%d/%m/%Y} - {end:%d/%m/%Y}"
            return Words(f"Kỳ chuyển tiếp {days}", f"Bridging period {days}")
        return Words(f"Tháng {end:%m/%Y}", f"{_MONTHS[end.month - 1]} {end.year}")

    def comparable_with(self, other: Period) -> bool:
        """Say whether the figures of both may stand side by side: a bridging period compares with none."""
        return not (self.bridging or other.bridging)


def period_of(day: date, rules: Sequence[PeriodRule]) -> Period:
    """Give the period that holds the day, by the history of rules (the first reaches back for ever).

    An old rule still starts a period on the very day the new one begins; from then on the new one does.
    What lies between the last start of the old and the first of the new is one bridging period.
    Raises ValueError without a rule.
    """
    segments = _segments(rules)
    start = max(found for rule, first, last in segments if (found := rule.start_on_or_before(min(day, last))) >= first)
    after = min(
        found for rule, first, last in segments if (found := rule.start_on_or_after(max(day + _ONE_DAY, first))) <= last
    )
    regular = any(
        rule.start_day == start.day and rule.start_on_or_after(start + _ONE_DAY) == after for rule, *_ in segments
    )
    return Period(start, after - _ONE_DAY, bridging=not regular)


def _segments(rules: Sequence[PeriodRule]) -> list[tuple[PeriodRule, date, date]]:
    """Give each rule with the first and last day on which it may start a period."""
    history = sorted(rules)
    days = [rule.valid_from for rule in history]
    if not days or len(set(days)) < len(days):
        raise ValueError("a committee needs a period rule, and only one from each day on")
    return list(zip(history, [date.min, *days[1:]], [*days[1:], date.max], strict=True))


def previous(period: Period, rules: Sequence[PeriodRule]) -> Period:
    """Give the period that ends the day before this one starts."""
    return period_of(period.start - _ONE_DAY, rules)


def following(period: Period, rules: Sequence[PeriodRule]) -> Period:
    """Give the period that starts the day after this one ends."""
    return period_of(period.end + _ONE_DAY, rules)
