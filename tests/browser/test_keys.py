"""The main moves without a mouse: places, lists, moves, pickers and dates by the keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.models import Extension, Task
from tests.factories import PASSWORD, add_person, assign_task, browser, hold_office, take
from workflows.task import ASSIGNED, IN_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_unit_logs_in_finds_accepts_and_asks_by_keys_alone(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    first = assign_task(site.app, house, due=date(2026, 12, 15))
    second = assign_task(site.app, house, due=date(2026, 12, 20), title="Lập kế hoạch tuyên truyền")
    unit = visit()
    keys = unit.page.keyboard
    unit.open("/login?next=/account/")
    unit.tab_to("login")
    keys.type("head_vhxh")
    keys.press("Tab")
    keys.type(PASSWORD)
    unit.going(lambda: keys.press("Enter"))

    keys.press("Control+k")
    keys.type("nhiem vu")
    unit.going(lambda: keys.press("Enter"))
    keys.press("j")
    keys.press("j")
    keys.press("Enter")
    unit.page.wait_for_selector("#pane .pane-page")
    unit.look()
    unit.press_letter("t")
    unit.tab_to("Tiếp nhận")
    unit.going(lambda: keys.press("Enter"))
    with site.app.app_context():
        assert session.get_one(Task, first).state == ASSIGNED
        assert session.get_one(Task, second).state == IN_PROGRESS


def test_moves_have_letters_and_dates_are_typed(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    unit = visit(house.people["head_vhxh"])
    keys = unit.page.keyboard
    unit.open(f"/tasks/{task}")
    unit.press_letter("t")
    unit.tab_to("Tiếp nhận")
    unit.going(lambda: keys.press("Enter"))
    unit.press_letter("c")
    keys.type("Đã kiểm kê 37 máy, còn 15 máy jktx?")
    unit.tab_to("Cập nhật tiến độ")
    unit.going(lambda: keys.press("Enter"))
    unit.see("Đã kiểm kê 37 máy, còn 15 máy jktx?")

    unit.tab_to("Đề nghị gia hạn")
    keys.press("Enter")
    unit.tab_to("new_due")
    keys.type("30/6")
    unit.tab_to("reason")
    assert unit.page.locator("[name=new_due]").input_value() == "30/06/2027"
    keys.type("Chờ kinh phí năm sau")
    unit.tab_to("Đề nghị gia hạn")
    unit.going(lambda: keys.press("Enter"))
    with site.app.app_context():
        assert session.query(Extension).one().requested_due == date(2027, 6, 30)


def test_a_unit_is_picked_without_tones(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    desk = visit(house.people["secretary"])
    keys = desk.page.keyboard
    desk.open(f"/tasks/{task}")
    desk.press_letter("q")
    keys.type("kinh te")
    keys.press("Enter")
    assert desk.page.evaluate("document.activeElement.value") == "Phòng Kinh tế, Hạ tầng và Đô thị"
    keys.press("Tab")
    keys.type("Đúng chức năng hơn")
    desk.tab_to("Chuyển đơn vị chủ trì")
    desk.going(lambda: keys.press("Enter"))
    with site.app.app_context():
        moved = session.get_one(Task, task)
        assert (moved.state, moved.lead_unit_id) == (ASSIGNED, house.units["kt"].id)


def test_letters_rest_while_somebody_types_or_has_switched_them_off(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    unit = visit(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    unit.page.keyboard.press("?")
    assert unit.page.is_visible("#shortcut-help")
    unit.look()
    unit.page.keyboard.press("Escape")
    unit.page.focus("input[type=search]")
    unit.page.keyboard.type("tcb")
    with site.app.app_context():
        assert session.get_one(Task, task).state != IN_PROGRESS
    assert unit.page.locator("details.move[open]").count() == 0


def test_letters_mean_the_card_that_was_walked_to(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    tasks = [reported(site, house, day) for day in (10, 11, 12)]
    chair = visit(house.people["chair"])
    chair.open("/chair")
    keys = chair.page.keyboard
    keys.press("?")
    assert chair.focused() == "Đóng"
    keys.press("Enter")
    cards = chair.page.locator(".ruling")
    letters = [card.locator(".moves kbd").first.is_visible() for card in cards.all()]
    assert letters == [True, False, False]
    for _ in range(3):
        keys.press("j")
    letters = [card.locator(".moves kbd").first.is_visible() for card in cards.all()]
    assert letters == [False, False, True]
    keys.press(chair.page.locator(f"#task{tasks[2]} summary[data-key]").first.get_attribute("data-key"))
    chair.page.locator(f"#task{tasks[2]} .move-form :focus").wait_for(state="attached")
    assert chair.page.locator(".ruling details.move[open]").count() == 1


def test_a_long_text_is_sent_with_ctrl_enter(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    unit = visit(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    unit.page.locator("#comment-text").fill("Xin danh sách máy hỏng trước thứ Sáu.")
    unit.going(lambda: unit.page.keyboard.press("Control+Enter"))
    unit.see("Xin danh sách máy hỏng trước thứ Sáu.")
    assert unit.page.input_value("#comment-text") == ""


def reported(site: Site, house: House, day: int) -> int:
    """Return a task whose report waits for the chair."""
    task = assign_task(site.app, house, due=date(2026, 12, day))
    head = browser(site.app, house.people["head_vhxh"])
    take(head, "task", task, "accept")
    take(head, "task", task, "report", {"result": "Xong"})
    return task


def test_one_box_ticks_the_whole_page(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    for day in (10, 11, 12):
        assign_task(site.app, house, due=date(2026, 12, day))
    desk = visit(house.people["secretary"], width=390)
    desk.open("/tasks/together")
    every = desk.page.locator("[data-tick-all]")
    boxes = desk.page.locator("input[name=task]")
    every.check()
    assert [box.is_checked() for box in boxes.all()] == [True, True, True]
    boxes.first.uncheck()
    assert every.evaluate("box => box.indeterminate")
    every.check()
    desk.page.select_option("[name=event]", index=1)
    desk.send("Xem trước")
    desk.see("3")


def test_beginnings_of_words_come_before_what_stands_inside_one(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    with site.app.app_context(), transaction():
        authority = house.authority.id
        for number, name in enumerate(("Lê Thủy Tiên", "Trần Huy", "Đỗ Phúc")):
            hold_office(add_person(authority, f"p{number}", name), house.units["vhxh"], "staff")
    head = visit(house.people["head_vhxh"])
    take(browser(site.app, house.people["head_vhxh"]), "task", task, "accept")
    head.open(f"/tasks/{task}")
    page = head.page
    page.locator("#comment-text").click()
    page.keyboard.type("@hu")
    offered = page.locator(".mention-list [role=option]").all_inner_texts()
    assert "Trần Huy" in offered
    assert not {"Lê Thủy Tiên", "Đỗ Phúc"} & set(offered)
    page.keyboard.press("Escape")
    page.locator("summary", has_text="Chia việc thành phần").click()
    page.locator("#birth-move-give-person").click()
    page.keyboard.type("huy")
    found = page.locator("#birth-move-give-person-list [role=option]")
    assert found.all_inner_texts() == ["Trần Huy", "Trịnh Gia Huy"]
    assert found.locator("mark").all_inner_texts() == ["Huy", "Huy"]
    page.locator("#birth-move-give-person").fill("uy")
    assert set(found.all_inner_texts()) >= {"Lê Thủy Tiên", "Trần Huy"}, (
        "where none begins so, those that have it inside"
    )
