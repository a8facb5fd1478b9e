"""One clause as it is typed in the room: its words, its kind, who leads and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.validators import Optional

from app.forms.notices import PickField, PickSeveralField
from app.queries.room import key_of, lead_of, seen_of
from app.text import nfc
from app.ui.room_words import typed_due

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.models import Conclusion
    from app.queries.choices import Choice

KINDS = (("task", _l("Nhiệm vụ")), ("conclusion", _l("Ý kiến chỉ đạo")), ("information", _l("Ghi nhận")))


class TypeClauseForm(FlaskForm):
    """A clause of the room; what is typed as a due date is read by the service, not here."""

    key = HiddenField()
    seen = HiddenField()
    after = HiddenField()
    item = IntegerField(validators=[Optional()])
    text = TextAreaField(_l("Nội dung kết luận"), filters=[lambda value: nfc(value).strip() if value else value])
    kind = PickField(_l("Loại"), choices=[SelectChoice(value, label) for value, label in KINDS], validate_choice=False)
    lead = PickField(_l("Đơn vị chủ trì"), validate_choice=False)
    coordinating = PickSeveralField(
        _l("Đơn vị phối hợp"),
        coerce=lambda value: int(value) if str(value).isdecimal() and len(str(value)) < 10 else 0,  # noqa: PLR2004 -- longer than any id
        validate_choice=False,
    )
    due = StringField(
        _l("Thời hạn"),
        filters=[lambda value: nfc(value).strip() if value else value],
        description=_l("Gõ 30/6, cuối quý, tháng 12 hoặc +10 ngày làm việc."),
    )

    def offer(self, units: Iterable[Choice], groups: Iterable[Choice]) -> None:
        """Offer the units and groups of the authority."""
        units = list(units)
        self.coordinating.choices = [SelectChoice(one.id, one.name, {"data-words": one.words}) for one in units]
        self.lead.choices = [
            SelectChoice("", _l("— chưa có đơn vị chủ trì —")),
            *(SelectChoice(f"u{one.id}", one.name, {"data-words": one.words}, _l("Đơn vị")) for one in units),
            *(SelectChoice(f"g{one.id}", one.name, {"data-words": one.words}, _l("Nhóm đơn vị")) for one in groups),
        ]

    def show(self, clause: Conclusion) -> None:
        """Fill the form with a clause as it stands."""
        self.key.data, self.seen.data = key_of(clause), seen_of(clause)
        self.text.data, self.kind.data, self.lead.data = clause.text, clause.kind, lead_of(clause)
        self.coordinating.data = clause.coordinating_ids
        self.due.data = typed_due(clause)
