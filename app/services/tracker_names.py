"""What names in a tracker mean that no unit has: said once for all rows of an import, remembered for the next one.

Names of units are the administrator's. What a secretary says here holds for her committee's trackers alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.clock import today
from app.db import session
from app.models import TrackerImport, Unit
from app.queries.notices import names_gone, unit_names
from app.reading.matching import Directory
from app.reading.model import UnitName
from app.reading.normalise import name_key
from app.tracker.cells import MAX_READ, CellReader
from app.tracker.offices import UnitReader

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from app.models import TrackerRow

MEANT, REMEMBERED = "names", "remembered"
"""Where an import keeps (in `mapping`, beside its columns) the unit that a name means; and which to remember."""
NOBODY = -1
"""What a name means that is no unit's at all: its words are only kept below the task's."""
_CELLS = ("lead", "helpers")
_MOST = 30
"""So many names are asked about above the rows; more stay to be mended row by row."""


@dataclass(frozen=True)
class Meaning:
    """A name that no unit has, in how many rows it stands, what it was said to mean, and whether to remember that."""

    name: str
    rows: int
    unit_id: int | None = None
    remembered: bool = False


@dataclass(frozen=True)
class Names:
    """What is asked above the rows: names to be told, the most frequent first; names told; how many still come."""

    asked: list[Meaning]
    told: list[Meaning]
    more: int

    @property
    def shown(self) -> list[Meaning]:
        """All that the page shows."""
        return self.asked + self.told


def names_asked(made: TrackerImport, rows: Sequence[TrackerRow]) -> Names:
    """Return the names that stand in rows not yet brought in; spellings that mean the same are one name."""
    left = [row for row in rows if not row.task_ids]
    spellings: dict[str, Counter[str]] = {}
    unknown: Counter[str] = Counter()
    for row in left:
        names = {_key(name): name for name in _unknown(row)}
        unknown.update(names.keys())
        for key, name in names.items():
            spellings.setdefault(key, Counter())[name] += 1
    asked = [Meaning(spellings[key].most_common(1)[0][0], count) for key, count in unknown.most_common(_MOST)]
    return Names(asked, _told(made, left, unknown), len(unknown) - len(asked))


def _told(made: TrackerImport, left: Sequence[TrackerRow], unknown: Container[str]) -> list[Meaning]:
    meant = {name: unit for name, unit in meanings_of(made).items() if unit and _key(name) not in unknown}
    if not meant:
        return []
    kept = {_key(name): unit for name, unit in _remembered(made, itself=True).items()}
    words = [f" {name_key(' ; '.join(_raw(row, cell)[:MAX_READ] for cell in _CELLS))} " for row in left]
    found = []
    for name, unit in meant.items():
        key = _key(name)
        if count := sum(f" {key} " in each for each in words):
            found.append(Meaning(name, count, unit, remembered=kept.get(key) == unit))
    return found


def _key(name: str) -> str:
    return name_key(name) or name


def _unknown(row: TrackerRow) -> set[str]:
    found: set[str] = set()
    for cell in _CELLS:
        # A row that was mended by itself asks no more.
        mended = row.said.get(cell) or (cell == "helpers" and row.said.get("aside") == "yes")
        if cell in row.cells and not mended:
            found |= {*row.cells[cell]["read"].get("unknown", ())}
    return found


def _raw(row: TrackerRow, cell: str) -> str:
    return str(row.cells[cell]["raw"]) if cell in row.cells else ""


def meanings_of(made: TrackerImport) -> dict[str, int]:
    """Return the unit that each name means: as remembered from the committee's earlier imports, else as said in this.

    NOBODY where it is no unit's, 0 where a name that was remembered is to mean nothing any more.
    """
    query = select(Unit.id).where(Unit.authority_id == made.authority_id, Unit.abolished_on.is_(None))
    said = [*_remembered(made).items(), *made.mapping.get(MEANT, {}).items()]
    if not said:
        return {}
    living = {*session.scalars(query), 0, NOBODY}
    # Of two spellings of one name what was said last holds; a unit that is no more takes its name from nobody.
    newest = {_key(name): (name, int(unit)) for name, unit in said}
    return {name: unit for name, unit in newest.values() if unit in living}


def _remembered(made: TrackerImport, *, itself: bool = False) -> dict[str, int]:
    """Return what the committee's imports before this one (and `itself`) said to remember, the latest last."""
    upto = TrackerImport.id <= made.id if itself else TrackerImport.id < made.id
    query = select(TrackerImport.mapping).where(TrackerImport.committee_id == made.committee_id, upto)
    found: dict[str, int] = {}
    for mapping in session.scalars(query.order_by(TrackerImport.id)):
        for name, unit in mapping.get(REMEMBERED, {}).items():
            found.pop(name, None)
            found[name] = int(unit)
    return found


def units_of_import(made: TrackerImport) -> UnitReader:
    """Return what reads the units of an import's rows: by their own names, and by what was said that names mean."""
    units, groups = unit_names(made.authority_id)
    meant = meanings_of(made)
    taken = {name_key(name) for name, means in meant.items() if means > 0}
    known = [
        UnitName(unit.id, unit.name, (
            # A name that two units share means neither until somebody says which.
            *(alias for alias in unit.aliases if name_key(alias) not in taken),
            *(name for name, means in meant.items() if means == unit.id),
        ))
        for unit in units
    ]  # fmt: skip
    return UnitReader(
        Directory.of(known, groups, names_gone(made.authority_id)),
        [name for name, means in meant.items() if means == NOBODY],
    )


def mean_names(made: TrackerImport, rows: Sequence[TrackerRow], said: Mapping[str, tuple[int, bool]]) -> None:
    """Note what names mean and whether to remember it, and read the units of all rows anew.

    A name means a unit, NOBODY, or 0 where nothing is said any more. What was typed in single rows stays; rows that
    were brought in stay as they are.
    """
    units, _groups = unit_names(made.authority_id)
    living = {int(unit.id) for unit in units} | {0, NOBODY}
    good = {name: told for name, told in said.items() if told[0] in living}
    keys = {_key(name) for name in good}
    kept = {name: unit for name, unit in made.mapping.get(REMEMBERED, {}).items() if _key(name) not in keys}
    before = {_key(name) for name in meanings_of(made)}
    for name, (unit_id, remember) in good.items():
        if remember or _key(name) in before:
            kept[name] = unit_id if remember else 0
    meant = {name: unit for name, unit in made.mapping.get(MEANT, {}).items() if _key(name) not in keys}
    meant |= {name: unit_id for name, (unit_id, _remember) in good.items()}
    made.mapping = {**made.mapping, MEANT: meant, REMEMBERED: kept}
    session.flush()
    reader = CellReader(units_of_import(made), today())
    for row in rows:
        if not row.task_ids:
            row.cells = {**row.cells, **_read_again(row.cells, reader)}


def _read_again(cells: Mapping[str, Any], reader: CellReader) -> dict[str, Any]:
    return {
        name: reader.units(str(cells[name]["raw"]), name).told()
        for name in _CELLS
        if name in cells and len(str(cells[name]["raw"])) <= MAX_READ
    }


def changed_meanings(asked: Iterable[Meaning], said: Mapping[str, tuple[int, bool]]) -> dict[str, tuple[int, bool]]:
    """Return of what a page sent about names only what differs from how they stand."""
    stand = {each.name: (each.unit_id or 0, each.remembered) for each in asked}
    differs = {name: told for name, told in said.items() if name in stand and told != stand[name]}
    return {name: told for name, told in differs.items() if told[0] or stand[name][0]}
