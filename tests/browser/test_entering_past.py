"""The secretary enters a meeting of the past with its notice, in a real browser, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visitor import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor
    from tests.factories import House

TEXT = """1. Giao Phòng Văn hóa - Xã hội kiểm kê máy tính bảng đã cấp, báo cáo trước ngày 15/4/2026.

2. Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe, hoàn thành trước ngày 30/12/2026.
"""


@pytest.mark.parametrize(("database_url", "width"), [("sqlite", DESK), ("sqlite", PHONE)], indirect=["database_url"])
def test_a_past_meeting_leads_to_its_notice_and_to_what_is_done_and_open(
    house: House, visit: Callable[..., Visitor], width: int
) -> None:
    desk = visit(house.people["secretary"], width=width)
    desk.open("/meetings/")
    desk.send("Nhập cuộc họp đã diễn ra")
    desk.page.fill("input[name=title]", "Phiên họp tháng 3")
    desk.page.fill("input[name=day]", "5/3/2026")
    desk.page.fill("input[name=presided_by]", "Trần Quốc Toản")
    desk.page.fill("input[name=presider_title]", "Chủ tịch UBND phường")
    desk.send("Nhập cuộc họp", within="main form")
    desk.see("Đã nhập cuộc họp", "05/03/2026", "Trần Quốc Toản")
    desk.send("Nhập thông báo kết luận đã ban hành", within="#notice")
    assert desk.page.input_value("input[name=signer_name]") == "Trần Quốc Toản"
    assert desk.page.input_value("input[name=issued_on]") == "05/03/2026"
    desk.page.fill("textarea[name=text]", TEXT)
    desk.page.fill("input[name=issued_on]", "10/3/2026")
    desk.send("Tách thành kết luận")
    desk.page.fill("input[name=done_on]", "20/4/2026")
    desk.page.fill("input[name=done_result]", "Báo cáo số 12/BC-VHXH")
    desk.send("Lưu, sang mục kế")
    desk.send("Lưu, sang mục kế")
    desk.see("Đủ nội dung để ghi vào sổ", "đã hoàn thành ngày 20/04/2026: Báo cáo số 12/BC-VHXH")
    desk.take("enter", number="05/TB-BCĐ")
    desk.see("05/TB-BCĐ", "Hoàn thành quá hạn 3 ngày", "Chưa thực hiện", "TM. Trần Quốc Toản, Chủ tịch UBND phường")
