"""The charts' geometry: what is drawn is what was counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui import charts

LEGEND = [("green", "Đúng hạn"), ("blue", "Đang làm"), ("red", "Quá hạn")]


def test_the_longest_bar_fills_the_width_and_pieces_join() -> None:
    long, short = charts.bars([{"label": "A", "counts": [2, 0, 6]}, {"label": "B", "counts": [0, 4, 0]}], LEGEND)

    assert (long.total, long.end, short.end) == (8, 100.0, 50.0)
    assert [(piece.tone, piece.x, piece.width) for piece in long.segments] == [("green", 0, 25), ("red", 25, 75)]
    assert [piece.tone for piece in short.segments] == ["blue"]


def test_no_figures_draw_empty_bars() -> None:
    (bar,) = charts.bars([{"label": "A", "counts": [0, 0, 0]}], LEGEND)
    assert (bar.total, bar.segments, bar.end) == (0, [], 0.0)
    assert charts.bars([], LEGEND) == []


@given(st.lists(st.lists(st.integers(0, 5000), min_size=3, max_size=3), max_size=40))
def test_bars_never_leave_the_picture(counts: list[list[int]]) -> None:
    for bar, row in zip(charts.bars([{"label": "A", "counts": c} for c in counts], LEGEND), counts, strict=True):
        assert sum(piece.number for piece in bar.segments) == sum(row) == bar.total
        assert all(0 <= piece.x <= piece.x + piece.width <= 100.01 for piece in bar.segments)


def test_a_month_without_a_figure_breaks_the_line() -> None:
    line = charts.line([("T1", 80.0, 70.0), ("T2", None, None), ("T3", 90.0, None), ("T4", 100.0, None)])

    assert len(line.paths) == 2
    assert len(line.second_paths) == 1
    assert line.points[1].y is None
    assert line.last is not None
    assert (line.last.label, line.last.y) == ("T4", 0.0)
    assert line.grid[0][0] == 0


def test_a_line_of_nothing_is_empty_but_has_its_scale() -> None:
    line = charts.line([("T1", None, None)])
    assert (line.paths, line.last) == ([], None)
    assert line.grid


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=24))
def test_points_lie_inside_and_higher_is_higher(values: list[float | None]) -> None:
    known = [p for p in charts.line([("T", v, None) for v in values]).points if p.y is not None]
    assert all(0 <= p.y <= 100 and 0 <= p.x <= 100 for p in known if p.y is not None)
    ordered = sorted(known, key=lambda p: p.value or 0)
    assert [p.y for p in ordered] == sorted((p.y for p in known if p.y is not None), reverse=True)


def test_the_strip_labels_today_and_mondays() -> None:
    start = date(2026, 11, 22)
    days = charts.strip([(start + timedelta(days=i), i % 3, None, False) for i in range(30)])

    assert [d.day.isoformat() for d in days if d.labelled] == [
        "2026-11-22", "2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21",
    ]  # fmt: skip
    assert max(d.height for d in days) == charts.TALLEST
    assert all(d.top + d.height == charts.GROUND for d in days)


@pytest.mark.parametrize(
    ("value", "wanted", "drawn"),
    [
        (37, 52, (71.15, 100.0, False)),
        (12, 10, (100.0, 83.33, True)),
        (4, None, (100.0, 0.0, False)),
        (0, 10, (0.0, 100.0, False)),
    ],
)
def test_a_measure_is_drawn_against_its_target(
    value: float, wanted: float | None, drawn: tuple[float, float, bool]
) -> None:
    found = charts.target(value, wanted)
    assert (found.value, found.target, found.reached) == drawn
    assert (found.share is None) == (wanted is None)
