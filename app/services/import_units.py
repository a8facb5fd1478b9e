"""A list of units from an office's own table: first what would happen, line by line, then the same written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from app.errors import Sentence
from app.queries.kinds import OTHER, UNIT_KINDS, kind_of
from app.services.units import UnitFields, names_of, save_unit, units_of
from app.text import fold
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.models import Person, Unit
    from app.reading.tables import Line

CREATE, CHANGE, SAME, UNCLEAR = "create", "change", "same", "unclear"
HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("ten don vi", "don vi", "ten co quan", "co quan", "ten phong ban", "phong ban", "ten", "unit", "name"),
    "short_name": ("ten viet tat", "viet tat", "ten ngan", "ten tat", "short name"),
    "kind": ("loai", "loai hinh", "loai don vi", "nhom", "kind"),
    "aliases": ("ten goi khac", "goi khac", "ten khac", "cach goi khac", "aliases"),
    "parent": ("truc thuoc", "don vi cap tren", "cap tren", "don vi chu quan", "thuoc", "parent"),
    "email": ("email", "e mail", "thu dien tu", "hop thu", "dia chi thu dien tu"),
}
"""The columns in their plain order, each with the headings (folded) under which offices keep them."""

_PARTS = re.compile(r"\s*[;,/]\s*")
COLUMNS: Mapping[str, Words] = {
    "short_name": Words("Viết tắt", "Short name"),
    "kind": Words("Loại", "Kind"),
    "aliases": Words("Tên gọi khác", "Also called"),
    "parent": Words("Trực thuộc", "Below"),
    "email": Words("Thư điện tử", "E-mail"),
}
"""What a preview shows of each unit beside its name."""


class Cell(NamedTuple):
    """What a column of the preview shows: what will be written, what stood there, whether that is a change."""

    after: Words | str
    before: Words | str = ""
    changed: bool = False


@dataclass
class UnitEntry:
    """One line of the list: what will be done with it, what changes (column, before, after), or why it is unclear.

    `doubt` says of a line that will be written what was not understood in it, and what to do.
    """

    number: int
    name: str
    action: str = CREATE
    unit: Unit | None = None
    values: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[str, Words | str, Words | str]] = field(default_factory=list)
    problem: Sentence | None = None
    doubt: Sentence | None = None

    @property
    def kind(self) -> str:
        """The kind that the unit will have: as the line says, else as it has, else as its name gives away."""
        said = kind_named(self.values.get("kind", ""))
        return said or (self.unit.kind if self.unit else kind_of(self.name))

    @property
    def cells(self) -> Mapping[str, Cell]:
        """What the preview shows in each of COLUMNS."""
        shown = {column: Cell(self.values.get(column, "")) for column in COLUMNS}
        shown["kind"] = Cell(UNIT_KINDS.get(self.kind, UNIT_KINDS[OTHER]))
        for column, before, after in self.changes:
            shown[column] = Cell(after, before, changed=True)
        return shown


def plan_units(authority_id: int, lines: Sequence[Line]) -> list[UnitEntry]:
    """Return what writing these lines would do; nothing is written."""
    known = units_of(authority_id)
    living = [unit for unit in known if unit.abolished_on is None]
    names = {fold(said) for line in lines for said in _names_in(line)}
    seen: set[str] = set()
    entries = []
    for line in lines:
        entry = UnitEntry(line.number, line.get("name"), values=dict(line.cells))
        entry.problem = _problem(entry, known, living, names, seen)
        seen.add(fold(entry.name))
        if entry.problem:
            entry.action = UNCLEAR
        elif entry.unit is not None:
            entry.changes = _changes(entry, entry.unit, living)
            entry.action = CHANGE if entry.changes else SAME
        if not entry.problem:
            entry.doubt = _doubt(entry)
        entries.append(entry)
    return entries


def _names_in(line: Line) -> list[str]:
    """Return every name under which a line's unit can be meant by another line."""
    said = [line.get("name"), line.get("short_name"), *_PARTS.split(line.get("aliases"))]
    return [name for name in said if name]


def _doubt(entry: UnitEntry) -> Sentence | None:
    """Say of a kind that is in no list what will be written in its place."""
    said = entry.values.get("kind", "")
    if not said or kind_named(said):
        return None
    taken = UNIT_KINDS.get(entry.kind, UNIT_KINDS[OTHER])
    return Sentence(
        f"Không có loại «{said}»: đơn vị được ghi loại «{taken.vi}». Nếu chưa đúng, hãy sửa cột Loại rồi bấm Xem lại.",
        f"There is no kind “{said}”: the unit gets the kind “{taken.en}”. If that is wrong, mend the column Kind and "
        "preview again.",
    )


