"""The trace that our own file carries in its last column, by which the edited file is read back cell by cell.

A workbook hides that column; a CSV cannot, so there its heading begins with words that ask to leave it alone.

Each row's trace names its task and version and holds a short digest of each cell as it was written; the heading's
names the columns that were taken out and holds the digests of their headings. So columns may be chosen and moved and
rows sorted, and exactly what was edited shows.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.reading.normalise import clean, squeeze
from app.tracker.sheet import Value, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.tracker.sheet import Sheet

COLUMNS = (
    "number", "code", "title", "source", "lead", "helpers", "owner", "original_due", "due", "due_changes", "status",
    "left", "given_on", "done_on", "priority",
)  # fmt: skip
"""The columns of files that were taken out before columns could be chosen; their trace did not name them."""
NUMBER = "number"
_HEAD = "dondoc:"
_UNNAMED, _NAMED = "1", "2"
_ROW = re.compile(r"v?(\d{1,9})\.(\d{1,9})\.([0-9a-f]*)")
_TRACE = re.compile(rf"(?:^|\s)({_HEAD}(?:{_UNNAMED}|{_NAMED}):.*)", re.DOTALL)
_BELOW = "|"
_RUN = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_LONGEST_RUN = 20_000
_MOST = 32_000
"""A cell of Excel holds 32,767 characters; a longer list of tasks is left out, and nobody can say what was deleted."""
_SIZE = 6
_SEARCHED = 40


@dataclass(frozen=True)
class Edited:
    """One row of the file read back: its place (from 1), its task and the version taken out, and the cells edited.

    `title` is what the file calls it.
    """

    number: int
    task_id: int
    version: int
    cells: dict[str, Value]
    title: str = ""


def head_trace(heads: Sequence[str], names: Sequence[str], task_ids: Iterable[int] = ()) -> str:
    """Return the trace of the headings, of the names of their columns, and of the tasks below."""
    trace = f"{_HEAD}{_NAMED}:{','.join(names)}:" + "".join(_digest(head) for head in heads)
    whole = f"{trace}{_BELOW}{_runs(task_ids)}"
    return whole if len(whole) <= _MOST else trace


def _runs(task_ids: Iterable[int]) -> str:
    """Return numbers as runs: «12-40,45»."""
    runs: list[list[int]] = []
    for task_id in sorted(task_ids):
        if runs and task_id == runs[-1][1] + 1:
            runs[-1][1] = task_id
        else:
            runs.append([task_id, task_id])
    return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)


def missing_tasks(sheet: Sheet) -> set[int]:
    """Return the tasks that were taken out and whose rows are gone; none where the file does not say what it held."""
    head = _head_of(sheet)
    if head is None:
        return set()
    at, column = head
    taken: set[int] = set()
    for first, last in _RUN.findall(_trace_of(sheet.rows[at][column])[1]):
        taken.update(range(int(first), min(int(last or first), int(first) + _LONGEST_RUN) + 1))
    traces = (_ROW.fullmatch(str(row[column])) for row in sheet.rows[at + 1 :] if column < len(row))
    return taken - {int(match[1]) for match in traces if match}


def row_trace(task_id: int, version: int, cells: Sequence[Value | None]) -> str:
    """Return the trace of a row; it begins with a letter, so that no spreadsheet takes it for a number or a day."""
    return f"v{task_id}.{version}." + "".join(_digest(cell or "" if cell != 0 else cell) for cell in cells)


def _digest(value: Value) -> str:
    text = squeeze(clean(shown(value)))
    return hashlib.sha256(text.encode()).hexdigest()[:_SIZE]


def is_ours(sheet: Sheet) -> bool:
    """Say whether a sheet was taken out of here."""
    return _head_of(sheet) is not None


def _head_of(sheet: Sheet) -> tuple[int, int] | None:
    """Return row and column of the headings' trace."""
    for at, row in enumerate(sheet.rows[:_SEARCHED]):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and _TRACE.search(cell):
                return at, column
    return None


def _trace_of(cell: Value) -> tuple[str, str]:
    """Return the headings' trace without the words before it, and which tasks stood below."""
    found = _TRACE.search(str(cell))
    trace, _below, tasks = (found[1] if found else "").partition(_BELOW)
    return trace, tasks


def edited_rows(sheet: Sheet) -> tuple[list[Edited], list[tuple[int, str]]]:
    """Return the rows in which a cell was edited, and the filled rows without the trace of a task: place and title."""
    head = _head_of(sheet)
    if head is None:
        return [], []
    at, trace_column = head
    names, trace = _named(_trace_of(sheet.rows[at][trace_column])[0])
    places = _places(sheet.rows[at], trace, names)
    found: list[Edited] = []
    strange: list[tuple[int, str]] = []
    for index in range(at + 1, len(sheet.rows)):
        row = sheet.rows[index]
        match = _ROW.fullmatch(str(row[trace_column])) if trace_column < len(row) else None
        if match is None:
            if sum(bool(shown(cell).strip()) for cell in row) > 1:
                strange.append((index + 1, _title_of(row, places)))
            continue
        digests = _parts(match[3])
        edited = {
            name: row[column]
            for name, column in places.items()
            if names.index(name) < len(digests) and _digest(row[column]) != digests[names.index(name)]
        }
        found.append(Edited(index + 1, int(match[1]), int(match[2]), edited, _title_of(row, places)))
    return [row for row in found if row.cells], strange


def _title_of(row: Sequence[Value], places: Mapping[str, int]) -> str:
    """Return what a row is called: its title, where that column was taken out, else its longest cell."""
    at = places.get("title", len(row))
    said = shown(row[at]).strip() if at < len(row) else ""
    return squeeze(clean(said or max((shown(cell) for cell in row), key=len, default="")))


def _named(trace: str) -> tuple[Sequence[str], str]:
    """Return the columns that the trace of the headings speaks of, and their digests."""
    _head, kind, rest = trace.split(":", 2)
    if kind == _UNNAMED:
        return COLUMNS, rest
    names, _colon, digests = rest.partition(":")
    return names.split(","), digests


def _places(heads: Sequence[Value], trace: str, names: Sequence[str]) -> dict[str, int]:
    known = {digest: name for digest, name in zip(_parts(trace), names, strict=False) if name != NUMBER}
    return {known[_digest(head)]: column for column, head in enumerate(heads) if _digest(head) in known}


def _parts(trace: str) -> list[str]:
    return [trace[start : start + _SIZE] for start in range(0, len(trace), _SIZE)]
