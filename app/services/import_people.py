"""A list of people from an office's own table: first what would happen, line by line, then the same written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import today
from app.db import session
from app.errors import Sentence
from app.models import Office, Person, Unit
from app.queries.kinds import OFFICES, office_of
from app.queries.organisation import runs
from app.services.import_units import CHANGE, CREATE, SAME, UNCLEAR, Cell
from app.services.people import PersonFields, give_office, save_person
from app.services.units import names_of, units_of
from app.text import fold
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.reading.tables import Line

HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("ho va ten", "ho ten", "ho va ten can bo", "ten can bo", "ten", "can bo", "full name", "name"),
    "email": ("email", "e mail", "thu dien tu", "thu cong vu", "dia chi thu dien tu", "hop thu"),
    "unit": ("don vi", "phong ban", "don vi cong tac", "co quan", "noi cong tac", "bo phan", "unit"),
    "title": ("chuc vu", "chuc danh", "vai tro", "nhiem vu", "office", "title"),
    "phone": ("dien thoai", "so dien thoai", "so dt", "sdt", "di dong", "phone"),
}
"""The columns in their plain order, each with the headings (folded) under which offices keep them."""

ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
COLUMNS: Mapping[str, Words] = {
    "email": Words("Thư điện tử", "E-mail"),
    "unit": Words("Đơn vị", "Unit"),
    "title": Words("Chức vụ", "Office"),
    "phone": Words("Điện thoại", "Phone"),
}
"""What a preview shows of each person beside the name."""


@dataclass
class PersonEntry:
    """One line of the list: what will be done with it, what changes (column, before, after), or why it is unclear."""

    number: int
    name: str
    action: str = CREATE
    person: Person | None = None
    unit: Unit | None = None
    values: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problem: Sentence | None = None
    doubt: Sentence | None = None

    @property
    def cells(self) -> Mapping[str, Cell]:
        """What the preview shows in each of COLUMNS."""
        shown = {column: Cell(self.values.get(column, "")) for column in COLUMNS}
        for column, before, after in self.changes:
            shown[column] = Cell(after, before, changed=True)
        return shown

    @property
    def office(self) -> str:
        """The office that the line's title names."""
        return office_of(self.values.get("title", ""))


def plan_people(authority_id: int, lines: Sequence[Line]) -> list[PersonEntry]:
    """Return what writing these lines would do; nothing is written."""
    people = session.scalars(select(Person).where(Person.authority_id == authority_id).order_by(Person.id)).all()
    units = [unit for unit in units_of(authority_id) if unit.abolished_on is None]
    held = _held(authority_id)
    seen: set[tuple[str, str]] = set()
    entries = []
    for line in lines:
        entry = PersonEntry(line.number, line.get("name"), values=dict(line.cells))
        entry.problem = _problem(entry, people, units, seen)
        seen.add((fold(entry.name), entry.values.get("email", "").lower()))
        if entry.problem:
            entry.action = UNCLEAR
        else:
            entry.changes = _changes(entry, held)
            entry.action = CREATE if entry.person is None else CHANGE if entry.changes else SAME
        entries.append(entry)
    return entries


def _held(authority_id: int) -> set[tuple[int, int]]:
    query = select(Office.person_id, Office.unit_id).where(Office.authority_id == authority_id, runs(Office, today()))
    return set(session.execute(query))


