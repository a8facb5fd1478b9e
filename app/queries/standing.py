"""What a person is on a day: the offices held in units and committees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.db import session
from app.models import Delegation, Membership, Office, Portfolio, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.models import Person


@dataclass(frozen=True)
class Mandate:
    """What a deputy or delegate may rule on in a committee; empty sets mean everything."""

    committee_id: int
    from_person_id: int | None
    unit_ids: frozenset[int] = frozenset()
    moves: frozenset[str] = frozenset()

    def covers(self, unit_id: int, move: str | None) -> bool:
        """Tell whether this mandate covers a move about a unit (None: any move)."""
        lent = not self.moves or move is None or move in self.moves
        return lent and (not self.unit_ids or unit_id in self.unit_ids)


@dataclass(frozen=True)
class Standing:
    """The relations of one person on one day, from which roles to items are derived."""

    person_id: int
    authority_id: int
    is_admin: bool
    head_of: frozenset[int] = frozenset()
    staff_of: frozenset[int] = frozenset()
    chair_of: frozenset[int] = frozenset()
    deputy_of: frozenset[int] = frozenset()
    secretary_of: frozenset[int] = frozenset()
    member_of: frozenset[int] = frozenset()
    mandates: tuple[Mandate, ...] = ()
    above: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def units(self) -> frozenset[int]:
        """Units in which the person holds an office."""
        return self.head_of | self.staff_of

    @property
    def barred_units(self) -> frozenset[int]:
        """Lead units about which this person never rules: the own ones and those above them."""
        return self.units.union(*(self.above.get(unit, frozenset()) for unit in self.units))

    @property
    def committees(self) -> frozenset[int]:
        """Committees whose business the person may see."""
        delegated = {mandate.committee_id for mandate in self.mandates}
        return self.chair_of | self.deputy_of | self.secretary_of | self.member_of | delegated


def standing_of(person: Person, day: date) -> Standing:
    """Return what the person is on a day, in four short queries."""
    mine = Office.person_id == person.id
    offices = session.execute(select(Office.unit_id, Office.kind).where(mine, _on(Office, day)))
    held: dict[str, set[int]] = defaultdict(set)
    for unit_id, kind in offices:
        held["head" if kind in {"head", "deputy_head"} else "staff"].add(unit_id)
    seats: dict[str, set[int]] = defaultdict(set)
    seated = (Membership.person_id == person.id) & _on(Membership, day)
    for committee_id, office in session.execute(select(Membership.committee_id, Membership.office).where(seated)):
        seats[office].add(committee_id)
    return Standing(
        person_id=person.id,
        authority_id=person.authority_id,
        is_admin=person.is_admin,
        head_of=frozenset(held["head"]),
        staff_of=frozenset(held["staff"]),
        chair_of=frozenset(seats["chair"]),
        deputy_of=frozenset(seats["deputy"]),
        secretary_of=frozenset(seats["secretary"]),
        member_of=frozenset(seats["member"]),
        mandates=_mandates(person, day),
        above=_above(person.authority_id) if held["head"] or held["staff"] else {},
    )


def _on(model: type[Office | Membership | Portfolio], day: date):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- a SQL expression of three models
    return (model.from_on <= day) & or_(model.to_on.is_(None), model.to_on >= day)


def _mandates(person: Person, day: date) -> tuple[Mandate, ...]:
    by_committee: dict[int, set[int]] = defaultdict(set)
    for committee_id, unit_id in session.execute(
        select(Portfolio.committee_id, Portfolio.unit_id).where(Portfolio.person_id == person.id, _on(Portfolio, day))
    ):
        by_committee[committee_id].add(unit_id)
    standing = [Mandate(committee, None, frozenset(units)) for committee, units in by_committee.items()]
    lent = session.scalars(
        select(Delegation).where(
            Delegation.to_person_id == person.id,
            Delegation.from_on <= day,
            or_(Delegation.to_on.is_(None), Delegation.to_on >= day),
            or_(Delegation.revoked_on.is_(None), Delegation.revoked_on > day),
        )
    )
    return (
        *standing,
        *(Mandate(d.committee_id, d.from_person_id, frozenset(d.unit_ids), frozenset(d.moves)) for d in lent),
    )


def _above(authority_id: int) -> dict[int, frozenset[int]]:
    """Return, for each unit that has one, the chain of units above it."""
    query = select(Unit.id, Unit.parent_id).where(Unit.authority_id == authority_id, Unit.parent_id.is_not(None))
    parents = {unit_id: parent for unit_id, parent in session.execute(query) if parent is not None}
    chains = {}
    for unit in parents:
        chain: list[int] = []
        node: int | None = parents.get(unit)
        while node is not None and node not in chain:
            chain.append(node)
            node = parents.get(node)
        chains[unit] = frozenset(chain)
    return chains
