"""Geometry of the charts, from plain figures; lengths are per cent of the width, so that the text never scales.

The template macros in templates/macros/charts.html draw it as SVG by attributes alone (strict CSP: no style).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.figures import Figure

ROOM_FOR_NUMBER = 4.0
LEFT, RIGHT = 10.0, 96.0
FULL = 100.0
STEP = 10
GROUND, TALLEST = 104.0, 60.0
MARGIN = 0.14


class Segment(NamedTuple):
    """One piece of a stacked bar: where it lies (per cent), and whether its number fits inside."""

    tone: str
    words: str
    number: int
    href: str | None
    x: float
    width: float
    numbered: bool


class Bar(NamedTuple):
    """One row of stacked bars; `end` is where the bar ends (per cent), `note` stands behind it."""

    label: str
    href: str | None
    total: int
    note: str
    segments: list[Segment]
    end: float


def bars(rows: Iterable[dict[str, object]], legend: Sequence[tuple[str, str]]) -> list[Bar]:
    """Return stacked bars, the longest filling the width.

    :param rows: each with `label`, `counts` (one per legend entry) and optionally `href`, `hrefs`, `note`.
    :param legend: (tone, words) of each piece, in drawing order.
    """
    found = list(rows)
    longest = max((sum(_counts(row)) for row in found), default=0) or 1
    return [_bar(row, legend, longest) for row in found]


def _counts(row: dict[str, object]) -> list[int]:
    counts = row["counts"]
    return [int(count) for count in counts] if isinstance(counts, (list, tuple)) else []


def _bar(row: dict[str, object], legend: Sequence[tuple[str, str]], longest: int) -> Bar:
    counts = _counts(row)
    hrefs = row.get("hrefs") or [None] * len(counts)
    at = 0.0
    pieces = []
    for (tone, words), count, href in zip(legend, counts, hrefs, strict=True):  # type: ignore[call-overload] # loose
        width = count / longest * FULL
        if count:
            pieces.append(Segment(tone, words, count, href, round(at, 3), round(width, 3), width >= ROOM_FOR_NUMBER))
        at += width
    label, href, note = str(row["label"]), row.get("href"), str(row.get("note") or "")
    return Bar(label, str(href) if href else None, sum(counts), note, pieces, round(at, 3))


class Point(NamedTuple):
    """One month of a line: where it lies (per cent of width and height), and its figures."""

    label: str
    x: float
    y: float | None
    second_y: float | None
    value: float | None
    second: float | None


@dataclass(frozen=True)
class Line:
    """A line over time with an optional second one; a month without a figure breaks the line."""

    points: list[Point]
    paths: list[str]
    second_paths: list[str]
    areas: list[str]
    grid: list[tuple[int, float]]

    @property
    def last(self) -> Point | None:
        """The last month that has a figure: the one with a direct label."""
        return next((point for point in reversed(self.points) if point.y is not None), None)


def line(figures: Sequence[tuple[str, float | None, float | None]]) -> Line:
    """Return the line of (label, per cent, second per cent) on a scale of 0 to 100: a cut one makes slopes cliffs."""
    span = (RIGHT - LEFT) / max(1, len(figures) - 1)

    def height(value: float | None) -> float | None:
        return None if value is None else round(FULL - float(value), 2)

    points = [
        Point(label, round(LEFT + index * span, 3), height(value), height(second), value, second)
        for index, (label, value, second) in enumerate(figures)
    ]
    first = _runs([(point.x, point.y) for point in points])
    return Line(
        points,
        [_path(run) for run in first],
        [_path(run) for run in _runs([(point.x, point.second_y) for point in points])],
        [_area(run) for run in first],
        [(mark, height(mark) or 0.0) for mark in range(0, int(FULL) + 1, 2 * STEP)],
    )


def _runs(places: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Cut a line where a figure is missing."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in places:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in run)


def _area(run: Sequence[tuple[float, float]]) -> str:
    return f"{_path(run)}L{run[-1][0]:g} {FULL:g}L{run[0][0]:g} {FULL:g}Z"


class Day(NamedTuple):
    """One day of the strip: its column and the bar in it (x and width in per cent, top and height in pixels)."""

    day: date
    number: int
    href: str | None
    rest: bool
    labelled: bool
    x: float
    width: float
    middle: float
    bar_x: float
    bar_width: float
    top: float
    height: float


def strip(days: Sequence[tuple[date, int, str | None, bool]]) -> list[Day]:
    """Return one column a day from (day, number due, link, whether it is a day of rest); Mondays are labelled."""
    most = max((count for _, count, _, _ in days), default=0) or 1
    width = FULL / max(1, len(days))
    return [_day(index, width, given[1] / most * TALLEST, given) for index, given in enumerate(days)]


def _day(index: int, width: float, height: float, given: tuple[date, int, str | None, bool]) -> Day:
    day, count, href, rest = given
    x, margin = index * width, width * MARGIN
    places = (x, width, x + width / 2, x + margin, width - 2 * margin, GROUND - height, height)
    return Day(day, count, href, rest, _labelled(day, index), *(round(place, 3) for place in places))


def _labelled(day: date, index: int) -> bool:
    monday = day.weekday() == 0
    return index == 0 or (monday and index > 2)  # noqa: PLR2004 -- a Monday too near to today would overprint it


class Mark(NamedTuple):
    """One figure of a course: where it lies (per cent of width and height), its day and value."""

    x: float
    y: float
    day: date
    value: Figure


@dataclass(frozen=True)
class Course:
    """A measure over time: its figures, the line through them, the target's height, where the due date stands."""

    marks: list[Mark]
    path: str
    goal: float
    due: float | None
    first: date
    last: date


def course(
    figures: Sequence[tuple[date, Figure]], wanted: Figure, began: date, due: date | None, today: date
) -> Course:
    """Return the course of a measure from the day on which the task was given to today, or its due date if later.

    :param figures: (day, what was reached by then) in order; between two of them the line is plain.
    """
    first = min([began, *(day for day, _ in figures)])
    last = max([today, *(day for day, _ in figures), *([due] if due else [])])
    span = max(1, (last - first).days)
    most = float(max([wanted, *(value for _, value in figures)], default=0) or 1)

    def across(day: date) -> float:
        return round(LEFT + (day - first).days / span * (RIGHT - LEFT), 3)

    marks = [Mark(across(day), round(FULL - float(value) / most * FULL, 2), day, value) for day, value in figures]
    path = _path([(across(began), FULL), *((mark.x, mark.y) for mark in marks)])
    return Course(marks, path, round(FULL - float(wanted) / most * FULL, 2), across(due) if due else None, first, last)


class Target(NamedTuple):
    """A measure against its target: both as per cent of the width, which the larger of the two fills."""

    value: float
    target: float
    share: float | None
    reached: bool


def target(value: float | Figure | None, wanted: float | Figure | None) -> Target:
    """Return how far a measure is; without a target the share is None."""
    have, goal = float(value or 0), float(wanted or 0)
    most = max(have, goal) or 1.0
    share = have / goal * FULL if goal else None
    return Target(round(have / most * FULL, 2), round(goal / most * FULL, 2), share, bool(goal) and have >= goal)
