"""Forms of notices: the text it is made of, its head, one clause, and what becomes of replaced tasks.

Over 300 lines: the three forms share their kinds of fields and choices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.forms.fields import DayField, TargetField, evidence_choices
from app.services.clause_proposals import CONTINUES, NEW_TASKS, NONE_ARISES
from app.services.conclusions import ClauseOrder
from app.text import nfc
from app.ui.formats import day
from app.ui.formats import words as words_of
from workflows.evidence import NONE as NO_EVIDENCE
from workflows.urgency import LEVELS, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.models import Conclusion, Notice
    from app.queries.choices import Choice
    from app.queries.continuable_tasks import Candidate

SHORT, LONG = 1_000, 20_000
KINDS = (("task", _l("Nhiệm vụ")), ("conclusion", _l("Kết luận, định hướng")), ("information", _l("Thông tin")))
OUTCOMES = (
    (NEW_TASKS, _l("Giao nhiệm vụ mới")),
    (CONTINUES, _l("Tiếp tục một nhiệm vụ đang mở")),
    (NONE_ARISES, _l("Không phát sinh nhiệm vụ")),
)
RECURRENCES = (
    ("", _l("Không định kỳ")),
    ("weekly", _l("Hằng tuần")),
    ("monthly", _l("Hằng tháng")),
    ("quarterly", _l("Hằng quý")),
    ("yearly", _l("Hằng năm")),
)
GONE = _l("Mục đã chọn không còn trong danh sách. Hãy chọn lại.")
PRIORITIES = (("normal", _l("Thường")), ("high", _l("Cao")), ("urgent", _l("Khẩn")))
CAPACITIES = (
    ("TM.", _l("TM. (thay mặt tập thể)")),
    ("KT.", _l("KT. (ký thay)")),
    ("TL.", _l("TL. (thừa lệnh)")),
    ("TUQ.", _l("TUQ. (thừa ủy quyền)")),
    ("", _l("Không ghi")),
)


class PickField(SelectField):
    """A choice of one thing; what is no longer offered is refused in our own words."""

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """Refuse what is not in the list."""
        try:
            super().pre_validate(form)
        except ValueError as error:
            raise ValidationError(GONE) from error


class PickSeveralField(SelectMultipleField):
    """A choice of several things, as above."""

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """Refuse what is not in the list."""
        try:
            super().pre_validate(form)
        except ValueError as error:
            raise ValidationError(GONE) from error


def _closed(pairs: Sequence[tuple[str, Any]]) -> list[Any]:
    """Return a closed list as WTForms takes it."""
    return [SelectChoice(value, label) for value, label in pairs]


def _strip(value: str | None) -> str | None:
    return nfc(value).strip() if value else value


def _max(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá %(max)d ký tự. Hãy rút ngắn.", max=length))


SIGNER = _l("Người ký thông báo cũ")
AS_ON_PAPER = _l("Ghi họ tên như trên văn bản; người nay không còn công tác cũng được.")


class ComposeNoticeForm(FlaskForm):
    """The text of a meeting's conclusions, pasted or typed."""

    committee = PickField(_l("Ban"), coerce=int)
    subject = StringField(
        _l("Trích yếu"), [_max(SHORT)], filters=[_strip],
        description=_l("Để trống thì hệ thống gợi ý; sửa được sau."),
    )  # fmt: skip
    text = TextAreaField(_l("Nội dung kết luận"))
    file = FileField(
        _l("hoặc chọn tệp (.docx, .pdf, .html, .txt)"),
        description=_l("Word hoặc PDF có lớp chữ, tối đa 25 MB; tệp gốc được giữ cùng thông báo."),
        render_kw={"accept": ".docx,.pdf,.html,.htm,.txt"},
    )
    historic = BooleanField(
        _l("Thông báo cũ, đã ban hành trên giấy"),
        description=_l("Nhập để theo dõi tiếp: số, ngày ghi theo văn bản cũ; không nhắc bù cho những ngày đã qua."),
    )
    issued_on = DayField(_l("Ngày ban hành của thông báo cũ"), [Optional()], past=True)
    kept = HiddenField()
    """The original as it was sent before, kept while the secretary looks at a notice that says the same."""
    again = HiddenField()
    """The notice that says the same and that she has seen: the draft is made all the same."""
    signer_name = StringField(SIGNER, [_max(SHORT)], filters=[_strip], description=AS_ON_PAPER)
    signer_title = StringField(_l("Chức vụ của người ký khi đó"), [_max(SHORT)], filters=[_strip])


