"""A unit proposes an item, it is taken and minuted; the minutes are submitted twice, compared and confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.visitor import DESK, PHONE
from tests.factories import assign_task, browser, hold_meeting
from tests.meetings.test_way import plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

TITLE = "Kinh phí số hóa hồ sơ hộ tịch"


@pytest.mark.parametrize(("database_url", "width"), [("sqlite", DESK), ("sqlite", PHONE)], indirect=["database_url"])
def test_a_proposed_item_comes_onto_the_agenda_and_the_unit_reads_it(
    site: Site, house: House, visit: Callable[..., Visitor], width: int, tmp_path: Path
) -> None:
    assign_task(site.app, house, lead="vhxh", due=date(2026, 12, 15))
    plan(browser(site.app, house.people["secretary"]), house, title="Giao ban tháng 12", day="11/12")
    paper = tmp_path / "Dự toán.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF")
    head, desk = visit(house.people["head_vhxh"], width=width), visit(house.people["secretary"], width=width)
    head.open("/unit")
    head.send("Đề nghị đưa nội dung vào họp")
    head.page.fill("input[name=title]", TITLE)
    head.page.set_input_files("input[name=papers]", str(paper))
    head.send("Gửi đề nghị", 422)  # without a reason: nothing is lost, the file neither
    head.see("Hãy nêu lý do", "Dự toán.pdf")
    head.page.fill("textarea[name=reason]", "Cần Trưởng ban cho ý kiến.")
    head.send("Gửi đề nghị")
    head.see(TITLE, "Chờ thư ký", "Dự toán.pdf")
    desk.open("/desk")
    desk.going(desk.page.locator("main .line-title", has_text=TITLE).click)
    desk.take("take", position="2")
    desk.see(TITLE, "Đã đưa vào chương trình")
    head.again()
    head.see("Đã đưa vào chương trình", "Mục 2 của chương trình")
    head.open("/agenda-proposals")
    head.see(TITLE)


@pytest.mark.parametrize(("database_url", "width"), [("sqlite", DESK), ("sqlite", PHONE)], indirect=["database_url"])
def test_minutes_are_framed_submitted_twice_compared_and_confirmed(
    site: Site, house: House, visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr("app.services.held_rulings.HOLD", timedelta(seconds=1))
    hold_meeting(site.app, house, on=date(2026, 11, 13), title="Giao ban tuần trước")
    desk, chair = visit(house.people["secretary"], width=width), visit(house.people["chair"], width=width)
    desk.open("/meetings/1")
    desk.unfold(desk.page.locator("#agenda form[action$='/agenda'] input[name=title]"))
    desk.page.locator("#agenda form[action$='/agenda'] input[name=title]").fill(TITLE)
    desk.send("Thêm vào chương trình")
    desk.open("/meetings/1/minutes")
    text = desk.page.locator("textarea[name=text]")
    text.fill("Khai mạc.\nBế mạc.")
    text.evaluate("field => field.setSelectionRange(9, 9)")
    desk.page.get_by_role("button", name="Chèn vào chỗ con trỏ").first.click()
    assert text.input_value().startswith(f"Khai mạc.\n\n1. {TITLE}\n- Ý kiến thảo luận: \n")
    assert text.input_value().endswith("Bế mạc.")
    desk.send("Lưu biên bản")
    desk.take("submit")
    chair.open("/meetings/1/minutes")
    chair.rule_here("return", reason="Ghi rõ thời hạn")
    desk.again()
    text.fill(text.input_value().replace("Bế mạc.", "Bế mạc lúc 11 giờ."))
    desk.send("Lưu biên bản")
    desk.take("submit")
    chair.again()
    chair.send("So sánh 2 bản đã trình")
    assert chair.page.locator(".changes ins").inner_text().strip() == "lúc 11 giờ"
    chair.open("/meetings/1/minutes")
    chair.rule_here("approve")
    hold_meeting(site.app, house, on=date(2026, 11, 20), title="Giao ban tuần này")
    desk.open("/meetings/2")
    desk.page.locator("#minutes-before select").select_option("corrected")
    desk.page.locator("#minutes-before textarea").fill("Kết thúc lúc 11 giờ 15.")
    desk.going(desk.page.locator("#minutes-before button[type=submit]").click)
    desk.see("Thông qua, có đính chính", "Kết thúc lúc 11 giờ 15.")
    desk.open("/meetings/1/minutes")
    desk.see("Bế mạc lúc 11 giờ.", "Đính chính", "Kết thúc lúc 11 giờ 15.")
