"""The chair rules with one thumb or one key, and takes it back the same way; else it takes effect by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.models import Task
from tests.factories import assign_task, browser, post, take
from workflows.task import COMPLETED, REPORTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def report(site: Site, house: House) -> int:
    task = assign_task(site.app, house)
    unit = browser(site.app, house.people["head_vhxh"])
    take(unit, "task", task, "accept")
    take(unit, "task", task, "report", {"result": "Đã kiểm kê 37 máy"})
    return task


def state_of(site: Site, task: int) -> str:
    with site.app.app_context():
        return session.get_one(Task, task).state


@pytest.mark.parametrize("width", [390, 1440])
def test_a_ruling_is_taken_back_or_takes_effect(
    site: Site, house: House, visit: Callable[..., Visitor], width: int
) -> None:
    task = report(site, house)
    chair = visit(house.people["chair"], width=width)
    keys = chair.page.keyboard
    chair.open("/chair")
    chair.press_letter("n")
    chair.tab_to("Xác nhận hoàn thành")
    chair.going(lambda: keys.press("Enter"))
    chair.see("có hiệu lực sau")
    assert state_of(site, task) == REPORTED
    chair.going(lambda: keys.press("z"))
    chair.see("chưa ai được báo")
    assert state_of(site, task) == REPORTED

    chair.press_letter("n")
    chair.tab_to("Xác nhận hoàn thành")
    chair.going(lambda: keys.press("Enter"))
    chair.page.wait_for_selector(".held-ruling.is-done", timeout=20_000)
    chair.look()
    assert state_of(site, task) == COMPLETED


def test_who_skips_cards_on_a_phone_goes_on_behind_them_with_the_line_in_sight(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    tasks = [report(site, house) for _turn in range(3)]
    chair = visit(house.people["chair"], width=390, touch=True)
    chair.open("/chair")
    card = chair.page.locator(f"#task{tasks[1]}")
    card.locator(".moves-bar summary.btn", has_text="Xác nhận hoàn thành").tap()
    chair.going(lambda: card.locator(".move[open] button[type=submit]").tap())
    line = chair.page.locator(".held-ruling").bounding_box()
    name = chair.page.locator(f"#task{tasks[2]} .ruling-kind").bounding_box()
    assert line
    assert name
    assert 0 <= line["y"] < line["y"] + line["height"] <= name["y"] < 844 / 2, (line, name)
    chair.going(lambda: chair.page.locator(".held-ruling button").tap())
    chair.see("chưa ai được báo")
    assert [state_of(site, task) for task in tasks] == [REPORTED] * 3


def test_without_a_network_the_page_stays_and_says_so(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task, other = report(site, house), report(site, house)
    chair = visit(house.people["chair"], width=390)
    chair.open("/chair")
    card, back = chair.page.locator(f"#task{task}"), chair.page.locator(f"#task{other}")
    card.locator(".moves-bar summary.btn", has_text="Xác nhận hoàn thành").click()
    chair.going(lambda: card.locator(".move[open] button[type=submit]").click())
    back.locator(".moves-bar summary.btn", has_text="Yêu cầu làm lại").click()
    back.locator(".move[open] textarea").fill("Thiếu danh sách máy")
    chair.context.set_offline(True)
    chair.page.locator(".held-ruling button").click()
    chair.see("chưa rút lại được")
    back.locator(".move[open] button[type=submit]").click()
    chair.see("chưa gửi được")
    assert back.locator(".move[open] textarea").input_value() == "Thiếu danh sách máy"
    chair.context.set_offline(False)
    chair.page.locator("[data-line]").wait_for(state="detached")
    chair.going(lambda: chair.page.locator(".held-ruling button").click())
    chair.see("chưa ai được báo")
    assert state_of(site, task) == REPORTED


def test_a_missing_reason_is_said_in_the_card(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = report(site, house)
    chair = visit(house.people["chair"])
    keys = chair.page.keyboard
    chair.open("/chair")
    chair.press_letter("l")
    keys.press("Control+Enter")
    chair.page.wait_for_selector(f"#task{task} .field-error:visible")
    assert chair.page.url.endswith("/chair")
    assert chair.page.evaluate("document.activeElement.name") == "reason"
    chair.look()
    keys.type("Chưa có số liệu")
    assert chair.page.locator(f"#task{task} .field-error").count() == 0
    chair.going(lambda: keys.press("Control+Enter"))
    chair.see("có hiệu lực sau")
    assert state_of(site, task) == REPORTED


def test_ctrl_enter_sends_from_a_date_and_the_focus_goes_on_to_the_next_card(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    asked, other = assign_task(site.app, house, due=date(2026, 11, 25)), report(site, house)
    unit = browser(site.app, house.people["head_vhxh"])
    take(unit, "task", asked, "accept")
    post(unit, f"/tasks/{asked}/extension", {"new_due": "11/12/2026", "reason": "Chờ thẩm định giá"})
    chair = visit(house.people["chair"])
    keys = chair.page.keyboard
    chair.open("/chair")
    extension = chair.page.locator("article[id^=extension]")
    names = [card.get_attribute("id") for card in chair.page.locator(".ruling").all()]
    assert len(names) == 2
    for _ in range(1 + names.index(extension.get_attribute("id"))):
        keys.press("j")
    chair.press_letter("g")
    assert chair.page.evaluate("document.activeElement.name") == "new_due"
    chair.going(lambda: keys.press("Control+Enter"))
    here = "document.activeElement.closest('.ruling')?.id"
    assert chair.page.evaluate(here) == f"task{other}"
    chair.page.wait_for_selector("#flashes .visually-hidden", state="attached")
    chair.press_letter("n")
    chair.going(lambda: keys.press("Control+Enter"))
    assert chair.page.locator(".held-ruling kbd:visible").count() == 1, "the newest alone has the key"
    assert chair.page.locator(".held-ruling").count() == 2
    chair.going(lambda: keys.press("z"))
    assert chair.page.evaluate(here) == f"task{other}", "the card that returned"
    assert state_of(site, other) == REPORTED


def test_a_ruling_on_the_tasks_page_is_taken_back_there(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = report(site, house)
    chair = visit(house.people["chair"])
    keys = chair.page.keyboard
    chair.open(f"/tasks/{task}")
    chair.press_letter("n")
    chair.tab_to("Xác nhận hoàn thành")
    chair.going(lambda: keys.press("Enter"))
    assert state_of(site, task) == REPORTED
    chair.going(lambda: keys.press("z"))
    assert chair.page.url.endswith(f"/tasks/{task}")
    chair.see("chưa ai được báo")
    assert state_of(site, task) == REPORTED


LONG = "Rà soát, lập danh sách và kiểm kê toàn bộ máy tính bảng đã cấp cho các tổ công nghệ số cộng đồng " * 3


def is_in_sight(chair: Visitor, words: str) -> bool:
    """Tell whether a button stands in the window whole, above the bar at a phone's lower edge."""
    box = chair.page.locator(".ruling .moves summary", has_text=words).bounding_box()
    bar = chair.page.locator(".phonebar").bounding_box()
    window = bar["y"] if bar else chair.page.viewport_size["height"]
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= window


