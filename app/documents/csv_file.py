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
    """Return the table: cells apart by semicolons, days as 30/06/2026, decimals with a comma, nothing for None.

    A spreadsheet set to Vietnamese takes a comma for the decimal sign and would put a whole line into one cell. A first
    line `sep=` would tell every spreadsheet, but then Excel no longer heeds the mark and garbles the letters.
    """
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    # Also behind such a sign of its own, so that whoever reads the file back takes exactly ours away.
    if isinstance(cell, str) and cell.lstrip("'").startswith(RUNS):
        return "'" + cell
    return cell
