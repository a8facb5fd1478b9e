"""What a person is on a day: the offices held in units and committees.

Over 300 lines: what is held and the one statement that reads it stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, Date, Integer, and_, bindparam, cast, literal, null, or_, select, union_all

from app.db import fetch
from app.models import Absence, Delegation, Membership, Office, Portfolio, Unit, UnitChangePart
from app.queries.calendars import days_of, remember_calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Row, Select

    from app.models import Person

ABOVE, ENDED = "above", "ended"
"""Sources of rows that say which unit stands above which, and which is carried on by which: of nobody's."""
CALENDAR = "calendar"
"""Source of the row that holds the working calendar as one text."""
ABSENT, AWAY = "absent", "away"
"""Sources of rows that tell for whom somebody stands in, and that somebody else stands in for the person."""


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
    ended: frozenset[int] = frozenset()
    """Units that exist no more and whose work one of the person's units carries on."""
    own: Standing | None = None
    """What the person is without the absent whom it stands in for; None where there is nobody."""
    away: bool = False
    """Somebody else stands in for this person today."""
    absent: tuple[Standing, ...] = ()
    """What those people are for whom this person stands in today; their roles are among this standing's."""

    @property
    def people(self) -> frozenset[int]:
        """The person, and those for whom it stands in today."""
        return frozenset({self.person_id, *(one.person_id for one in self.absent)})

    @property
    def units(self) -> frozenset[int]:
        """Units in which the person holds an office."""
        return self.head_of | self.staff_of

    @property
    def seen_units(self) -> frozenset[int]:
        """Units whose work the person may see: the own ones, and ended ones of which they took over the work."""
        return self.units | self.ended

    @property
    def barred_units(self) -> frozenset[int]:
        """Lead units about which this person never rules: the own ones and those above them."""
        return self.units.union(*(self.above.get(unit, frozenset()) for unit in self.units))

    @property
    def committees(self) -> frozenset[int]:
        """Committees whose business the person may see."""
        delegated = {mandate.committee_id for mandate in self.mandates}
        return self.chair_of | self.deputy_of | self.secretary_of | self.member_of | delegated


class Tree(NamedTuple):
    """How the units of an authority hang together: the chain above each, and the ended ones that each carries on."""

    above: Mapping[int, frozenset[int]]
    before: Mapping[int, Collection[int]]


def standing_of(person: Person, day: date) -> Standing:
    """Return what the person is on a day, in one query."""
    return standings_of([person], day)[person.id]


def standing_and_calendar(person: Person, day: date) -> Standing:
    """Return the same; the authority's working calendar comes along and is remembered: most pages ask for it next."""
    asked = {"people": [person.id], "day": day, "authority": person.authority_id}
    rows = fetch(_HELD_AND_DAYS, asked).all()
    remember_calendar(person.authority_id, next(row.office for row in rows if row.source == CALENDAR))
    return standings_from([person], [row for row in rows if row.source != CALENDAR], day)[person.id]


def standings_of(people: Collection[Person], day: date) -> dict[int, Standing]:
    """Return what people of one authority are on a day, by their ids, in one query.

    A second one is asked where somebody stands in for others: their offices and seats count as the substitute's, too.
    What was delegated to the absent does not: a delegate cannot delegate.
    """
    if not people:
        return {}
    authority_id = next(iter(people)).authority_id
    asked = {"people": [person.id for person in people], "day": day, "authority": authority_id}
    return standings_from(people, fetch(_HELD, asked), day)


def standings_from(people: Collection[Person], rows: Iterable[Row[Any]], day: date) -> dict[int, Standing]:
    """Return the same from the rows of a `held_by` that the caller has read."""
    if not people:
        return {}
    authority_id = next(iter(people)).authority_id
    held, tree = _sorted(rows, {person.id for person in people})
    found = {person.id: _standing(person, held[person.id], tree) for person in people}
    away = {row.place for rows in held.values() for row in rows if row.source == ABSENT}
    if not away:
        return found
    asked = {"people": list(away), "day": day, "authority": authority_id}
    theirs, around = _sorted(fetch(_HELD, asked), away)
    absent = {one: _standing_without_loans(one, authority_id, theirs[one], around) for one in away}
    for person_id, own in held.items():
        for_whom = [absent[row.place] for row in own if row.source == ABSENT]
        if for_whom:
            found[person_id] = _standing_in(found[person_id], for_whom)
    return found


def _sorted(rows: Iterable[Row[Any]], people: Collection[int]) -> tuple[dict[int, list[Row[Any]]], Tree]:
    """Return what people hold, by their ids, and how the units hang together."""
    held: dict[int, list[Row[Any]]] = {person: [] for person in people}
    parents: dict[int, int] = {}
    before: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.source == ABOVE:
            parents[row.unit_id] = row.place
        elif row.source == ENDED:
            before[row.place].add(row.unit_id)
        else:
            held[row.person_id].append(row)
    return held, Tree(_chains(parents), before)


def _standing_without_loans(person_id: int, authority_id: int, rows: Sequence[Row[Any]], tree: Tree) -> Standing:
    kept = [row for row in rows if row.source not in {"delegation", ABSENT}]
    return _made(Standing(person_id, authority_id, is_admin=False), kept, tree)


