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

from app.bench import servers, space, stores
from app.bench.accounts import account_marks
from app.bench.crowd import measure_crowd
from app.bench.growth import QUICK_SIZES, QUICK_TIMES, SIZES, TIMES, grown_pages
from app.bench.measuring import CELL, Dose, load, measure
from app.bench.operations import OPERATIONS, floor_side, own_side
from app.bench.pages import page_costs
from app.bench.processes import REQUESTS, memory_mark, start, start_mark
from app.bench.sample import rare_words
from app.bench.table import crowd_table, growth_table, mark_table, misses, page_table, table
from app.clock import now, today
from config import load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from app.bench.crowd import Crowded
    from app.bench.growth import Grown
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
    """How much is looked at beside the ratios: starts of the server, requests before its memory, views of a page.

    `crowds`: cells of several clients, `rounds`: requests of each of them in a cell.
    """

    starts: int
    requests: int
    times: int
    crowds: int
    rounds: int


FULL, QUICK = Extent(5, REQUESTS, 9, 8, 12), Extent(1, 20, 2, 1, 2)


@dataclass
class Findings:
    """What has been measured so far."""

    rows: list[Measured] = field(default_factory=list)
    crowds: list[Crowded] = field(default_factory=list)
    grown: list[Grown] = field(default_factory=list)
    pages: list[PageCost] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Choose size, engine and length, and where the figures go."""
    parser.add_argument("--tasks", type=int, help=f"số nhiệm vụ (how many tasks), mặc định {TASKS}")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both", help="cơ sở dữ liệu (database)")
    parser.add_argument("--cells", type=int, help=f"số lượt đo, mỗi lượt {CELL} yêu cầu (cells of {CELL} requests)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="tối đa bao lâu mỗi thao tác (at most, each)")
    parser.add_argument("--quick", action="store_true", help="liều nhỏ, vài giây (a small dose, some seconds)")
    parser.add_argument(
        "--growth", action="store_true", help="đo các trang khi số nhiệm vụ tăng, rất lâu (pages as tasks get many)"
    )
    parser.add_argument("--sizes", type=int, nargs="+", help=f"các mức số nhiệm vụ (sizes), mặc định {SIZES}")
    parser.add_argument("--keep", action="store_true", help="giữ lại dữ liệu lớn để đo lần sau (keep the large data)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="ghi cả số liệu vào tệp (also write the JSON there)")


def run(args: argparse.Namespace) -> int:
    """Measure, print tables and JSON; 1 where an answer was wrong, a missed bar alone is only named."""
    tasks = max(args.tasks or (QUICK_TASKS if args.quick else TASKS), LEAST_TASKS)
    dose = Dose(args.cells or (QUICK_CELLS if args.quick else CELLS), args.seconds)
    found = Findings()
    engines = ENGINES if args.engine == "both" else (args.engine,)
    if args.growth:
        tasks = measure_growth(engines, args, found)
    else:
        for engine in engines:
            measure_engine(engine, tasks, dose, QUICK if args.quick else FULL, found)
    figures = figures_of(found, tasks)
    print(*tables_of(found), sep="\n\n", end="\n\n")
    print(*figures["missed"] or ["Mọi ngưỡng đã đo đều đạt. (All bars that were measured are met.)"], sep="\n")
    if load() > BUSY:
        say(f"Máy đang bận (tải {load():.1f}): nên đo lại khi máy rảnh. (The machine is busy; better measure again.)")
    print(json.dumps(figures, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if any(row.wrong for row in found.rows) or any(row.wrong for row in found.crowds) else 0


def tables_of(found: Findings) -> list[str]:
    """Return a table of each thing that was measured."""
    return [
        *([table(found.rows)] if found.rows else []),
        *([crowd_table(found.crowds)] if found.crowds else []),
        *([page_table(found.pages)] if found.pages else []),
        *([growth_table(found.grown)] if found.grown else []),
        *([mark_table(found.marks)] if found.marks else []),
    ]


def figures_of(found: Findings, tasks: int) -> dict[str, Any]:
    """Return all that was measured, for a program; `missed` names each missed bar in a sentence."""
    return {
        "at": now().isoformat(timespec="seconds"),
        "tasks": tasks,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(load(), 1),
        "rows": [row.as_json() for row in found.rows],
        "crowds": [row.as_json() for row in found.crowds],
        "pages": [cost.as_json() for cost in found.pages],
        "growth": [row.as_json() for row in found.grown],
        "server": [mark.as_json() for mark in found.marks],
        "missed": misses(found.rows, found.pages, found.marks, found.crowds, found.grown),
    }


def kept_by(engine: str, files: stores.SQLiteFiles) -> Engines:
    """Return where the databases of an engine are kept."""
    return files if engine == "sqlite" else stores.PostgresServer(stores.postgres_url())


def measure_growth(engines: Sequence[str], args: argparse.Namespace, found: Findings) -> int:
    """Measure every page on data of each size, and the work over all tasks on the largest; return its size."""
    folder = load_settings().var_dir / "bench"
    files = stores.SQLiteFiles(folder)
    sizes: list[int] = sorted(args.sizes or (QUICK_SIZES if args.quick else SIZES))
    places = {engine: kept_by(engine, files) for engine in engines}
    # All before the first move: what is lent is measured itself, and PostgreSQL copies the rows of SQLite's file.
    for engine, kept in places.items():
        for size in sizes:
            space.require(folder, engine, size, copied=args.keep or size <= TASKS)
            say(f"{engine}: chuẩn bị {size} nhiệm vụ… (preparing the data)")
            stores.build(kept, "own", size, today(), files)
    with ExitStack() as leaving:
        for engine, kept in places.items():
            with ExitStack() as stack:
                grounds = {
                    size: stack.enter_context(
                        stores.filled(kept, "own", size, today(), files)
                        if args.keep or size <= TASKS
                        else stores.lent(kept, size, today(), files, leaving)
                    )
                    for size in sizes
                }
                say(f"{engine}: đang đo… (measuring)")
                times = QUICK_TIMES if args.quick else TIMES
                for row in grown_pages(engine, grounds, today(), rare_words()[0], times):
                    say(f"{engine}: {row.page} ms {row.ms}, CPU {row.cpu_ms}")
                    found.grown.append(row)
                found.marks.extend(account_marks(engine, grounds[sizes[-1]].url, today()))
    return sizes[-1]


def measure_engine(engine: str, tasks: int, dose: Dose, extent: Extent, found: Findings) -> None:
    """Build or find the data, start both servers, and measure everything on one engine."""
    files = stores.SQLiteFiles(load_settings().var_dir / "bench")
    kept = kept_by(engine, files)
    with ExitStack() as stack:
        say(f"{engine}: chuẩn bị {tasks} nhiệm vụ… (preparing the data)")
        floor_store, own_store = (
            stack.enter_context(stores.filled(kept, side, tasks, today(), files)) for side in stores.SIDES
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
        few = Dose(extent.crowds, dose.seconds)
        crowds = (measure_crowd(engine, operation, (floor, own), few, extent.rounds) for operation in OPERATIONS)
        found.crowds.extend(row for row in crowds if row)
    with stores.filled(kept, "own", tasks, today(), files) as store:
        found.marks.extend(account_marks(engine, store.url, today()))


def say(words: str) -> None:
    """Tell on stderr how far we are."""
    print(words, file=sys.stderr, flush=True)