class WriteHeadForm(FlaskForm):
    """What stands around the clauses."""

    subject = StringField(
        _l("Trích yếu"), [InputRequired(_l("Hãy nhập trích yếu của thông báo.")), _max(SHORT)], filters=[_strip]
    )
    opening = TextAreaField(_l("Phần mở đầu"), [_max(LONG)], filters=[_strip])
    signer = PickField(_l("Người ký"), coerce=int)
    signer_name = StringField(SIGNER, [_max(SHORT)], filters=[_strip], description=AS_ON_PAPER)
    signer_title = StringField(_l("Chức vụ của người ký khi đó"), [_max(SHORT)], filters=[_strip])
    capacity = PickField(_l("Thể thức ký"), choices=_closed(CAPACITIES))
    recipients = TextAreaField(_l("Nơi nhận"), [_max(LONG)], filters=[_strip])
    urgency = PickField(_l("Mức độ khẩn"))
    supersedes = PickField(_l("Thay thế thông báo"), coerce=int)
    supplements = PickField(_l("Bổ sung cho thông báo"), coerce=int)
    issued_on = DayField(_l("Ngày ban hành của thông báo cũ"), [Optional()], past=True)

    @classmethod
    def of(
        cls, notice: Notice, signers: Sequence[tuple[int, str, str]], replaceable: Sequence[Notice]
    ) -> WriteHeadForm:
        """Return the form of a notice with what it says now."""
        # Not from the notice itself: its `signer` is a person, of which the choice would make nothing.
        form = cls(
            subject=notice.subject,
            opening=notice.opening,
            recipients=notice.recipients,
            capacity=notice.capacity,
            issued_on=notice.issued_on,
            signer=notice.signer_id or 0,
            signer_name=notice.signed_by if notice.historic else "",
            signer_title=notice.signer_title,
            supersedes=notice.supersedes_id or 0,
            supplements=notice.supplements_id or 0,
            urgency=notice.urgency,
        )
        form.signer.choices = [
            SelectChoice(0, _l("— chọn người ký —")),
            *(SelectChoice(person, f"{name} – {office}" if office else name) for person, name, office in signers),
        ]
        form.urgency.choices = [
            SelectChoice(NONE, _l("Không")),
            *(SelectChoice(level, words_of(said)) for level, said in LEVELS.items()),
        ]
        issued = [SelectChoice(old.id, f"{old.symbol} – {old.subject[:90]}") for old in replaceable]
        form.supersedes.choices = [SelectChoice(0, _l("Không thay thế thông báo nào")), *issued]
        form.supplements.choices = [SelectChoice(0, _l("Không bổ sung thông báo nào")), *issued]
        return form


