"""The arithmetic of the measurements: medians, ratios, wrong answers, and supplies that run out."""

from __future__ import annotations

import itertools
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from app.bench.client import Answer
from app.bench.measuring import CELL, Dose, Measured, measure, take
from app.bench.operations import Operation, Side, Step
from app.bench.processes import processor_time

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = Operation("list", "danh sách", "list", 2.0)


class Clock:
    """A server that takes the seconds it was told, one after the other."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = itertools.cycle(seconds)
        self.asked = 0

    def send(self, _request: bytes) -> Answer:
        self.asked += 1
        return Answer(200, {}, b"", next(self.seconds))


def side(clock: Clock, steps: Iterator[Step] | None = None) -> Side:
    endless = itertools.repeat(Step(b"", lambda _answer: True))
    return Side(cast("Any", clock), {"list": steps or endless})


def measured(**changed: Any) -> Measured:  # noqa: ANN401 -- any field of a row
    figures: dict[str, Any] = {"floor_ms": 2.0, "own_ms": 4.0, "floor_cpu_ms": 1.0, "own_cpu_ms": 3.0}
    return Measured("sqlite", "list", **{**figures, "bar": 2.0, "requests": 24, "wrong": 0, **changed})


def test_a_ratio_is_ours_over_the_floor() -> None:
    row = measured()
    assert (row.ratio, row.cpu_ratio) == (2.0, 3.0)
    assert row.as_json()["ratio"] == 2.0


@pytest.mark.parametrize(
    ("changed", "met"), [({}, True), ({"own_ms": 4.01}, False), ({"wrong": 1}, False), ({"bar": 1.9}, False)]
)
def test_a_bar_is_met_at_the_median_by_right_answers_alone(changed: dict[str, float], *, met: bool) -> None:
    assert measured(**changed).met is met
    assert measured(**changed).as_json()["met"] is met


def test_the_median_of_cells_leaves_one_slow_cell_out() -> None:
    slow = [0.001] * CELL * 3 + [5.0] * CELL + [0.001] * CELL  # the first cell warms up
    row = measure("sqlite", LIST, side(Clock(0.001)), side(Clock(*slow)), Dose(4, 60))
    assert (row.floor_ms, row.own_ms, row.ratio) == (1.0, 1.0, 1.0)


def test_processor_time_stands_beside_where_the_system_tells_it() -> None:
    assert measured(floor_cpu_ms=0.0).cpu_ratio is None
    assert measured(floor_cpu_ms=0.0).as_json()["cpu_ratio"] is None
    row = measure("sqlite", LIST, side(Clock(0.002)), side(Clock(0.001)), Dose(1, 60))
    assert row.floor_cpu_ms == row.own_cpu_ms == 0.0  # nobody worked


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="hệ điều hành không cho biết thời gian bộ xử lý")
def test_processor_time_counts_work_and_not_waiting() -> None:
    me = [os.getpid()]
    begun = processor_time(me)
    time.sleep(0.05)
    waited = processor_time(me) - begun
    sum(n * n for n in range(1_000_000))
    assert processor_time(me) - begun - waited > waited


def test_every_wrong_answer_counts() -> None:
    wrong = itertools.cycle([Step(b"", lambda _answer: True), Step(b"", lambda _answer: False)])
    row = measure("sqlite", LIST, side(Clock(0.001)), side(Clock(0.001), wrong), Dose(2, 60))
    assert (row.requests, row.wrong) == (4 * CELL, CELL)
    assert not row.met


def test_both_sides_stop_where_one_has_nothing_left_to_move() -> None:
    few = iter([Step(b"", lambda _answer: True)] * CELL * 3)  # one cell to warm up, two to measure
    floor, own = Clock(0.001), Clock(0.001)
    row = measure("sqlite", LIST, side(floor), side(own, few), Dose(10, 60))
    assert row.requests == 4 * CELL
    assert floor.asked == own.asked == 3 * CELL


def test_a_cell_is_whole_or_not_there() -> None:
    assert take(iter([]), 1) == []
    assert take(iter([Step(b"a", bool)]), 2) == []
