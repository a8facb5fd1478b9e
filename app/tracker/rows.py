"""From a sheet and its mapping to typed rows: which are tasks, which are sections, totals and signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.errors import Sentence
from app.text import fold
from app.tracker.cells import Cell, CellReader
from app.tracker.heads import is_head_again, is_numbering
from app.tracker.sheet import column_name, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.tracker.heads import Head
    from app.tracker.offices import UnitReader
    from app.tracker.sheet import Sheet, Value

_SECTION = re.compile(r"(?:[IVXL]{1,5}|[A-ZĐ])(?:\s*[.)/\-:]\s*|\s+)\S")
_SECTION_MARK = re.compile(r"(?:[IVXL]{1,5}|[A-ZĐ])[.)]?")
_SECTION_WORDS = re.compile(
    r"(?:linh vuc|nhom|phan|muc|chuyen de|nhiem vu (?:thang|quy|thuong xuyen|trong tam)|cac nhiem vu)\b"
)
_FOOT = re.compile(
    r"(?:tong(?: cong| so)?|cong)\b\s*[:\d]|^(?:tong cong|tong so|cong$)|noi nhan|nguoi lap|nguoi tong hop|ghi chu\s*:"
)
_SUM = re.compile(r"\s*(?:tổng\s+)?cộng(?!\s+(?:đồng|tác|sinh|hưởng|hòa|hoà|điểm)(?!\w))(?!\w)", re.IGNORECASE)
"""«Cộng mục I: 7 nhiệm vụ»; told by its tone from «Công an …»."""
_DITTO = re.compile(r"[-–\s(]*(?:n\.?t\.?|như\s+trên|[\"”“〃]|''|´´)[-–\s.)]*", re.IGNORECASE)
"""«nt», «-nt-», «như trên»: the cell above, as clerks write it."""
_BULLET = re.compile(r"\s*[-–+*•]")
_MARK = re.compile(r"(?:(?P<roman>[IVXL]{1,5})|(?P<letter>[A-ZĐ])|(?P<number>\d{1,2}))(?:\s*[.):/–-]\s*|\s+)")
_OF_UNIT = re.compile(r"(?:đơn\s+vị|nhiệm\s+vụ\s+(?:của|giao(?:\s+cho)?))(?:\s*:\s*|\s+)", re.IGNORECASE)
_COUNTED = re.compile(r"\s*[(:–-]\s*\(?\d{1,3}\s*(?:nhiệm\s+vụ|việc|nv|đầu\s+việc)\b.*", re.IGNORECASE)
_WIDE = 3
_TELLING = (
    "lead",
    "helpers",
    "due",
    "extended",
    "status",
    "done_on",
    "result",
    "source",
    "tick_done",
    "tick_open",
    "code",
)
TASK, SECTION, FOOT, JOINED, HEADING = "task", "section", "foot", "joined", "heading"
"""What a row of a sheet is; only tasks are brought in, the others are named in the preview."""


@dataclass
class Row:
    """One filled row: its place in the sheet (from 1), what it is, the section it stands under, its cells by field.

    `left`: the cells of columns that were left out, each with its heading.
    """

    number: int
    kind: str
    section: str = ""
    words: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    ditto: list[str] = field(default_factory=list)
    """The fields whose cells say «as above»."""


class _Parts:
    """The parts of a list by their headings' names: which unit's part the rows now stand in, where one is named."""

    def __init__(self, units: UnitReader) -> None:
        self._units = units
        self._level = ""
        self.lead: dict[str, Cell] = {}

    def begin(self, section: str) -> None:
        """Note a part that begins; one of another level («a) Thường xuyên» below «I. Phòng …») keeps the unit."""
        mark = _MARK.match(section)
        level = (mark.lastgroup or "") if mark else ""
        name = _COUNTED.sub("", _OF_UNIT.sub("", section[mark.end() :] if mark else section, count=1)).strip()
        read = self._units.read(name)
        beside = read.helpers or read.unknown or read.vague or read.people
        if len(read.leads) == 1 and read.leads[0].unit_id is not None and not beside:
            told = {"leads": [f"u{read.leads[0].unit_id}"], "helpers": [], "vague": []}
            self.lead, self._level = {"lead": Cell(name, told, doubt=_by_part(name))}, level
        elif level == self._level:
            self.lead = {}


def _by_part(name: str) -> Sentence:
    return Sentence(
        f"Đơn vị chủ trì lấy theo tên phần «{name[:60]}».", f"The lead unit is that of the part “{name[:60]}”."
    )


def read_rows(sheet: Sheet, head: Head, mapping: Mapping[int, str], units: UnitReader, day: date) -> list[Row]:
    """Return every filled row below the headings, in order; a row that names no lead unit has that of its part.

    :param mapping: columns (from 0) to fields; columns that are not in it are left out.
    :param day: from which a day without a year counts where neither the row's source nor the sheet tells a year.
    """
    since = date(head.year, 1, 1) if head.year else day
    reader = CellReader(units, since)
    filled = _filled(sheet, head.last + 1)
    places = {name: [column for column, each in mapping.items() if each == name] for name in set(mapping.values())}
    last = max((at for at, row in filled if _is_task(row, places)), default=-1)
    said = {column for column, name in mapping.items() if name not in {"ordinal", "title"}}
    wide = {a for a, b, c, d in sheet.merges if a == c and d - b >= _WIDE}
    found: list[Row] = []
    section, parts = "", _Parts(units)
    above: list[Value] = []
    for at, row in filled:
        texts = [shown(cell).strip() for cell in row]
        kind = _kind(texts, head, places, wide=at in wide, is_below=at > last)
        words = " ".join(max(texts, key=len).split())
        if kind == SECTION:
            section = _name(texts)
            parts.begin(section)
        made = Row(at + 1, kind, section, words)
        task = next((each for each in reversed(found) if each.kind != JOINED), None)
        if kind == JOINED and task and "title" in task.cells:
            task.cells["title"] = task.cells["title"].joined(_text(texts, places, "title"))
        elif kind == TASK:
            whole = [above[at] if at in said and at < len(above) and _is_ditto(cell) else cell
                     for at, cell in enumerate(row)]  # fmt: skip
            made.cells = parts.lead | reader.read(whole, places)
            made.ditto = [mapping[at] for at in sorted(said) if at < len(row) and whole[at] is not row[at]]
            above = whole
            made.left = [
                (head.title_of(column) or column_name(column), text)
                for column, text in enumerate(texts)
                if text and column not in mapping
            ]
        found.append(made)
    return found


def _filled(sheet: Sheet, first: int) -> list[tuple[int, list[Value]]]:
    """Return the rows below the headings that hold anything, cells merged downwards filled in each of their rows."""
    rows = [list(row) for row in sheet.rows]
    own = {at for at, row in enumerate(rows) if any(shown(cell).strip() for cell in row)}
    for a, b, c, d in sheet.merges:
        if a >= first and c > a and b == d:
            for at in range(a + 1, min(c + 1, len(rows))):
                if b < len(rows[at]) and b < len(rows[a]):
                    rows[at][b] = rows[a][b]
    return [(at, rows[at]) for at in range(first, len(rows)) if at in own]


def _text(texts: Sequence[str], places: Mapping[str, Sequence[int]], name: str) -> str:
    return next((texts[column] for column in places.get(name, ()) if column < len(texts) and texts[column]), "")


def _is_task(row: Sequence[Value], places: Mapping[str, Sequence[int]]) -> bool:
    texts = [shown(cell).strip() for cell in row]
    title = _text(texts, places, "title")
    told = sum(bool(_text(texts, places, name)) for name in _TELLING)
    return bool(title) and not _is_foot(title) and (told > 1 or (told > 0 and bool(_text(texts, places, "ordinal"))))


def _kind(texts: Sequence[str], head: Head, places: Mapping[str, Sequence[int]], *, wide: bool, is_below: bool) -> str:
    """Say what a row is; `wide`: one of its cells is merged over many columns; `is_below`: no task comes after it."""
    if is_numbering(texts) or is_head_again(texts, head.headings):
        return HEADING
    first = next(text for text in texts if text)
    title, ordinal = _text(texts, places, "title"), _text(texts, places, "ordinal")
    if is_below or _is_foot(first) or _is_foot(title):
        return FOOT
    if wide and sum(bool(text) for text in texts) < _WIDE:
        return SECTION
    if any(_text(texts, places, name) for name in _TELLING):
        return TASK
    return _kind_untold(title, ordinal, first)


def _is_foot(words: str) -> bool:
    return bool(_SUM.match(words) or _FOOT.search(fold(words)))


def _is_ditto(cell: Value) -> bool:
    return isinstance(cell, str) and bool(_DITTO.fullmatch(cell))


def _kind_untold(title: str, ordinal: str, first: str) -> str:
    """Say what a row is that tells neither who nor when."""
    if _looks_like_section(title or first, ordinal) or (not title and _looks_like_section(first, "")):
        return SECTION
    if not title:
        return FOOT
    return JOINED if not ordinal and _BULLET.match(title) else TASK


def _looks_like_section(words: str, ordinal: str) -> bool:
    if ordinal and _SECTION_MARK.fullmatch(ordinal):
        return True
    letters = [letter for letter in words if letter.isalpha()]
    shouted = len(letters) > _WIDE and all(letter.isupper() for letter in letters)
    return not ordinal and bool(_SECTION.match(words) or _SECTION_WORDS.match(fold(words)) or shouted)


def _name(texts: Sequence[str]) -> str:
    return " ".join(" ".join(dict.fromkeys(text for text in texts if text)).split())
