"""What days off are called, as the page tells them to the script that reads typed days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.formats import words
from workflows.vietnam_holidays import FIXED, OFF

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_BETWEEN = "|"


def day_names(names: Mapping[date, str], today: date) -> str:
    """Return the names of the calendar's days off from today on, and of each year's holidays: «2026-12-07 …|01-01 …».

    A name that the calendar was seeded with is told in the reader's language, any other as it was typed.
    """
    told = [
        f"{day.isoformat()} {words(_SEEDED.get(name, name))}" for day, name in names.items() if day >= today and name
    ]
    every_year = [f"{month:02d}-{day:02d} {words(name)}" for (month, day), name in FIXED.items()]
    return _BETWEEN.join(line.replace(_BETWEEN, " ") for line in sorted(told)) + _BETWEEN + _BETWEEN.join(every_year)


_SEEDED = {name.vi: name for name in OFF.values()}
