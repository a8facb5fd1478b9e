"""An office's template tried and filled, from outside: the work itself is done in a bounded process of its own."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.documents.office.errors import TemplateError
from app.documents.office.fields import sample, values_of
from app.documents.office.filling import SECONDS
from app.documents.official.model import writable_all

if TYPE_CHECKING:
    from app.documents.official.model import Official

LARGEST = 5 * 1024 * 1024
"""The largest template taken, in bytes."""
_ROOT = Path(__file__).resolve().parents[3]
_HEADROOM = 5
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
"""What the process may know of the environment."""


def check_template(template: bytes) -> None:
    """Try a template with made-up values.

    :raises TemplateError: with the sentence that says what is wrong, unknown fields by name.
    """
    _apart(template, sample(), draft=True)


def fill_template(template: bytes, paper: Official) -> bytes:
    """Return a paper as the office's own DOCX.

    :raises TemplateError: the template cannot be filled (any more).
    """
    return _apart(template, writable_all(values_of(paper)), draft=paper.draft)


def _apart(template: bytes, values: dict[str, Any], *, draft: bool) -> bytes:
    """Fill in a child process; what it says in time is the answer, anything else is a refusal."""
    if len(template) > LARGEST:
        raise TemplateError.too_large()
    asked = {"template": base64.b64encode(template).decode(), "values": values, "draft": draft}
    known = {key: os.environ[key] for key in _KEPT if key in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.documents.office.filling"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            cwd=_ROOT,
            env={**known, "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=SECONDS + _HEADROOM,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError.too_heavy() from error
    if done.returncode:
        raise TemplateError.too_heavy()
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise TemplateError(*answer["refused"])
    return base64.b64decode(answer["docx"])
