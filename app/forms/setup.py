"""Forms of the organisation: authority, units, groups, people, offices, and lists to read in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Optional

from app.clock import today
from app.forms.fields import DayField, FigureField
from app.forms.texts import Given, RowField, RowsField, SetupForm, choice, email_line, entries, line, trimmed
from app.queries.kinds import OFFICES, UNIT_KINDS
from app.services.setup_log import last_held
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class EditAuthorityForm(SetupForm):
    """How the authority names itself on its papers."""

    name = line(_l("Tên cơ quan"), _l("Ghi đầy đủ, như trên văn bản."), required=_l("Hãy nhập tên cơ quan."))
    short_name = line(_l("Tên ngắn"), _l("Hiện ở góc trên của mọi trang, ví dụ: UBND phường Sông Mây."))
    superior_name = line(_l("Cơ quan chủ quản"), _l("Dòng trên cùng bên trái của văn bản; để trống nếu không có."))
    place = line(
        _l("Địa danh"), _l("Ghi trước ngày ban hành, ví dụ: Sông Mây, ngày 05 tháng 01 năm 2026."),
        required=_l("Hãy nhập địa danh."),
    )  # fmt: skip


class EditUnitForm(SetupForm):
    """A unit of the authority's tree."""

    name = line(_l("Tên đơn vị"), required=_l("Hãy nhập tên đơn vị."))
    short_name = line(_l("Tên viết tắt"), _l("Hiện trong các bảng, ví dụ: P. VHXH. Để trống thì dùng tên đầy đủ."))
    kind = choice(_l("Loại đơn vị"), {"": Words("Đoán theo tên đơn vị", "Guess from the name"), **UNIT_KINDS})
    aliases = entries(
        _l("Tên gọi khác"),
        _l("Mỗi dòng một cách gọi hay gặp trong văn bản. Nhờ đó máy nhận ra đơn vị khi đọc kết luận."),
    )
    parent_id = RowField(_l("Trực thuộc"))
    email = email_line(_l("Hộp thư chung"))
    outside = BooleanField(_l("Ngoài cơ quan: có thêm thời gian để tiếp nhận nhiệm vụ"))
    staff_may_accept = BooleanField(_l("Chuyên viên được tiếp nhận nhiệm vụ thay thủ trưởng"))
    staff_may_report = BooleanField(_l("Chuyên viên được báo cáo hoàn thành thay thủ trưởng"))
    position = FigureField(
        _l("Thứ tự"), [Optional()], description=_l("Số nhỏ đứng trước. Để trống thì xếp cuối danh sách.")
    )


class EditGroupForm(SetupForm):
    """A named group of units."""

    name = line(
        _l("Tên khối"), _l("Như trong kết luận, ví dụ: các phòng chuyên môn."), required=_l("Hãy nhập tên khối.")
    )
    aliases = entries(_l("Tên gọi khác"), _l("Mỗi dòng một cách gọi."))
    unit_ids = RowsField(_l("Các đơn vị trong khối"))


class EditPersonForm(SetupForm):
    """A person. No ID numbers."""

    full_name = line(_l("Họ và tên"), required=_l("Hãy nhập họ và tên."))
    email = email_line(_l("Thư điện tử"), _l("Nơi nhận thư mời, thư nhắc việc. Mỗi người một địa chỉ riêng."))
    login = line(_l("Tên đăng nhập"), _l("Để trống thì máy tự đặt theo thư điện tử hoặc họ tên."))
    phone = line(_l("Điện thoại"), size=40)
    is_admin = BooleanField(
        _l("Quản trị hệ thống: thiết lập cơ quan, đơn vị, người dùng; không có quyền trong công việc")
    )


class GiveOfficeForm(SetupForm):
    """A dated office in a unit."""

    unit_id = RowField(_l("Đơn vị"), empty=False)
    kind = choice(_l("Vai trò"), OFFICES, default="staff")
    title = line(_l("Chức vụ"), _l("Như trên văn bản, ví dụ: Trưởng phòng."))
    from_on = DayField(_l("Từ ngày"), [Given(_l("Hãy nhập ngày bắt đầu."))], past=True)
    to_on = DayField(_l("Đến hết ngày"), [Optional()], description=_l("Để trống nếu chưa biết."))


class EndForm(SetupForm):
    """The last day of an office or seat; with `now` it ends at once, whatever day stands there."""

    on = DayField(_l("Ngày cuối giữ chức"), [Given(_l("Hãy nhập ngày cuối giữ chức."))], past=True)
    now = BooleanField()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Ask for no day where the office ends at once."""
        if self.now.data:
            self.on.validators, self.on.process_errors = [], []
        return bool(super().validate(extra_validators))

    def last_day(self, began: date) -> date:
        """Return the last day asked for: yesterday where it ends at once, never before the office began."""
        return last_held(today(), began) if self.now.data else self.on.data or today()


class ImportForm(SetupForm):
    """A list, pasted or as a workbook; `seen` says which preview the person saw."""

    text = TextAreaField(_l("Dán danh sách vào đây"), [Optional()], filters=[trimmed], render_kw={"rows": 12})
    file = FileField(_l("Hoặc chọn tệp Excel (.xlsx)"))
    since = DayField(_l("Giữ chức từ ngày"), [Optional()], past=True)
    seen = HiddenField()
