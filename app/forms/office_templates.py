"""Giving in an office's own template of an official paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet

from app.forms.texts import SetupForm


class GiveTemplateForm(SetupForm):
    """A kind of paper and the DOCX it is to be written with."""

    paper = SelectField(
        _l("Dùng cho"),
        choices=[
            SelectChoice("notice", _l("Thông báo kết luận")),
            SelectChoice("minutes", _l("Biên bản")),
            SelectChoice("invitation", _l("Giấy mời")),
            SelectChoice("reminder", _l("Phiếu đôn đốc")),
            SelectChoice("proposal", _l("Tờ trình")),
        ],
    )
    file = FileField(
        _l("Mẫu Word (.docx)"),
        [FileRequired(_l("Hãy chọn tệp mẫu."))],
        description=_l("Tối đa 5 MB, không có macro, liên kết ngoài hay đối tượng nhúng."),
    )
