"""A due date as a secretary types it while people speak: 30/6, cuối quý, tháng 12, +10 ngày làm việc, +2 tuần."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.errors import Sentence
from app.text import fold
from workflows.workdays import Calendar

_DAY = re.compile(r"(?:ngay |truoc ngay |truoc )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COUNT = re.compile(r"(?:\+ ?|trong |sau )?(\d{1,3}) ?(ngay lam viec|nlv|lv|ngay|tuan|thang)|\+ ?(\d{1,3})")
_END = re.compile(r"(?:cuoi |het )(tuan|thang|quy|nam)(?: (nay|sau|toi))?")
_MONTH = re.compile(r"(?:cuoi |het |trong )?thang (\d{1,2})(?: ?[/.-] ?(\d{4})| nam (\d{4}))?")
_QUARTER = re.compile(r"(?:cuoi |het |trong )?quy (iv|i{1,3}|[1-4])(?: ?[/.-] ?(\d{4})| nam (\d{4}))?")
_YEAR = re.compile(r"(?:cuoi |het |trong )?nam (\d{4})")
_WORDS = {"hom nay": 0, "mai": 1, "ngay mai": 1, "ngay kia": 2}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = 12
JUST_PASSED = timedelta(days=31)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def read_due(typed: str, since: date, calendar: Calendar) -> date | None:
    """Return the last day that the words allow, counted from `since`; None for nothing, or words that give no day.

    Without a year it is the next such day; one that has just passed is a slip more often than a wish for next year,
    so it gives no day (`just_passed`). A bare «+10» counts working days, as the office does; «+10 ngày» all days.
    «Cuối tuần» is Sunday, as where a notice is read. Tones may be left out.
    """
    words = fold(typed).strip(" .;,")
    if words in _WORDS:
        return since + timedelta(days=_WORDS[words])
    for pattern, read in ((_ISO, _iso), (_DAY, _day), (_END, _end), (_MONTH, _month), (_QUARTER, _quarter)):
        if found := pattern.fullmatch(words):
            return read(found, since)
    if found := _YEAR.fullmatch(words):
        return _make(int(found[1]), _MONTHS, 31)
    found = _COUNT.fullmatch(words)
    return _counted(found, since, calendar) if found else None


def read_named(typed: str, since: date) -> date | None:
    """Return the last day of a month, quarter, year or week that the words name; None for all else.

    It needs no calendar, so it serves where none is at hand; working days are counted by `read_due`.
    """
    words = fold(typed).strip(" .;,")
    named = any(pattern.fullmatch(words) for pattern in (_END, _MONTH, _QUARTER, _YEAR))
    return read_due(typed, since, Calendar()) if named else None


def read_begin(typed: str, since: date, calendar: Calendar) -> date | None:
    """Return the first day that the words allow: of a month, quarter or year its first day, else as `read_due`."""
    words = fold(typed).strip(" .;,").removeprefix("tu ").removeprefix("dau ")
    read = read_due(words, since, calendar)
    if read is None or words.startswith(("cuoi ", "het ")):
        return read
    if _YEAR.fullmatch(words):
        return date(read.year, 1, 1)
    if _MONTH.fullmatch(words):
        return read.replace(day=1)
    return date(read.year, read.month - 2, 1) if _QUARTER.fullmatch(words) else read


def _iso(found: re.Match[str], _since: date) -> date | None:
    return _make(int(found[1]), int(found[2]), int(found[3]))


def _day(found: re.Match[str], since: date) -> date | None:
    day, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return _make(year if year >= 100 else 2000 + year, month, day)  # noqa: PLR2004 -- two digits mean this century
    return None if just_passed(day, month, since) else next_such_day(day, month, since)


def next_such_day(day: int, month: int, since: date) -> date | None:
    """Return the first day of this name from `since` on (29/2 may be years away); None where there is none."""
    coming = (_make(since.year + ahead, month, day) for ahead in range(5))
    return next((made for made in coming if made and made >= since), None)


def just_passed(day: int, month: int, since: date) -> date | None:
    """Return the day of this name that passed within the last month; who types it must say which year is meant."""
    for year in (since.year, since.year - 1):
        made = _make(year, month, day)
        if made and timedelta(0) < since - made <= JUST_PASSED:
            return made
    return None


def passed_day(typed: str, since: date) -> date | None:
    """Return the day that was typed without a year and has just passed, None for anything else."""
    found = _DAY.fullmatch(fold(typed).strip(" .;,"))
    return just_passed(int(found[1]), int(found[2]), since) if found and not found[3] else None


def passed_sentence(passed: date) -> Sentence:
    """Return what to say to whoever typed a day that has just passed."""
    later = f"{passed.day}/{passed.month}/{passed.year + 1}"
    return Sentence(
        f"{passed.day}/{passed.month}/{passed.year} đã qua; gõ {later} nếu là năm sau, "
        f"hoặc gõ đủ {passed.day}/{passed.month}/{passed.year} nếu đúng là ngày đã qua.",
        f"{passed.day}/{passed.month}/{passed.year} has passed; type {later} for next year, "
        f"or {passed.day}/{passed.month}/{passed.year} in full if the past day is meant.",
    )


def _end(found: re.Match[str], since: date) -> date:
    end = end_of(found[1], since)
    return end_of(found[1], end + timedelta(days=1)) if found[2] in {"sau", "toi"} else end


def _month(found: re.Match[str], since: date) -> date | None:
    return _last_of(int(found[1]), found[2] or found[3], since)


def _quarter(found: re.Match[str], since: date) -> date | None:
    return _last_of((_QUARTERS.get(found[1]) or int(found[1])) * 3, found[2] or found[3], since)


def _last_of(month: int, year: str | None, since: date) -> date | None:
    if not 1 <= month <= _MONTHS:
        return None
    return end_of("thang", date(int(year) if year else since.year + (month < since.month), month, 1))


def _counted(found: re.Match[str], since: date, calendar: Calendar) -> date:
    count, unit = int(found[1] or found[3]), found[2] or "lv"
    if unit == "ngay":
        return since + timedelta(days=count)
    if unit == "tuan":
        return since + timedelta(days=7 * count)
    if unit == "thang":
        month = since.month - 1 + count
        first = date(since.year + month // _MONTHS, month % _MONTHS + 1, 1)
        return min(end_of("thang", first), first + timedelta(days=since.day - 1))
    return calendar.add_working_days(since, count)


def end_of(period: str, day: date) -> date:
    """Return the last day of the week (Sunday), month, quarter or year (tuan, thang, quy, nam) that holds `day`."""
    if period == "tuan":
        return day + timedelta(days=6 - day.weekday())
    month = {"thang": day.month, "quy": (day.month + 2) // 3 * 3}.get(period, _MONTHS)
    following = date(day.year + month // _MONTHS, month % _MONTHS + 1, 1)
    return following - timedelta(days=1)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if _FIRST_YEAR <= year <= _LAST_YEAR else None
