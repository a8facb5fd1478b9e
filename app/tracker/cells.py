"""One row's cells, field by field: what each says, what it was read as, what is wrong or in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.errors import Sentence
from app.reading.normalise import clean, squeeze
from app.tracker.days import read_day
from app.tracker.evidences import read_evidence
from app.tracker.sheet import shown
from app.tracker.sources import read_source
from app.tracker.statuses import Standing, is_ticked, read_status
from app.tracker.targets import read_target, unread_target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.reading.model import Named
    from app.tracker.offices import UnitReader
    from app.tracker.sheet import Value

_DAYS = ("due", "extended", "done_on", "source_on")
_GOES_ON = re.compile(r"(?<=[^\s.;:!?])\n(?=[a-zà-ỹđ])(?![a-zđ]\s?[).])")
"""A break inside a sentence: an office breaks lines to fit the column (Alt+Enter), not to begin something new."""
MAX_READ = 2_000
"""Longer cells hold no name, day or status that could be told; their words are kept."""
_TEXTS = ("code", "title", "deliverable", "target_unit", "note", "ordinal")


@dataclass(frozen=True)
class Cell:
    """What stands in the sheet, and what it was read as.

    `read`: a text; for days {"on": ISO or None, "words", "rhythm"}; for units {"leads", "helpers", "vague"} of ids
    («u12» a unit, «g3» a group), with "people" and "unknown" where there are such names; for status {"standing",
    "done_on"}; for the source {"symbol", "on"}; for evidence {"rule"}; for the target {"value": exact text or None,
    "unit"}.
    """

    raw: str
    read: Any
    wrong: Sentence | None = None
    doubt: Sentence | None = None

    def told(self) -> dict[str, Any]:
        """Return the cell as JSON holds it; what is none is left out."""
        said = {"wrong": self.wrong, "doubt": self.doubt}
        return {"raw": self.raw, "read": self.read} | {name: [*each] for name, each in said.items() if each}

    def joined(self, more: str) -> Cell:
        """Return the cell with a line below that goes on with it."""
        return replace(self, raw=f"{self.raw}\n{more}", read=f"{self.read}\n{squeeze(more)}")


class CellReader:
    """Reads the cells of one sheet."""

    def __init__(self, units: UnitReader, since: date) -> None:
        """Keep the names, and the day from which days without a year count."""
        self._units = units
        self._since = since

    def read(self, row: Sequence[Value], places: Mapping[str, Sequence[int]]) -> dict[str, Cell]:
        """Return the cells that hold anything, by field."""
        values = {
            name: next((row[at] for at in columns if at < len(row) and shown(row[at]).strip()), None)
            for name, columns in places.items()
        }
        said = {name: value for name, value in values.items() if value is not None}
        too_long = {
            name: _unread(name, shown(value))
            for name, value in said.items()
            if name not in (*_TEXTS, "source") and len(shown(value)) > MAX_READ
        }
        given = {name: value for name, value in said.items() if name not in too_long}
        found = {name: _text(value) for name, value in given.items() if name in _TEXTS}
        since = self._since
        if "source" in given:
            source = read_source(shown(given["source"])[:MAX_READ], self._since.replace(month=12, day=31))
            found["source"] = Cell(
                shown(given["source"]), {"symbol": source.symbol, "on": source.on.isoformat() if source.on else None}
            )
            since = source.on or since
        if "source_on" in given:
            found["source_on"] = _day(given["source_on"], self._since)
            since = read_day(given["source_on"], self._since).on or since
        found |= {name: _day(given[name], since) for name in _DAYS if name in given and name not in found}
        found |= {name: self.units(shown(given[name]), name) for name in ("lead", "helpers") if name in given}
        if "target" in given:
            found["target"] = _target(shown(given["target"]))
        if "evidence" in given:
            found["evidence"] = _evidence(shown(given["evidence"]))
        found |= _standing(given, since)
        return found | too_long

    def units(self, text: str, name: str) -> Cell:
        """Return a cell of units: of the column «lead», or of «helpers»."""
        read = self._units.read(text, helping=name == "helpers")
        told = {"leads": _ids(read.leads), "helpers": _ids(read.helpers), "vague": read.vague}
        if read.people:
            told["people"] = read.people
        if read.unknown:
            told["unknown"] = read.unknown
        return Cell(text, told, read.wrong, read.doubt)


def _unread(name: str, raw: str) -> Cell:
    """Return a cell that is kept, but too long to be read for a name, a day or a status."""
    if name in {"lead", "helpers"}:
        nothing: dict[str, Any] = {"leads": [], "helpers": [], "vague": []}
        wrong = Sentence(
            "Ô quá dài để đọc tên đơn vị; chữ trong ô được giữ nguyên. Hãy chọn đơn vị.",
            "The cell is too long to be read for units; its words are kept. Choose the unit.",
        )
    elif name in _DAYS:
        nothing = {"on": None, "words": "", "rhythm": None}
        wrong = Sentence(
            "Ô quá dài để đọc ngày; chữ trong ô được giữ nguyên. Hãy nhập như 30/6/2026.",
            "The cell is too long to be read for a day; its words are kept. Type it like 30/6/2026.",
        )
    elif name == "target":
        return _target(raw)
    elif name == "evidence":
        return Cell(raw, {"rule": None}, doubt=_evidence(raw).doubt)
    else:
        nothing = {"standing": None, "done_on": None}
        wrong = Sentence(
            "Ô quá dài để đọc tình trạng; chữ trong ô được giữ nguyên, coi là chưa xong.",
            "The cell is too long to be read for a status; its words are kept, it is taken as not done.",
        )
    return Cell(raw, nothing, wrong)


def _ids(named: Sequence[Named]) -> list[str]:
    return [f"u{each.unit_id}" if each.unit_id is not None else f"g{each.group_id}" for each in named]


def _text(value: Value) -> Cell:
    lines = [squeeze(line) for line in clean(shown(value)).split("\n") if line.strip()]
    return Cell(shown(value), _GOES_ON.sub(" ", "\n".join(lines)))


def _day(value: Value, since: date) -> Cell:
    read = read_day(value, since)
    told = {"on": read.on.isoformat() if read.on else None, "words": read.words, "rhythm": read.rhythm}
    return Cell(shown(value), told, read.wrong, read.doubt)


def _target(text: str) -> Cell:
    read = read_target(text)
    if read is None:
        wrong = unread_target(text)
        doubt = Sentence(f"{wrong.vi} Chữ trong ô được giữ.", f"{wrong.en} The words are kept.")
        return Cell(text, {"value": None, "unit": ""}, doubt=doubt)
    return Cell(text, {"value": str(read[0]), "unit": read[1]})


def _evidence(text: str) -> Cell:
    rule = read_evidence(text)
    doubt = None
    if rule is None:
        doubt = Sentence(
            f"Chưa rõ «{text[:60]}» đòi minh chứng nào; coi là không bắt buộc, chữ trong ô được giữ.",
            f"“{text[:60]}” does not say which evidence is asked for; none is taken, the words are kept.",
        )
    return Cell(text, {"rule": rule}, doubt=doubt)


def _standing(given: Mapping[str, Value], since: date) -> dict[str, Cell]:
    """Read the columns that say how far the work is: words, results, and columns to tick."""
    found: dict[str, Cell] = {}
    for name in ("status", "result"):
        if name in given:
            read = read_status(given[name], since)
            told = {
                "standing": str(read.standing) if read.standing else None,
                "done_on": read.done_on.isoformat() if read.done_on else None,
            }
            text = shown(given[name])
            found[name] = Cell(text, told, read.wrong if name == "status" else None)
    for name, standing in (("tick_done", Standing.DONE), ("tick_open", Standing.OPEN)):
        if name in given:
            on = read_day(given[name], since).on if len(shown(given[name])) > len("x.") else None
            told = {"standing": str(standing), "done_on": on.isoformat() if on and name == "tick_done" else None}
            found[name] = Cell(
                shown(given[name]), told if is_ticked(given[name]) else {"standing": None, "done_on": None}
            )
    return found