def _problem(
    entry: PersonEntry, people: Sequence[Person], units: Sequence[Unit], seen: set[tuple[str, str]]
) -> Sentence | None:
    """Say why a line cannot be written; note the person and the unit it means."""
    email, said = entry.values.get("email", "").lower(), fold(entry.values.get("unit", ""))
    if len([word for word in fold(entry.name).split() if word.isalpha()]) < 2:  # noqa: PLR2004 -- family and given name
        return Sentence("Chưa có đủ họ và tên.", "Family and given name are needed.")
    if email and not ADDRESS.fullmatch(email):
        return Sentence(f"«{email}» không phải địa chỉ thư điện tử.", f"“{email}” is no mail address.")
    if (fold(entry.name), email) in seen or (email and any(email == other for _, other in seen)):
        return Sentence(
            "Người hoặc địa chỉ thư này đã có ở dòng trên.", "This person or address stands in a line above."
        )
    if said:
        entry.unit = next((unit for unit in units if said in names_of(unit)), None)
        if entry.unit is None:
            return Sentence(
                f"Không tìm thấy đơn vị «{entry.values['unit']}». Hãy thêm đơn vị hoặc tên gọi khác trước.",
                f"There is no unit “{entry.values['unit']}”. Add it, or this name to a unit, first.",
            )
    return _find(entry, people, email)


def _find(entry: PersonEntry, people: Sequence[Person], email: str) -> Sentence | None:
    """Find whom a line means: by address, else by a name that one person alone has."""
    namesakes = [person for person in people if person.full_name.lower() == entry.name.lower()]
    by_email = next((person for person in people if email and person.email.lower() == email), None)
    if by_email is not None and by_email not in namesakes:
        return Sentence(
            f"Địa chỉ này đang là của {by_email.full_name}.", f"This address belongs to {by_email.full_name}."
        )
    entry.person = by_email or (namesakes[0] if len(namesakes) == 1 else None)
    if by_email is None and len(namesakes) > 1:
        return Sentence(
            "Có nhiều người trùng họ tên này. Hãy sửa trực tiếp ở trang của từng người.",
            "Several people have this name. Edit them on their own pages.",
        )
    if entry.person is not None and email and entry.person.email and entry.person.email.lower() != email:
        return Sentence(
            f"Đã có {entry.person.full_name} với địa chỉ {entry.person.email}. Nếu là người khác trùng tên, hãy thêm ở "
            "trang Người dùng.",
            f"There is {entry.person.full_name} with the address {entry.person.email}. If this is a namesake, add the "
            "person on the page People.",
        )
    if entry.person is not None and not entry.person.active:
        return Sentence("Tài khoản của người này đang khóa. Hãy mở lại trước.", "This person's account is closed.")
    return None


def _changes(entry: PersonEntry, held: set[tuple[int, int]]) -> list[tuple[str, str, str]]:
    person = entry.person
    found: list[tuple[str, str, str]] = []
    email, phone = entry.values.get("email", ""), entry.values.get("phone", "")
    if entry.unit is not None and (person is None or (person.id, entry.unit.id) not in held):
        found += [("unit", "", entry.unit.name), ("title", "", _title(entry))]
    if person is not None and email and not person.email:
        found.append(("email", "", email))
    if person is not None and phone and phone != person.phone:
        found.append(("phone", person.phone, phone))
    return found


def _title(entry: PersonEntry) -> str:
    return entry.values.get("title", "") or OFFICES[entry.office].vi


def write_people(authority_id: int, entries: Sequence[PersonEntry], since: date, by: Person) -> int:
    """Write the clear lines of a plan, offices beginning on a day; return how many.

    :raises DomainError: a line that met a change made meanwhile.
    """
    held = _held(authority_id)
    todo = [entry for entry in entries if entry.action in {CREATE, CHANGE}]
    for entry in todo:
        known = entry.person
        fields = PersonFields(
            full_name=known.full_name if known else entry.name,
            login=known.login if known else "",
            email=(known.email if known else "") or entry.values.get("email", ""),
            phone=entry.values.get("phone", "") or (known.phone if known else ""),
            is_admin=known.is_admin if known else False,
        )
        person = save_person(authority_id, fields, by, known)
        if entry.unit is not None and (person.id, entry.unit.id) not in held:
            give_office(person, entry.unit, entry.office, since=since, by=by, title=entry.values.get("title", ""))
            held.add((person.id, entry.unit.id))
    return len(todo)
