"""How the C library hands memory back to the system: less eagerly than by itself."""

from __future__ import annotations

import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
KEPT, LARGE = 16 * 1024 * 1024, 1024 * 1024


def keep_memory() -> None:
    """Keep up to 16 MB that this process has freed, instead of asking the system for them anew with each page.

    Every page fills and empties some hundred kilobytes at the end of the heap (SQLite's page cache is dropped whenever
    another process has written): given back and fetched again, that is a twentieth of a move. Blocks of a megabyte and
    more still go back at once. Nothing happens where the C library is not glibc.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 -- not needed for the first page

    change = getattr(ctypes.CDLL(None), "mallopt", None)
    if change is not None:
        change(_TRIM_THRESHOLD, KEPT)
        change(_MMAP_THRESHOLD, LARGE)
