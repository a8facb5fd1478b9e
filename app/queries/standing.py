"""What a person is on a day: the offices held in units and committees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Date, Integer, and_, bindparam, cast, literal, null, or_, select, union_all

from app.db import fetch
from app.models import Delegation, Membership, Office, Portfolio, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Row

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
    """Return what the person is on a day, in one query."""
    return standings_of([person], day)[person.id]


def standings_of(people: Collection[Person], day: date) -> dict[int, Standing]:
    """Return what people of one authority are on a day, by their ids, in one query."""
    if not people:
        return {}
    held: dict[int, list[Row[Any]]] = {person.id: [] for person in people}
    parents: dict[int, int] = {}
    asked = {"people": list(held), "day": day, "authority": next(iter(people)).authority_id}
    for row in fetch(_HELD, asked):
        if row.source == "above":
            parents[row.unit_id] = row.place
        else:
            held[row.person_id].append(row)
    chains = _chains(parents)
    return {person.id: _standing(person, held[person.id], chains) for person in people}


def _standing(person: Person, rows: Iterable[Row[Any]], chains: Mapping[int, frozenset[int]]) -> Standing:
    held: dict[str, set[int]] = defaultdict(set)
    portfolios: dict[int, set[int]] = defaultdict(set)
    mandates = []
    for row in rows:
        if row.source == "delegation":
            mandates.append(Mandate(row.place, row.lender, frozenset(row.unit_ids), frozenset(row.moves)))
        elif row.source == "portfolio":
            portfolios[row.place].add(row.unit_id)
        else:
            held[f"{row.source} {row.office}"].add(row.place)
    return Standing(
        person_id=person.id,
        authority_id=person.authority_id,
        is_admin=person.is_admin,
        head_of=frozenset(held["unit head"] | held["unit deputy_head"]),
        staff_of=frozenset(held["unit staff"] | held["unit contact"]),
        chair_of=frozenset(held["seat chair"]),
        deputy_of=frozenset(held["seat deputy"]),
        secretary_of=frozenset(held["seat secretary"]),
        member_of=frozenset(held["seat member"]),
        mandates=(*(Mandate(place, None, frozenset(units)) for place, units in portfolios.items()), *mandates),
        above=chains,
    )


def _chains(parents: Mapping[int, int]) -> dict[int, frozenset[int]]:
    """Return, for each unit that has one, the chain of units above it."""
    chains = {}
    for unit, above in parents.items():
        chain: list[int] = []
        node: int | None = above
        while node is not None and node not in chain:
            chain.append(node)
            node = parents.get(node)
        chains[unit] = frozenset(chain)
    return chains


def _all_held() -> CompoundSelect[*tuple[Any, ...]]:
    """Select what people hold on a day: what was lent, the units in charge of, offices in units, seats.

    For who holds an office in a unit also, as rows "above", which unit stands above which.
    """
    people: BindParameter[Any] = bindparam("people", expanding=True)
    nothing, nobody = cast(null(), JSON), cast(null(), Integer)
    lending, portfolio, membership = Delegation.__table__.c, Portfolio.__table__.c, Membership.__table__.c
    office, unit = Office.__table__.c, Unit.__table__.c
    lent = select(
        lending.to_person_id.label("person_id"), literal("delegation").label("source"), literal("").label("office"),
        lending.committee_id.label("place"), lending.from_person_id.label("lender"), nobody.label("unit_id"),
        lending.unit_ids, lending.moves,
    ).where(
        lending.to_person_id.in_(people), _on(lending), or_(lending.revoked_on.is_(None), lending.revoked_on > DAY)
    )  # fmt: skip
    charges = select(
        portfolio.person_id, literal("portfolio"), literal(""), portfolio.committee_id, nobody, portfolio.unit_id,
        nothing, nothing,
    ).where(portfolio.person_id.in_(people), _on(portfolio))  # fmt: skip
    mine = and_(office.person_id.in_(people), _on(office))
    offices = select(
        office.person_id, literal("unit"), office.kind, office.unit_id, nobody, nobody, nothing, nothing
    ).where(mine)
    seats = select(
        membership.person_id, literal("seat"), membership.office, membership.committee_id, nobody, nobody, nothing,
        nothing,
    ).where(membership.person_id.in_(people), _on(membership))  # fmt: skip
    above = select(nobody, literal("above"), literal(""), unit.parent_id, nobody, unit.id, nothing, nothing).where(
        unit.authority_id == bindparam("authority"), unit.parent_id.is_not(None), select(office.id).where(mine).exists()
    )
    return union_all(lent, charges, offices, seats, above)


DAY = bindparam("day", type_=Date())


def _on(columns: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- the columns of any table of dated offices
    return and_(columns.from_on <= DAY, or_(columns.to_on.is_(None), columns.to_on >= DAY))


# Built once: putting so long a statement together costs ten times as much as asking it.
_HELD = _all_held()
