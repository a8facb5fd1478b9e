"""Forms of proposals: the text with its roadmap, and the task that an approval gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from app.clock import today
from app.documents.vietnamese import number as figure
from app.forms.fields import DayField, parse_day
from app.forms.limits import NotLonger
from app.services.proposals import Draft, Step
from app.services.task_orders import Order
from app.services.typed_due import passed_day, passed_sentence, read_begin, read_due
from app.services.typed_money import read_money
from app.text import nfc
from app.ui.formats import day
from app.ui.formats import words as sentence_of
from workflows.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.models import Committee, Proposal, Unit
    from app.queries.choices import Choice

SHORT, LONG = 1_000, 200_000
BLANK_STEPS = 3
"""So many empty rows stand below those that are filled; saving gives more."""
MOST_STEPS = 60


def _clean(value: str | None) -> str | None:
    return " ".join(nfc(value).split()) if value else value


def _strip(value: str | None) -> str | None:
    return nfc(value).strip() if value else value


def _max(length: int) -> NotLonger:
    return NotLonger(length, attach=True)


def _long(label: Any, description: Any = "", **more: Any) -> TextAreaField:  # noqa: ANN401 -- lazy texts
    return TextAreaField(label, [_max(LONG)], filters=[_strip], description=description, **more)


class RoadmapField(Field):
    """Rows of from, to and work, sent as three lists of one name. `data` is a list of steps, `rows` what was typed."""

    widget = TextInput()
    rows: list[tuple[str, str, str]]
    faults: list[str]

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002 -- WTForms' own signature
        """Read the rows that were typed, or show the steps of a proposal."""
        self.process_errors, self.faults = (), []
        self.data = [] if data is None or not isinstance(data, (list, tuple)) else [*data]
        self.rows = [
            (step.begins_text or _typed(step.begins_on), step.ends_text or _typed(step.ends_on), step.work)
            for step in self.data
        ]
        if formdata is not None and f"{self.name}-work" in formdata:
            columns = [formdata.getlist(f"{self.name}-{part}")[:MOST_STEPS] for part in ("from", "to", "work")]
            typed = [tuple(" ".join(nfc(cell).split()) for cell in row) for row in zip(*columns, strict=False)]
            self.rows = [(row[0], row[1], row[2]) for row in typed if any(row)]
            self.data = [self._step(number, row) for number, row in enumerate(self.rows, start=1)]
        self.errors = ()

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002, ANN401 -- WTForms' own signature
        """Give each row that could not be read its sentence."""
        self.errors = [*self.errors, *self.faults]

    def _step(self, number: int, row: tuple[str, str, str]) -> Step:
        first, last = (self._day(number, text, begins=begins) for text, begins in ((row[0], True), (row[1], False)))
        if first and last and last < first:
            self.faults.append(_("dòng %(n)s: ngày kết thúc trước ngày bắt đầu.", n=number))
        if not row[2]:
            self.faults.append(_("dòng %(n)s: hãy nhập công việc.", n=number))
        if len(row[2]) > SHORT:
            said = {"n": number, "count": len(row[2]), "max": SHORT}
            self.faults.append(
                _("dòng %(n)s: công việc dài %(count)s ký tự, nhiều nhất %(max)s. Hãy rút ngắn.", **said)
            )
        typed = [
            "" if read is None or parse_day(text, today()) else text
            for read, text in zip((first, last), row, strict=False)
        ]
        return Step(first, last, row[2], *typed)

    def _day(self, number: int, text: str, *, begins: bool) -> date | None:
        """Return the day that a cell gives, of a period its first or its last; say what is wrong with it."""
        if not text:
            return None
        read = (read_begin if begins else read_due)(text, today(), Calendar())
        if read is None:
            passed = passed_day(text, today())
            said = {"n": number, "text": text[:40]}
            self.faults.append(
                _("dòng %(n)s: ", n=number) + sentence_of(passed_sentence(passed))
                if passed
                else _("dòng %(n)s: chưa đọc được «%(text)s», hãy gõ như 30/6/2027 hoặc quý II/2027.", **said)
            )
        return read


class MoneyField(Field):
    """An amount in đồng as people type it (100 triệu, 1,5 tỷ). `data` is an int; `read_back` says how it was read."""

    widget = TextInput()
    data: int | None

    @property
    def read_back(self) -> str:
        """The amount in full: 1.200.000.000 đồng; empty where none was read."""
        return "" if self.data is None else _("%(amount)s đồng", amount=figure(self.data))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else figure(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        text = nfc(valuelist[0]).strip() if valuelist else ""
        self.data = read_money(text) if text else None
        if text and self.data is None:
            raise ValueError(
                _("Chưa đọc được số tiền «%(text)s». Hãy gõ như 1 tỷ 200 triệu hoặc 1.200.000.000.", text=text[:40])
            )


def _typed(value: Any) -> str:  # noqa: ANN401 -- a day or none
    return day(value) if value else ""


class WriteProposalForm(FlaskForm):
    """The text of a proposal; a draft may still lack everything but its title."""

    version = IntegerField("", [Optional()])
    committee_id = SelectField(_l("Kính gửi"), coerce=int, validate_choice=False)
    unit_id = SelectField(_l("Đơn vị trình"), coerce=int, validate_choice=False)
    title = TextAreaField(
        _l("Tên tờ trình"), [InputRequired(_l("Hãy nhập tên tờ trình.")), _max(SHORT)], filters=[_clean],
        description=_l("Ví dụ: Về việc thay thế 52 máy tính bảng đã hỏng của đại biểu."),
    )  # fmt: skip
    symbol = StringField(
        _l("Số, ký hiệu"), [_max(100)], filters=[_clean],
        description=_l("Số trong sổ văn bản đi của đơn vị, ví dụ 12/TTr-VHXH. Để trống nếu chưa lấy số."),
    )  # fmt: skip
    necessity = _long(_l("Sự cần thiết"), _l("Vì sao phải làm, không làm thì sao."))
    grounds = _long(_l("Căn cứ"), _l("Mỗi căn cứ một dòng: văn bản, kết luận, kế hoạch."))
    content = _long(
        _l("Nội dung đề nghị phê duyệt"),
        _l("Làm gì, quy mô, phương án đã chọn và phương án đã so sánh."),
        # The page's main part is called #content.
        id="proposal-content",
    )
    effectiveness = _long(_l("Hiệu quả"), _l("Kết quả đo được: tiết kiệm bao nhiêu, phục vụ thêm bao nhiêu người."))
    cost = MoneyField(
        _l("Kinh phí"), [Optional()],
        description=_l("Ví dụ 100 triệu, 1,5 tỷ hoặc 1.250.000.000. Nhập 0 nếu không tốn kinh phí."),
    )  # fmt: skip
    funding = StringField(
        _l("Nguồn kinh phí"), [_max(SHORT)], filters=[_clean],
        description=_l("Ví dụ: Ngân sách phường năm 2027, sự nghiệp khoa học và công nghệ."),
    )  # fmt: skip
    steps = RoadmapField(_l("Lộ trình"))
    papers = MultipleFileField(_l("Tài liệu kèm theo"), description=_l("Dự toán, báo giá, thuyết minh …"))

    def offer(self, committees: Iterable[Committee], units: Iterable[Unit]) -> None:
        """Set what may be chosen."""
        self.committee_id.choices = [SelectChoice(one.id, one.name) for one in committees]
        self.unit_id.choices = [SelectChoice(one.id, one.name) for one in units]

    def show(self, proposal: Proposal) -> None:
        """Fill the form with what is kept, where nothing was typed."""
        self.version.data = proposal.version
        self.cost.data = proposal.cost
        self.steps.process(None, [*proposal.steps])

    def draft(self) -> Draft:
        """Return what was typed."""
        texts = ("title", "symbol", "necessity", "grounds", "content", "effectiveness", "funding")
        said = {name: self[name].data or "" for name in texts}
        return Draft(**said, cost=self.cost.data, steps=self.steps.data)

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The rows of the roadmap with empty ones below."""
        return [*self.steps.rows, *[("", "", "")] * BLANK_STEPS]


class AssignFromProposalForm(FlaskForm):
    """A task that an approval gives."""

    text = TextAreaField(
        _l("Nội dung giao"), [InputRequired(_l("Hãy nhập nội dung giao.")), _max(LONG)], filters=[_strip]
    )
    lead_unit_id = SelectField(_l("Đơn vị chủ trì"), coerce=int, validate_choice=False)
    due_on = DayField(_l("Thời hạn hoàn thành"), [InputRequired(_l("Hãy nhập thời hạn."))])
    deliverable = StringField(_l("Sản phẩm đầu ra"), [_max(SHORT)], filters=[_clean])

    def offer(self, units: Sequence[Choice]) -> None:
        """Set the units that may be chosen."""
        self.lead_unit_id.choices = [
            SelectChoice(unit.id, unit.name, render_kw={"data-words": unit.words}) for unit in units
        ]

    def order(self) -> Order:
        """Return the order that was typed."""
        return Order(
            text=self.text.data or "",
            lead_unit_id=self.lead_unit_id.data,
            due_on=self.due_on.data,
            deliverable=self.deliverable.data or "",
        )
