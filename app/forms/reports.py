"""Forms of the monthly report: why units were late, and from when to when a status report reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from app.forms.fields import DayField
from app.services.reports import LONGEST_CAUSE, silence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field

    from app.queries.account import UnitAccount


class CausesForm(FlaskForm):
    """Column 14, two fields a late unit: its cause, or the day before which it gave none."""

    def texts(self, units: Iterable[UnitAccount]) -> dict[int, str]:
        """Return the cause of each unit; a unit that kept silent is said to have done so."""
        found = {}
        for unit in units:
            text, since = (self[name].data for name in names(unit.unit_id))
            found[unit.unit_id] = silence(since) if since and not (text or "").strip() else text or ""
        return found

    def rows(self, units: Iterable[UnitAccount]) -> list[tuple[UnitAccount, Field, Field]]:
        """Return each unit with its two fields."""
        return [(unit, *(self[name] for name in names(unit.unit_id))) for unit in units]


def names(unit_id: int) -> tuple[str, str]:
    """Return the names of a unit's two fields."""
    return f"cause-{unit_id}", f"silent-{unit_id}"


def causes_form(units: Iterable[UnitAccount], **options: Any) -> CausesForm:  # noqa: ANN401 -- WTForms' own options
    """Return the form for the units that were late."""
    fields: dict[str, Field] = {}
    for unit in units:
        cause, silent = names(unit.unit_id)
        fields[cause] = TextAreaField(
            _l("Trách nhiệm, nguyên nhân"),
            [Length(max=LONGEST_CAUSE, message=_l("Dài quá %(max)d ký tự. Hãy rút gọn.", max=LONGEST_CAUSE))],
            default=unit.cause,
        )
        fields[silent] = DayField(_l("Không giải trình trước ngày"), [Optional()], past=True)
    form: CausesForm = type("BoundCausesForm", (CausesForm,), fields)(**options)
    return form


class SpanForm(FlaskForm):
    """From which day to which a status report reaches; both within. Comes in the address."""

    class Meta(FlaskForm.Meta):
        """Nothing is changed by asking."""

        csrf = False

    since = DayField(_l("Từ ngày"), [Optional()], name="from", past=True)
    until = DayField(_l("Đến ngày"), [Optional()], name="to", past=True)

    def validate_until(self, field: DayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.since.data and field.data < self.since.data:
            field.errors = [*field.errors, _("Ngày kết thúc phải từ ngày bắt đầu trở đi. Hãy chọn lại.")]
