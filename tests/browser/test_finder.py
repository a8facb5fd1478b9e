"""Ctrl-K, search and the register's menus by keys alone and with a thumb: what is found opens, what is chosen stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.access.world import make_world
from tests.factories import assign_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def shown(visitor: Visitor) -> list[tuple[str, str]]:
    """Return what the palette offers: words and kind."""
    lines = visitor.page.locator("#finder [role=option]").all()
    return [
        (str(line.locator(".finder-words").inner_text()), str(line.locator(".finder-kind").inner_text()))
        for line in lines
    ]


def test_the_palette_finds_acts_and_things_by_keys(site: Site, visit: Callable[..., Visitor]) -> None:
    world = make_world(site.app)
    desk = visit(world.people["secretary"])
    keys = desk.page.keyboard
    desk.open("/account/")
    keys.press("Control+k")
    keys.type("giao viec theo")
    assert shown(desk)[0] == ("Giao việc theo văn bản chỉ đạo", "Việc")
    keys.press("Escape")
    keys.press("Control+k")
    keys.type("may tinh bang")
    desk.page.locator("#finder [role=option]").nth(3).wait_for()
    desk.look()
    kinds = [kind for _words, kind in shown(desk)]
    assert kinds == ["Nhiệm vụ", "Kết luận", "Tờ trình", "Tìm"]
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    desk.going(lambda: keys.press("Enter"))
    assert f"/proposals/{world.items['proposal']}" in desk.page.url

    keys.press("Control+k")
    keys.type("kiem ke")
    keys.press("End")
    desk.page.locator("#finder [role=option]").nth(2).wait_for()
    keys.press("ArrowUp")
    for _ in range(8):
        keys.press("ArrowDown")
    desk.going(lambda: keys.press("Enter"))
    assert "kiểm" in desk.page.locator("mark").all_inner_texts()


def test_on_a_phone_the_search_button_opens_the_palette(site: Site, visit: Callable[..., Visitor]) -> None:
    world = make_world(site.app)
    unit = visit(world.people["unit's head"], width=390, touch=True)
    unit.open("/unit")
    unit.page.tap("[data-find]")
    unit.page.wait_for_selector("#finder[open]")
    unit.page.keyboard.type("anh png")
    unit.page.locator("#finder [role=option]").nth(1).wait_for()
    assert shown(unit)[0] == ("anh.png", "Tệp")
    unit.look()
    unit.going(unit.page.locator("#finder [role=option]").last.tap)
    unit.see("anh.png", "Tệp đính kèm")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (390, "light")])
def test_columns_and_views_are_chosen_in_the_register(
    site: Site, house: House, visit: Callable[..., Visitor], width: int, scheme: str
) -> None:
    for number in range(3):
        title = f"Rà soát, thay thế máy tính bảng của đại biểu, tổ {number} " + "và các đơn vị có liên quan " * 9
        assign_task(site.app, house, due=date(2026, 12, 15), title=title, coordinating=("ca",))
    desk = visit(house.people["secretary"], width=width, scheme=scheme)
    desk.open("/tasks/")
    desk.page.locator("summary", has_text="Cột").click()
    desk.page.get_by_label("Đơn vị phối hợp").check()
    desk.look()
    desk.send("Dùng các cột này")
    desk.see("Công an")
    desk.page.locator("summary", has_text="Khung nhìn").click()
    desk.page.fill("#view-name", "Có công an phối hợp")
    desk.look()
    desk.send("Lưu khung nhìn")
    desk.see("Nhiệm vụ: Có công an phối hợp", "Công an")
    desk.send("Lọc thêm")
    desk.page.get_by_label("Chỉ nhiệm vụ có đơn vị phối hợp").check()
    desk.send("Xem danh sách")
    desk.see("Có đơn vị phối hợp")
    desk.open("/tasks/views")
    desk.open("/search/?q=ra+soat")
    desk.open("/search/")
    desk.open("/tasks/print?columns=all")
