"""From a workbook's bytes to its sheets, read in a bounded process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.reading.child import SECONDS
from app.reading.errors import RefusedError
from app.tracker.errors import MAX_FILE, MAX_ROWS, FileTooLargeError, NoWorkbookError, TooHeavyError, TooManyRowsError
from app.tracker.sheet import Sheet

_ROOT = Path(__file__).resolve().parents[2]
_HEADROOM = 5
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
"""What the reading process may know of the environment."""


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the sheets of an XLSX that hold anything, in their order; a CSV is one sheet.

    :raises DomainError: neither of them, or one that is too large or too heavy; each says what to do.
    """
    if len(data) > MAX_FILE:
        raise FileTooLargeError
    answer = _apart(data)
    if "refused" in answer:
        vi, en = answer["refused"]
        raise RefusedError(vi, en, answer["status"])
    sheets = [Sheet.of(told) for told in answer["sheets"]]
    if not sheets:
        raise NoWorkbookError
    if any(len(sheet.rows) > MAX_ROWS for sheet in sheets):
        raise TooManyRowsError
    return sheets


def _apart(data: bytes) -> dict[str, Any]:
    """Read in a child process; what it says in time is the answer, anything else is a refusal."""
    known = {key: os.environ[key] for key in _KEPT if key in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.tracker.child"],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env={**known, "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=SECONDS + _HEADROOM,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooHeavyError from error
    if done.returncode:
        raise TooHeavyError
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
