"""Lines of a page joined into paragraphs by where they stand: indents, short lines, centred titles, columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from app.reading.normalise import squeeze
from app.reading.rows import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.reading.pdf_page import Grid, Run

_MARKER = re.compile(r"(?:[-–+•●*]\s|\d{1,2}(?:\.\d{1,2})*[.)/]\s|[IVX]{1,6}[.)/]\s|[a-zđ][.)/]\s|Điều \d|\(\d\))")
_CLOSED = re.compile(r"[.;:!?…][\"”)]*$")
_GAP = 1.6
_SHORT = 0.9
_INDENT = 7.0
_MARK_SIZE = 30


@dataclass
class Line:
    """A line of a page, or a table that stands in its place."""

    runs: list[Run]
    page: int
    rows: list[list[str]] | None = None
    grid: Grid | None = None
    apart: bool = False
    """It stands beside others in columns: no line joins it."""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Put the runs in order and measure the line."""
        self.runs.sort(key=lambda run: run.left)
        self.text = joined(self.runs)
        self.left = min((run.left for run in self.runs), default=0)
        self.right = max((run.right for run in self.runs), default=0)
        self.top = max((run.top for run in self.runs), default=0)
        self.bottom = min((run.bottom for run in self.runs), default=0)
        self.middle = median(run.middle for run in self.runs) if self.runs else 0
        self.height = median(run.height for run in self.runs) if self.runs else 0


def joined(runs: Sequence[Run]) -> str:
    """Return the words of runs from left to right, a blank where a gap stands between them."""
    text, right = "", 0.0
    for run in runs:
        close = text and run.left - right < run.height * 0.18
        text += run.text if close or not text else f" {run.text}"
        right = run.right
    return squeeze(text)


def paragraphs(lines: list[Line]) -> Iterator[str]:
    """Give the paragraphs, an empty line between them; tables row by row."""
    lines = _unfolded(lines)
    body = [line for line in lines if not line.rows and not line.apart]
    left = _edge([round(line.left) for line in body], lowest=True)
    right = _edge([round(line.right) for line in body], lowest=False)
    step = median(_steps(body)) if _steps(body) else 0.0
    words = ""
    last: Line | None = None
    waiting: list[list[str]] = []
    for line in lines:
        if line.rows:
            waiting += line.rows if not waiting or not _same_head(waiting[0], line.rows[0]) else line.rows[1:]
            continue
        if words and not (last and not waiting and _continues(last, line, left, right, step)):
            apart = last and not _centred(last, left, right) and not _title_goes_on(last, line, left, right)
            yield from ((words, "") if apart else (words,))
            words = ""
        if waiting:
            yield from ("", *table_lines(waiting), "")
            waiting = []
        words = f"{words} {line.text}".strip()
        last = line
    yield words
    yield from ("", *table_lines(waiting))


def _same_head(first: list[str], again: list[str]) -> bool:
    """Say whether a table that goes on over the page repeats its headings."""
    return [squeeze(cell) for cell in first] == [squeeze(cell) for cell in again]


def _edge(places: list[int], *, lowest: bool) -> float:
    """Return where most lines begin, or the right edge that the full ones reach."""
    if not places:
        return 0
    ranked = sorted(places)
    return ranked[len(ranked) // 10] if lowest else ranked[-1 - len(ranked) // 10]


def _steps(body: list[Line]) -> list[float]:
    pairs = pairwise(body)
    return [a.middle - b.middle for a, b in pairs if a.page == b.page and 0 < a.middle - b.middle < 3 * (a.height or 1)]


def _centred(line: Line, left: float, right: float) -> bool:
    """Say whether a line stands in the middle of the page, as titles do, or in a column of its own."""
    if line.apart:
        return True
    return line.left - left > _MARK_SIZE and abs((line.left - left) - (right - line.right)) < _MARK_SIZE


def _title_goes_on(last: Line, line: Line, left: float, right: float) -> bool:
    """Say whether a title as wide as the page goes on in the middle of the next line."""
    close = 0 < last.middle - line.middle < 2 * last.height
    return close and not _CLOSED.search(last.text) and _centred(line, left, right) and not line.apart


def _continues(last: Line, line: Line, left: float, right: float, step: float) -> bool:
    """Judge by the layout whether a line goes on with the paragraph before it."""
    if (
        last.apart
        or line.apart
        or _centred(last, left, right) != _centred(line, left, right)
        or _centred(last, left, right)
    ):
        return False
    full = last.right > left + (right - left) * _SHORT
    if line.page != last.page:
        return full and not _CLOSED.search(last.text) and line.left - left < _INDENT
    if step and last.middle - line.middle > step * _GAP:
        return False
    if not full:
        return False
    indented = line.left - left >= _INDENT
    hanging = abs(line.left - last.left) < _INDENT and not _MARKER.match(line.text)
    if indented and not (hanging and not _CLOSED.search(last.text)):
        return bool(_MARKER.match(last.text)) and not _MARKER.match(line.text) and not _CLOSED.search(last.text)
    return not (_MARKER.match(line.text) and _CLOSED.search(last.text))


def _unfolded(lines: list[Line]) -> list[Line]:
    """Return the lines with columns set one under the other: the head of a letter, recipients and signature."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        gutter = _gutter(lines[at])
        if gutter is None:
            made.append(lines[at])
            at += 1
            continue
        first, band = lines[at], []
        while gutter and at < len(lines):
            band.append(lines[at])
            at += 1
            narrowed = _beside(lines[at], gutter, first) if at < len(lines) else None
            gutter = narrowed or gutter
            if not narrowed:
                break
        made += _columns(band, gutter)
    return made


def _gutter(line: Line) -> tuple[float, float] | None:
    """Return the widest gap of a line that is too wide to stand between two words."""
    if line.rows:
        return None
    gaps = [(b.left - a.right, a.right, b.left) for a, b in zip(line.runs, line.runs[1:], strict=False)]
    widest = max(gaps, default=(0.0, 0.0, 0.0))
    return widest[1:] if widest[0] > max(line.height * 1.4, 18) else None


def _beside(line: Line, gutter: tuple[float, float], first: Line) -> tuple[float, float] | None:
    """Return the gap between the columns, narrowed by a line that stands within them; None where it crosses it."""
    if line.rows or line.page != first.page:
        return None
    narrow = 6
    own = _gutter(line)
    if own:
        left, right = max(gutter[0], own[0]), min(gutter[1], own[1])
        return (left, right) if right - left > narrow else None
    middle = sum(gutter) / 2
    if line.left < middle - 1 and line.right > middle + 1:
        return None
    return (max(gutter[0], line.right), gutter[1]) if line.right <= middle else (gutter[0], min(gutter[1], line.left))


def _columns(band: list[Line], gutter: tuple[float, float]) -> list[Line]:
    middle = sum(gutter) / 2
    made = []
    for on_left in (True, False):
        for line in band:
            runs = [run for run in line.runs if (run.right <= middle + 1) == on_left]
            if runs:
                part = Line(runs, line.page)
                part.apart = True
                made.append(part)
    return made
