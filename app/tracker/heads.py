"""Where a tracker's headings stand, in one row or several, and what each column is taken for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.tracker.columns import Suggestion, Sure, key_of, suggest
from app.tracker.sheet import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.tracker.sheet import Sheet

_SEARCHED = 40
_DEEPEST = 3
_LONGEST = 90
_FEW = 2
_WORD = 40
_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?(?:\s*=.*)?")
_YEAR = re.compile(r"(?<!\d)(20[1-9]\d)(?!\d)")


@dataclass(frozen=True)
class Head:
    """The heading rows `first` to `last` (from 0; -1 for none), the columns' headings and what each is taken for."""

    first: int
    last: int
    headings: Mapping[int, Sequence[str]]
    columns: Mapping[int, Suggestion] = field(default_factory=dict)
    year: int | None = None
    """The year that the title rows or the sheet's name speak of."""

    def title_of(self, column: int) -> str:
        """Return a column's heading as one text: «Đơn vị thực hiện › Chủ trì»."""
        return " › ".join(self.headings.get(column, ()))


def find_head(sheet: Sheet) -> Head:
    """Return the sheet's headings; a sheet without any gives a head of no rows and no columns."""
    merged = {(row, column): (a, b, c, d) for a, b, c, d in sheet.merges for row in range(a, min(c, _SEARCHED) + 1)
              for column in range(b, d + 1)}  # fmt: skip
    texts = [[shown(cell).strip() for cell in row] for row in sheet.rows[: _SEARCHED + _DEEPEST]]
    best, most = -1, 0
    for at, row in enumerate(texts[:_SEARCHED]):
        known = {found.field for cell in row if (found := _short(cell))} - {"ordinal"}
        if "title" in known and len(known) > max(most, _FEW - 1):
            best, most = at, len(known)
    if best < 0:
        return Head(-1, -1, {}, {}, _year(sheet, texts))
    first, last = _extent(texts, merged, best)
    headings: dict[int, list[str]] = {}
    for column in range(sheet.width):
        parts: list[str] = []
        for at in range(first, last + 1):
            a, b, _, _ = merged.get((at, column), (at, column, at, column))
            part = " ".join((texts[a][b] if a < len(texts) and b < len(texts[a]) else "").split())
            if part and part not in parts and len(part) <= _LONGEST:
                parts.append(part)
        if parts:
            headings[column] = parts
    return Head(first, last, headings, _assign(headings), _year(sheet, texts[:first]))


def _short(cell: str) -> Suggestion | None:
    return suggest([cell]) if cell and len(cell) <= _LONGEST else None


def _extent(
    texts: list[list[str]], merged: Mapping[tuple[int, int], tuple[int, int, int, int]], at: int
) -> tuple[int, int]:
    """Return the first and last heading row around the row that was found."""
    first = last = at
    tops = [merged[at, column][0] for column in range(len(texts[at])) if (at, column) in merged]
    first = max(min([at, *tops]), at - _DEEPEST)
    bottoms = [merged[row, column][2] for row in range(first, at + 1) for column in range(len(texts[at]))
               if (row, column) in merged]  # fmt: skip
    last = min(max([at, *bottoms]), first + _DEEPEST)
    while last + 1 < len(texts) and last - first < _DEEPEST and _goes_on(texts[last], texts[last + 1]):
        last += 1
    return first, last


def _goes_on(above: Sequence[str], row: Sequence[str]) -> bool:
    """Say whether a row goes on with the headings: nothing below the title's and the first, elsewhere a few words."""
    if is_numbering(row) or not any(row):
        return False
    title = next((i for i, cell in enumerate(above) if (found := _short(cell)) and found.field == "title"), None)
    if title is None or (title < len(row) and row[title]):
        return False
    if row[0] or any(cell and not above[column] for column, cell in enumerate(row)):
        return False
    return all(len(cell) <= _WORD and not any(letter.isdigit() for letter in cell) for cell in row if cell)


def is_numbering(row: Sequence[str]) -> bool:
    """Say whether a row only numbers the columns: (1) (2) (3) (4)."""
    filled = [cell for cell in row if cell]
    return len(filled) > _FEW and all(_NUMBERS.fullmatch(cell) for cell in filled)


def is_head_again(row: Sequence[str], headings: Mapping[int, Sequence[str]]) -> bool:
    """Say whether a row repeats the headings, as on each printed page."""
    # Most rows are told by one cell: their first is no heading of its column.
    first = next((column for column, cell in enumerate(row) if cell), 0)
    if row[first] not in headings.get(first, ()) and not row[first].isupper():
        return False
    filled = [(column, key_of(cell)) for column, cell in enumerate(row) if cell]
    same = sum(any(key_of(part) == key for part in headings.get(column, ())) for column, key in filled)
    return len(filled) > _FEW and same * 3 >= len(filled) * 2


def _assign(headings: Mapping[int, Sequence[str]]) -> dict[int, Suggestion]:
    """Give each field to one column: to the surest, then to the first; «tick» columns may be several."""
    wanted = {column: found for column, parts in headings.items() if (found := suggest(parts))}
    taken: dict[str, int] = {}
    for column, found in sorted(wanted.items(), key=lambda each: (list(Sure).index(each[1].sure), each[0])):
        if not found.field.startswith("tick_"):
            taken.setdefault(found.field, column)
    return {
        column: found
        for column, found in wanted.items()
        if found.field.startswith("tick_") or taken[found.field] == column
    }


def _year(sheet: Sheet, above: Sequence[Sequence[str]]) -> int | None:
    words = " ".join([*(cell for row in above for cell in row if cell), sheet.name])
    named = re.findall(r"(?i)năm\s+(20[1-9]\d)", words) or _YEAR.findall(words)
    return int(named[0]) if named else None
