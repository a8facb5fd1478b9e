"""Days in a task's own words that were its due date once and are so no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading.dates import WHEN, last_day
from app.reading.normalise import clean, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_WHEN = re.compile(rf"(?<!\w)(?:{WHEN})(?![\w/])")
_BY = re.compile(r"(?:trong|cuối|hết|trước|đến)\s+$")
"""Before a month or a quarter; without such a word it is what is reported on, «báo cáo tháng 11»."""
_VAGUE = ("half", "yy", "this", "bare")


def dead_days(text: str, gone: Iterable[date], due: date | None) -> Sequence[str]:
    """Return the words of a text that name one of the days that are gone, in order, each once.

    :param gone: what the due date was before; `due` what it is now: words that may mean that day are none of these.
    """
    before = {day for day in gone if day != due}
    if not before:
        return []
    said = clean(text)
    level = plain(said)
    found = []
    for match in _WHEN.finditer(level):
        if any(match[name] for name in _VAGUE) or not (match["d"] or _BY.search(level, 0, match.start())):
            continue
        if due is not None and last_day(match, due) == due:
            continue
        if any(last_day(match, day) == day for day in before):
            found.append(said[match.start() : match.end()].removeprefix("ngày "))
    return list(dict.fromkeys(found))
