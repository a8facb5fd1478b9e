"""What a person is on a day: the offices held in units and committees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Integer, and_, cast, literal, null, or_, select, union_all

from app.db import session
from app.models import Delegation, Membership, Office, Portfolio, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, CompoundSelect

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
    """Return what the person is on a day, in one query (two for who holds an office in a unit)."""
    held: dict[str, set[int]] = defaultdict(set)
    portfolios: dict[int, set[int]] = defaultdict(set)
    mandates = []
    for row in session.execute(_all_held(person.id, day)):
        if row.source == "delegation":
            mandates.append(Mandate(row.place, row.lender, frozenset(row.unit_ids), frozenset(row.moves)))
        elif row.source == "portfolio":
            portfolios[row.place].add(row.unit_id)
        else:
            held[f"{row.source} {row.office}"].add(row.place)
    heads, staff = held["unit head"] | held["unit deputy_head"], held["unit staff"] | held["unit contact"]
    return Standing(
        person_id=person.id,
        authority_id=person.authority_id,
        is_admin=person.is_admin,
        head_of=frozenset(heads),
        staff_of=frozenset(staff),
        chair_of=frozenset(held["seat chair"]),
        deputy_of=frozenset(held["seat deputy"]),
        secretary_of=frozenset(held["seat secretary"]),
        member_of=frozenset(held["seat member"]),
        mandates=(*(Mandate(place, None, frozenset(units)) for place, units in portfolios.items()), *mandates),
        above=_above(person.authority_id) if heads or staff else {},
    )


def _all_held(person_id: int, day: date) -> CompoundSelect[Any]:
    """Select what a person holds on a day: what was lent, the units in charge of, offices in units, seats."""
    nothing, nobody = cast(null(), JSON), cast(null(), Integer)
    lent = select(
        literal("delegation").label("source"), literal("").label("office"), Delegation.committee_id.label("place"),
        Delegation.from_person_id.label("lender"), nobody.label("unit_id"), Delegation.unit_ids, Delegation.moves,
    ).where(
        Delegation.to_person_id == person_id,
        _on(Delegation, day),
        or_(Delegation.revoked_on.is_(None), Delegation.revoked_on > day),
    )  # fmt: skip
    charges = select(
        literal("portfolio"), literal(""), Portfolio.committee_id, nobody, Portfolio.unit_id, nothing, nothing
    ).where(Portfolio.person_id == person_id, _on(Portfolio, day))
    offices = select(literal("unit"), Office.kind, Office.unit_id, nobody, nobody, nothing, nothing).where(
        Office.person_id == person_id, _on(Office, day)
    )
    seats = select(
        literal("seat"), Membership.office, Membership.committee_id, nobody, nobody, nothing, nothing
    ).where(Membership.person_id == person_id, _on(Membership, day))
    return union_all(lent, charges, offices, seats)


def _on(model: type[Office | Membership | Portfolio | Delegation], day: date) -> ColumnElement[bool]:
    return and_(model.from_on <= day, or_(model.to_on.is_(None), model.to_on >= day))


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
