"""The tasks behind each number of a kept month, read one list at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import select

from app.db import session
from app.errors import ChangedMeanwhileError
from app.models import KeptList
from app.queries.monthly import FIGURES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflows.compliance import Line


def steps_of(ids: Sequence[int]) -> list[int]:
    """Return ids in order as distances: a third of the room that the ids themselves take."""
    return [later - one for one, later in pairwise([0, *ids])]


def ids_of_steps(steps: Sequence[int]) -> list[int]:
    """Return the ids again."""
    return list(accumulate(steps))


class Place(NamedTuple):
    """Where lists are kept: the month, and which of its editions."""

    committee_id: int
    begins_on: date
    edition: int


class KeptLists(Mapping[int, Mapping[str, list[int]]]):
    """The lists of a kept month by unit and figure; a figure's are read when the first of them is asked for."""

    def __init__(self, place: Place, units: Mapping[int, Line]) -> None:
        """Take where they are kept, and what they must count."""
        self._place, self._units = place, units
        self._read: dict[str, dict[int, list[int]]] = {}

    def __getitem__(self, unit_id: int) -> Mapping[str, list[int]]:
        """Return the lists of a unit by figure."""
        self._units[unit_id]
        return _ListsOfUnit(self, unit_id)

    def __iter__(self) -> Iterator[int]:
        """Return the units."""
        return iter(self._units)

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self._units)

    def ids(self, unit_id: int, figure: str) -> list[int]:
        """Return the tasks that a number counts.

        :raises ChangedMeanwhileError: they were replaced twice since the month was read.
        """
        if figure not in self._read:
            self._read[figure] = self._fetch(figure)
        return self._read[figure].get(unit_id, [])

    def _fetch(self, figure: str) -> dict[int, list[int]]:
        query = select(KeptList.unit_id, KeptList.steps).where(
            KeptList.committee_id == self._place.committee_id,
            KeptList.begins_on == self._place.begins_on,
            KeptList.edition == self._place.edition,
            KeptList.figure == figure,
        )
        found = {unit_id: ids_of_steps(steps) for unit_id, steps in session.execute(query)}
        if any(len(found.get(unit, ())) != counts(line, figure) for unit, line in self._units.items()):
            raise ChangedMeanwhileError(
                "Số liệu tháng vừa được tính lại. Hãy tải lại trang.",
                "The figures of the month have just been computed anew. Load the page again.",
            )
        return found


def counts(line: Line, figure: str) -> int:
    """Return a figure of a line by its name."""
    return cast("int", getattr(line, figure))


class _ListsOfUnit(Mapping[str, list[int]]):
    """The lists of one unit by figure."""

    def __init__(self, lists: KeptLists, unit_id: int) -> None:
        self._lists, self._unit_id = lists, unit_id

    def __getitem__(self, figure: str) -> list[int]:
        return self._lists.ids(self._unit_id, figure)

    def __iter__(self) -> Iterator[str]:
        return iter(FIGURES)

    def __len__(self) -> int:
        return len(FIGURES)
