"""Role `bench`: measure our pages beside a bare application on the same data, in one run."""

from __future__ import annotations

import json
import platform
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.bench import servers, stores
from app.bench.measuring import CELL, Dose, load, measure
from app.bench.operations import OPERATIONS, floor_side, own_side
from app.bench.table import table
from app.clock import now, today
from config import load_settings

if TYPE_CHECKING:
    import argparse

    from app.bench.measuring import Measured
    from app.bench.stores import Engines

TASKS, QUICK_TASKS = 100_000, 3_000
CELLS, QUICK_CELLS = 25, 5
ENGINES = ("sqlite", "postgresql")
SECONDS = 30.0
BUSY = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Choose size, engine and length, and where the figures go."""
    parser.add_argument("--tasks", type=int, help=f"số nhiệm vụ (how many tasks), mặc định {TASKS}")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both", help="cơ sở dữ liệu (database)")
    parser.add_argument("--cells", type=int, help=f"số lượt đo, mỗi lượt {CELL} yêu cầu (cells of {CELL} requests)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="tối đa bao lâu mỗi thao tác (at most, each)")
    parser.add_argument("--quick", action="store_true", help="liều nhỏ, vài giây (a small dose, some seconds)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="ghi cả số liệu vào tệp (also write the JSON there)")


def run(args: argparse.Namespace) -> int:
    """Measure, print the table and the JSON; 1 where an answer was wrong, a missed bar alone is only named."""
    tasks = max(args.tasks or (QUICK_TASKS if args.quick else TASKS), 100)
    dose = Dose(args.cells or (QUICK_CELLS if args.quick else CELLS), args.seconds)
    rows: list[Measured] = []
    for engine in ENGINES if args.engine == "both" else (args.engine,):
        rows += measure_engine(engine, tasks, dose)
    figures = {
        "at": now().isoformat(timespec="seconds"),
        "tasks": tasks,
        "python": platform.python_version(),
        "load": round(load(), 1),
        "rows": [row.as_json() for row in rows],
    }
    print(table(rows))
    if load() > BUSY:
        say(f"Máy đang bận (tải {load():.1f}): nên đo lại khi máy rảnh. (The machine is busy; better measure again.)")
    print(json.dumps(figures, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if any(row.wrong for row in rows) else 0


def measure_engine(engine: str, tasks: int, dose: Dose) -> list[Measured]:
    """Build or find the data, start both servers, and measure every operation on one engine."""
    folder = load_settings().var_dir / "bench"
    kept: Engines = stores.SQLiteFiles(folder) if engine == "sqlite" else stores.PostgresServer(stores.postgres_url())
    with ExitStack() as stack:
        say(f"{engine}: chuẩn bị {tasks} nhiệm vụ… (preparing the data)")
        floor_store, own_store = (
            stack.enter_context(stores.filled(kept, side, tasks, today())) for side in stores.SIDES
        )
        say(f"{engine}: đang đo… (measuring)")
        floor = floor_side(stack.enter_context(servers.floor(floor_store.url)), floor_store, tasks)
        own = own_side(stack.enter_context(servers.own(own_store.url)), own_store, tasks)
        return [measure(engine, operation, floor, own, dose) for operation in OPERATIONS]


def say(words: str) -> None:
    """Tell on stderr how far we are."""
    print(words, file=sys.stderr, flush=True)
