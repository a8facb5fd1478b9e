"""A table as CSV: UTF-8 with the mark by which Excel knows it, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.documents.xlsx import Cell

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: a spreadsheet takes it for a formula."""


def csv_file(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return the table; days as 30/06/2026, nothing for None."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, str) and cell.startswith(RUNS):
        return "'" + cell
    return cell
