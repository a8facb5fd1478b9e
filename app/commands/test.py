"""Role `test`: pytest on SQLite and PostgreSQL; whatever follows goes to pytest."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from app.bootstrap import ROOT

if TYPE_CHECKING:
    import argparse

PASSES_ON = True  # options unknown to us are pytest's
PROCESSES = "2"
# Whoever has nothing left takes over from the other: the long tests of the browser all lie in one half.
TURNS = ("--dist", "worksteal")
ALONE = ("-n", "--numprocesses", "--pdb", "--collect-only", "--co")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Explain what may follow."""
    parser.usage = "run.py test [TỆP HOẶC TÙY CHỌN CỦA PYTEST (files or options of pytest)…]"
    parser.epilog = (
        "Ví dụ (examples):\n"
        "  run.py test                        tất cả, hai tiến trình (all, two processes)\n"
        "  run.py test tests/rules -n 0       một thư mục, một tiến trình (one folder, one process)\n"
        "  run.py test -k sqlite              chỉ trên SQLite (on SQLite alone)\n"
        "TEST_DATABASE_URL: máy chủ PostgreSQL có sẵn; nếu không đặt thì tự chạy một máy chủ tạm.\n"
        "TEST_DATABASE_URL: a PostgreSQL server to use instead of a temporary one."
    )


def run(args: argparse.Namespace) -> int:
    """Run pytest and return its exit code; an end asked for by signal stops the test servers, too."""
    import pytest  # noqa: PLC0415 - not installed where only the product runs

    options: list[str] = args.passed_on
    if not any(option.startswith(ALONE) for option in options):
        options = ["-n", PROCESSES, *TURNS, *options]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.chdir(ROOT)
    return int(pytest.main(options))
