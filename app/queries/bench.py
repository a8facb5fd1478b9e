"""Who could rule in a committee about a unit: chair, deputies, secretaries and the named stand-in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.db import session
from app.models import Committee, Membership, Office

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

SEATS = ("chair", "deputy", "secretary")


@dataclass
class Ruler:
    """One person of the bench, with the offices in the committee and the units in which offices are held."""

    person_id: int
    offices: set[str] = field(default_factory=set)
    units: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Bench:
    """The bench of a committee on a day."""

    rulers: dict[int, Ruler]

    def holding(self, office: str) -> list[Ruler]:
        """Return the people in this office (`stand_in` for the member whom the chair named)."""
        return [ruler for ruler in self.rulers.values() if office in ruler.offices]


def bench_of(committee_id: int, day: date) -> Bench:
    """Return the bench of a committee on a day, in one query."""
    return benches_of({committee_id}, day)[committee_id]


def benches_of(committee_ids: Collection[int], day: date) -> dict[int, Bench]:
    """Return the benches of several committees on a day, in one query."""
    seated = (
        select(Membership.committee_id, Membership.person_id, Membership.office)
        .where(
            Membership.committee_id.in_(committee_ids),
            Membership.office.in_(SEATS),
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
        )
        .union_all(
            select(Committee.id, Committee.stand_in_id, Committee.kind).where(
                Committee.id.in_(committee_ids), Committee.stand_in_id.is_not(None)
            )
        )
        .subquery()
    )
    query = select(seated.c.committee_id, seated.c.person_id, seated.c.office, Office.unit_id).outerjoin(
        Office,
        (Office.person_id == seated.c.person_id)
        & (Office.from_on <= day)
        & or_(Office.to_on.is_(None), Office.to_on >= day),
    )
    benches = {committee_id: Bench({}) for committee_id in committee_ids}
    for committee_id, person_id, office, unit_id in session.execute(query):
        ruler = benches[committee_id].rulers.setdefault(person_id, Ruler(person_id))
        ruler.offices.add(office if office in SEATS else "stand_in")
        if unit_id is not None:
            ruler.units.add(unit_id)
    return benches
