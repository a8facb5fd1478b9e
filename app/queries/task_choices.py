"""What the forms of a task's page offer to choose from, in one statement."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, cast, literal, null, or_, select, union_all

from app.db import session
from app.models import Membership, Office, Person, Unit
from app.queries.choices import Choice
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import Select

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
    """Return what the forms of a task's page need of AROUND, PERSON, SUB_UNIT and UNIT on a day.

    Over 40 lines: four lists of one shape, which one statement puts together.
    """
    nothing = cast(null(), JSON)
    in_office = (Office.from_on <= day, or_(Office.to_on.is_(None), Office.to_on >= day))
    lead = task.lead_unit_id
    offices = select(Office.person_id).where(
        Office.unit_id.in_([lead, *(part.unit_id for part in task.coordinating)]), *in_office
    )
    seats = select(Membership.person_id).where(
        Membership.committee_id == task.committee_id,
        Membership.from_on <= day,
        or_(Membership.to_on.is_(None), Membership.to_on >= day),
    )
    own = select(Office.person_id).where(Office.unit_id == lead, *in_office)

    def people(kind: str) -> Select[*tuple[Any, ...]]:
        return select(
            literal(kind).label("kind"), Person.id, Person.full_name.label("name"), literal("").label("short"),
            nothing.label("aliases"), Person.sort_key.label("place"), literal(0).label("number"),
        ).where(Person.active)  # fmt: skip

    def units(kind: str) -> Select[*tuple[Any, ...]]:
        return select(
            literal(kind), Unit.id, Unit.name, Unit.short_name, Unit.aliases, literal(""), Unit.position
        ).where(Unit.abolished_on.is_(None))  # fmt: skip

    ways = {
        AROUND: people(AROUND).where(Person.id.in_(offices.union(seats))),
        PERSON: people(PERSON).where(Person.authority_id == task.authority_id, Person.id.in_(own)),
        SUB_UNIT: units(SUB_UNIT).where(Unit.parent_id == lead),
        UNIT: units(UNIT).where(Unit.authority_id == task.authority_id),
    }
    every = union_all(*(way for kind, way in ways.items() if kind in wanted)).subquery()
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(select(every).order_by(every.c.place, every.c.number, every.c.id)):
        rows[row.kind].append(row)
    return Offered(
        [(row.id, row.name) for row in rows[AROUND]],
        [Choice(row.id, row.name, fold(row.name)) for row in rows[PERSON]],
        [(row.id, row.name, "") for row in rows[SUB_UNIT]],
        [Choice(row.id, row.name, fold(" ".join([row.name, row.short, *row.aliases]))) for row in rows[UNIT]],
    )
