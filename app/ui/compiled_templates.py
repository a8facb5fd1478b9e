"""Compiled templates kept beside their sources, as Python keeps its own bytecode: the first look at a page costs less.

Jinja compares a template's text and its own version. What it cannot see is how this code sets it up and what a
filter makes of a constant, which it works out when compiling: so each state of this code has a folder of its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from app.clock import now

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

FOLDER = "__pycache__"
A_DAY = 24 * 3600
SET_UP = (Path(__file__).parent, Path(__file__).parent.parent / "factory.py")


class KeptBeside(FileSystemBytecodeCache):
    """Keeps what it can: where a file cannot be written, or its folder has gone, pages are compiled as without it."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one template's bytecode."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def beside(templates: Path) -> FileSystemBytecodeCache | None:
    """Return where the templates of a folder are kept compiled; None where nothing may be written there.

    What was kept for other code is removed, unless a process that runs it may still be at work: after a day.
    """
    kept = templates / FOLDER
    folder = kept / _state()
    try:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(kept)
    except OSError:
        return None
    # Whoever else may write there could have us run what he likes: it lies where only the code's owner writes.
    return KeptBeside(str(folder), "%s.jinja") if os.access(folder, os.W_OK) else None


def _sweep(kept: Path) -> None:
    for folder in kept.iterdir():
        if now().timestamp() - folder.stat().st_mtime > A_DAY:
            shutil.rmtree(folder, ignore_errors=True)


def _state() -> str:
    sources = [SET_UP[1], *sorted(SET_UP[0].glob("*.py"))]
    return sha256(" ".join(f"{each.name} {each.stat().st_mtime_ns}" for each in sources).encode()).hexdigest()[:16]
