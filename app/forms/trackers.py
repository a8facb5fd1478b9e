"""What is typed to bring a tracker in: the file, which column is what, and what is said to single rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from app.forms.fields import DayField
from app.forms.texts import SetupForm, line
from app.text import nfc
from app.tracker.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

_SAID = re.compile(r"(take|lead|due|done_on)-(\d{1,6})")
_TICKED = re.compile(r"(shown|asked|beside)-(\d{1,6})")
_TICKS = {"shown": "take", "asked": "meant", "beside": "aside"}
_COLUMN = re.compile(r"column-(\d{1,3})")
_CALLED = re.compile(r"called-(\d{1,3})")
_MEANS = re.compile(r"-1|\d{1,9}")
_LONGEST = 200


class UploadTrackerForm(SetupForm):
    """The workbook, and the committee whose tasks are in it."""

    committee_id = SelectField(_l("Ban"), coerce=int, validate_choice=False)
    file = FileField(
        _l("Tệp Excel (.xlsx) hoặc CSV"),
        [InputRequired(_l("Hãy chọn tệp sổ theo dõi (.xlsx hoặc .csv)."))],
        description=_l("Giữ nguyên tệp như đang dùng: tiêu đề nhiều dòng, ô gộp, ngày gõ bằng chữ đều được."),
    )


class MapColumnsForm(SetupForm):
    """What holds for rows that do not say it themselves; the columns' fields come beside it (`mapping_of`)."""

    symbol = line(
        _l("Văn bản giao dùng chung"),
        _l("Dùng cho dòng không ghi văn bản giao."),
        required=_l("Hãy nhập tên hoặc số văn bản."),
    )
    given_on = DayField(
        _l("Ngày giao dùng chung"),
        [InputRequired(_l("Hãy nhập ngày."))],
        past=True,
        description=_l("Dùng cho dòng không ghi ngày giao; thống kê tính nhiệm vụ từ ngày này."),
    )
    done_by_due = BooleanField(
        _l("Việc đã xong mà sổ không ghi ngày hoàn thành: lấy ngày hạn làm ngày hoàn thành"),
        description=_l(
            "Để trống thì từng dòng như vậy chờ bạn nhập ngày; lấy ngày hạn thì việc được tính là đúng hạn."
        ),
    )


def mapping_of(typed: Mapping[str, str]) -> dict[int, str]:
    """Return the columns (from 0) that were given a field."""
    found = {}
    for name, value in typed.items():
        match = _COLUMN.fullmatch(name)
        if match and value in FIELDS:
            found[int(match[1])] = value
    return found


def meanings_in(typed: Mapping[str, str]) -> dict[str, tuple[int, bool]]:
    """Return which unit each name was said to mean, and whether that is to be remembered.

    -1 says that it is no unit at all, 0 that nothing was said.
    """
    found = {}
    for field, name in typed.items():
        if called := _CALLED.fullmatch(field):
            unit = typed.get(f"means-{called[1]}", "")
            found[nfc(name)] = int(unit) if _MEANS.fullmatch(unit) else 0, f"remember-{called[1]}" in typed
    return found


def said_of(typed: MultiDict[str, str]) -> dict[int, dict[str, str]]:
    """Return what was said to rows, by their numbers: take, meant and aside («yes», «no»), lead, helpers, due, done_on.

    A row's ticks come with a hidden field («shown», «asked», «beside»), since an empty tick or choice is not sent.
    """
    found: dict[int, dict[str, str]] = {}
    for name in typed:
        if ticked := _TICKED.fullmatch(name):
            row, tick = int(ticked[2]), _TICKS[ticked[1]]
            found.setdefault(row, {})[tick] = "yes" if f"{tick}-{row}" in typed else "no"
            if tick == "aside":
                found[row]["helpers"] = ",".join(filter(str.isdecimal, typed.getlist(f"helpers-{row}")))[:_LONGEST]
    for name, value in typed.items():
        match = _SAID.fullmatch(name)
        if match and match[1] != "take":
            text = nfc(value).strip()[:_LONGEST]
            if match[1] != "lead" or not text or text.isdecimal():
                found.setdefault(int(match[2]), {})[match[1]] = text
    return found
