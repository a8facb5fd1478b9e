"""The main way without JavaScript: plain forms and links, nothing missing that one needs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.jobs.held_rulings import carry_out_rulings
from app.models import Task
from tests.browser.test_main_way import PNG, TEXT
from tests.factories import PASSWORD
from workflows.task import COMPLETED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House


def let_effect(site: Site) -> None:
    """Do what the scheduler does when a ruling can no longer be taken back: no page counts down here."""
    with site.app.app_context():
        assert carry_out_rulings() == 1


@pytest.fixture(autouse=True)
def _no_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.held_rulings.HOLD", timedelta(0))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_way_from_a_text_to_a_confirmed_task(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    desk, chair, unit = (visit(script=False) for _ in range(3))
    desk.open("/login")
    desk.log_in("secretary", PASSWORD)
    chair.be(house.people["chair"])
    unit.be(house.people["head_vhxh"])

    desk.open("/notices/new")
    desk.page.fill("textarea[name=text]", TEXT)
    desk.send("Tách thành kết luận")
    desk.page.select_option("select[name=lead]", label="Trạm Y tế phường")
    desk.page.select_option("select[name=lead]", label="Phòng Văn hóa - Xã hội")
    desk.send("Lưu, sang mục kế")
    desk.page.fill("input[name=due_on]", "31/12")
    desk.send("Lưu, sang mục kế")
    desk.take("submit")
    chair.open("/")
    chair.take("sign")
    let_effect(site)
    desk.again()
    desk.take("issue")
    desk.see("01/TB-BCĐ", "NV-2026-2")

    unit.open("/")
    unit.send("kiểm kê máy tính bảng")
    unit.take("accept")
    unit.take("report", 422, result="", files={"evidence": PNG})
    unit.take("report", result="Đã kiểm kê đủ 52 máy")
    unit.see("ảnh kiểm kê.png")
    chair.open("/")
    chair.take("confirm")
    chair.see("đang được thực hiện")
    let_effect(site)
    with site.app.app_context():
        assert session.query(Task).filter_by(code="NV-2026-1").one().state == COMPLETED
