"""Noting that somebody is out of office and who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.validators import InputRequired

from app.forms.fields import DayField
from app.forms.limits import NotLonger
from app.forms.texts import SetupForm
from app.queries.absences import Place
from app.text import nfc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.models import Person

SHORT = 500


class NoteAbsenceForm(SetupForm):
    """Who is away from when to when, and who holds the roles meanwhile."""

    person_id = SelectField(_l("Người vắng mặt"), coerce=int)
    from_on = DayField(_l("Từ ngày"), [InputRequired(_l("Hãy nhập ngày đầu vắng mặt."))])
    to_on = DayField(_l("Đến hết ngày"), [InputRequired(_l("Hãy nhập ngày cuối vắng mặt."))])
    substitute_id = SelectField(
        _l("Người làm thay"),
        coerce=lambda value: int(value) if value else 0,
        validate_choice=False,
        description=_l("Trong thời gian này người làm thay có mọi quyền của người vắng; nhật ký ghi «thay mặt»."),
    )
    note = StringField(
        _l("Ghi chú"),
        [NotLonger(SHORT)],
        filters=[lambda value: nfc(value).strip() if value else value],
        description=_l("Ví dụ: đi công tác, nghỉ phép; căn cứ văn bản nào."),
    )

    def offer(self, absent: Sequence[Person], substitutes: Sequence[Person], places: Mapping[int, Place]) -> None:
        """Set for whom an absence may be noted, and who may stand in, each with the units by which they are known."""
        self.person_id.choices = [_choice(person, places) for person in absent]
        self.substitute_id.choices = [("", _l("— chọn —")), *(_choice(person, places) for person in substitutes)]


def _choice(person: Person, places: Mapping[int, Place]) -> SelectChoice:
    place = places.get(person.id, Place())
    name = f"{person.full_name} – {place.name}" if place.name else person.full_name
    return SelectChoice(person.id, name, {"data-units": " ".join(str(unit) for unit in sorted(place.units))})
