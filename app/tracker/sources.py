"""The paper that gave a task, from one cell: «TB số 12/TB-BCĐ ngày 05/3/2026»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.reading.dates import ANY_DAY, FULL_DAY, day_of
from app.reading.normalise import clean, plain, squeeze

if TYPE_CHECKING:
    from datetime import date

_SYMBOL = re.compile(
    r"(?<![\w/])(\d{1,5}[a-z]?\s?[-/]\s?(?:\d{4}/)?[A-ZĐƯ][A-ZĐƯÂÊÔƠĂa-z]*(?:[-/&.][A-ZĐƯÂÊÔƠĂ][\wÀ-ỹ&.]*)*)"
)
_LONGEST = 200


@dataclass(frozen=True)
class SourceRead:
    """How the paper is cited, and its day where the cell tells it."""

    symbol: str
    on: date | None = None


@lru_cache(maxsize=4096)
def read_source(cell: str, near: date | None) -> SourceRead:
    """Return number and symbol, else the cell's words; a day without a year is the last one before `near`."""
    text = squeeze(clean(cell))
    found = _SYMBOL.search(text)
    rest = text.replace(found[0], " ") if found else text
    spelt = plain(re.sub(r"(\d{1,2}[/.\-]\d{1,2}[/.\-])(\d{2})(?!\d)", r"\g<1>20\g<2>", rest))
    full = FULL_DAY.search(spelt) or ANY_DAY.search(spelt)
    symbol = squeeze(re.sub(r"\s*([-/])\s*", r"\1", found[1])) if found else text[:_LONGEST]
    return SourceRead(symbol, day_of(full, near) if full else None)
