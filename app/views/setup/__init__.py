"""Set-up: the authority, its units, people, committees, calendar, periods and numbers, without touching a file."""

from __future__ import annotations

from app.views.setup import calendar, committees, first, groups, importing, index, numbering, people, periods, units
from app.views.setup.area import setup

__all__ = [
    "calendar",
    "committees",
    "first",
    "groups",
    "importing",
    "index",
    "numbering",
    "people",
    "periods",
    "setup",
    "units",
]
