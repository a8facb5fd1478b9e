"""Role `check`: lint, format, types, layers and templates, each by its own tool."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from typing import NamedTuple

from app.bootstrap import ROOT, VENV_PYTHON

PYTHON = str(VENV_PYTHON)
LINT_IMPORTS = str(VENV_PYTHON.parent / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports"))


class Check(NamedTuple):
    """One tool: its short name, what it looks at, and how it is called from the project's folder."""

    name: str
    about: str
    command: tuple[str, ...]


CHECKS = (
    Check("ruff", "quy tắc mã nguồn (lint)", (PYTHON, "-m", "ruff", "check", "--output-format", "concise", ".")),
    Check(
        "format",
        "cách trình bày (format)",
        (PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise", "."),
    ),
    Check("imports", "tầng nào được gọi tầng nào (layers)", (LINT_IMPORTS, "--no-logo")),
    Check("templates", "mẫu trang (templates)", (PYTHON, "-m", "djlint", "templates", "--lint", "--quiet")),
    Check("mypy", "kiểu dữ liệu (types)", (PYTHON, "-m", "mypy")),
)
NAMES = tuple(check.name for check in CHECKS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let single checks be named."""
    parser.add_argument("names", nargs="*", type=known, metavar="TÊN", help=f"một trong (of): {', '.join(NAMES)}")


def known(name: str) -> str:
    """Return the name of a check; refuse one that does not exist."""
    if name not in NAMES:
        raise argparse.ArgumentTypeError(f"“{name}” không có; chọn trong (choose from): {', '.join(NAMES)}")
    return name


def run(args: argparse.Namespace) -> int:
    """Run the checks named, or all, and return 1 if any failed."""
    failed = [check.name for check in CHECKS if check.name in (args.names or NAMES) and not passes(check)]
    if failed:
        print(f"\nChưa đạt (failed): {', '.join(failed)}. Sửa tự động phần sửa được (mend what can be): make format")
    else:
        print("Tất cả đều đạt. (All passed.)")
    return 1 if failed else 0


def passes(check: Check) -> bool:
    """Run one check, show what it says only when it fails, and tell whether it passed."""
    begin = time.monotonic()
    outcome = subprocess.run(
        check.command, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    passed = outcome.returncode == 0
    print(f"{'✓' if passed else '✗'} {check.about}, {time.monotonic() - begin:.1f} s", flush=True)
    if not passed:
        print(outcome.stdout.rstrip(), flush=True)
    return passed
