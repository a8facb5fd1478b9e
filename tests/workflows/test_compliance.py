"""The identity, the rates, and each column's definition."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_deadlines import clocks
from workflows.compliance import COLUMNS, Line, Summary, TaskPeriod, summarise
from workflows.deadlines import Clock
from workflows.vietnam_holidays import OFFICIAL

if TYPE_CHECKING:
    from workflows.compliance import Entry, Outcome

END = date(2026, 11, 13)
CLOCK = Clock(OFFICIAL)
ENTRIES: list[Entry | None] = [None, "assigned", "reopened", "restored", "carried_in"]
OUTCOMES: list[Outcome] = ["open", "completed", "withdrawn"]
units = st.integers(1, 4)
some_days = st.none() | st.dates(date(2026, 9, 1), date(2026, 12, 31))


@st.composite
def rows(draw: st.DrawFn) -> TaskPeriod:
    entry = draw(st.sampled_from(ENTRIES))
    outcome = draw(st.sampled_from(OUTCOMES))
    standing = draw(st.sampled_from(["", "reported", "paused"])) if outcome == "open" else ""
    sent = outcome == "completed" or standing == "reported"
    due = draw(some_days)
    return TaskPeriod(
        unit_at_start=draw(units) if entry is None else None,
        entry=entry,
        entry_unit=None if entry is None else draw(units),
        unit_at_end=draw(units),
        outcome=outcome,
        due=due,
        original_due=due and draw(some_days),
        counted_on=draw(st.dates(date(2026, 9, 1), END)) if sent else None,
        reported=standing == "reported",
        paused=standing == "paused",
        extensions=draw(st.integers(0, 3)),
        n=draw(st.integers(1, 5)),
    )


@given(st.lists(rows(), max_size=30), clocks)
def test_the_identity_holds_for_any_rows(found: list[TaskPeriod], clock: Clock) -> None:
    summary = summarise(found, END, clock)
    for line in (*summary.units.values(), summary.total):
        assert line.balanced
        for rate in (line.rate, line.original_rate, line.done_rate):
            assert rate is None or 0 <= rate <= 1
        assert line.waiting <= line.in_time + line.overdue
        assert line.reopened <= line.assigned
        assert line.done_no_due <= line.on_time
        assert line.open_no_due <= line.in_time
        assert line.original_on_time + line.original_late == line.on_time + line.late - line.done_no_due
    total = summary.total
    assert total.total == total.on_time + total.late + total.withdrawn + total.in_time + total.overdue
    assert total.moved_in == total.moved_out
    assert total.total == sum(row.n for row in found)


@given(st.lists(rows(), max_size=15))
def test_alike_tasks_in_one_row_equal_one_row_each(found: list[TaskPeriod]) -> None:
    single = [TaskPeriod(**{**vars(row), "n": 1}) for row in found for _ in range(row.n)]
    assert summarise(found, END, CLOCK) == summarise(single, END, CLOCK)


def line(**row: Any) -> dict[str, int]:  # noqa: ANN401
    facts = {"unit_at_start": 1, "unit_at_end": 1, "outcome": "open", **row}
    found = summarise([TaskPeriod(**facts)], END, CLOCK).units[1]
    return {name: value for name, value in vars(found).items() if value}


DUE = date(2026, 11, 6)


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"due": DUE}, {"carried", "overdue", "original_overdue"}),
        ({"due": END}, {"carried", "in_time"}),
        ({"due": END, "original_due": DUE}, {"carried", "in_time", "original_overdue"}),
        ({"due": DUE, "paused": True}, {"carried", "in_time"}),
        ({"due": DUE, "reported": True, "counted_on": DUE}, {"carried", "in_time", "waiting"}),
        (
            {"due": DUE, "reported": True, "counted_on": END},
            {"carried", "overdue", "original_overdue", "waiting"},
        ),
        ({}, {"carried", "in_time", "open_no_due"}),
        ({"outcome": "completed", "due": DUE, "counted_on": DUE}, {"carried", "on_time", "original_on_time"}),
        ({"outcome": "completed", "due": DUE, "counted_on": END}, {"carried", "late", "original_late"}),
        (
            {"outcome": "completed", "due": END, "original_due": DUE, "counted_on": END},
            {"carried", "on_time", "original_late"},
        ),
        ({"outcome": "completed", "counted_on": END}, {"carried", "on_time", "done_no_due"}),
        ({"outcome": "withdrawn", "due": DUE}, {"carried", "withdrawn"}),
        ({"unit_at_start": None, "entry": "assigned", "entry_unit": 1, "due": END}, {"assigned", "in_time"}),
        (
            {"unit_at_start": None, "entry": "reopened", "entry_unit": 1, "due": END},
            {"assigned", "reopened", "in_time"},
        ),
        ({"unit_at_start": None, "entry": "carried_in", "entry_unit": 1, "due": END}, {"carried", "in_time"}),
        ({"unit_at_end": 2, "due": DUE}, {"carried", "moved_out"}),
        ({"unit_at_start": 2, "due": DUE}, {"moved_in", "overdue", "original_overdue"}),
        ({"due": END, "extensions": 2}, {"carried", "in_time", "extensions"}),
    ],
)
def test_each_column(row: dict[str, Any], columns: set[str]) -> None:
    assert set(line(**row)) == columns


def test_the_rate_counts_late_and_overdue_against_the_unit() -> None:
    found = Line(on_time=8, done_no_due=1, late=2, overdue=1, original_on_time=5, original_late=4, original_overdue=1)
    assert (found.rate, found.original_rate, found.done_rate) == (Fraction(7, 10), Fraction(1, 2), Fraction(7, 9))
    assert found.needs_cause


def test_nothing_to_divide_by_is_neither_0_nor_100() -> None:
    empty = summarise([], END, CLOCK)
    assert empty == Summary({}, Line())
    assert (empty.total.rate, empty.total.original_rate, empty.total.done_rate) == (None, None, None)
    assert not empty.total.needs_cause


@pytest.mark.parametrize(
    "row",
    [
        {"unit_at_start": None},
        {"entry": "assigned", "entry_unit": 1},
        {"entry_unit": 1},
        {"unit_at_start": None, "entry": "assigned", "entry_unit": 1, "entered": True},
        {"unit_at_start": None, "entry": "assigned"},
        {"outcome": "completed"},
        {"reported": True},
        {"outcome": "withdrawn", "paused": True},
        {"reported": True, "paused": True, "counted_on": END},
    ],
)
def test_an_impossible_row_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"task|entry"):
        line(**row)


def test_the_columns_are_defined_and_name_figures() -> None:
    numbers = ["1", "2", "3", "3a", "4", "5", "6", "7", "8", "8a", "9", "10", "11", "12", "13", "14"]
    assert [column.number for column in COLUMNS] == numbers
    assert all(column.header.complete and column.definition.complete for column in COLUMNS)
    assert all(hasattr(Line(), column.figure) for column in COLUMNS if column.figure)