class WriteClauseForm(FlaskForm):
    """One clause: its words, and the order that its tasks get."""

    likely: Sequence[Candidate] = ()
    version = HiddenField()
    text = TextAreaField(_l("Nội dung"), [_max(LONG)], filters=[_strip])
    address = StringField(_l("Số mục"), [_max(30)], filters=[_strip])
    section = StringField(_l("Thuộc phần"), [_max(SHORT)], filters=[_strip])
    kind = PickField(_l("Loại"), choices=_closed(KINDS))
    outcome = RadioField(_l("Kết luận này dẫn đến"), choices=_closed(OUTCOMES), validate_choice=False)
    # What is closed by now or another committee's is refused by the service, which can say why.
    continues = SelectField(_l("Nhiệm vụ được tiếp tục"), coerce=int, validate_choice=False)
    lead = PickField(
        _l("Đơn vị chủ trì"),
        description=_l("Chọn một nhóm (khối) thì mỗi đơn vị trong nhóm nhận một nhiệm vụ riêng."),
    )
    coordinating = PickSeveralField(_l("Đơn vị phối hợp"), coerce=int)
    due_on = DayField(_l("Thời hạn"), [Optional()])
    no_due_reason = StringField(_l("Không có hạn, vì"), [_max(SHORT)], filters=[_strip])
    recurrence = PickField(
        _l("Định kỳ"), choices=_closed(RECURRENCES), description=_l("Việc định kỳ không cần thời hạn.")
    )
    priority = PickField(_l("Mức ưu tiên"), choices=_closed(PRIORITIES))
    deliverable = StringField(_l("Sản phẩm đầu ra"), [_max(SHORT)], filters=[_strip])
    evidence = PickField(_l("Minh chứng khi báo cáo hoàn thành"), choices=evidence_choices, default=NO_EVIDENCE)
    target_value = TargetField(_l("Chỉ tiêu (số)"), [Optional()])
    target_unit = StringField(_l("Đơn vị tính"), [_max(60)], filters=[_strip])
    done_on = DayField(
        _l("Đã hoàn thành ngày"),
        [Optional()],
        past=True,
        description=_l("Chỉ điền khi việc đã xong; để trống thì nhiệm vụ được giao tiếp cho đơn vị."),
    )
    done_result = StringField(_l("Kết quả (một dòng)"), [_max(SHORT)], filters=[_strip])

    @classmethod
    def of(
        cls,
        clause: Conclusion,
        units: Iterable[Choice],
        groups: Iterable[Choice],
        candidates: Sequence[Candidate],
    ) -> WriteClauseForm:
        """Return the form of a clause with what it says now."""
        lead = f"u{clause.lead_unit_id}" if clause.lead_unit_id else f"g{clause.lead_group_id}"
        form = cls(
            obj=clause,
            version=str(clause.version),
            lead=lead if clause.lead_unit_id or clause.lead_group_id else "",
            coordinating=clause.coordinating_ids,
            evidence=clause.evidence_rule,
            continues=clause.continues_task_id or 0,
            recurrence=clause.recurrence or "",
        )
        known = list(units)
        form.lead.choices = _lead_choices(known, groups)
        form.coordinating.choices = [_choice(unit.id, unit) for unit in known]
        form.continues.choices = _task_choices(candidates)
        form.likely = [task for task in candidates if task.likely][:2]
        return form

    def order(self, *, reviewed: bool) -> ClauseOrder:
        """Return what was said, in the service's terms."""
        chosen = self.lead.data or ""
        number = int(chosen[1:]) if chosen[1:].isdecimal() else None
        return ClauseOrder(
            text=self.text.data or "",
            address=self.address.data or "",
            section=self.section.data or "",
            kind=self.kind.data,
            outcome=self.outcome.data if self.outcome.data in dict(OUTCOMES) else "",
            lead_unit_id=number if chosen.startswith("u") else None,
            lead_group_id=number if chosen.startswith("g") else None,
            coordinating_ids=self.coordinating.data or [],
            due_on=self.due_on.data,
            no_due_reason=self.no_due_reason.data or "",
            recurrence=self.recurrence.data or None,
            priority=self.priority.data,
            deliverable=self.deliverable.data or "",
            evidence_rule=self.evidence.data,
            target_value=self.target_value.data,
            target_unit=self.target_unit.data or "",
            continues_task_id=self.continues.data or None,
            done_on=self.done_on.data,
            done_result=self.done_result.data or "",
            reviewed=reviewed,
        )

    def seen_version(self) -> int:
        """Return the version of the clause that was on the screen; 0 where it cannot be read."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- no real version is that long

    def renew(self, clause: Conclusion) -> None:
        """Let the form, drawn again with what was typed, be sent against the clause as it is now."""
        self.version.data = str(clause.version)
        self.version.raw_data = None


class AddClausesForm(FlaskForm):
    """One or more clauses typed or pasted into a draft."""

    text = TextAreaField(_l("Thêm kết luận"))
    after = IntegerField(validators=[Optional()])


def _choice(value: int | str, unit: Choice, group: Any = None) -> Any:  # noqa: ANN401 -- WTForms' own kind of choice
    return SelectChoice(value, unit.name, {"data-words": unit.words}, group)


def _lead_choices(units: Iterable[Choice], groups: Iterable[Choice]) -> list[Any]:
    return [
        SelectChoice("", _l("— chưa có đơn vị chủ trì —")),
        *(_choice(f"u{unit.id}", unit, _l("Đơn vị")) for unit in units),
        *(_choice(f"g{group.id}", group, _l("Nhóm đơn vị")) for group in groups),
    ]


def _task_choices(candidates: Sequence[Candidate]) -> list[Any]:
    found = [SelectChoice(0, _l("— chọn nhiệm vụ —"))]
    for task in sorted(candidates, key=lambda task: not task.likely):
        hint = ", ".join([task.unit, *([_("hạn %(day)s", day=day(task.due))] if task.due else [])])
        group = _l("Có thể là cùng một việc") if task.likely else _l("Nhiệm vụ đang mở khác")
        found.append(SelectChoice(task.task_id, f"{task.code}: {task.title}", {"data-hint": hint}, group))
    return found
