"""What the product's server takes beside time: how long it starts, and the memory of its workers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from app.bench import servers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from app.bench.operations import Side

START_SECONDS, MEMORY_MB = 2.0, 200.0
"""The bars: median of the seconds to the first answer, and PSS of the two workers after 1,000 requests."""
REQUESTS = 1_000
_SERVING = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
)
_PROC = Path("/proc")
_KB = 1024
_NANO = 1_000_000_000


@dataclass(frozen=True)
class Mark:
    """One figure with its bar; it is met where the value is not above it."""

    engine: str
    name: str
    vi: str
    en: str
    value: float
    bar: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        return self.value <= self.bar

    def as_json(self) -> dict[str, Any]:
        """Return the figure for a program."""
        return {**asdict(self), "met": self.met}


def start(url: str) -> float:
    """Start the server, stop it, and return the seconds from the command to its first answer."""
    begun = perf_counter()
    with servers.own(url):
        return perf_counter() - begun


def start_mark(engine: str, took: Sequence[float]) -> Mark:
    """Return the median of some starts, in seconds."""
    value = round(median(took), 2)
    return Mark(engine, "start", "khởi động đến câu trả lời đầu", "start to first answer", value, START_SECONDS, "s")


def memory_mark(engine: str, port: int, own: Side, requests: int) -> Mark | None:
    """Ask list and task in turn, then add up the memory of the workers; None where the system does not tell it."""
    for at in range(requests):
        own.client.send(next(own.steps["list" if at % 2 else "task"]).request)
    found = [_pss(process) for process in workers_of(port)]
    if not found:
        return None
    value = round(sum(found) / _KB, 1)
    en = f"memory (PSS) of {len(found)} workers after {requests} requests"
    vi = f"bộ nhớ (PSS) của {len(found)} tiến trình sau {requests} yêu cầu"
    return Mark(engine, "memory", vi, en, value, MEMORY_MB, "MB")


def workers_of(port: int) -> list[int]:
    """Return the processes that a server on a port has forked; none where the system has no /proc."""
    asked = f"\0{port}\0".encode()
    serving = {process for process, command in _commands() if asked in command}
    return sorted(process for process in serving if _parent(process) in serving)


def _commands() -> Iterator[tuple[int, bytes]]:
    for folder in _PROC.glob("[0-9]*"):
        try:
            yield int(folder.name), (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended meanwhile


def _parent(process: int) -> int:
    text = (_PROC / str(process) / "stat").read_text("latin-1")
    return int(text.rpartition(")")[2].split()[1])


def processor_time(processes: Sequence[int]) -> float:
    """Return the seconds of processor time that some processes of one thread have had; 0 where nothing tells it."""
    try:
        return sum(int((_PROC / str(one) / "schedstat").read_text("ascii").split()[0]) for one in processes) / _NANO
    except OSError:
        return 0.0


def busy_time(engine: Engine) -> float:
    """Return the processor seconds of this process, and of those in which PostgreSQL serves the same database here."""
    if engine.dialect.name != "postgresql":
        return process_time()
    with engine.connect() as connection:
        return process_time() + processor_time(list(connection.scalars(_SERVING)))


def _pss(process: int) -> int:
    """Return the proportional memory of a process in kilobytes."""
    lines = (_PROC / str(process) / "smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
