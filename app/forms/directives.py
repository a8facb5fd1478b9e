"""The form by which a directing document gives a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.forms.fields import DayField, TargetField, evidence_choices
from app.forms.limits import NotLonger
from app.services.task_orders import Order
from app.text import nfc
from workflows.evidence import NONE

if TYPE_CHECKING:
    from datetime import date

LONG = 5000
SHORT = 1000


def _clean(value: str | None) -> str | None:
    return " ".join(nfc(value).split()) if value else value


def _id(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() else None


class AssignFromDirectiveForm(FlaskForm):
    """A document as it is cited, and the task it gives to one lead unit."""

    committee_id = SelectField(_l("Ban"), coerce=int, validate_choice=False)
    symbol = StringField(
        _l("Số, ký hiệu"), [InputRequired(_l("Hãy nhập số, ký hiệu.")), NotLonger(SHORT)], filters=[_clean]
    )
    issued_on = DayField(_l("Ngày ban hành"), [InputRequired(_l("Hãy nhập ngày ban hành."))], past=True)
    issuer = StringField(
        _l("Cơ quan ban hành"), [InputRequired(_l("Hãy nhập cơ quan ban hành.")), NotLonger(SHORT)], filters=[_clean]
    )
    subject = StringField(
        _l("Trích yếu"), [InputRequired(_l("Hãy nhập trích yếu.")), NotLonger(SHORT)], filters=[_clean]
    )
    text = TextAreaField(_l("Nội dung giao"), [InputRequired(_l("Hãy nhập nội dung giao.")), NotLonger(LONG)])
    lead_unit_id = SelectField(
        _l("Đơn vị chủ trì"), [InputRequired(_l("Hãy chọn đơn vị chủ trì."))], coerce=_id, validate_choice=False
    )
    coordinating_ids = SelectMultipleField(_l("Đơn vị phối hợp"), coerce=int, validate_choice=False)
    due_on = DayField(_l("Thời hạn hoàn thành"), [Optional()])
    late_meant = BooleanField(_l("Văn bản đến muộn: vẫn giao với thời hạn đã qua, nhiệm vụ quá hạn ngay từ ngày đầu"))
    no_due_reason = StringField(
        _l("Lý do không có hạn"),
        [NotLonger(SHORT)],
        filters=[_clean],
        description=_l("Chỉ cần khi không nhập thời hạn."),
    )
    deliverable = StringField(_l("Sản phẩm đầu ra"), [NotLonger(SHORT)], filters=[_clean])
    evidence_rule = SelectField(_l("Minh chứng khi báo cáo hoàn thành"), choices=evidence_choices, default=NONE)
    target_value = TargetField(_l("Chỉ tiêu"), [Optional()])
    target_unit = StringField(_l("Đơn vị tính"), [NotLonger(SHORT)], filters=[_clean])

    def order(self) -> Order:
        """Return the order that was typed."""
        due: date | None = self.due_on.data
        return Order(
            text=nfc(self.text.data or "").strip(),
            lead_unit_id=int(self.lead_unit_id.data or 0),
            coordinating_ids=[unit for unit in self.coordinating_ids.data or [] if unit != self.lead_unit_id.data],
            due_on=due,
            no_due_reason="" if due else self.no_due_reason.data or "",
            deliverable=self.deliverable.data or "",
            evidence_rule=self.evidence_rule.data,
            target_value=self.target_value.data,
            target_unit=self.target_unit.data or "",
        )
