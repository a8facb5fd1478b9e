"""Pictures of stored files: thumbnails, and the pages of PDFs, drawn by a bounded process and kept for a while."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from app.clock import now
from app.services.files import path_of

if TYPE_CHECKING:
    from app.models import StoredFile

SECONDS = 25
KEPT = 30 * 24 * 3600
MOST_PAGES = 40
"""So many pages are shown; who wants to read on opens the file."""
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
PDF = "application/pdf"
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
_NONE = b""
"""What is kept of a file that cannot be drawn, so that it is not tried at every look."""


def is_shown(file: StoredFile) -> bool:
    """Tell whether a file is shown on a page of ours; all others are saved."""
    return file.media_type in PICTURES or file.media_type == PDF


def thumb_of(file: StoredFile) -> bytes:
    """Return a small JPEG of a picture or of a PDF's first page; empty where it cannot be drawn."""
    return _drawn(file, "thumb", 0) if is_shown(file) else _NONE


def page_of(file: StoredFile, number: int) -> bytes:
    """Return a page of a PDF as PNG, counted from 1; empty where there is none."""
    return _drawn(file, "page", number - 1) if file.media_type == PDF and 0 < number <= MOST_PAGES else _NONE


def count_pages(file: StoredFile) -> int:
    """Return how many pages a PDF has; 0 where it is none, or is locked or broken."""
    told = _drawn(file, "count", 0) if file.media_type == PDF else _NONE
    return int(told) if told.isdigit() else 0


def sweep_previews() -> int:
    """Remove pictures drawn a month ago, and return how many; who looks again has them drawn again."""
    since, removed = now().timestamp() - KEPT, 0
    for path in _folder().rglob("*"):
        if path.is_file() and path.stat().st_mtime < since:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _drawn(file: StoredFile, what: str, page: int) -> bytes:
    kept = _folder() / file.sha256[:2] / f"{file.sha256}.{what}{page}"
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        made = _draw(path_of(file.sha256), what, page)
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"{kept.name}.{os.getpid()}.new")
    fresh.write_bytes(made)
    fresh.replace(kept)
    return made


def _draw(source: Path, what: str, page: int) -> bytes:
    told = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        with source.open("rb") as file:
            ended = subprocess.run(  # noqa: S603 -- our own module, no shell
                [sys.executable, "-m", "app.reading.picture", what, str(page)],
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                cwd=_ROOT,
                env=told,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired):
        return _NONE
    return ended.stdout if ended.returncode == 0 else _NONE


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].var_dir / "previews"
    return folder
