"""The texts of the corpus that the reader takes, for tests of what is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import DomainError
from app.reading.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS = Path(__file__).parent / "corpus"


def readable() -> Sequence[str]:
    """Return the names of those texts; the others are refused with a sentence."""
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        try:
            read_text(path.read_text("utf-8"))
        except DomainError:
            continue
        found.append(path.stem)
    return found
