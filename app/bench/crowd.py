"""Several clients at once: requests a second of both sides, and how far slow answers lie from the median."""

from __future__ import annotations

import selectors
import socket
from dataclasses import asdict, dataclass, field
from itertools import islice
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from app.bench.client import Answer, length_of, parse_head
from app.bench.measuring import FEWEST, MS, take
from app.bench.processes import processor_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.bench.measuring import Dose
    from app.bench.operations import Operation, Side, Step

CLIENTS = 8
TAIL = 1.5
"""The bar: p95 ÷ median of ours is at most so many times the floor's."""
_SLOW = 0.95
_CHUNK = 1 << 18
_PATIENCE = 120.0


@dataclass(frozen=True)
class Crowded:
    """One row: requests a second of floor and product with several clients, and p95 ÷ median of each.

    Of each side also the processor milliseconds of its workers a request, 0 where the system does not say.
    """

    engine: str
    operation: str
    floor_rps: float
    own_rps: float
    floor_tail: float
    own_tail: float
    floor_cpu_ms: float
    own_cpu_ms: float
    bar: float
    requests: int
    wrong: int

    @property
    def ratio(self) -> float:
        """How many requests the floor answers while ours answers one."""
        return self.floor_rps / self.own_rps

    @property
    def cpu_ratio(self) -> float | None:
        """How many times the floor's processor time ours takes; None where it is not known."""
        return self.own_cpu_ms / self.floor_cpu_ms if self.floor_cpu_ms else None

    @property
    def tail_bar(self) -> float:
        """What p95 ÷ median of ours may be."""
        return round(TAIL * self.floor_tail, 2)

    @property
    def met(self) -> bool:
        """Whether both bars are met, by right answers."""
        return self.ratio <= self.bar and self.own_tail <= self.tail_bar and not self.wrong

    def as_json(self) -> dict[str, Any]:
        """Return the row for a program."""
        cpu = None if self.cpu_ratio is None else round(self.cpu_ratio, 2)
        more = {"ratio": round(self.ratio, 2), "cpu_ratio": cpu, "tail_bar": self.tail_bar, "met": self.met}
        return asdict(self) | more


@dataclass
class Visits:
    """What was seen of one side: requests a second of each cell, seconds of each answer, wrong ones, processor time."""

    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    wrong: int = 0
    cpu: float = 0.0

    @property
    def tail(self) -> float:
        """p95 ÷ median of the answers."""
        ordered = sorted(self.seconds)
        return round(ordered[min(len(ordered) - 1, int(_SLOW * len(ordered)))] / median(ordered), 2)

    def add(self, side: Side, steps: Sequence[Step]) -> None:
        """Let all clients come until every step is done."""
        before, begun = processor_time(side.workers), perf_counter()
        answers = list(visit(side.client.port, steps))
        self.rates.append(len(steps) / (perf_counter() - begun))
        self.cpu += processor_time(side.workers) - before
        self.seconds += [answer.seconds for answer, _ in answers]
        self.wrong += sum(not is_right for _, is_right in answers)


def measure_crowd(
    engine: str, operation: Operation, sides: tuple[Side, Side], dose: Dose, rounds: int
) -> Crowded | None:
    """Measure floor and product in cells of `rounds` requests a client, in turn; None where not even one is left."""
    supplies, size = [side.steps[operation.name] for side in sides], CLIENTS * rounds
    floors, owns = Visits(), Visits()
    begun = perf_counter()
    for turn in range(dose.cells + 1):
        both = [take(supply, size) for supply in supplies]
        if not all(both) or (turn > FEWEST and perf_counter() - begun > dose.seconds):
            break
        # The first cell of each side warms it up.
        tallies = (floors, owns) if turn else (Visits(), Visits())
        for at in (0, 1) if turn % 2 else (1, 0):
            tallies[at].add(sides[at], both[at])
    if not owns.rates:
        return None
    return Crowded(
        engine,
        operation.name,
        floor_rps=round(median(floors.rates), 1),
        own_rps=round(median(owns.rates), 1),
        floor_tail=floors.tail,
        own_tail=owns.tail,
        floor_cpu_ms=round(floors.cpu / len(floors.seconds) * MS, 3),
        own_cpu_ms=round(owns.cpu / len(owns.seconds) * MS, 3),
        bar=operation.bar,
        requests=len(floors.seconds) + len(owns.seconds),
        wrong=floors.wrong + owns.wrong,
    )


@dataclass
class _Visitor:
    """One client in the middle of a request."""

    step: Step
    socket: socket.socket
    begun: float
    got: bytes = b""

    def answer(self) -> Answer | None:
        """Return the answer once it is whole."""
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            return None
        status, headers, _ = parse_head(head)
        if len(body) < length_of(headers):
            return None
        return Answer(status, headers, body, perf_counter() - self.begun)


def visit(port: int, steps: Sequence[Step], clients: int = CLIENTS) -> Iterator[tuple[Answer, bool]]:
    """Send all steps, so many at a time, and yield each answer with whether it is right.

    One thread waits for all: threads of this process would take processor time from the servers.
    """
    waiting = iter(steps)
    with selectors.DefaultSelector() as there:
        for step in islice(waiting, clients):
            _come(there, port, step)
        while there.get_map():
            ready = there.select(_PATIENCE)
            if not ready:
                raise ConnectionError(f"no answer within {_PATIENCE:.0f} seconds")
            for key, _ in ready:
                visitor: _Visitor = key.data
                visitor.got += _received(visitor.socket)
                if answer := visitor.answer():
                    there.unregister(visitor.socket)
                    visitor.socket.close()
                    if following := next(waiting, None):
                        _come(there, port, following)
                    yield answer, visitor.step.is_right(answer)


def _come(there: selectors.BaseSelector, port: int, step: Step) -> None:
    begun = perf_counter()
    connection = socket.create_connection(("127.0.0.1", port), _PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(step.request)
    there.register(connection, selectors.EVENT_READ, _Visitor(step, connection, begun))


def _received(connection: socket.socket) -> bytes:
    data = connection.recv(_CHUNK)
    if not data:
        raise ConnectionError("the server closed the connection before its answer ended")
    return data
