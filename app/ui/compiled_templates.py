"""Compiled templates kept beside their sources, as Python keeps its own bytecode: the first look at a page costs less.

Jinja compares a template's text and its own version. What it cannot see is how this code sets it up and what a
filter makes of a constant, which it works out when compiling: so each state of this code has a folder of its own.
"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

FOLDER = "__pycache__"
SET_UP = (Path(__file__).parent, Path(__file__).parent.parent / "factory.py")


def beside(templates: Path) -> FileSystemBytecodeCache | None:
    """Return where the templates of a folder are kept compiled; None where nothing may be written there."""
    kept = templates / FOLDER
    folder = kept / _state()
    try:
        if not folder.exists():
            shutil.rmtree(kept, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    # Whoever else may write there could have us run what he likes: it lies where only the code's owner writes.
    return FileSystemBytecodeCache(str(folder), "%s.jinja") if os.access(folder, os.W_OK) else None


def _state() -> str:
    sources = [SET_UP[1], *sorted(SET_UP[0].glob("*.py"))]
    return sha256(" ".join(f"{each.name} {each.stat().st_mtime_ns}" for each in sources).encode()).hexdigest()[:16]
