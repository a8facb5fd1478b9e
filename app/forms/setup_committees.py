"""Forms of committees: themselves, seats, portfolios, delegations, periods, numbers; and of the calendar."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import NumberRange, Optional

from app.forms.fields import DayField, FigureField
from app.forms.texts import Given, KeysField, RowField, RowsField, SetupForm, choice, line
from app.queries.kinds import COMMITTEE_KINDS, DOC_TYPES, PROFILES, SEATS
from app.services.delegations import lendable_moves
from workflows.quorum import QUORUMS
from workflows.words import Words

LATENESS = {
    "working": Words("Ngày làm việc", "Working days"),
    "calendar": Words("Ngày theo lịch", "Calendar days"),
}
MODES = {
    "own": Words("Phần mềm cấp số lần lượt, không khuyết", "Counted here, without gaps"),
    "external": Words("Văn thư cấp số; thư ký nhập số khi ban hành", "Given by the clerk and typed on issue"),
}
DAY_KINDS = {
    "off": Words("Nghỉ (ngày thường được nghỉ)", "Off (a weekday)"),
    "work": Words("Làm việc (thứ Bảy, Chủ nhật đi làm bù)", "Worked (a weekend day)"),
}


class EditCommitteeForm(SetupForm):
    """A committee and its ways."""

    name = line(_l("Tên ban"), _l("Như trong quyết định thành lập."), required=_l("Hãy nhập tên ban."))
    short_name = line(_l("Tên ngắn"), _l("Hiện trong các bảng, ví dụ: Ban Chỉ đạo CĐS."))
    kind = choice(_l("Loại"), COMMITTEE_KINDS)
    profile = choice(_l("Thể thức văn bản"), PROFILES)
    symbol = line(
        _l("Ký hiệu"),
        _l("Phần sau loại văn bản: BCĐ trong 05/TB-BCĐ. Không có khoảng trống."),
        required=_l("Hãy nhập ký hiệu, ví dụ: BCĐ."),
        size=30,
    )
    issuing_body = line(_l("Cơ quan ban hành"), _l("Dòng đậm ở góc trái văn bản; để trống thì dùng tên ban."))
    superior_body = line(_l("Cơ quan chủ quản"), _l("Dòng phía trên; để trống thì dùng tên cơ quan."))
    standing_unit_id = RowField(_l("Cơ quan thường trực"))
    rhythm = line(_l("Nhịp họp"), _l("Ghi bằng lời, ví dụ: mỗi tháng một lần, tuần đầu tháng."))
    due_soon_days = FigureField(
        _l("Báo «sắp đến hạn» trước bao nhiêu ngày làm việc"),
        [
            Given(_l("Hãy nhập số ngày, ví dụ 3.")),
            NumberRange(min=1, max=15, message=_l("Hãy nhập số từ 1 đến 15.")),
        ],
    )
    lateness = choice(_l("Tính số ngày quá hạn theo"), LATENESS)
    quorum = choice(
        _l("Số thành viên cần có mặt để họp"),
        QUORUMS,
        _l("Theo quy chế của ban; hiện bên cạnh phần điểm danh."),
        default="",
    )
    secretary_may_confirm = BooleanField(_l("Thư ký được xác nhận hoàn thành thay Trưởng ban"))
    stand_in_id = RowField(
        _l("Ủy viên quyết định thay"),
        description=_l("Quyết định khi Trưởng ban, Phó Trưởng ban và thư ký đều là người trong cuộc."),
    )
    active = BooleanField(_l("Đang hoạt động"), default=True)


class AddMemberForm(SetupForm):
    """A dated seat in a committee."""

    person_id = RowField(_l("Người"), empty=False)
    office = choice(_l("Vai trò trong ban"), SEATS, default="member")
    title = line(_l("Chức danh ghi trên văn bản"), _l("Ví dụ: Phó Chủ tịch UBND phường, Phó Trưởng ban Thường trực."))
    rank = FigureField(
        _l("Thứ tự"), [Optional()], description=_l("Số nhỏ đứng trước trong danh sách dự họp, nơi nhận.")
    )
    from_on = DayField(_l("Từ ngày"), [Given(_l("Hãy nhập ngày bắt đầu."))], past=True)
    to_on = DayField(_l("Đến hết ngày"), [Optional()], description=_l("Để trống nếu chưa biết."))


class SetPortfolioForm(SetupForm):
    """The units for which a deputy rules."""

    unit_ids = RowsField(
        _l("Phụ trách các đơn vị"),
        description=_l("Phó Trưởng ban quyết định thay Trưởng ban với nhiệm vụ của các đơn vị này, từ hôm nay."),
    )


class GrantDelegationForm(SetupForm):
    """What the chair lends, to whom, how long."""

    chair_id = RowField(_l("Người ủy quyền"), empty=False)
    to_person_id = RowField(_l("Người được ủy quyền"), empty=False)
    from_on = DayField(_l("Từ ngày"), [Given(_l("Hãy nhập ngày bắt đầu."))])
    to_on = DayField(_l("Đến hết ngày"), [Optional()], description=_l("Để trống: đến khi thu hồi ủy quyền."))
    unit_ids = RowsField(_l("Với các đơn vị"), description=_l("Để trống: mọi đơn vị."))
    moves = KeysField(
        _l("Những việc được quyết định"),
        lendable_moves(),
        description=_l("Để trống: mọi việc Phó Trưởng ban làm được."),
    )
    basis = line(_l("Căn cứ"), _l("Số, ngày của văn bản ủy quyền. Thư ký ghi thay thì bắt buộc."))


class RevokeDelegationForm(SetupForm):
    """Why a delegation ends."""

    reason = line(_l("Lý do"), required=_l("Hãy ghi lý do thu hồi ủy quyền."))


class SetPeriodRuleForm(SetupForm):
    """On which day of the month periods begin, and since when."""

    start_day = FigureField(
        _l("Kỳ bắt đầu vào ngày mấy của tháng"),
        [
            Given(_l("Hãy nhập ngày từ 1 đến 28.")),
            NumberRange(min=1, max=28, message=_l("Hãy nhập ngày từ 1 đến 28.")),
        ],
        description=_l("15 nghĩa là từ ngày 15 tháng trước đến 14 tháng này; 1 là theo tháng dương lịch."),
    )
    valid_from = DayField(_l("Áp dụng từ ngày"), [Given(_l("Hãy nhập ngày bắt đầu áp dụng."))])


class SaveSeriesForm(SetupForm):
    """How papers of a type are numbered."""

    doc_type = choice(_l("Loại văn bản"), DOC_TYPES)
    scope = line(_l("Năm hoặc nhiệm kỳ"), required=_l("Hãy nhập năm, hoặc nhiệm kỳ nếu theo thể thức Đảng."), size=20)
    mode = choice(_l("Cách cấp số"), MODES)
    next_number = FigureField(
        _l("Số tiếp theo"),
        [
            Given(_l("Hãy nhập số tiếp theo.")),
            NumberRange(min=1, max=99_999, message=_l("Hãy nhập số từ 1 đến 99.999.")),
        ],
        description=_l("Nếu năm nay đã ban hành đến số 12 trên giấy, hãy nhập 13."),
    )


class SetDayForm(SetupForm):
    """A day that differs from the week's rule."""

    day = DayField(_l("Ngày"), [Given(_l("Hãy nhập ngày."))])
    kind = choice(_l("Là ngày"), DAY_KINDS)
    name = line(
        _l("Tên gọi, căn cứ"), _l("Ví dụ: Giỗ Tổ Hùng Vương."), required=_l("Hãy ghi tên ngày nghỉ hoặc lý do.")
    )
