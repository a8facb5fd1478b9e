"""Figures and days as official Vietnamese papers write them, whatever language the reader's screens are in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

NONE = "—"
NBSP = "\u00a0"
TEN, MARCH = 10, 3
_UNBROKEN = re.compile(r"[^\s/–-]{16,}")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def number(value: int) -> str:
    """Return a whole number as 1.234."""
    return f"{value:,}".replace(",", ".")


def rate(value: Fraction | None) -> str:
    """Return a share from 0 to 1 in per cent with one decimal: 87,5 %; — where there was nothing to divide by."""
    return NONE if value is None else f"{tenths(value):.1f}".replace(".", ",") + f"{NBSP}%"


def tenths(value: Fraction) -> float:
    """Return a share from 0 to 1 in per cent, rounded half up to one decimal; the same figure on every paper."""
    return int(value * 1000 + value.__class__(1, 2)) / 10


def points(now: Fraction | None, before: Fraction | None) -> str:
    """Return by how many points a rate changed: +2,5 điểm; empty where one of them is missing."""
    if now is None or before is None:
        return ""
    change = round(tenths(now) - tenths(before), 1)
    sign = "+" if change > 0 else "\u2212" if change < 0 else "±"
    return f"{sign}{abs(change):.1f} điểm".replace(".", ",")


def day(value: date | None) -> str:
    """Return a day as 22/11/2026."""
    return NONE if value is None else f"{value:%d/%m/%Y}"


def day_long(value: date | None, year: int) -> str:
    """Return a day as papers date themselves (Decree 30/2020, annex I); not yet issued, with room for the clerk."""
    if value is None:
        return f"ngày …… tháng …… năm {year}"
    month = f"{value.month:02d}" if value.month < MARCH else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def hour_and_day(moment: datetime) -> str:
    """Return a wall time as papers write it: 08 giờ 00, thứ Sáu, ngày 20 tháng 11 năm 2026."""
    return f"{hour(moment)}, {WEEKDAYS[moment.weekday()]}, {day_long(moment.date(), moment.year)}"


def hour(moment: datetime) -> str:
    """Return a wall time as 08 giờ 00."""
    return f"{moment:%H} giờ {moment:%M}"


def breakable(text: str) -> str:
    """Return a text whose very long words may be broken: with invisible breaks, so that no column is overrun."""
    return _UNBROKEN.sub(lambda word: "\u200b".join(word[0]), text)
