"""The three people's main way in a real browser: from a pasted text to a confirmed task and a signed month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.models import Task
from tests.browser.visitor import DESK, PHONE
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

TEXT = """1. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an phường kiểm kê máy tính bảng đã cấp, \
báo cáo trước ngày 15/12/2026.

2. Yêu cầu Phòng Kinh tế, Hạ tầng và Đô thị xây dựng kế hoạch chuyển đổi số năm 2027.
"""
PNG = {"name": "ảnh kiểm kê.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 64}


def compose(desk: Visitor) -> None:
    """Paste a text and complete what the reader could not read: the second clause has no date."""
    desk.open("/notices")
    desk.send("Soạn thông báo")
    desk.page.fill("textarea[name=text]", TEXT)
    desk.page.fill("input[name=subject]", "Kết luận phiên họp Ban Chỉ đạo tháng 11")
    desk.send("Tách thành kết luận")
    desk.see("Đã cắt văn bản thành 2 kết luận")
    assert desk.page.input_value("input[name=due_on]") == "15/12/2026"
    desk.send("Lưu, sang mục kế")
    desk.page.fill("input[name=due_on]", "31/12")
    desk.send("Lưu, sang mục kế")


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_three_people_go_the_whole_way(
    site: Site, house: House, visit: Callable[..., Visitor], width: int, scheme: str
) -> None:
    desk = visit(width=width, scheme=scheme)
    desk.open("/login?next=/notices")
    desk.log_in("secretary", PASSWORD)
    compose(desk)
    desk.take("submit")
    paper = desk.page.url

    chair = visit(house.people["chair"], width=width, scheme=scheme)
    chair.open(paper)
    chair.take("sign")
    desk.open(paper)
    desk.take("issue")
    desk.see("01/TB-BCĐ", "NV-2026-1", "NV-2026-2")

    unit = visit(house.people["head_vhxh"], width=width, scheme=scheme)
    unit.open("/tasks/")
    unit.open_row("kiểm kê máy tính bảng")
    unit.take("accept")
    unit.take("progress", note="Đã kiểm kê 37 trên 52 máy", files={"evidence": PNG})
    unit.take("report", result="Đã kiểm kê đủ 52 máy, 03 máy hỏng.")
    unit.see("ảnh kiểm kê.png")

    chair.open(unit.page.url)
    chair.see("Đã kiểm kê đủ 52 máy", "ảnh kiểm kê.png")
    chair.take("confirm")
    chair.see("Hoàn thành")
    with site.app.app_context():
        first = session.query(Task).filter_by(code="NV-2026-1").one()
        assert (first.state, first.self_confirmed) == ("completed", False)
