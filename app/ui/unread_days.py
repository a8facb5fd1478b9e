"""Days in a typed text that no calendar has, and due dates that could not be read: to be looked at first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.services.typed_due import read_due

if TYPE_CHECKING:
    from datetime import date

    from workflows.workdays import Calendar

_DAY = re.compile(r"\b(?:ngày|hạn|trước|đến|chậm nhất)\s+(?P<day>\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])", re.IGNORECASE)
_ORDER = re.compile(r"\((?:[^()]*;\s*)?thời hạn:\s*(?P<due>[^;()\n]+?)\s*[;)]", re.IGNORECASE)
_FIGURES = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?")


def unread_days(text: str, since: date, calendar: Calendar) -> list[str]:
    """Return the days of a text that do not exist and the due dates behind its orders that give no day, each once.

    :param since: the day from which words without a year count.
    """
    found = [(one.start("due"), one["due"]) for one in _ORDER.finditer(text)]
    found += [(one.start("day"), one["day"]) for one in _DAY.finditer(text)]
    unread = [said for _at, said in sorted(found) if not _known(said, since, calendar)]
    return list(dict.fromkeys(unread))


def _known(said: str, since: date, calendar: Calendar) -> bool:
    if _FIGURES.fullmatch(said):
        day, month, *_year = (int(part) for part in said.split("/"))
        return 1 <= month <= len(_LONGEST) and 1 <= day <= _LONGEST[month - 1]
    return read_due(said, since, calendar) is not None


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
