"""The three people's main way in a real browser: from a pasted text to a confirmed task and a signed month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session
from app.models import Task
from tests.browser.visitor import DESK, PHONE
from tests.factories import PASSWORD, assign_task, at_noon
from workflows.task import COMPLETED

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


@pytest.fixture(autouse=True)
def _short_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold rulings for a moment only; how long they are held is tried elsewhere."""
    monkeypatch.setattr("app.services.held_rulings.HOLD", timedelta(seconds=1))


@pytest.mark.parametrize(
    ("database_url", "width", "scheme"),
    [("sqlite", DESK, "light"), ("postgresql", PHONE, "dark")],
    indirect=["database_url"],
)
def test_three_people_go_the_whole_way(
    site: Site, house: House, visit: Callable[..., Visitor], width: int, scheme: str
) -> None:
    old = assign_before(site, house)
    desk, chair, unit = (visit(width=width, scheme=scheme) for _ in range(3))
    desk.open("/login")
    desk.log_in("secretary", PASSWORD)
    chair.be(house.people["chair"])
    unit.be(house.people["head_vhxh"])

    compose(desk)
    desk.take("submit")
    chair.open("/")
    chair.see("Kết luận phiên họp Ban Chỉ đạo tháng 11")
    chair.rule("sign")
    desk.again()
    desk.take("issue")
    desk.see("01/TB-BCĐ", "NV-2026-1", "NV-2026-2")

    unit.open("/")
    unit.see("Việc của chúng tôi")
    unit.send("kiểm kê máy tính bảng")
    unit.take("accept")
    unit.take("progress", note="Đã kiểm kê 37 trên 52 máy", files={"evidence": PNG})
    unit.take("report", result="Đã kiểm kê đủ 52 máy, 03 máy hỏng.")
    unit.see("ảnh kiểm kê.png")
    done = unit.page.url

    chair.open("/")
    chair.see("Đã kiểm kê đủ 52 máy", "ảnh kiểm kê.png")
    chair.rule("confirm")
    chair.open(done)
    chair.see("Hoàn thành")

    unit.open(f"/tasks/{old}")
    unit.take("accept")
    unit.take("extension", new_due="15/12", reason="Chờ kinh phí bổ sung")
    chair.open("/")
    chair.see("Chờ kinh phí bổ sung")
    chair.rule("grant")
    unit.open(f"/tasks/{old}")
    unit.see("Hạn ban đầu 30/10/2026", "đồng ý đến 15/12/2026")

    sign_month(desk, chair, house)
    with site.app.app_context():
        first = session.query(Task).filter_by(code="NV-2026-1").one()
        assert (first.state, first.self_confirmed) == (COMPLETED, False)
        late = session.get_one(Task, old)
        assert (late.original_due, late.current_due) == (date(2026, 10, 30), date(2026, 12, 15))


def assign_before(site: Site, house: House) -> int:
    """Assign a task within the period that is over: it is late by now."""
    with time_machine.travel(at_noon(date(2026, 10, 20)), tick=False):
        return assign_task(site.app, house, due=date(2026, 10, 30), title="Rà soát hồ sơ một cửa")


def sign_month(desk: Visitor, chair: Visitor, house: House) -> None:
    """Explain, draft and submit the month that is over; the chair signs it from the queue."""
    address = f"/reports/{house.committee.id}/2026-10-15"
    desk.open(address)
    desk.send("Lập báo cáo của kỳ")
    desk.page.fill(f"textarea[name=cause-{house.units['vhxh'].id}]", "Chờ kinh phí; đã phân công lại.")
    desk.send("Lưu nguyên nhân")
    desk.take("draft")
    desk.take("submit")
    chair.open("/")
    chair.see("Báo cáo kỳ 15/10/2026 – 14/11/2026")
    chair.rule("sign")
    desk.open(address)
    desk.see("Chờ kinh phí; đã phân công lại.", "Đã ký")