def _problem(
    entry: UnitEntry, known: Sequence[Unit], living: Sequence[Unit], names: set[str], seen: set[str]
) -> Sentence | None:
    """Say why a line cannot be written; note the unit it means."""
    folded = fold(entry.name)
    if not any(letter.isalpha() for letter in folded):
        return Sentence("Dòng không có tên đơn vị.", "There is no unit's name in this line.")
    if folded in seen:
        return Sentence("Tên này đã có ở dòng trên.", "This name stands in a line above already.")
    entry.unit = next((unit for unit in known if fold(unit.name) == folded), None)
    if entry.unit is not None and entry.unit.abolished_on is not None:
        return Sentence("Đơn vị này đã kết thúc hoạt động.", "This unit was abolished.")
    other = next((unit for unit in living if unit is not entry.unit and folded in names_of(unit)), None)
    if other is not None:
        return Sentence(
            f"Đang là tên gọi khác của «{other.name}». Hãy sửa tên hoặc bỏ dòng này.",
            f"This is another name of “{other.name}”. Change the name or drop the line.",
        )
    return _parent_problem(entry, living, names)


def _parent_problem(entry: UnitEntry, living: Sequence[Unit], names: set[str]) -> Sentence | None:
    said = fold(entry.values.get("parent", ""))
    if said and said not in names and not any(said in names_of(unit) for unit in living):
        return Sentence(
            f"Không tìm thấy đơn vị cấp trên «{entry.values['parent']}».",
            f"There is no parent unit “{entry.values['parent']}”.",
        )
    own = {entry.name, entry.values.get("short_name", ""), *_aliases(entry)}
    if said and said in {fold(name) for name in own}:
        return Sentence("Đơn vị không thể trực thuộc chính nó.", "A unit cannot be below itself.")
    return None


def _changes(entry: UnitEntry, unit: Unit, living: Sequence[Unit]) -> list[tuple[str, Words | str, Words | str]]:
    """Return what a line says differently; an empty cell leaves the unit as it is."""
    parent = next((other for other in living if other.id == unit.parent_id), None)
    new_aliases = [alias for alias in _aliases(entry) if fold(alias) not in names_of(unit)]
    kind = kind_named(entry.values.get("kind", ""))
    said = fold(entry.values.get("parent", ""))
    found: list[tuple[str, Words | str, Words | str]] = []
    if entry.values.get("short_name") and entry.values["short_name"] != unit.short_name:
        found.append(("short_name", unit.short_name, entry.values["short_name"]))
    if kind and kind != unit.kind:
        found.append(("kind", UNIT_KINDS.get(unit.kind, UNIT_KINDS[OTHER]), UNIT_KINDS[kind]))
    if new_aliases:
        found.append(("aliases", "; ".join(unit.aliases), "; ".join([*unit.aliases, *new_aliases])))
    if said and (parent is None or said not in names_of(parent)):
        found.append(("parent", parent.name if parent else "", entry.values["parent"]))
    if entry.values.get("email") and entry.values["email"] != unit.email:
        found.append(("email", unit.email, entry.values["email"]))
    return found


def _aliases(entry: UnitEntry) -> list[str]:
    return [alias for alias in _PARTS.split(entry.values.get("aliases", "")) if alias]


def kind_named(text: str) -> str:
    """Return the kind that a cell names by its key or its words, empty when it names none."""
    folded = fold(text)
    if not folded:
        return ""
    named = (key for key, words in UNIT_KINDS.items() if folded in {key, fold(words.vi), fold(words.en)})
    found = next(named, "") or kind_of(text)
    return "" if found == OTHER and folded != "khac" else found


def write_units(authority_id: int, entries: Sequence[UnitEntry], by: Person) -> int:
    """Write the clear lines of a plan, parents first looked up when all units are there; return how many.

    :raises DomainError: a line that met a change made meanwhile.
    """
    known = units_of(authority_id)
    todo = [entry for entry in entries if entry.action in {CREATE, CHANGE}]
    for entry in todo:
        entry.unit = save_unit(authority_id, _fields(entry, None), by, entry.unit, known=known)
    for entry in todo:
        said = fold(entry.values.get("parent", ""))
        if said and entry.unit is not None:
            parent = next((unit for unit in known if unit.abolished_on is None and said in names_of(unit)), None)
            save_unit(authority_id, _fields(entry, parent), by, entry.unit, known=known)
    return len(todo)


def _fields(entry: UnitEntry, parent: Unit | None) -> UnitFields:
    unit, values = entry.unit, entry.values
    kind = kind_named(values.get("kind", ""))
    aliases = _aliases(entry)
    if unit is None:
        return UnitFields(
            name=entry.name, short_name=values.get("short_name", ""), kind=kind or kind_of(entry.name),
            aliases=aliases, email=values.get("email", ""), outside=kind_of(entry.name) in {"police", "military"},
        )  # fmt: skip
    fresh = [alias for alias in aliases if fold(alias) not in names_of(unit)]
    return UnitFields(
        name=unit.name,
        short_name=values.get("short_name") or unit.short_name,
        kind=kind or unit.kind,
        aliases=[*unit.aliases, *fresh],
        parent_id=parent.id if parent else unit.parent_id,
        outside=unit.outside,
        staff_may_accept=unit.staff_may_accept,
        staff_may_report=unit.staff_may_report,
        email=values.get("email") or unit.email,
        position=unit.position,
    )
