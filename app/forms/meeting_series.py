"""The form of a series of meetings: its rhythm, its place, and the agenda each meeting begins with."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.forms.fields import ClockField, FigureField
from app.forms.limits import NotLonger
from app.forms.meetings import MAX_MINUTES, MAX_TITLE
from app.forms.texts import choice
from app.services.meeting_series import SeriesFields
from app.text import nfc
from app.ui.formats import words
from workflows.rhythm import KINDS, ORDINALS, WEEKDAYS

if TYPE_CHECKING:
    from wtforms import Field

    from app.models import MeetingSeries

ITEMS = 60


def _clean(value: str | None) -> str | None:
    return " ".join(nfc(value).split()) if value else value


class SaveSeriesForm(FlaskForm):
    """A series of meetings."""

    committee_id = SelectField(_l("Ban"), coerce=int)
    title = StringField(
        _l("Tên cuộc họp"),
        [InputRequired(_l("Hãy nhập tên cuộc họp.")), NotLonger(MAX_TITLE)],
        filters=[_clean],
        description=_l("Ví dụ: Giao ban tháng. Ngày họp được thêm vào tên từng phiên."),
    )
    kind = choice(_l("Nhịp họp"), KINDS)
    weekday = SelectField(_l("Vào thứ"), coerce=int, default=4, description=_l("Dùng khi họp theo thứ."))
    nth = SelectField(_l("Thứ mấy trong tháng"), coerce=int, default=5)
    day = FigureField(
        _l("Vào ngày"),
        [Optional(), NumberRange(1, 31, _l("Hãy nhập ngày từ 1 đến 31."))],
        description=_l("Dùng khi họp theo ngày; tháng thiếu ngày ấy thì lấy ngày cuối tháng."),
    )
    start = ClockField(
        _l("Bắt đầu lúc"), [InputRequired(_l("Hãy nhập giờ bắt đầu."))], description=_l("Ví dụ 8:00, 14h30.")
    )
    end = ClockField(_l("Kết thúc lúc"), [Optional()])
    place = StringField(_l("Địa điểm"), [NotLonger(MAX_TITLE)], filters=[_clean])
    link = StringField(_l("Đường dẫn họp trực tuyến"), [NotLonger(MAX_TITLE)], filters=[_clean])
    presider_id = SelectField(
        lazy_pgettext("meeting", "Chủ trì"), coerce=lambda value: int(value) if value else None, validate_choice=False
    )
    template = TextAreaField(
        _l("Chương trình mẫu"),
        description=_l("Mỗi dòng một nội dung: Nội dung | Người trình bày | Số phút. Hai phần sau có thể bỏ trống."),
        filters=[lambda value: nfc(value) if value else ""],
    )
    active = BooleanField(_l("Đang áp dụng"), default=True)

    def name_choices(self) -> None:
        """Name the days for this request's reader."""
        self.weekday.choices = [(number, words(name)) for number, name in enumerate(WEEKDAYS)]
        self.nth.choices = [(number, words(name)) for number, name in ORDINALS.items()]

    def validate_end(self, field: Field) -> None:
        """Refuse an end before the start."""
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("Giờ kết thúc phải sau giờ bắt đầu."))

    def validate_link(self, field: Field) -> None:
        """Refuse what is not an address of the web."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(_("Đường dẫn cần bắt đầu bằng https://."))

    def validate_template(self, field: Field) -> None:
        """Refuse lengths that are no minutes."""
        for number, line in enumerate((field.data or "").splitlines(), 1):
            minutes = line.split("|")[2].strip() if line.count("|") > 1 else ""
            if minutes and not (minutes.isdecimal() and 0 < int(minutes[:9]) <= MAX_MINUTES):
                raise ValidationError(_("Dòng %(n)s: số phút từ 1 đến 600.", n=number))

    def fields(self) -> SeriesFields:
        """Return the series that was typed."""
        return SeriesFields(
            title=self.title.data or "",
            kind=self.kind.data or "",
            weekday=self.weekday.data,
            nth=self.nth.data,
            day=self.day.data or 1,
            starts=f"{self.start.data:%H:%M}",
            ends=f"{self.end.data:%H:%M}" if self.end.data else "",
            place=self.place.data or "",
            link=self.link.data or "",
            presider_id=self.presider_id.data,
            agenda=_items(self.template.data or ""),
            active=bool(self.active.data),
        )

    def show(self, series: MeetingSeries) -> None:
        """Fill in what the fields do not take from the series by themselves."""
        self.start.data = time.fromisoformat(series.starts)
        self.end.data = time.fromisoformat(series.ends) if series.ends else None
        self.template.data = "\n".join(_line(item) for item in series.agenda)


def _items(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines()[:ITEMS]:
        title, presenter, minutes, *_rest = (*(part.strip() for part in line.split("|")), "", "")
        if title:
            found.append(
                {"title": title[:MAX_TITLE], "presenter": presenter[:MAX_TITLE], "minutes": int(minutes or 0) or None}
            )
    return found


def _line(item: dict[str, Any]) -> str:
    parts = [item["title"], item.get("presenter") or "", str(item.get("minutes") or "")]
    return " | ".join(parts).rstrip(" |")
