"""How much disk the measured data take, and whether it is there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from app.errors import DomainError

if TYPE_CHECKING:
    from pathlib import Path

BYTES = {"sqlite": 7_000, "postgresql": 10_000}
"""What one task takes with all that goes with it, indexes and words included, as measured; rounded up."""
_GB = 1_000_000_000


def require(folder: Path, engine: str, tasks: int, *, copied: bool) -> None:
    """See that the disk holds so many tasks, twice where each run works on a copy.

    Where PostgreSQL's server is elsewhere, its disk is not looked at but this one.

    :raises DomainError: there is too little room.
    """
    needed, free = BYTES[engine] * tasks * (2 if copied else 1), shutil.disk_usage(folder).free
    if free < needed:
        raise DomainError(
            f"Cần {needed / _GB:.0f} GB đĩa trống để đo {tasks} nhiệm vụ, chỉ còn {free / _GB:.0f} GB.",
            f"Measuring {tasks} tasks needs {needed / _GB:.0f} GB of free disk, there are {free / _GB:.0f} GB.",
        )
