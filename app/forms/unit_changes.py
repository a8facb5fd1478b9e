"""Forms of merging, splitting, renaming and abolishing units."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from app.forms.fields import DayField
from app.forms.texts import Given, RowField, RowsField, SetupForm, entries, line


class ChangeUnitsForm(SetupForm):
    """What every change of units asks for: from which day, by which decision, and which preview was seen."""

    on = DayField(
        _l("Có hiệu lực từ ngày"),
        [Given(_l("Hãy nhập ngày có hiệu lực."))],
        nearest=True,
        description=_l(
            "Hôm nay hoặc ngày đã qua: ghi ngay, nhiệm vụ chuyển từ lúc ghi, chức vụ chuyển từ ngày này."
            " Ngày sắp tới: được chuẩn bị sẵn và tự thực hiện vào ngày đó."
        ),
    )
    basis = line(
        _l("Căn cứ"),
        _l("Số, ngày của nghị quyết, quyết định sắp xếp."),
        required=_l("Hãy ghi căn cứ của việc sắp xếp."),
    )
    past_meant = BooleanField(_l("Ngày có hiệu lực ghi như vậy là đúng"))
    seen = HiddenField()


class MergeUnitsForm(ChangeUnitsForm):
    """Several units become one, an existing or a new one."""

    olds = RowsField(_l("Các đơn vị được sáp nhập"))
    into = RowField(_l("Sáp nhập vào đơn vị đang có"))
    name = line(_l("hoặc thành đơn vị mới, tên là"))
    short_name = line(_l("Tên viết tắt của đơn vị mới"))


class SplitUnitForm(ChangeUnitsForm):
    """One unit becomes several."""

    old = RowField(_l("Đơn vị được tách"), empty=False)
    keeps = BooleanField(_l("Đơn vị cũ vẫn hoạt động, chỉ tách một phần việc ra"))
    names = entries(
        _l("Tên các đơn vị mới"),
        _l("Mỗi dòng một đơn vị; có thể ghi tên viết tắt sau dấu gạch đứng: Phòng Văn hóa | P. VH."),
    )
    into = RowsField(_l("và các đơn vị đang có nhận việc"))
    first = HiddenField()


class RenameUnitForm(ChangeUnitsForm):
    """A unit gets another name."""

    old = RowField(_l("Đơn vị đổi tên"), empty=False)
    name = line(_l("Tên mới"), required=_l("Hãy nhập tên mới."))
    short_name = line(_l("Tên viết tắt mới"), _l("Để trống thì dùng tên đầy đủ."))


class AbolishUnitForm(ChangeUnitsForm):
    """A unit ends, and another carries on."""

    old = RowField(_l("Đơn vị kết thúc hoạt động"), empty=False)
    into = RowField(_l("Đơn vị kế thừa"), description=_l("Nhận các nhiệm vụ đang mở và mọi việc còn dở."))
