"""How many cells of the made trackers are read as a careful person reads them, and whether each other one is named."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.reading.matching import Directory
from app.reading.model import UnitName
from app.tracker.choosing import likeliest
from app.tracker.heads import find_head
from app.tracker.offices import UnitReader
from app.tracker.rows import TASK, read_rows
from app.tracker.workbook import read_workbook
from tests.factories import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.tracker.cells import Cell

MADE = Path(__file__).parent / "made"
WRONG = "!"
DAYS = ("due", "extended", "done_on", "source_on")
STANDINGS = ("result", "status", "tick_done", "tick_open")


@dataclass
class Score:
    """What was right of what was there; cells wrong and not named; columns and rows taken for something else."""

    right: int = 0
    cells: int = 0
    misses: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def directory() -> Directory:
    """Return the invented authority's names, by the keys of tests.factories."""
    units = [UnitName(key, name, (short, *aliases)) for key, name, short, aliases in UNITS]
    return Directory.of(units, [UnitName("cm", "Các phòng chuyên môn", ("các phòng, ban chuyên môn",))])


def score(name: str) -> Score:
    """Read one made tracker as it is suggested, and compare it with its gold file."""
    sheets = read_workbook((MADE / f"{name}.xlsx").read_bytes())
    gold = json.loads((MADE / f"{name}.json").read_text())
    sheet = sheets[likeliest(sheets)]
    found = Score()
    if sheet.name != gold["sheet"]:
        found.columns.append(f"sheet {sheet.name}")
        sheet = next(each for each in sheets if each.name == gold["sheet"])
    head = find_head(sheet)
    mapping = {column: each.field for column, each in head.columns.items()}
    wanted = {int(column): field for column, field in gold["mapping"].items()}
    found.columns += [
        f"{c}: {mapping.get(c)} for {wanted.get(c)}" for c in {*mapping, *wanted} if mapping.get(c) != wanted.get(c)
    ]
    rows = {row.number: row for row in read_rows(sheet, head, wanted, UnitReader(directory()), date(2026, 6, 15))}
    kinds = {row.number: row.kind for row in rows.values() if row.kind != TASK}
    found.others = [
        f"{n}: {kinds.get(n)} for {k}" for n, k in ((int(n), k) for n, k in gold["others"].items()) if kinds.get(n) != k
    ]
    found.others += [f"{n}: {kinds[n]}, a task" for n in kinds if str(n) in gold["rows"]]
    for number, cells in gold["rows"].items():
        read = rows[int(number)].cells if int(number) in rows else {}
        for name_, mean in cells.items():
            _compare(found, f"{name}:{number}:{name_}", read.get(name_), mean)
        for name_ in set(read) - set(cells):
            if not _is_empty(read[name_]):
                found.cells += 1
                found.misses.append(f"{name}:{number}:{name_} {read[name_].read!r} for nothing")
    return found


def _compare(found: Score, where: str, cell: Cell | None, mean: object) -> None:
    found.cells += 1
    got = meaning(where.rsplit(":", 1)[1], cell, mean)
    if got == mean:
        found.right += 1
        return
    found.misses.append(f"{where} {cell.raw if cell else None!r}: {got!r} for {mean!r}")
    if cell is None or not (cell.wrong or cell.doubt):
        found.silent.append(where)


def meaning(name: str, cell: Cell | None, mean: object) -> object:
    """Return what a cell was read as, in the words of the gold files."""
    if cell is None or cell.wrong:
        return WRONG if cell else None
    read = cell.read
    if name == "result" and mean == "-":
        return "-" if cell.raw else None
    ways: dict[str, Callable[[], object]] = {
        **dict.fromkeys(DAYS, lambda: read["on"] or (f"~{read['rhythm'] or ''}" if read["words"] else None)),
        **dict.fromkeys(("lead", "helpers"), lambda: {"leads": read["leads"], "helpers": read["helpers"]}),
        **dict.fromkeys(STANDINGS, lambda: _with_day(read["standing"], read["done_on"])),
        "source": lambda: _with_day(read["symbol"], read["on"]),
    }
    return ways[name]() if name in ways else read


def _with_day(words: str | None, day: str | None) -> str | None:
    return f"{words}@{day}" if day else words


def _is_empty(cell: Cell) -> bool:
    return cell.read in ("", None) or (isinstance(cell.read, dict) and not any(cell.read.values()))
