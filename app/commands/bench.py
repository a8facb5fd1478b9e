"""Role `bench`: measure our pages beside a bare application on the same data, in one run."""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from app.bench import servers, stores
from app.bench.measuring import CELL, Dose, load, measure
from app.bench.operations import OPERATIONS, floor_side, own_side
from app.bench.pages import page_costs
from app.bench.processes import REQUESTS, memory_mark, start, start_mark
from app.bench.sample import rare_words
from app.bench.table import mark_table, misses, page_table, table
from app.clock import now, today
from config import load_settings

if TYPE_CHECKING:
    import argparse

    from app.bench.measuring import Measured
    from app.bench.pages import PageCost
    from app.bench.processes import Mark
    from app.bench.stores import Engines

TASKS, QUICK_TASKS = 100_000, 3_000
CELLS, QUICK_CELLS = 25, 3
LEAST_TASKS = 100
ENGINES = ("sqlite", "postgresql")
SECONDS = 30.0
BUSY = 2.0


class Extent(NamedTuple):
    """How much is looked at beside the ratios: starts of the server, requests before its memory, views of a page."""

    starts: int
    requests: int
    times: int


FULL, QUICK = Extent(5, REQUESTS, 9), Extent(1, 20, 2)


@dataclass
class Findings:
    """What has been measured so far."""

    rows: list[Measured] = field(default_factory=list)
    pages: list[PageCost] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Choose size, engine and length, and where the figures go."""
    parser.add_argument("--tasks", type=int, help=f"số nhiệm vụ (how many tasks), mặc định {TASKS}")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both", help="cơ sở dữ liệu (database)")
    parser.add_argument("--cells", type=int, help=f"số lượt đo, mỗi lượt {CELL} yêu cầu (cells of {CELL} requests)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="tối đa bao lâu mỗi thao tác (at most, each)")
    parser.add_argument("--quick", action="store_true", help="liều nhỏ, vài giây (a small dose, some seconds)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="ghi cả số liệu vào tệp (also write the JSON there)")


def run(args: argparse.Namespace) -> int:
    """Measure, print tables and JSON; 1 where an answer was wrong, a missed bar alone is only named."""
    tasks = max(args.tasks or (QUICK_TASKS if args.quick else TASKS), LEAST_TASKS)
    dose = Dose(args.cells or (QUICK_CELLS if args.quick else CELLS), args.seconds)
    found = Findings()
    for engine in ENGINES if args.engine == "both" else (args.engine,):
        measure_engine(engine, tasks, dose, QUICK if args.quick else FULL, found)
    figures = figures_of(found, tasks)
    print(table(found.rows), page_table(found.pages), mark_table(found.marks), sep="\n\n", end="\n\n")
    print(*figures["missed"] or ["Mọi ngưỡng đã đo đều đạt. (All bars that were measured are met.)"], sep="\n")
    if load() > BUSY:
        say(f"Máy đang bận (tải {load():.1f}): nên đo lại khi máy rảnh. (The machine is busy; better measure again.)")
    print(json.dumps(figures, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if any(row.wrong for row in found.rows) else 0


def figures_of(found: Findings, tasks: int) -> dict[str, Any]:
    """Return all that was measured, for a program; `missed` names each missed bar in a sentence."""
    return {
        "at": now().isoformat(timespec="seconds"),
        "tasks": tasks,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(load(), 1),
        "rows": [row.as_json() for row in found.rows],
        "pages": [cost.as_json() for cost in found.pages],
        "server": [mark.as_json() for mark in found.marks],
        "missed": misses(found.rows, found.pages, found.marks),
    }


def measure_engine(engine: str, tasks: int, dose: Dose, extent: Extent, found: Findings) -> None:
    """Build or find the data, start both servers, and measure everything on one engine."""
    folder = load_settings().var_dir / "bench"
    kept: Engines = stores.SQLiteFiles(folder) if engine == "sqlite" else stores.PostgresServer(stores.postgres_url())
    with ExitStack() as stack:
        say(f"{engine}: chuẩn bị {tasks} nhiệm vụ… (preparing the data)")
        floor_store, own_store = (
            stack.enter_context(stores.filled(kept, side, tasks, today())) for side in stores.SIDES
        )
        say(f"{engine}: đang đo… (measuring)")
        took = [start(own_store.url) for _ in range(extent.starts - 1)]
        found.pages.extend(page_costs(engine, own_store.url, today(), rare_words()[0], extent.times))
        floor = floor_side(stack.enter_context(servers.floor(floor_store.url)), floor_store, tasks)
        begun = perf_counter()
        port = stack.enter_context(servers.own(own_store.url))
        found.marks.append(start_mark(engine, [*took, perf_counter() - begun]))
        own = own_side(port, own_store, tasks)
        memory = memory_mark(engine, port, own, extent.requests)
        found.marks.extend([memory] if memory else [])
        found.rows.extend(measure(engine, operation, floor, own, dose) for operation in OPERATIONS)


def say(words: str) -> None:
    """Tell on stderr how far we are."""
    print(words, file=sys.stderr, flush=True)
