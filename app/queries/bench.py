"""Who could rule in a committee about a unit: chair, deputies, secretaries and the named stand-in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, Integer, bindparam, cast, literal, null, or_, select, union_all

from app.db import fetch
from app.models import Committee, Membership, Office, Unit
from app.models.data_stamp import ORGANISATION
from app.queries.stamps import kept_while

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy import BindParameter, Select

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


class Panel(NamedTuple):
    """Who could rule on a unit's tasks: its committee's bench, and the unit with all below it."""

    bench: Bench
    below: Collection[int]


def panel_of(committee_id: int, unit_id: int, day: date) -> Panel:
    """Return who could rule on a unit's tasks in a committee on a day, in at most one query."""
    key = "panel", committee_id, unit_id, day
    return kept_while(ORGANISATION, key, lambda: _panel(committee_id, unit_id, day))


def _panel(committee_id: int, unit_id: int, day: date) -> Panel:
    rows = fetch(_PANEL, {"committees": [committee_id], "unit": unit_id, "day": day}).all()
    below = {row.unit_id for row in rows if row.committee_id is None}
    return Panel(_seat([committee_id], rows)[committee_id], below)


def panels_of(authority_id: int, pairs: Collection[tuple[int, int]], day: date) -> dict[tuple[int, int], Panel]:
    """Return the panels of several (committee, unit) on a day, in two queries."""
    if not pairs:
        return {}
    benches = benches_of({committee for committee, _unit in pairs}, day)
    children: dict[int, list[int]] = defaultdict(list)
    for unit, parent in fetch(_PARENTS, {"authority": authority_id}):
        children[parent].append(unit)
    return {(committee, unit): Panel(benches[committee], _tree(unit, children)) for committee, unit in pairs}


def _tree(unit: int, children: Mapping[int, list[int]]) -> set[int]:
    found, waiting = {unit}, [unit]
    while waiting:
        fresh = set(children.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found


def benches_of(committee_ids: Collection[int], day: date) -> dict[int, Bench]:
    """Return the benches of several committees on a day, in one query."""
    return _seat(committee_ids, fetch(_BENCHES, {"committees": list(committee_ids), "day": day}))


def _seat(committee_ids: Collection[int], rows: Iterable[Any]) -> dict[int, Bench]:
    benches = {committee_id: Bench({}) for committee_id in committee_ids}
    for committee_id, person_id, office, unit_id in rows:
        if committee_id is None:
            continue
        ruler = benches[committee_id].rulers.setdefault(person_id, Ruler(person_id))
        ruler.offices.add(office if office in SEATS else "stand_in")
        if unit_id is not None:
            ruler.units.add(unit_id)
    return benches


def _benches() -> Select[*tuple[Any, ...]]:
    member, committee, office = Membership.__table__.c, Committee.__table__.c, Office.__table__.c
    wanted: BindParameter[Any] = bindparam("committees", expanding=True)
    day = bindparam("day", type_=Date())
    seats = select(member.committee_id, member.person_id, member.office).where(
        member.committee_id.in_(wanted),
        member.office.in_(SEATS),
        member.from_on <= day,
        or_(member.to_on.is_(None), member.to_on >= day),
    )
    named = select(committee.id, committee.stand_in_id, committee.kind).where(
        committee.id.in_(wanted), committee.stand_in_id.is_not(None)
    )
    seated = seats.union_all(named).subquery()
    in_office = (
        (office.person_id == seated.c.person_id)
        & (office.from_on <= day)
        & or_(office.to_on.is_(None), office.to_on >= day)
    )
    return select(seated.c.committee_id, seated.c.person_id, seated.c.office, office.unit_id).select_from(
        seated.outerjoin(Office.__table__, in_office)
    )


def _below() -> Select[*tuple[Any, ...]]:
    unit = Unit.__table__.c
    tree = select(unit.id).where(unit.id == bindparam("unit")).cte("tree", recursive=True)
    tree = tree.union(select(unit.id).join(tree, unit.parent_id == tree.c.id))
    nobody = cast(null(), Integer)
    return select(nobody.label("committee_id"), nobody.label("person_id"), literal("").label("office"), tree.c.id)


# Built once, because every page about a task asks them. Rows without a committee are the unit and those below it.
_BENCHES = _benches()
_PANEL = union_all(_BENCHES, _below())
_PARENTS = select(Unit.__table__.c.id, Unit.__table__.c.parent_id).where(
    Unit.__table__.c.authority_id == bindparam("authority"), Unit.__table__.c.parent_id.is_not(None)
)
