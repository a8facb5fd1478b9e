"""Figures of measures: whole, or with two decimal places at most, exact in Python and the same on every engine."""

from __future__ import annotations

import re
from decimal import Decimal

Figure = int | Decimal
PLACES = 2
_STEP = Decimal(1).scaleb(-PLACES)
_TYPED = re.compile(r"(?P<whole>\d{1,10}|\d{1,3}(?:\.\d{3}){1,3})(?:,(?P<part>\d{1,2}))?|(?P<exact>\d{1,10}\.\d{1,2})")


def exact(value: float | Decimal | str) -> Figure:
    """Return a figure as an int where it is whole, else as a Decimal without zeros at its end."""
    found = Decimal(str(value)).quantize(_STEP)
    return int(found) if found == int(found) else found.normalize()


def read_figure(typed: str) -> Figure | None:
    """Return what was typed as offices write it: 1.250, 37,5 or 1.250,75; also 37.5, as telephones give it.

    A point before three digits parts thousands, before one or two it is a decimal mark. None for anything else.
    """
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    if found["exact"]:
        return exact(found["exact"])
    return exact(f"{found['whole'].replace('.', '')}.{found['part'] or 0}")


def in_english(value: float | Decimal | str) -> str:
    """Return a figure as 1,250.75."""
    return f"{exact(value):,}"


def in_vietnamese(value: float | Decimal | str) -> str:
    """Return a figure as 1.250,75."""
    return in_english(value).translate(str.maketrans(",.", ".,"))
