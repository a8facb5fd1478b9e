"""Fields that Vietnamese offices type into: days as 30/6, figures as 1.234,5."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.widgets import TextInput

from app.clock import today
from app.figures import read_figure
from app.services.typed_due import passed_day, passed_sentence, read_named
from app.text import nfc
from app.ui.day_faults import FIRST_YEAR, LAST_YEAR, said_of_far_year, said_of_no_day, said_of_unread
from app.ui.formats import figure_typed
from app.ui.formats import words as sentence_of
from workflows.evidence import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = re.compile(r"^(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-]|tháng)\s*(\d{1,2})(?:\s*(?:[/.\-]|năm)\s*(\d{2}|\d{4}))?$")
_YEAR = re.compile(r"\d{4}|[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
CENTURY = 2000
LEAP_YEAR = 2000
"""Stands for the year that nobody typed: 29/2 comes again."""


def parse_day(text: str, near: date) -> date | None:
    """Return the day that was typed, or None if it is none; without a year the next such day from `near` on."""
    clean = nfc(text).strip().lower()
    if iso := _ISO.match(clean):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DAY.match(clean)
    if found is None:
        return None
    dom, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return _day(year if year >= 100 else CENTURY + year, month, dom)  # noqa: PLR2004 -- two digits mean this century
    upcoming = (_day(near.year + offset, month, dom) for offset in range(5))
    return next((day for day in upcoming if day is not None and day >= near), None)


def day_fault(text: str) -> str:
    """Return why what was typed gives no day: the calendar has none such, its year is far away, or it is no day."""
    clean = nfc(text).strip().lower()
    if iso := _ISO.match(clean):
        year, month, dom = int(iso[1]), int(iso[2]), int(iso[3])
    elif found := _DAY.match(clean):
        month, dom = int(found[2]), int(found[1])
        year = int(found[3] or LEAP_YEAR)
        year += CENTURY if found[3] and year < 100 else 0  # noqa: PLR2004 -- two digits mean this century
        if not found[3] and not _exists(LEAP_YEAR, month, dom):
            return said_of_no_day(f"{dom:02d}/{month:02d}")
    else:
        return said_of_unread(text[:40])
    if not _exists(year, month, dom):
        return said_of_no_day(f"{dom:02d}/{month:02d}/{year:04d}")
    return said_of_unread(text[:40]) if FIRST_YEAR <= year <= LAST_YEAR else said_of_far_year(year)


def _exists(year: int, month: int, dom: int) -> bool:
    try:
        date(year, month, dom)
    except ValueError:
        return False
    return True


def _day(year: int, month: int, dom: int) -> date | None:
    known = FIRST_YEAR <= year <= LAST_YEAR and _exists(year, month, dom)
    return date(year, month, dom) if known else None


class DayField(Field):
    """A calendar day: 30/6, 30/6/2026, 30-06-2026 or 2026-06-30; ahead also cuối quý, tháng 6. `data` is a date."""

    widget = TextInput()

    def __init__(self, *args: Any, past: bool = False, nearest: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """With `past`, a day without a year is the last such day, not the next; with `nearest`, whichever is nearer."""
        super().__init__(*args, **kwargs)
        self.past, self.nearest = past or nearest, nearest

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%d/%m/%Y") if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        near = today()
        passed = None if self.past else passed_day(text, near)
        if passed:
            raise ValueError(sentence_of(passed_sentence(passed)))
        self.data = parse_day(text, near) or (None if self.past else read_named(text, near))
        if self.data and self.past and self.data > near and not _YEAR.search(text):
            last = _day(self.data.year - 1, self.data.month, self.data.day)
            if not (self.nearest and last and self.data - near < near - last):
                self.data = last
        if self.data is None:
            raise ValueError(day_fault(text))


class FigureField(Field):
    """A whole number as Vietnamese offices write it (1.250). `data` is an int."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"\d{1,12}|\d{1,3}(?:\.\d{3}){1,3}", text):
            raise ValueError(_("«%(text)s» không phải số nguyên. Hãy nhập như 37 hoặc 1.250.", text=text[:40]))
        try:
            self.data = int(Decimal(text.replace(".", "")))
        except InvalidOperation as error:  # pragma: no cover -- the pattern lets no such text through
            raise ValueError(str(error)) from error


class MeasureField(FigureField):
    """A measure or target, two decimal places at most: 37, 1.250 or 37,5. `data` is an int, or a Decimal."""

    def _value(self) -> str:
        if self.raw_data or self.data is None:
            return super()._value()
        return figure_typed(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        self.data = read_figure(text)
        if self.data is None:
            raise ValueError(
                _("Chưa đọc được «%(text)s». Hãy nhập như 37, 1.250 hoặc 37,5 (nhiều nhất hai số lẻ).", text=text[:40])
            )


class ReachedField(MeasureField):
    """How much of a target was reached, as people say it: 37, 37,5/52 or 37 máy. `data` as of its kind."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the first figure; what it is counted against and in is known already."""
        found = _REACHED.fullmatch(nfc(valuelist[0]).strip()) if valuelist else None
        super().process_formdata([found["figure"]] if found else valuelist)


class TargetField(ReachedField):
    """A target, above 0, read as figures of progress are: 37, 1.250 or 37,5 km. `data` is an int, or a Decimal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """Bring up the keys for figures on telephones; the field stays a text, because browsers misread the comma."""
        super().__init__(*args, **kwargs)
        self.render_kw = {"inputmode": "decimal", "autocomplete": "off", **(self.render_kw or {})}

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        sign = _BELOW.match(valuelist[0]) if valuelist else None
        super().process_formdata([valuelist[0][sign.end() :]] if sign else valuelist)
        if self.data is not None and (sign or self.data <= 0):
            self.data = None
            raise ValueError(_("Chỉ tiêu phải lớn hơn 0. Nếu không giao số liệu, hãy để trống."))


_BELOW = re.compile(r"\s*[-\u2212\u2013]\s*")
_REACHED = re.compile(r"(?P<figure>\d(?:[\d.,]*\d)?)(?:\s*/\s*\d[\d.,]*)?(?:\s*[^\W\d_][^\d]{0,80})?")
_CLOCK = re.compile(r"^(\d{1,2})\s*(?:[:hg.]|giờ)\s*(\d{1,2})?\s*(?:phút|p)?$")
LAST_HOUR, LAST_MINUTE = 23, 59


class ClockField(Field):
    """A time of day: 8:00, 8h, 8h30, 14 giờ 15. `data` is a time."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        text = nfc(valuelist[0]).strip().lower() if valuelist else ""
        self.data = None
        if not text:
            return
        found = _CLOCK.match(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (-1, 0)
        if not (0 <= hour <= LAST_HOUR and minute <= LAST_MINUTE):
            raise ValueError(_("Chưa đọc được giờ «%(text)s». Hãy nhập như 8:00 hoặc 14h30.", text=text[:40]))
        self.data = time(hour, minute)


def evidence_choices() -> list[SelectChoice]:
    """Return what a task's report may be asked to bring, in the reader's language."""
    return [SelectChoice(rule, sentence_of(said)) for rule, said in RULES.items()]
