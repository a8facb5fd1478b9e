"""Takes the times: short cells of one side and the other in turn, so that both meet the same machine."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from itertools import islice
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from app.bench.processes import processor_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.bench.operations import Operation, Side, Step

CELL = 12
"""Requests of one side before it is the other's turn."""
WARM_UP = CELL
FEWEST = 3
"""Cells that are measured however long they take."""
MS = 1000


class Dose(NamedTuple):
    """How much is measured of each operation: cells at most, and seconds at most."""

    cells: int
    seconds: float


@dataclass(frozen=True)
class Measured:
    """One row of the table: medians in milliseconds of floor and product, and how they compare with the bar.

    Of each side also the processor time that its workers took a request, 0 where the system does not say: where
    others use the machine, times tell how long one waited for it, but these still tell how much there was to do.
    """

    engine: str
    operation: str
    floor_ms: float
    own_ms: float
    floor_cpu_ms: float
    own_cpu_ms: float
    bar: float
    requests: int
    wrong: int

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes."""
        return self.own_ms / self.floor_ms

    @property
    def cpu_ratio(self) -> float | None:
        """The same of processor time; None where it is not known."""
        return self.own_cpu_ms / self.floor_cpu_ms if self.floor_cpu_ms else None

    @property
    def met(self) -> bool:
        """Whether the bar is met, at the median, by right answers."""
        return self.ratio <= self.bar and not self.wrong

    def as_json(self) -> dict[str, Any]:
        """Return the row for a program."""
        cpu = None if self.cpu_ratio is None else round(self.cpu_ratio, 2)
        return {**asdict(self), "ratio": round(self.ratio, 2), "cpu_ratio": cpu, "met": self.met}


@dataclass
class Tally:
    """The medians of one side's cells in ms, how many answers were wrong, and the workers' processor seconds."""

    cells: list[float]
    wrong: int = 0
    cpu: float = 0.0

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return len(self.cells) * CELL

    @property
    def cpu_ms(self) -> float:
        """Processor time of a request in milliseconds."""
        return round(self.cpu / self.requests * MS, 3)

    def add(self, side: Side, steps: list[Step]) -> None:
        """Send a cell's requests one after the other."""
        seconds, before = [], processor_time(side.workers)
        for step in steps:
            answer = side.client.send(step.request)
            seconds.append(answer.seconds)
            self.wrong += not step.is_right(answer)
        self.cells.append(median(seconds) * MS)
        self.cpu += processor_time(side.workers) - before


def measure(engine: str, operation: Operation, floor: Side, own: Side, dose: Dose) -> Measured:
    """Measure one operation; fewer cells where time, or the tasks that can still be moved, run out."""
    supplies = floor.steps[operation.name], own.steps[operation.name]
    for side, supply in zip((floor, own), supplies, strict=True):
        Tally([]).add(side, take(supply, WARM_UP))
    tallies = Tally([]), Tally([])
    begun = perf_counter()
    for turn in range(dose.cells):
        both = [take(supply, CELL) for supply in supplies]
        if not all(both) or (turn >= FEWEST and perf_counter() - begun > dose.seconds):
            break
        for at in (0, 1) if turn % 2 else (1, 0):
            tallies[at].add((floor, own)[at], both[at])
    floors, owns = tallies
    return Measured(
        engine,
        operation.name,
        floor_ms=round(median(floors.cells), 3),
        own_ms=round(median(owns.cells), 3),
        floor_cpu_ms=floors.cpu_ms,
        own_cpu_ms=owns.cpu_ms,
        bar=operation.bar,
        requests=floors.requests + owns.requests,
        wrong=floors.wrong + owns.wrong,
    )


def take(supply: Iterator[Step], count: int) -> list[Step]:
    """Return the next steps of a supply; an empty list where they have run out."""
    found = list(islice(supply, count))
    return found if len(found) == count else []


def load() -> float:
    """Return how many programs wanted the processor in the last minute, 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
