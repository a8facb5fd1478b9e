"""Units and people to choose from, with the toneless words a picker searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from app.db import fetch, session
from app.models import Office, Person, Unit, UnitGroup
from app.text import fold

if TYPE_CHECKING:
    from datetime import date


class Choice(NamedTuple):
    """One thing to choose: its id, its name, and what else it is found by."""

    id: int
    name: str
    words: str


def unit_choices(authority_id: int) -> list[Choice]:
    """Return the units that still exist, in the authority's order."""
    return [
        Choice(unit_id, name, fold(" ".join([name, short, *aliases])))
        for unit_id, name, short, aliases in fetch(_UNITS, {"authority": authority_id})
    ]


def unit_filter(authority_id: int) -> list[tuple[int, str]]:
    """Return the same units as ids and names, for a plain choice."""
    return [(unit_id, name) for unit_id, name in fetch(_UNIT_NAMES, {"authority": authority_id})]


_UNIT = Unit.__table__.c
_LIVING = (_UNIT.authority_id == bindparam("authority"), _UNIT.abolished_on.is_(None))
_UNITS = (
    select(_UNIT.id, _UNIT.name, _UNIT.short_name, _UNIT.aliases).where(*_LIVING).order_by(_UNIT.position, _UNIT.id)
)
_UNIT_NAMES = select(_UNIT.id, _UNIT.name).where(*_LIVING).order_by(_UNIT.position, _UNIT.id)


def group_choices(authority_id: int) -> list[Choice]:
    """Return the named groups of units."""
    query = (
        select(UnitGroup.id, UnitGroup.name, UnitGroup.aliases)
        .where(UnitGroup.authority_id == authority_id)
        .order_by(UnitGroup.name)
    )
    return [Choice(i, name, fold(" ".join([name, *aliases]))) for i, name, aliases in session.execute(query)]


def person_choices(authority_id: int, *, unit_id: int | None = None, day: date | None = None) -> list[Choice]:
    """Return the active people by Vietnamese order of names; with `unit_id`, those in office there on `day`."""
    query = select(Person.id, Person.full_name).where(Person.authority_id == authority_id, Person.active)
    if unit_id is not None:
        query = query.join(Office, Office.person_id == Person.id).where(Office.unit_id == unit_id).distinct()
        if day is not None:
            query = query.where(Office.from_on <= day, or_(Office.to_on.is_(None), Office.to_on >= day))
    rows = session.execute(query.add_columns(Person.sort_key).order_by(Person.sort_key))
    return [Choice(row[0], row[1], fold(row[1])) for row in rows]


def people_in_office(unit_id: int, day: date) -> set[int]:
    """Return the active people who hold an office in a unit on a day."""
    query = (
        select(Office.person_id)
        .join(Person, Person.id == Office.person_id)
        .where(Office.unit_id == unit_id, Person.active, Office.from_on <= day)
        .where(or_(Office.to_on.is_(None), Office.to_on >= day))
    )
    return set(session.scalars(query))


def staff_of(unit_id: int, day: date) -> list[tuple[int, str]]:
    """Return the active people who hold an office in a unit on a day, with their names."""
    query = (
        select(Person.id, Person.full_name)
        .join(Office, Office.person_id == Person.id)
        .where(Office.unit_id == unit_id, Person.active, Office.from_on <= day)
        .where(or_(Office.to_on.is_(None), Office.to_on >= day))
        .distinct()
        .order_by(Person.id)
    )
    return [(row.id, row.full_name) for row in session.execute(query)]


def sub_units_of(unit_id: int) -> set[int]:
    """Return the units that still exist directly below a unit."""
    return set(session.scalars(select(Unit.id).where(Unit.parent_id == unit_id, Unit.abolished_on.is_(None))))


def person_named(authority_id: int, name: str) -> Person | None:
    """Return the one person of the authority who is called so, or None where nobody is, or several are."""
    query = select(Person).where(Person.authority_id == authority_id, Person.full_name == name).limit(2)
    found = session.scalars(query).all() if name else []
    return found[0] if len(found) == 1 else None


def all_belong(authority_id: int, *, units: set[int], people: set[int]) -> bool:
    """Tell whether all these units and people exist in the authority; asks nothing where there are none."""
    for model, ids in ((Unit, units), (Person, people)):
        if ids:
            query = select(func.count()).where(model.id.in_(ids), model.authority_id == authority_id)
            if session.scalar(query) != len(ids):
                return False
    return True
