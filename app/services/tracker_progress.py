"""How far an import is, for whoever watches: a small file, since the import's own transaction shows nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHOLE = 100


def teller(import_id: int) -> Callable[[int, int], None]:
    """Return a function that notes how many rows of how many are done."""
    path = _path(import_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    last = -1

    def tell(done: int, total: int) -> None:
        nonlocal last
        percent = done * WHOLE // max(1, total)
        if percent != last:
            last = percent
            path.write_text(str(percent), encoding="ascii")

    return tell


def percent_of(import_id: int) -> int:
    """Return how far it is, 0 to 100; 0 where nothing runs."""
    try:
        text = _path(import_id).read_text(encoding="ascii")
    except OSError:
        return 0
    return min(WHOLE, int(text)) if text.isdecimal() else 0


def forget(import_id: int) -> None:
    """Take the note away: the import ended, in one way or the other."""
    _path(import_id).unlink(missing_ok=True)


def _path(import_id: int) -> Path:
    folder: Path = current_app.config["SETTINGS"].var_dir
    return folder / "progress" / f"tracker-{import_id}"
