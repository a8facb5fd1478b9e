"""A sheet as it was read: its cells, which of them are merged, which columns are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value = str | float | date
"""A cell: text (empty for none), a number, or a day."""
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, counted from 0."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows and columns are counted from 0, and each row has `width` cells."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[Range] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        return max((len(row) for row in self.rows), default=0)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Sheet:
        """Return a sheet as the reading process tells of it: a day stands as a list of one ISO text."""
        rows = [
            [date.fromisoformat(cell[0]) if isinstance(cell, list) else cell for cell in row] for row in told["rows"]
        ]
        merges = [(a, b, c, d) for a, b, c, d in told["merges"]]
        return cls(told["name"], rows, merges, frozenset(told["hidden_columns"]), told["hidden"])


def shown(value: Value) -> str:
    """Return a cell as the office sees it: days as 30/06/2026, whole numbers without a point."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")
    return value


def column_name(index: int) -> str:
    """Return a column as spreadsheets name it: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
