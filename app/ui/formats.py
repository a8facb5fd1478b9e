"""Dates, instants and figures as a Vietnamese office writes them, and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from app import clause_places, figures
from app.clock import local
from app.ui.speech import in_english, translate, translate_count

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal
    from fractions import Fraction

NONE = "—"
NBSP = "\u00a0"
KIB = 1024
DIGITS = 3

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark the forms of a count for the catalogue."""
    return one, many


_DISTANCES = {
    (True, "working"): ngettext("còn %(num)d ngày làm việc", "còn %(num)d ngày làm việc"),
    (True, "calendar"): ngettext("còn %(num)d ngày", "còn %(num)d ngày"),
    (False, "working"): ngettext("quá hạn %(num)d ngày làm việc", "quá hạn %(num)d ngày làm việc"),
    (False, "calendar"): ngettext("quá hạn %(num)d ngày", "quá hạn %(num)d ngày"),
}


class TwoLanguages(Protocol):
    """Anything with the same words in Vietnamese and in English (`workflows.kernel.Words`, `errors.Sentence`)."""

    @property
    def vi(self) -> str:
        """The Vietnamese words."""

    @property
    def en(self) -> str:
        """The English words."""


def words(pair: TwoLanguages | str | None) -> str:
    """Return the reader's language of a pair; a plain text stays as it is, None is empty."""
    if pair is None or isinstance(pair, str):
        return pair or ""
    return pair.en if in_english() else pair.vi


def kept_words(data: Mapping[str, Any], name: str) -> str:
    """Return what data keep under a name, in the reader's language: the English, where there is any, as «name_en»."""
    vietnamese = str(data.get(name) or "")
    return str(data.get(f"{name}_en") or vietnamese) if in_english() else vietnamese


def called_place(address: str) -> str:
    """Return a clause's address as it is said, in the reader's language: «II.3.b», «gạch đầu dòng 1»."""
    return clause_places.called(address, english=in_english())


def cited_place(address: str) -> str:
    """Return a clause's address with what it is one of: «mục II.3.b», «gạch đầu dòng 1»."""
    return clause_places.cited(address, english=in_english())


BETWEEN_NOTES = " ·\u00a0"
"""Stands between two notes of a line: it breaks before the dot, so that none hangs at its end."""


def notes(text: str) -> str:
    """Return the notes of a line, written with a dot between each two, so that the line breaks before a dot."""
    return text.replace(" · ", BETWEEN_NOTES)


def cited_place_first(address: str) -> str:
    """Return the same where a sentence begins with it: «Mục II.3.b», «Gạch đầu dòng 1»."""
    return clause_places.cited_first(address, english=in_english())


def iso(value: date | datetime | None) -> str:
    """Return a day or instant for a machine (`<time datetime>`), empty for None."""
    return "" if value is None else value.isoformat()


def day(value: date | None) -> str:
    """Return a day as 22/11/2026, in English 22 Nov 2026; — for None."""
    if value is None:
        return NONE
    if in_english():
        return f"{value.day} {_MONTHS[value.month - 1][:3]} {value.year}"
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def day_typed(value: date | None) -> str:
    """Return a day as fields take it in both languages: 22/11/2026; nothing for None."""
    return f"{value:%d/%m/%Y}" if value else ""


def day_short(value: date | None) -> str:
    """Return a day without its year: 22/11, in English 22 Nov."""
    if value is None:
        return NONE
    if in_english():
        return f"{value.day} {_MONTHS[value.month - 1][:3]}"
    return f"{value.day:02d}/{value.month:02d}"


def day_long(value: date | None) -> str:
    """Return a day as papers write it: ngày 05 tháng 01 năm 2026 (Decree 30/2020, annex I, II.4)."""
    if value is None:
        return NONE
    if in_english():
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    month = f"{value.month:02d}" if value.month < DIGITS else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def weekday(value: date | None) -> str:
    """Return a day with its weekday: Thứ Hai, 22/11/2026."""
    if value is None:
        return NONE
    names = _DAYS_EN if in_english() else _DAYS_VI
    return f"{names[value.weekday()]}, {day(value)}"


def instant(value: datetime | None) -> str:
    """Return an aware instant as Vietnamese wall time: 14:05, 22/11/2026."""
    if value is None:
        return NONE
    wall = local(value)
    return f"{wall:%H:%M}, {day(wall)}"


def met_at(starts_at: datetime, hour_known: bool) -> str:  # noqa: FBT001 -- called from templates
    """Return when a meeting was: its wall time and day, or the day alone where no paper says the hour."""
    return instant(starts_at) if hour_known else day(local(starts_at).date())


def clock_time(value: datetime | None) -> str:
    """Return the Vietnamese wall time of an aware instant: 14:05."""
    return NONE if value is None else f"{local(value):%H:%M}"


def number(value: float | Decimal | Fraction | None, decimals: int | None = None) -> str:
    """Return a figure as 1.234,5 (English 1,234.5); whole numbers without decimals unless asked."""
    if value is None:
        return NONE
    places = decimals if decimals is not None else (0 if value == int(value) else 1)
    text = f"{float(value) if places else round(value):,.{places}f}".replace("-", "\u2212")
    return text if in_english() else text.replace(",", "_").replace(".", ",").replace("_", ".")


def figure(value: float | Decimal | str | None) -> str:
    """Return a measure as it was given, 1.250,75 (English 1,250.75): two decimal places at most."""
    if value is None:
        return NONE
    return figures.in_english(value) if in_english() else figures.in_vietnamese(value)


def figure_typed(value: float | Decimal | str | None) -> str:
    """Return a measure as a field takes it back in either language: 1250,75 (English 1250.75); empty for None."""
    return "" if value is None else figure(value).replace("," if in_english() else ".", "")


def percent(value: float | Decimal | Fraction | None, decimals: int = 1) -> str:
    """Return a figure already in per cent as 87,5 % (English 87.5%); None, an empty denominator, is —."""
    if value is None:
        return NONE
    return number(value, decimals) + ("%" if in_english() else f"{NBSP}%")


def rate(value: float | Decimal | Fraction | None, decimals: int = 1) -> str:
    """Return a share from 0 to 1 in per cent: 0.875 is 87,5 %; None is —."""
    return percent(None if value is None else value * 100, decimals)


def points(value: float | Decimal | Fraction | None) -> str:
    """Return a difference of two rates (in per cent) with its sign: +2,5 điểm."""
    if value is None:
        return NONE
    sign = "+" if value > 0 else ("±" if value == 0 else "")
    return translate(_("%(figure)s điểm")) % {"figure": sign + number(value, 1)}


def days_left(left: int | None, *, working: bool = True) -> str:
    """Say how far a due date is: `left` days ahead, 0 today, below 0 overdue by so many; None has no due date."""
    if left is None:
        return translate(_("không có hạn"))
    if left == 0:
        return translate(_("đến hạn hôm nay"))
    ahead, unit = left > 0, "working" if working else "calendar"
    one, many = _DISTANCES[ahead, unit]
    return translate_count(one, many, abs(left))


def file_size(size: int | None) -> str:
    """Return a size in bytes as 512 B, 48 KB or 1,2 MB; of nothing, that the file is empty."""
    if size is None:
        return NONE
    if size == 0:
        return translate(_("tệp rỗng"))
    if size < KIB:
        return f"{size} B"
    if size < KIB * KIB:
        return f"{number(round(size / KIB))} KB"
    return f"{number(size / KIB / KIB, 1)} MB"
