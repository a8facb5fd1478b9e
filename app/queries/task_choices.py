"""What the forms of a task's page offer to choose from, in one statement."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, Date, Integer, Text, bindparam, cast, func, literal_column, null, or_, select, union_all

from app.db import fetch
from app.models import CoordinatingPart, Membership, Office, Person, Task, Unit
from app.queries.choices import Choice
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import ColumnElement, CompoundSelect, Select

AROUND, PERSON, SUB_UNIT, UNIT = "around", "person", "sub_unit", "unit"


class Offered(NamedTuple):
    """What was asked for, else nothing.

    `around`: who may be named beside the task, in office in its units or seated in its committee; `people`: in office
    in its lead unit; `sub_units`: of that unit; `units`: of the authority.
    """

    around: list[tuple[int, str]]
    people: list[Choice]
    sub_units: list[tuple[int, str, str]]
    units: list[Choice]


def offered_beside(task: Task, day: date, wanted: Collection[str]) -> Offered:
    """Return what the forms of a task's page need of AROUND, PERSON, SUB_UNIT and UNIT on a day."""
    if not wanted:
        return Offered([], [], [], [])
    values = {
        "task": task.id, "lead": task.lead_unit_id, "committee": task.committee_id, "authority": task.authority_id,
        "day": day,
    }  # fmt: skip
    rows: dict[str, list[Any]] = {AROUND: [], PERSON: [], SUB_UNIT: [], UNIT: []}
    for kind, number, name, short, aliases, _place, _position in fetch(_asked(frozenset(wanted)), values):
        rows[kind].append((number, name, short, aliases))
    return Offered(
        [(number, name) for number, name, *_ in rows[AROUND]],
        [Choice(number, name, fold(name)) for number, name, *_ in rows[PERSON]],
        [(number, name, "") for number, name, *_ in rows[SUB_UNIT]],
        [Choice(number, name, fold(" ".join([name, short, *aliases]))) for number, name, short, aliases in rows[UNIT]],
    )


@cache
def _asked(wanted: frozenset[str]) -> CompoundSelect[Any]:
    """Return the statement for some of the lists, put together when they are first asked for together."""
    ways = {AROUND: _around, PERSON: _own_people, SUB_UNIT: _sub_units, UNIT: _all_units}
    return union_all(*(way() for kind, way in ways.items() if kind in wanted)).order_by("place", "position", "id")


_TASK, _OFFICE, _SEAT, _PERSON, _UNIT = (
    Task.__table__, Office.__table__.c, Membership.__table__.c, Person.__table__.c, Unit.__table__.c
)  # fmt: skip
_LEAD, _DAY = bindparam("lead", type_=Integer()), bindparam("day", type_=Date())
_IN_OFFICE = (_OFFICE.from_on <= _DAY, or_(_OFFICE.to_on.is_(None), _OFFICE.to_on >= _DAY))
_NO_ALIASES, _NO_WORDS, _NO_PLACE = (
    cast(null(), JSON), literal_column("''", Text()), literal_column("0", Integer())
)  # fmt: skip


def _people(kind: str) -> Select[*tuple[Any, ...]]:
    return select(
        literal_column(f"'{kind}'", Text()).label("kind"), _PERSON.id.label("id"), _PERSON.full_name.label("name"),
        _NO_WORDS.label("short"), _NO_ALIASES.label("aliases"), _PERSON.sort_key.label("place"),
        _NO_PLACE.label("position"),
    ).where(_PERSON.active)  # fmt: skip


def _units(kind: str) -> Select[*tuple[Any, ...]]:
    return select(
        literal_column(f"'{kind}'", Text()).label("kind"), _UNIT.id.label("id"), _UNIT.name.label("name"),
        _UNIT.short_name.label("short"), _UNIT.aliases.label("aliases"), _NO_WORDS.label("place"),
        _UNIT.position.label("position"),
    ).where(_UNIT.abolished_on.is_(None))  # fmt: skip


def _around() -> Select[*tuple[Any, ...]]:
    return _people(AROUND).where(_PERSON.id.in_(_those_around(bindparam("task"), _LEAD, bindparam("committee"))))


def _those_around(task: Any, lead: Any, committee: Any) -> CompoundSelect[int]:  # noqa: ANN401 -- parameters or columns
    part = CoordinatingPart.__table__.c
    units = select(lead).correlate(_TASK).union_all(select(part.unit_id).where(part.task_id == task).correlate(_TASK))
    offices = select(_OFFICE.person_id).where(_OFFICE.unit_id.in_(units), *_IN_OFFICE)
    seats = select(_SEAT.person_id).where(
        _SEAT.committee_id == committee, _SEAT.from_on <= _DAY, or_(_SEAT.to_on.is_(None), _SEAT.to_on >= _DAY)
    )
    return offices.correlate(_TASK).union(seats.correlate(_TASK))


_LINES, _PARTS = literal_column("'\n'", Text()), literal_column("'\t'", Text())


def names_around(task: Any, lead: Any, committee: Any) -> ColumnElement[str]:  # noqa: ANN401 -- columns of a task
    """Return the expression for the names of those around a task on `day` as one text, which `names_in` reads."""
    line = _PERSON.sort_key + _PARTS + _PERSON.full_name
    those, person = _those_around(task, lead, committee).subquery(), Person.__table__
    names = select(func.aggregate_strings(line, _LINES)).where(_PERSON.active).correlate(_TASK)
    names = names.select_from(person.join(those, those.c.person_id == _PERSON.id))
    return func.coalesce(names.scalar_subquery(), literal_column("''", Text()))


def names_in(text: str) -> list[str]:
    """Return the names of such a text, in the order of Vietnamese names."""
    return [line.partition("\t")[2] for line in sorted(filter(None, text.split("\n")))]


def _own_people() -> Select[*tuple[Any, ...]]:
    own = select(_OFFICE.person_id).where(_OFFICE.unit_id == _LEAD, *_IN_OFFICE)
    return _people(PERSON).where(_PERSON.authority_id == bindparam("authority"), _PERSON.id.in_(own))


def _sub_units() -> Select[*tuple[Any, ...]]:
    return _units(SUB_UNIT).where(_UNIT.parent_id == _LEAD)


def _all_units() -> Select[*tuple[Any, ...]]:
    return _units(UNIT).where(_UNIT.authority_id == bindparam("authority"))
