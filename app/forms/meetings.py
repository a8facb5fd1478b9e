"""Forms of meetings: the plan, agenda items, invitees, minutes."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.clock import VIETNAM, local, today
from app.forms.fields import ClockField, DayField, FigureField
from app.forms.limits import NotLonger
from app.services.meetings import Plan
from app.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field

    from app.models import Meeting, Person
    from app.queries.choices import Choice

MAX_TITLE = 1000
MAX_MINUTES = 600
MAX_ID = 10


def _clean(value: str | None) -> str | None:
    return " ".join(nfc(value).split()) if value else value


class PlanMeetingForm(FlaskForm):
    """When, where and under whom a committee meets."""

    committee_id = SelectField(_l("Ban"), coerce=int)
    title = StringField(
        _l("Tên cuộc họp"), [InputRequired(_l("Hãy nhập tên cuộc họp.")), NotLonger(MAX_TITLE)], filters=[_clean]
    )
    day = DayField(_l("Ngày họp"), [InputRequired(_l("Hãy nhập ngày họp."))])
    start = ClockField(
        _l("Bắt đầu lúc"), [InputRequired(_l("Hãy nhập giờ bắt đầu."))], description=_l("Ví dụ 8:00, 14h30.")
    )
    end = ClockField(_l("Kết thúc lúc"), [Optional()])
    place = StringField(_l("Địa điểm"), [NotLonger(MAX_TITLE)], filters=[_clean])
    link = StringField(_l("Đường dẫn họp trực tuyến"), [NotLonger(MAX_TITLE)], filters=[_clean])
    presider_id = SelectField(
        lazy_pgettext("meeting", "Chủ trì"), coerce=lambda value: int(value) if value else None, validate_choice=False
    )
    version = IntegerField(validators=[Optional()])

    def validate_end(self, field: Field) -> None:
        """Refuse an end before the start."""
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("Giờ kết thúc phải sau giờ bắt đầu."))

    def validate_link(self, field: Field) -> None:
        """Refuse what is not an address of the web."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(_("Đường dẫn cần bắt đầu bằng https://."))

    def plan(self) -> Plan:
        """Return the plan that was typed, its instants in UTC."""
        starts_at = datetime.combine(self.day.data, self.start.data, VIETNAM)
        ends_at = datetime.combine(self.day.data, self.end.data, VIETNAM) if self.end.data else None
        return Plan(
            title=self.title.data or "",
            starts_at=starts_at,
            ends_at=ends_at,
            place=self.place.data or "",
            link=self.link.data or "",
            presider_id=self.presider_id.data,
        )

    def show(self, meeting: Meeting) -> None:
        """Fill the form with what the meeting is planned as."""
        starts = local(meeting.starts_at)
        self.day.data, self.start.data = starts.date(), starts.time()
        self.end.data = local(meeting.ends_at).time() if meeting.ends_at else None


class RecordMeetingForm(FlaskForm):
    """A meeting of the past, from old papers: its day and title are known, the rest perhaps."""

    committee_id = SelectField(_l("Ban"), coerce=int)
    title = StringField(
        _l("Tên cuộc họp"), [InputRequired(_l("Hãy nhập tên cuộc họp.")), NotLonger(MAX_TITLE)], filters=[_clean]
    )
    day = DayField(_l("Ngày họp"), [InputRequired(_l("Hãy nhập ngày họp."))], past=True)
    presided_by = StringField(
        _l("Người chủ trì"),
        [NotLonger(MAX_TITLE)],
        filters=[_clean],
        description=_l("Ghi họ tên như trên văn bản; người nay không còn công tác cũng được."),
        render_kw={"list": "people", "autocomplete": "off"},
    )
    presider_title = StringField(
        _l("Chức vụ của người chủ trì khi đó"),
        [NotLonger(MAX_TITLE)],
        filters=[_clean],
        description=_l("Ví dụ: Trưởng Ban Chỉ đạo."),
    )
    start = ClockField(_l("Bắt đầu lúc"), [Optional()], description=_l("Để trống nếu không rõ."))
    place = StringField(_l("Địa điểm"), [NotLonger(MAX_TITLE)], filters=[_clean])
    version = IntegerField(validators=[Optional()])

    def validate_day(self, field: Field) -> None:
        """Refuse a day to come."""
        if field.data and field.data > today():
            raise ValidationError(_("Cuộc họp đã diễn ra thì ngày họp không thể sau hôm nay."))

    def plan(self, presider: Person | None) -> Plan:
        """Return the meeting that was typed; `presider` is the user whom the typed name names, if there is one."""
        return Plan(
            title=self.title.data or "",
            starts_at=datetime.combine(self.day.data, self.start.data or time(), VIETNAM),
            ends_at=None,
            place=self.place.data or "",
            link="",
            presider_id=presider.id if presider else None,
            presider_name="" if presider else self.presided_by.data or "",
            presider_title=self.presider_title.data or "",
            hour_known=self.start.data is not None,
        )

    def show(self, meeting: Meeting) -> None:
        """Fill the form with what is known of the meeting."""
        starts = local(meeting.starts_at)
        self.day.data, self.start.data = starts.date(), starts.time() if meeting.hour_known else None


class WriteAgendaItemForm(FlaskForm):
    """One item of the agenda."""

    title = StringField(
        _l("Nội dung"), [InputRequired(_l("Hãy nhập nội dung.")), NotLonger(MAX_TITLE)], filters=[_clean]
    )
    presenter = StringField(_l("Người trình bày"), [NotLonger(MAX_TITLE)], filters=[_clean])
    minutes = FigureField(_l("Số phút"), [Optional(), NumberRange(1, MAX_MINUTES, _l("Số phút từ 1 đến 600."))])


class InviteForm(FlaskForm):
    """Somebody to invite: a person of the authority, the heads of units or of groups of units, or a guest by name."""

    unit_ids = SelectMultipleField(
        _l("Thủ trưởng các đơn vị, khối"),
        coerce=str,
        choices=[],
        validate_choice=False,
        description=_l("Mời người đang đứng đầu từng đơn vị được chọn."),
    )
    person_id = SelectField(
        _l("Người trong cơ quan"), coerce=lambda value: int(value) if value else None, validate_choice=False
    )
    # Its own ids: the agenda's form stands on the same page.
    name = StringField(_l("Hoặc khách mời"), [NotLonger(MAX_TITLE)], filters=[_clean], id="invitee-name")
    title = StringField(_l("Chức vụ"), [NotLonger(MAX_TITLE)], filters=[_clean], id="invitee-title")

    def offer_units(self, units: Iterable[Choice], groups: Iterable[Choice]) -> None:
        """Set the units and groups that can be chosen."""
        self.unit_ids.choices = [
            *(SelectChoice(f"group-{row.id}", row.name, {"data-words": row.words}) for row in groups),
            *(SelectChoice(f"unit-{row.id}", row.name, {"data-words": row.words}) for row in units),
        ]

    def chosen(self) -> tuple[set[int], set[int]]:
        """Return the units and the groups that were chosen, by their ids."""
        found: dict[str, set[int]] = {"unit": set(), "group": set()}
        for value in self.unit_ids.data or []:
            kind, _dash, key = value.partition("-")
            if kind in found and key.isdecimal() and len(key) < MAX_ID:
                found[kind].add(int(key))
        return found["unit"], found["group"]


class WriteMinutesForm(FlaskForm):
    """The one text of the minutes."""

    text = TextAreaField(_l("Nội dung biên bản"), filters=[lambda value: nfc(value) if value else ""])
    version = IntegerField(validators=[Optional()])
