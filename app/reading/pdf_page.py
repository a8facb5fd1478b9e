"""What stands on a page of a PDF: its letters as runs of words with their places, and the grid of its ruled tables."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LETTERS = 60_000
"""More letters than these stand on no page of a letter."""
_MOST_EDGES = 1500
_THIN = 2.5
_NEAR = 3.0
_FEWEST_LINES = 3
_PATH = 2  # FPDF_PAGEOBJ_PATH
_Edge = tuple[float, float, float]
"""A ruled line: its own place, and from where to where it goes."""


@dataclass
class Run:
    """Words written on in one go: left, bottom, right and top in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """Return the height of its font."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Return the height of its middle above the page's foot."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Grid:
    """A ruled table: the places of its upright and level lines, from left and from the top."""

    across: tuple[float, ...]
    down: tuple[float, ...]

    def holds(self, run: Run) -> bool:
        """Say whether the middle of a run lies inside."""
        x = (run.left + run.right) / 2
        return self.across[0] - 1 < x < self.across[-1] + 1 and self.down[-1] - 1 < run.middle < self.down[0] + 1

    def cell(self, run: Run) -> tuple[int, int]:
        """Return the row and column in which a run begins."""
        x = run.left + min(4.0, (run.right - run.left) / 2)
        column = max(sum(edge <= x for edge in self.across) - 1, 0)
        row = max(sum(edge >= run.middle for edge in self.down) - 1, 0)
        return row, min(column, len(self.across) - 2)


def read_runs(page: pypdfium2.PdfPage, grids: list[Grid]) -> list[Run]:
    """Return the runs of a page in the order in which they were drawn; none goes over a line of a table."""
    text = page.get_textpage()
    try:
        return list(_runs(text.raw, min(text.count_chars(), MOST_LETTERS), grids))
    finally:
        text.close()


def _runs(text: object, count: int, grids: list[Grid]) -> Iterator[Run]:
    box = raw.FS_RECTF()
    open_run: Run | None = None
    blank = False
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace() or letter in "\x00\x02\ufffe\u200b\xad":
            blank = blank or letter.isspace()
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)) or box.top <= box.bottom:
            continue
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if open_run and _goes_on(open_run, letter, left, bottom, top) and not _parted(open_run, left, grids):
            gap = left - open_run.right
            open_run.text += (" " if blank or gap > open_run.height * 0.18 else "") + letter
            open_run.right = max(open_run.right, right)
            open_run.bottom, open_run.top = min(open_run.bottom, bottom), max(open_run.top, top)
        else:
            if open_run:
                yield open_run
            open_run = Run(left, bottom, right, top, letter)
        blank = False
    if open_run:
        yield open_run


def _goes_on(run: Run, letter: str, left: float, bottom: float, top: float) -> bool:
    """Judge whether a letter continues a run: on its line, neither behind its beginning nor far ahead."""
    if unicodedata.combining(letter):
        return True
    level = abs((top + bottom) / 2 - run.middle) < run.height * 0.45
    return level and run.right - run.height * 0.4 <= left <= run.right + run.height * 0.9


def _parted(run: Run, left: float, grids: list[Grid]) -> bool:
    """Say whether an upright line of a table stands between a run and the next letter."""
    return any(
        run.right - 1 <= edge <= left + 1
        for grid in grids
        if grid.down[-1] < run.middle < grid.down[0]
        for edge in grid.across
    )


def read_grids(page: pypdfium2.PdfPage) -> list[Grid]:
    """Return the ruled tables of a page, from the top."""
    level: list[_Edge] = []
    upright: list[_Edge] = []
    for shape in page.get_objects(filter=(_PATH,), max_depth=3):
        if len(level) + len(upright) > _MOST_EDGES:
            return []
        left, bottom, right, top = shape.get_bounds()
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            level.append(((bottom + top) / 2, left, right))
        elif wide <= _THIN < high:
            upright.append(((left + right) / 2, bottom, top))
        elif wide > _THIN and high > _THIN:
            level += [(bottom, left, right), (top, left, right)]
            upright += [(left, bottom, top), (right, bottom, top)]
    return sorted(_grids(level, upright), key=lambda grid: -grid.down[0])


def _grids(level: list[_Edge], upright: list[_Edge]) -> Iterator[Grid]:
    """Join the lines that touch; what is left over with two columns and a row is a table."""
    groups: list[tuple[list[_Edge], set[_Edge]]] = []
    for line in level:
        lines, edges = [line], {edge for edge in upright if _crosses(line, edge)}
        for group in groups.copy():
            if group[1] & edges or any(_meets(line, other) for other in group[0]):
                groups.remove(group)
                lines, edges = lines + group[0], edges | group[1]
        groups.append((lines, edges))
    for lines, edges in groups:
        across, down = _places([edge[0] for edge in edges]), _places([line[0] for line in lines])
        if len(across) >= _FEWEST_LINES and len(down) >= _FEWEST_LINES - 1:
            yield Grid(tuple(across), tuple(reversed(down)))


def _crosses(line: _Edge, edge: _Edge) -> bool:
    return edge[1] - _NEAR <= line[0] <= edge[2] + _NEAR and line[1] - _NEAR <= edge[0] <= line[2] + _NEAR


def _meets(line: _Edge, other: _Edge) -> bool:
    return abs(line[0] - other[0]) < _NEAR and line[1] <= other[2] + _NEAR and other[1] <= line[2] + _NEAR


def _places(values: list[float]) -> list[float]:
    made: list[float] = []
    for each in sorted(values):
        if not made or each - made[-1] > _NEAR:
            made.append(each)
    return made
