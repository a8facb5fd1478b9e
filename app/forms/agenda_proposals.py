"""The form by which a unit proposes an item for an agenda, and the last day for doing so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.forms.fields import DayField, FigureField
from app.forms.limits import NotLonger
from app.forms.meetings import MAX_MINUTES, MAX_TITLE
from app.services.agenda_proposals import Proposed
from app.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_REASON = 5000
AS_MEMBER = "0"
"""Stands for no unit: a member of the committee who speaks for himself."""


def _line(value: str | None) -> str | None:
    return " ".join(nfc(value).split()) if value else value


def _text(value: str | None) -> str | None:
    return nfc(value).strip() if value else value


class ProposeItemForm(FlaskForm):
    """An item that a unit wants on the agenda of a meeting."""

    meeting_id = SelectField(_l("Cuộc họp"), coerce=int)
    unit_id = SelectField(_l("Đề nghị của"), coerce=str)
    title = StringField(
        _l("Nội dung đề nghị đưa vào họp"),
        [InputRequired(_l("Hãy nhập nội dung đề nghị.")), NotLonger(MAX_TITLE)],
        filters=[_line],
    )
    reason = TextAreaField(
        _l("Vì sao cần đưa vào họp"),
        [InputRequired(_l("Hãy nêu lý do, ví dụ cần Trưởng ban cho ý kiến về việc gì.")), NotLonger(MAX_REASON)],
        filters=[_text],
    )
    presenter = StringField(
        _l("Người trình bày"),
        [NotLonger(MAX_TITLE)],
        filters=[_line],
        description=_l("Để trống nếu thủ trưởng đơn vị trình bày."),
    )
    minutes = FigureField(_l("Số phút cần"), [Optional(), NumberRange(1, MAX_MINUTES, _l("Số phút từ 1 đến 600."))])

    def offer(self, meetings: Iterable[tuple[int, str]], speakers: Iterable[tuple[str, str]]) -> None:
        """Set the meetings and the units that can be chosen."""
        self.meeting_id.choices = list(meetings)
        self.unit_id.choices = list(speakers)

    def proposed(self) -> Proposed:
        """Return what was typed."""
        unit = self.unit_id.data
        return Proposed(
            unit_id=None if unit == AS_MEMBER else int(unit),
            title=self.title.data or "",
            reason=self.reason.data or "",
            presenter=self.presenter.data or "",
            minutes=self.minutes.data,
        )


class LastDayForm(FlaskForm):
    """Until when units propose items for a meeting; empty: until the last day for an ordinary invitation."""

    until = DayField(_l("Nhận đề nghị đến hết ngày"), [Optional()])
