"""Days, months, quarters and years as they are written, and the last day each of them allows."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_SEP = r"\s?[/.\-]\s?"
_DAY = (
    rf"(?P<d>\d{{1,2}})(?:{_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<y>\d{{4}})(?!\d)"
    rf"|\s+tháng\s+(?P<m2>\d{{1,2}})(?:,?\s+năm\s+(?P<y2>\d{{4}})|{_SEP}(?P<y3>\d{{4}}))?"
    rf"(?!\d)|{_SEP}(?P<m3>\d{{1,2}})(?![\d%]|{_SEP}\d))"
)
_SEVERAL = rf"(?:\d{{1,2}}\s*(?:,|và)\s*)+(?=\d{{1,2}}(?:{_SEP}\d{{4}}|\s+năm\s+\d{{4}}))"
_MONTH = (
    rf"tháng\s+(?:{_SEVERAL})?(?P<mm>\d{{1,2}})(?:{_SEP}(?P<my>\d{{4}})|,?\s+năm\s+(?P<my2>\d{{4}}))?(?!\d|{_SEP}\d)"
)
_QUARTER = rf"quý\s+(?P<q>iv|i{{1,3}}|[1-4])(?:{_SEP}(?P<qy>\d{{4}})|,?\s+(?:năm\s+)?(?P<qy2>\d{{4}}))?(?![\w])"
_SPAN = r"(?P<half>6|9|sáu|chín)\s+tháng(?:\s+đầu)?\s+năm(?:\s+(?P<hy>\d{4}))?"
_YEAR = r"năm\s+(?P<yy>\d{4}|nay)"
_THIS = r"(?P<this>tuần|tháng|quý)\s+(?P<which>này|tới|sau)(?!\w)"
_BARE = r"(?P<bare>tuần|tháng|quý)(?=\s*(?:[.;,)]|$))"

WHEN = rf"(?:ngày\s+)?(?:{_DAY})|{_MONTH}|{_QUARTER}|{_SPAN}|{_YEAR}|{_THIS}|{_BARE}"
"""A date, month, quarter, half-year or year; resolve it with `last_day`. For text made by normalise.plain."""
FULL_DAY = re.compile(
    r"(?P<d>\d{1,2})(?:\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>\d{4})(?!\d)"
    r"|\s+tháng\s+(?P<m2>\d{1,2}),?\s+năm\s+(?P<y2>\d{4}))"
)
ANY_DAY = re.compile(_DAY)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_YEAR_END = 12
_LATELY = timedelta(days=60)
"""A day without a year that lies this shortly before the document is past, not next year's."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def last_day(match: re.Match[str], since: date | None) -> date | None:
    """Return the last day the words allow; without a year the next such day from `since` on (None: unknown)."""
    found = match.groupdict()
    if found.get("d"):
        month, year = _first(found, "m", "m2", "m3"), _first(found, "y", "y2", "y3")
        return _day(year, month or 0, int(found["d"]), since)
    if found.get("mm"):
        return _month_end(_first(found, "my", "my2"), int(found["mm"]), since)
    if found.get("q"):
        quarter = _QUARTERS.get(found["q"]) or int(found["q"])
        return _month_end(_first(found, "qy", "qy2"), quarter * 3, since)
    if found.get("half"):
        return _month_end(_first(found, "hy"), 6 if found["half"] in {"6", "sáu"} else 9, since)
    if found.get("yy"):
        year = since.year if found["yy"] == "nay" and since else None if found["yy"] == "nay" else int(found["yy"])
        return date(year, 12, 31) if year and _FIRST_YEAR < year < _LAST_YEAR else None
    return _from_here(found, since) if since else None


def _from_here(found: dict[str, str | None], since: date) -> date:
    """Return the last day of this week, month or quarter, or of the next one («tuần tới»)."""
    end = end_of(found["this"] or found["bare"] or "", since)
    return end_of(found["this"] or "", end + timedelta(days=1)) if found["which"] in {"tới", "sau"} else end


def end_of(period: str, day: date) -> date:
    """Return the last day of the week (Sunday), month, quarter or year that holds `day`."""
    if period == "tuần":
        return day + timedelta(days=6 - day.weekday())
    month = {"tháng": day.month, "quý": (day.month + 2) // 3 * 3}.get(period, 12)
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def day_of(match: re.Match[str], near: date | None = None) -> date | None:
    """Return the day of a FULL_DAY or ANY_DAY match; without a year the one nearest before `near`."""
    found = match.groupdict()
    month, year = _first(found, "m", "m2", "m3"), _first(found, "y", "y2", "y3")
    if year:
        return _make(year, month or 0, int(found["d"]))
    if not near:
        return None
    this = _make(near.year, month or 0, int(found["d"]))
    return _make(near.year - 1, month or 0, int(found["d"])) if this and this > near + timedelta(days=31) else this


def _first(found: dict[str, str | None], *names: str) -> int | None:
    return next((int(value) for value in map(found.get, names) if value), None)


def _day(year: int | None, month: int, day: int, since: date | None) -> date | None:
    if year:
        return _make(year, month, day)
    if not since:
        return None
    made = _make(since.year, month, day)
    return made if made and made >= since - _LATELY else _make(since.year + 1, month, day)


def _month_end(year: int | None, month: int, since: date | None) -> date | None:
    if not 1 <= month <= _YEAR_END or not (year or since):
        return None
    if year:
        return date(year, month, calendar.monthrange(year, month)[1]) if _FIRST_YEAR < year < _LAST_YEAR else None
    assert since is not None  # noqa: S101 - for the type checker: one of the two is there
    made = since.year if month >= since.month else since.year + 1
    return date(made, month, calendar.monthrange(made, month)[1])


def _make(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR < year < _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
