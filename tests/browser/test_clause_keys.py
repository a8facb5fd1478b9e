"""The secretary goes through a draft without the mouse: Enter saves a clause and opens the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_main_way import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor
    from tests.factories import House


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_enter_alone_goes_through_a_draft(house: House, visit: Callable[..., Visitor]) -> None:
    desk = visit(house.people["secretary"])
    desk.open("/notices/new")
    assert desk.focused() == "text"
    desk.page.keyboard.insert_text(TEXT)
    desk.send("Tách thành kết luận")

    # The first clause lacks nothing: the button has the focus. The second has no date: its field has it.
    desk.page.wait_for_function("document.activeElement.value === 'next'")
    desk.going(lambda: desk.page.keyboard.press("Enter"))
    desk.page.wait_for_function("document.activeElement.name === 'due_on'")
    desk.page.keyboard.type("31/12")
    desk.going(lambda: desk.page.keyboard.press("Enter"))
    desk.see("Đủ nội dung để trình ký", "Rà soát 2/2 kết luận")
    desk.going(lambda: desk.page.keyboard.press("t"))
    desk.see("Chờ ký")
