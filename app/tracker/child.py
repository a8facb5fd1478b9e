"""Reads one workbook in a process of its own, bounded in memory and time: bytes come in, JSON goes out.

Started as «python -m app.tracker.child»; knows no database, no secrets and no user.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

from app.errors import DomainError
from app.reading.child import TOO_HEAVY, bound
from app.text import nfc
from app.tracker.errors import MAX_COLUMNS, MAX_ROWS, MAX_TEXT, MAX_UNPACKED, FileTooLargeError, NoWorkbookError
from app.tracker.separated import sheet_of

ARCHIVE = b"PK\x03\x04"
"""How a workbook begins; whatever else there is may be a text."""
_HEAD = 64 * 1024
"""Columns are described before the first row."""
_COLUMN = re.compile(rb"<col\b[^>]*>")
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")


def main() -> int:
    """Read the workbook from standard input; say what was read or refused."""
    bound()
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = {"sheets": sheets_of(data)}
    except DomainError as error:
        answer = {"refused": [*error.sentence], "status": error.status}
    except (MemoryError, RecursionError):
        return TOO_HEAVY
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return 0


def sheets_of(data: bytes) -> list[dict[str, Any]]:
    """Return the sheets that hold anything: name, rows, merged ranges, hidden columns; of a text its one table.

    :raises DomainError: no workbook, a protected or broken one, or one that unpacks to too much.
    """
    if not data.startswith(ARCHIVE):
        return [sheet_of(data)]
    hidden = _hidden_columns(data)
    import python_calamine  # noqa: PLC0415 -- after what is too large was refused

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        found: list[dict[str, Any]] = []
        length = 0
        for about in book.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = [
                [_told(cell) for cell in row[:MAX_COLUMNS]]
                for row in sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 200)
            ]
            length = _check_length(rows, length)
            while rows and not any(cell != "" for cell in rows[-1]):
                rows.pop()
            if rows:
                merged = sheet.merged_cell_ranges or []
                found.append({
                    "name": nfc(about.name),
                    "rows": rows,
                    "merges": [[a, b, c, d] for (a, b), (c, d) in merged if a < len(rows) and b < MAX_COLUMNS],
                    "hidden_columns": sorted(hidden.get(about.name, ())),
                    "hidden": about.visible != python_calamine.SheetVisibleEnum.Visible,
                })  # fmt: skip
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise NoWorkbookError from error
    return found


def _told(value: object) -> object:
    """Return a cell for JSON: a day as a list of its ISO text, so that no text can be taken for one."""
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, (int, float)):
        return value
    return nfc(str(value or "")).strip()


def _check_length(rows: list[list[object]], before: int) -> int:
    """Return how many characters there are by now.

    :raises FileTooLargeError: more than a tracker can hold; one long text may stand in very many cells.
    """
    total = before + sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
    if total > MAX_TEXT:
        raise FileTooLargeError
    return total


def _hidden_columns(data: bytes) -> dict[str, set[int]]:
    """Return the hidden columns of each sheet, which the reading library does not tell; from the parts' heads.

    :raises DomainError: no workbook, or one that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise FileTooLargeError
            paths = _paths(_start_of(archive, "xl/workbook.xml"), _start_of(archive, "xl/_rels/workbook.xml.rels"))
            return {name: _hidden_in(_start_of(archive, path)) for name, path in paths.items()}
    except (zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, RuntimeError) as error:
        raise NoWorkbookError from error


def _start_of(archive: zipfile.ZipFile, path: str) -> bytes:
    with archive.open(path) as part:
        return part.read(_HEAD)


def _paths(book: bytes, relations: bytes) -> dict[str, str]:
    """Return where each sheet's part lies, by the sheet's name."""
    targets = {_given(tag, "Id"): _given(tag, "Target").lstrip("/") for tag in _RELATION.findall(relations)}
    paths = {}
    for tag in _SHEET.findall(book):
        target = targets.get(_given(tag, "r:id"), "")
        if "worksheet" in target:
            paths[_plain(_given(tag, "name"))] = target if target.startswith("xl/") else f"xl/{target}"
    return paths


def _hidden_in(head: bytes) -> set[int]:
    hidden: set[int] = set()
    for tag in _COLUMN.findall(head.partition(b"<sheetData")[0]):
        if _given(tag, "hidden") in {"1", "true"}:
            first, last = int(_given(tag, "min") or 1), int(_given(tag, "max") or 1)
            hidden |= set(range(first - 1, min(last, MAX_COLUMNS)))
    return hidden


def _given(tag: bytes, name: str) -> str:
    found = re.search(rf'\s{name}\s*=\s*"([^"]*)"'.encode(), tag)
    return found[1].decode(errors="replace") if found else ""


def _plain(text: str) -> str:
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return text


if __name__ == "__main__":
    sys.exit(main())
