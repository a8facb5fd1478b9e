"""The civil service's official rest days and make-up Saturdays 2024-2026, to seed a calendar with.

Labour Code 2019, articles 111 (3) and 112, with the yearly notices that swap a weekday for a Saturday;
24 November is a paid holiday from 2026. Later years are not known yet: an authority enters its own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workflows.words import Words
from workflows.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEW_YEAR = Words("Tết Dương lịch", "New Year's Day")
_TET = Words("Tết Nguyên đán", "Lunar New Year")
_KINGS = Words("Giỗ Tổ Hùng Vương", "Hung Kings' Commemoration Day")
_REUNIFICATION = Words("Ngày Chiến thắng 30/4", "Reunification Day")
_LABOUR = Words("Ngày Quốc tế Lao động 1/5", "International Labour Day")
_NATIONAL = Words("Quốc khánh 2/9", "National Day")
_CULTURE = Words("Ngày Văn hóa Việt Nam 24/11", "Vietnam Culture Day")
_SWAP_NEW_YEAR = Words("Nghỉ hoán đổi dịp Tết Dương lịch", "Swapped rest day at New Year")
_SWAP_REUNIFICATION = Words("Nghỉ hoán đổi dịp 30/4, 1/5", "Swapped rest day at 30 April and 1 May")
_SWAP_NATIONAL = Words("Nghỉ hoán đổi dịp Quốc khánh", "Swapped rest day at National Day")
_MAKE_UP = Words("Làm bù ngày nghỉ hoán đổi", "Worked in exchange for a swapped rest day")


def _days(year: int, month: int, days: tuple[int, ...], words: Words) -> dict[date, Words]:
    return {date(year, month, day): words for day in days}


OFF: Mapping[date, Words] = {
    **_days(2024, 1, (1,), _NEW_YEAR),
    **_days(2024, 2, (8, 9, 12, 13, 14), _TET),
    **_days(2024, 4, (18,), _KINGS),
    **_days(2024, 4, (29,), _SWAP_REUNIFICATION),
    **_days(2024, 4, (30,), _REUNIFICATION),
    **_days(2024, 5, (1,), _LABOUR),
    **_days(2024, 9, (2, 3), _NATIONAL),
    **_days(2025, 1, (1,), _NEW_YEAR),
    **_days(2025, 1, (27, 28, 29, 30, 31), _TET),
    **_days(2025, 4, (7,), _KINGS),
    **_days(2025, 4, (30,), _REUNIFICATION),
    **_days(2025, 5, (1,), _LABOUR),
    **_days(2025, 5, (2,), _SWAP_REUNIFICATION),
    **_days(2025, 9, (1, 2), _NATIONAL),
    **_days(2026, 1, (1,), _NEW_YEAR),
    **_days(2026, 1, (2,), _SWAP_NEW_YEAR),
    **_days(2026, 2, (16, 17, 18, 19, 20), _TET),
    **_days(2026, 4, (27,), _KINGS),
    **_days(2026, 4, (30,), _REUNIFICATION),
    **_days(2026, 5, (1,), _LABOUR),
    **_days(2026, 8, (31,), _SWAP_NATIONAL),
    **_days(2026, 9, (1, 2), _NATIONAL),
    **_days(2026, 11, (24,), _CULTURE),
}
"""Weekdays off, with the reason."""

WORKED: Mapping[date, Words] = {
    date(2024, 5, 4): _MAKE_UP,
    date(2025, 4, 26): _MAKE_UP,
    date(2026, 1, 10): _MAKE_UP,
    date(2026, 8, 22): _MAKE_UP,
}
"""Saturdays worked, with the reason."""

FIXED: Mapping[tuple[int, int], Words] = {
    (1, 1): _NEW_YEAR,
    (4, 30): _REUNIFICATION,
    (5, 1): _LABOUR,
    (9, 2): _NATIONAL,
    (11, 24): _CULTURE,
}
"""Holidays that fall on the same day of each year (month, day), also of years whose plan is not known yet."""

YEARS = frozenset({2024, 2025, 2026})
"""Years whose official plan is known; any other year is provisional ("tạm tính")."""

OFFICIAL = Calendar(off=frozenset(OFF), worked=frozenset(WORKED))
"""The calendar of these years; outside them it knows weekends alone."""
