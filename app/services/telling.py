"""Telling people: a notification is a row of the same transaction, unique per rule, subject, person and slot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, bindparam, insert, or_, select, union
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.clock import now
from app.db import Base, engine, fetch, session, table_of
from app.models import Absence, Membership, Notification, Office, Person
from app.models.data_stamp import ORGANISATION
from app.queries.stamps import kept_while
from app.services.batches import append_all, asked_once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import CompoundSelect, Select, Table


def tell(  # noqa: PLR0913 -- the parts of a notification's key, all named at the call
    people: Iterable[int],
    *,
    authority_id: int,
    rule: str,
    subject: str,
    subject_id: int,
    slot: str,
    data: dict[str, Any],
    urgent: bool = False,
    by_mail: bool = True,
) -> None:
    """Tell each person once; who was told already for this slot is not told again."""
    rows = [
        {
            "authority_id": authority_id,
            "person_id": person,
            "rule": rule,
            "subject": subject,
            "subject_id": subject_id,
            "slot": slot,
            "data": data,
            "urgent": urgent,
            "by_mail": by_mail,
            "made_at": now(),
        }
        for person in sorted(set(people))
    ]
    statement = insert_new(table_of(Notification))
    if rows and not append_all(statement, rows):
        session.connection().execute(statement, rows)


def insert_new(model: type[Base] | Table) -> Any:  # noqa: ANN401 -- one of two dialects' Insert
    """Return an INSERT that leaves rows alone whose key is there already."""
    return _insert_new(model, engine().dialect.name)


@cache
def _insert_new(model: type[Base] | Table, dialect: str) -> Any:  # noqa: ANN401 -- the same
    if dialect == "sqlite":
        return sqlite_insert(model).on_conflict_do_nothing()
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgres_insert  # noqa: PLC0415 -- slow, unused on SQLite

        return postgres_insert(model).on_conflict_do_nothing()
    return insert(model)


def people_of_unit(unit_id: int, day: date, *, heads_only: bool = False, owner: int | None = None) -> list[int]:
    """Return the active people who answer for a unit: its heads, and its contacts unless only heads are asked.

    :param owner: one more person, in charge of what they are told of; whoever stands in for anybody is told, too.
    """
    kinds = ("head", "deputy_head") if heads_only else ("head", "contact")
    asked = {"unit": unit_id, "kinds": kinds, "day": day, "owner": owner}
    key = "answering", unit_id, kinds, day, owner
    return list(asked_once(key, lambda: kept_while(ORGANISATION, key, lambda: fetch(_OF_UNIT, asked).scalars().all())))


def people_of_committee(committee_id: int, day: date, *offices: str) -> list[int]:
    """Return the active people who hold one of these offices in a committee on a day."""
    return list(fetch(_OF_COMMITTEE, {"committee": committee_id, "offices": offices, "day": day}).scalars())


def with_substitutes(people: Iterable[int], day: date) -> set[int]:
    """Return people together with those who stand in for any of them on a day."""
    found = set(people)
    return found | set(fetch(_SUBSTITUTES, {"people": list(found), "day": day}).scalars()) if found else found


_DAY = bindparam("day", type_=Date())
_OFFICE, _SEAT, _PERSON = Office.__table__.c, Membership.__table__.c, Person.__table__.c
_ABSENCE = Absence.__table__.c
_AWAY = (_ABSENCE.from_on <= _DAY, _ABSENCE.to_on >= _DAY, _ABSENCE.revoked_on.is_(None))


def _with_substitutes(*people: Select[int]) -> CompoundSelect[int]:
    """Select people and those who stand in today for any of them; both are told."""
    away = union(*people).subquery()
    instead = select(_ABSENCE.substitute_id).join(away, away.c.person_id == _ABSENCE.person_id).where(*_AWAY)
    return union(*people, instead)


_OF_UNIT = _with_substitutes(
    select(_OFFICE.person_id)
    .join(Person.__table__, _PERSON.id == _OFFICE.person_id)
    .where(
        _OFFICE.unit_id == bindparam("unit"),
        _OFFICE.kind.in_(bindparam("kinds", expanding=True)),
        _OFFICE.from_on <= _DAY,
        or_(_OFFICE.to_on.is_(None), _OFFICE.to_on >= _DAY),
        _PERSON.active,
    ),
    select(_PERSON.id.label("person_id")).where(_PERSON.id == bindparam("owner", type_=Integer())),
)
_OF_COMMITTEE = _with_substitutes(
    select(_SEAT.person_id)
    .join(Person.__table__, _PERSON.id == _SEAT.person_id)
    .where(
        _SEAT.committee_id == bindparam("committee"),
        _SEAT.office.in_(bindparam("offices", expanding=True)),
        _SEAT.from_on <= _DAY,
        or_(_SEAT.to_on.is_(None), _SEAT.to_on >= _DAY),
        _PERSON.active,
    )
)
_SUBSTITUTES = select(_ABSENCE.substitute_id).where(_ABSENCE.person_id.in_(bindparam("people", expanding=True)), *_AWAY)