def test_the_buttons_of_a_long_card_are_under_the_thumb(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, title=LONG.strip())
    unit = browser(site.app, house.people["head_vhxh"])
    take(unit, "task", task, "accept")
    take(unit, "task", task, "report", {"result": "Đã kiểm kê 37 máy, còn lại kiểm kê trong tuần. " * 12})
    chair = visit(house.people["chair"], width=390)
    chair.open("/chair")
    assert chair.page.evaluate("document.documentElement.scrollHeight > innerHeight * 1.3")
    assert is_in_sight(chair, "Xác nhận hoàn thành")
    assert is_in_sight(chair, "Yêu cầu làm lại")


def test_a_day_that_is_none_stops_the_sending_in_the_card(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    asked = assign_task(site.app, house, due=date(2026, 11, 25))
    unit = browser(site.app, house.people["head_vhxh"])
    take(unit, "task", asked, "accept")
    post(unit, f"/tasks/{asked}/extension", {"new_due": "11/12/2026", "reason": "Chờ thẩm định giá"})
    chair = visit(house.people["chair"])
    keys, said = chair.page.keyboard, "Lịch không có ngày 31/02/2027."
    chair.open("/chair")
    chair.press_letter("g")
    chair.page.fill("#extension1 [name=new_due]", "31/02/2027")
    chair.page.focus("#extension1 [name=remark]")
    keys.press("Control+Enter")
    assert chair.page.url.endswith("/chair")
    assert chair.page.evaluate("document.activeElement.name") == "new_due"
    assert chair.page.get_attribute("#extension1 [name=new_due]", "aria-invalid") == "true"
    assert chair.page.text_content("#extension1").count(said) == 1
    chair.look()
    chair.page.fill("#extension1 [name=new_due]", "15 tháng 12 năm 2026")
    assert chair.page.get_attribute("#extension1 [name=new_due]", "aria-invalid") is None
    chair.going(lambda: keys.press("Control+Enter"))
    chair.see("có hiệu lực sau")


def test_the_page_of_a_refused_day_says_it_once_above_and_once_at_the_field(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, due=date(2026, 11, 25))
    chair = visit(house.people["chair"])
    chair.open(f"/tasks/{task}")
    form = chair.page.locator(f"form[action='/moves/task/{task}/pause']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("[name=until]").fill("01/01/9999")
    form.locator("[name=reason]").fill("Chờ văn bản")
    chair.going(lambda: form.locator("button[type=submit]").click(), 422)
    said = "Năm 9999 nằm ngoài khoảng từ 1990 đến 2100."
    assert chair.page.text_content("main").count(said) == 2
    chair.page.click(".error-summary a")
    assert chair.page.evaluate("document.activeElement.name") == "until"
