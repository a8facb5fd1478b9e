"""Periods touch and never overlap, whatever the history of rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.periods import Period, PeriodRule, following, period_of, previous

ONE = timedelta(days=1)
FIFTEENTH = [PeriodRule(date(2020, 1, 1), 15)]
CALENDAR_MONTH = [PeriodRule(date(2020, 1, 1), 1)]
days = st.dates(date(2019, 1, 1), date(2029, 12, 31))
histories = st.lists(
    st.builds(PeriodRule, days, st.integers(1, 28)), min_size=1, max_size=4, unique_by=lambda rule: rule.valid_from
)


@given(histories, days)
def test_a_day_lies_in_just_one_period_and_its_neighbours_touch_it(history: list[PeriodRule], day: date) -> None:
    period = period_of(day, history)
    assert day in period
    assert period_of(period.start, history) == period_of(period.end, history) == period
    before, after = previous(period, history), following(period, history)
    assert before.end + ONE == period.start
    assert after.start - ONE == period.end
    assert following(before, history) == period == previous(after, history)


@given(days, st.integers(1, 28), st.integers(1, 28))
def test_one_change_makes_at_most_one_bridging_period(change: date, old: int, new: int) -> None:
    history = [PeriodRule(date(2015, 1, 1), old), PeriodRule(change, new)]
    period, bridging = period_of(change - timedelta(days=100), history), []
    while period.end < change + timedelta(days=100):
        bridging += [period] if period.bridging else []
        period = following(period, history)
    assert len(bridging) <= 1
    assert old != new or not bridging


@pytest.mark.parametrize(
    ("day", "start_day", "start", "end"),
    [
        (date(2026, 11, 22), 15, date(2026, 11, 15), date(2026, 12, 14)),
        (date(2026, 11, 14), 15, date(2026, 10, 15), date(2026, 11, 14)),
        (date(2026, 1, 1), 25, date(2025, 12, 25), date(2026, 1, 24)),
        (date(2024, 2, 29), 1, date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 12, 31), 28, date(2026, 12, 28), date(2027, 1, 27)),
    ],
)
def test_rules(day: date, start_day: int, start: date, end: date) -> None:
    assert period_of(day, [PeriodRule(date(2020, 1, 1), start_day)]) == Period(start, end)


def test_a_changed_rule_makes_one_bridging_period() -> None:
    history = [*CALENDAR_MONTH, PeriodRule(date(2026, 10, 1), 15)]
    assert period_of(date(2026, 9, 30), history) == Period(date(2026, 9, 1), date(2026, 9, 30))
    bridge = period_of(date(2026, 10, 5), history)
    assert bridge == Period(date(2026, 10, 1), date(2026, 10, 14), bridging=True)
    assert following(bridge, history) == Period(date(2026, 10, 15), date(2026, 11, 14))
    long_bridge = period_of(date(2026, 10, 20), [*FIFTEENTH, PeriodRule(date(2026, 11, 1), 25)])
    assert long_bridge == Period(date(2026, 10, 15), date(2026, 11, 24), bridging=True)


def test_labels() -> None:
    assert period_of(date(2026, 11, 22), FIFTEENTH).label == ("Tháng 12/2026", "December 2026")
    bridge = Period(date(2026, 10, 1), date(2026, 10, 14), bridging=True)
    assert bridge.label.vi == "Kỳ chuyển tiếp 01/10/2026 - 14/10/2026"
    assert not bridge.comparable_with(period_of(date(2026, 11, 22), FIFTEENTH))
    assert period_of(date(2026, 11, 1), FIFTEENTH).comparable_with(period_of(date(2026, 11, 22), FIFTEENTH))


@pytest.mark.parametrize("start_day", [0, 29])
def test_a_period_starts_on_a_day_every_month_has(start_day: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 28"):
        PeriodRule(date(2026, 1, 1), start_day)


@pytest.mark.parametrize("history", [[], [*FIFTEENTH, PeriodRule(date(2020, 1, 1), 20)]])
def test_a_committee_has_one_rule_at_a_time(history: list[PeriodRule]) -> None:
    with pytest.raises(ValueError, match="period rule"):
        period_of(date(2026, 1, 1), history)
