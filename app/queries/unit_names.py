"""What units were called on a day: a renamed unit keeps its old name in the past."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from app.db import session
from app.models import Unit, UnitName
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class UnitNames(dict[int, str]):
    """Names of units by id as they are now, in the authority's order; `on` gives those of a day."""

    def __init__(self, now: Mapping[int, str], shorts: Mapping[int, str], former: Mapping[int, list[UnitName]]) -> None:
        """Take today's names and short names, and of renamed units the former ones with their last day, in order."""
        super().__init__(now)
        self._shorts = shorts
        self._former = former

    def on(self, day: date) -> Mapping[int, str]:
        """Return the names that the units bore on a day."""
        if not self._former:
            return self
        return {unit: then.name if (then := self._then(unit, day)) else name for unit, name in self.items()}

    def short_on(self, unit: int, day: date) -> str:
        """Return the short name that a unit bore on a day."""
        then = self._then(unit, day)
        return then.short_name if then else self._shorts[unit]

    def _then(self, unit: int, day: date) -> UnitName | None:
        return next((name for name in self._former.get(unit, ()) if day <= name.until_on), None)


def unit_names(unit_ids: Iterable[int]) -> UnitNames:
    """Return the names of units by id, in one statement."""
    wanted = set(unit_ids)
    now: dict[int, str] = {}
    shorts: dict[int, str] = {}
    former: dict[int, list[UnitName]] = defaultdict(list)
    if wanted:
        query = (
            select(Unit.id, Unit.name, Unit.short_name, UnitName)
            .outerjoin(UnitName, UnitName.unit_id == Unit.id)
            .where(Unit.id.in_(wanted))
            .order_by(Unit.position, Unit.id, UnitName.until_on)
        )
        for unit, name, short, old in session.execute(query):
            now[unit], shorts[unit] = name, short
            if old is not None:
                former[unit].append(old)
    return UnitNames(now, shorts, former)


def former_names(unit_id: int) -> list[UnitName]:
    """Return the names that a unit had before, the latest first."""
    query = select(UnitName).where(UnitName.unit_id == unit_id).order_by(UnitName.until_on.desc())
    return list(session.scalars(query))


class Known(NamedTuple):
    """By which names a unit was known on a day."""

    id: int
    name: str
    aliases: tuple[str, ...]


def names_known_on(authority_id: int, day: date) -> list[Known]:
    """Return the units that existed on a day with the names that meant them then.

    What a unit's successor is called after it since then means the unit itself in a text of that day.
    """
    query = (
        select(Unit)
        .where(Unit.authority_id == authority_id, or_(Unit.abolished_on.is_(None), Unit.abolished_on > day))
        .order_by(Unit.position, Unit.id)
    )
    units = session.scalars(query).all()
    then = unit_names({unit.id for unit in units}).on(day)
    ended = [unit for unit in units if unit.abolished_on is not None]
    taken = {fold(name) for unit in ended for name in (unit.name, unit.short_name, *unit.aliases)}
    found = []
    for unit in units:
        names = (unit.name, unit.short_name, *unit.aliases)
        own = names if unit in ended else tuple(name for name in names if fold(name) not in taken)
        found.append(Known(unit.id, then[unit.id], own))
    return found
