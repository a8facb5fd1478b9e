"""A table as text, its cells apart by a sign: our own CSV, or an office's, as a spreadsheet in Vietnam saves it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.encodings import decoded, has_lost_letters, is_text
from app.reading.legacy import from_tcvn3, is_tcvn3
from app.text import nfc
from app.tracker.errors import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    FileTooLargeError,
    LostLettersError,
    NoWorkbookError,
    OldLettersError,
    OpenQuoteError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "CSV"
"""What its one sheet is called."""
_SIGNS = ";\t,|"
"""What parts cells, the likelier first: a spreadsheet set to Vietnamese takes the comma for the decimal sign."""
_SAID = re.compile(r"sep=(.)\n")
_TRIED = 200
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBER = re.compile(r"-?\d{1,15}(?:,\d{1,9})?")
_ESCAPED = re.compile(r"'(?='*[=+\-@\t\r])")
"""What our own file puts before a cell that a spreadsheet would run."""
_TICKS = {"TRUE": "x", "FALSE": ""}
_MORE = 200


def sheet_of(data: bytes) -> dict[str, Any]:
    """Return the one sheet of a text, as the reading process tells of it.

    :raises DomainError: no text, no table, letters lost or of an unknown font, a quotation mark that is never closed,
        or too much of it.
    """
    text = decoded(data)
    if text is None and is_text(data):
        text = _older(data.decode("latin-1"))
    if text is None:
        raise NoWorkbookError
    if len(text) > MAX_TEXT:
        raise FileTooLargeError
    text = nfc(text)
    if has_lost_letters(text):
        raise LostLettersError
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    # One cell may be as long as all of them.
    csv.field_size_limit(MAX_TEXT)
    sign = said[1] if said else _sign_of(text)
    found = islice(_rows(text, sign), MAX_ROWS + _MORE)
    rows = [[_told(cell) for cell in row[:MAX_COLUMNS]] for row in found]
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if max((len(row) for row in rows), default=0) < 2:  # noqa: PLR2004 -- one column is no table
        raise NoWorkbookError
    return {"name": NAME, "rows": rows, "merges": [], "hidden_columns": [], "hidden": False}


def _older(text: str) -> str:
    """Return a text of the old font TCVN3 in Unicode; other encodings look too much alike to guess."""
    if is_tcvn3(text):
        return from_tcvn3(text)
    raise LostLettersError if has_lost_letters(text) else OldLettersError


def _sign_of(text: str) -> str:
    """Return what parts the cells: the sign by which the most rows have one and the same number of cells."""

    def evenness(sign: str) -> tuple[int, int, int]:
        widths = Counter(len(row) for row in islice(csv.reader(StringIO(text), delimiter=sign), _TRIED))
        rows, width = max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 1))
        return rows, width, -_SIGNS.index(sign)

    return max(_SIGNS, key=evenness)


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    """Give the rows.

    :raises OpenQuoteError: a quotation mark opens a cell that nothing closes, and would swallow all rows below.
    """
    reader = csv.reader(StringIO(text), delimiter=sign)
    began, ended, last = 1, 0, ""
    for row in reader:
        began, ended, last = ended + 1, reader.line_num, row[-1] if row else ""
        yield row
    if "\n" in last and text.count('"') % 2:
        raise OpenQuoteError(began)


def _told(cell: str) -> object:
    """Return a cell as a spreadsheet would hold it: a day as a list of its ISO text, a number as such, else text.

    Only what is shown again in the same letters becomes a number, so that nothing is lost: «01», «1.250» stay text.
    """
    text = cell.strip()
    if text in _TICKS:
        return _TICKS[text]
    if day := _day_of(text):
        return [day]
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", ".")) if "," in text else int(text)
        if str(number).replace(".", ",") == text:
            return number
    return _ESCAPED.sub("", text, count=1) if text.startswith("'") else text


def _day_of(text: str) -> str | None:
    """Return the day that is all of a cell, day before month; None for a day that no calendar has."""
    if found := _DAY.fullmatch(text):
        day, month, year = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