def _standing_in(own: Standing, absent: Sequence[Standing]) -> Standing:
    """Return what a person is who stands in for others: the roles of all of them."""
    everyone = (own, *absent)
    return replace(
        own,
        head_of=frozenset().union(*(one.head_of for one in everyone)),
        staff_of=frozenset().union(*(one.staff_of for one in everyone)),
        chair_of=frozenset().union(*(one.chair_of for one in everyone)),
        deputy_of=frozenset().union(*(one.deputy_of for one in everyone)),
        secretary_of=frozenset().union(*(one.secretary_of for one in everyone)),
        member_of=frozenset().union(*(one.member_of for one in everyone)),
        mandates=tuple(mandate for one in everyone for mandate in one.mandates),
        above={unit: chain for one in everyone for unit, chain in one.above.items()},
        ended=frozenset().union(*(one.ended for one in everyone)),
        own=own,
        absent=tuple(absent),
    )


def _standing(person: Person, rows: Sequence[Row[Any]], tree: Tree) -> Standing:
    return _made(Standing(person.id, person.authority_id, person.is_admin), rows, tree)


def _made(bare: Standing, rows: Sequence[Row[Any]], tree: Tree) -> Standing:
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
    head_of = frozenset(held["unit head"] | held["unit deputy_head"])
    staff_of = frozenset(held["unit staff"] | held["unit contact"])
    return replace(
        bare,
        head_of=head_of,
        staff_of=staff_of,
        chair_of=frozenset(held["seat chair"]),
        deputy_of=frozenset(held["seat deputy"]),
        secretary_of=frozenset(held["seat secretary"]),
        member_of=frozenset(held["seat member"]),
        away=any(row.source == AWAY for row in rows),
        mandates=(*(Mandate(place, None, frozenset(units)) for place, units in portfolios.items()), *mandates),
        above=tree.above,
        ended=_ended(head_of | staff_of, tree.before),
    )


def _ended(units: frozenset[int], before: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Return the ended units that units carry on, and those that these carried on."""
    found: set[int] = set()
    waiting = list(units)
    while waiting:
        new = set(before.get(waiting.pop(), ())) - found
        found |= new
        waiting.extend(new)
    return frozenset(found) - units


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


def held_by(people: BindParameter[Any] | Select[int]) -> CompoundSelect[*tuple[Any, ...]]:
    """Select what people hold on a day: what was lent, the units in charge of, offices in units, seats.

    For who holds an office in a unit also, as rows "above", which unit stands above which, and as rows "ended", which
    unit that exists no more is carried on by which. Asks for "authority" and "day".
    """
    return union_all(*_held(people))


def _held(people: BindParameter[Any] | Select[int]) -> tuple[Select[*tuple[Any, ...]], ...]:
    nothing, nobody = cast(null(), JSON), cast(null(), Integer)
    lending, portfolio, membership = Delegation.__table__.c, Portfolio.__table__.c, Membership.__table__.c
    office, unit, absence = Office.__table__.c, Unit.__table__.c, Absence.__table__.c
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
    above = select(nobody, literal(ABOVE), literal(""), unit.parent_id, nobody, unit.id, nothing, nothing).where(
        unit.authority_id == bindparam("authority"), unit.parent_id.is_not(None), select(office.id).where(mine).exists()
    )
    away = select(
        absence.substitute_id, literal(ABSENT), literal(""), absence.person_id, nobody, nobody, nothing, nothing
    ).where(absence.substitute_id.in_(people), _on(absence), absence.revoked_on.is_(None))
    left = select(
        absence.person_id, literal(AWAY), literal(""), absence.substitute_id, nobody, nobody, nothing, nothing
    ).where(absence.person_id.in_(people), _on(absence), absence.revoked_on.is_(None))
    return lent, charges, offices, seats, above, *_carried_on(select(office.id).where(mine).exists()), away, left


def _carried_on(in_office: ColumnElement[bool]) -> Iterator[Select[*tuple[Any, ...]]]:
    """Select which unit that exists no more is carried on by which: by the act that ended it, or as it was imported."""
    nothing, nobody = cast(null(), JSON), cast(null(), Integer)
    unit = Unit.__table__.c
    old, new = UnitChangePart.__table__.alias("old").c, UnitChangePart.__table__.alias("new").c
    gone = and_(unit.authority_id == bindparam("authority"), unit.abolished_on <= DAY, in_office)
    yield select(nobody, literal(ENDED), literal(""), new.unit_id, nobody, unit.id, nothing, nothing).where(
        gone, old.unit_id == unit.id, old.side == "old", new.change_id == old.change_id, new.side == "new"
    )
    yield select(nobody, literal(ENDED), literal(""), unit.successor_id, nobody, unit.id, nothing, nothing).where(
        gone, unit.successor_id.is_not(None)
    )


def _calendar_row() -> Select[*tuple[Any, ...]]:
    nothing, nobody = cast(null(), JSON), cast(null(), Integer)
    days = days_of(bindparam("authority"))
    return select(nobody, literal(CALENDAR), days, nobody, nobody, nobody, nothing, nothing)


DAY = bindparam("day", type_=Date())


def _on(columns: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- the columns of any table of dated offices
    return and_(columns.from_on <= DAY, or_(columns.to_on.is_(None), columns.to_on >= DAY))


# Built once: putting so long a statement together costs ten times as much as asking it.
_HELD = held_by(bindparam("people", expanding=True))
_HELD_AND_DAYS = union_all(*_held(bindparam("people", expanding=True)), _calendar_row())
