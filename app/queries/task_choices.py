"""What the forms of a task's page offer to choose from, in at most one statement."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, Date, Integer, Text, bindparam, cast, literal_column, null, or_, select, union_all

from app.db import fetch
from app.models import Membership, Office, Person, Unit
from app.models.data_stamp import ORGANISATION
from app.queries.choices import Choice
from app.queries.stamps import kept_while
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import CompoundSelect, Select

    from app.models import Task

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
    """Return what the forms of a task's page need of AROUND, PERSON, SUB_UNIT and UNIT on a day, read at most once."""
    helping = tuple(sorted(part.unit_id for part in task.coordinating))
    asked = Asked(frozenset(wanted), task.authority_id, task.committee_id, task.lead_unit_id, helping, day)
    return kept_while(ORGANISATION, ("beside", *asked), lambda: _offered(asked))


class Asked(NamedTuple):
    """All on which the lists depend besides the organisation."""

    wanted: frozenset[str]
    authority: int
    committee: int
    lead: int
    helping: tuple[int, ...]
    day: date


def _offered(asked: Asked) -> Offered:
    values = {**asked._asdict(), "units": [asked.lead, *asked.helping]}
    rows: dict[str, list[Any]] = {AROUND: [], PERSON: [], SUB_UNIT: [], UNIT: []}
    for kind, number, name, short, aliases, _place, _position in fetch(_asked(asked.wanted), values):
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


_OFFICE, _SEAT, _PERSON, _UNIT = (
    Office.__table__.c, Membership.__table__.c, Person.__table__.c, Unit.__table__.c
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
    offices = select(_OFFICE.person_id).where(_OFFICE.unit_id.in_(bindparam("units", expanding=True)), *_IN_OFFICE)
    seats = select(_SEAT.person_id).where(
        _SEAT.committee_id == bindparam("committee"),
        _SEAT.from_on <= _DAY,
        or_(_SEAT.to_on.is_(None), _SEAT.to_on >= _DAY),
    )
    return _people(AROUND).where(_PERSON.id.in_(offices.union(seats)))


def _own_people() -> Select[*tuple[Any, ...]]:
    own = select(_OFFICE.person_id).where(_OFFICE.unit_id == _LEAD, *_IN_OFFICE)
    return _people(PERSON).where(_PERSON.authority_id == bindparam("authority"), _PERSON.id.in_(own))


def _sub_units() -> Select[*tuple[Any, ...]]:
    return _units(SUB_UNIT).where(_UNIT.parent_id == _LEAD)


def _all_units() -> Select[*tuple[Any, ...]]:
    return _units(UNIT).where(_UNIT.authority_id == bindparam("authority"))
