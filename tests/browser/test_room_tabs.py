"""Tab in the room: deeper while one works in a clause, onwards for who only passes; numbers are those of the notice."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.models import Meeting
from tests.browser.test_room_journey import clauses_in, saved, sit
from tests.factories import browser as http_browser
from tests.factories import post

pytest.importorskip("playwright.sync_api", reason="install requirements/browser.txt")

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House


def numbers(desk: Visitor) -> list[str]:
    """Return the numbers that stand beside the lines."""
    return list(desk.page.locator(".room-clause > .clause-address").all_inner_texts())


def in_line(desk: Visitor) -> str:
    """Return the words of the line that has the focus, empty where none has."""
    said: str = desk.page.evaluate("document.activeElement.matches('.room-text') ? document.activeElement.value : ''")
    return said


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_tab_goes_through_the_lines_and_deepens_only_where_one_works(
    site: Site, house: House, visit: Callable[..., Visitor], width: int
) -> None:
    room = sit(site, house)
    with site.app.app_context():
        meeting = session.query(Meeting).order_by(Meeting.id.desc()).first()
        assert meeting is not None
        number = meeting.id
    post(http_browser(site.app, house.people["secretary"]), f"/meetings/{number}/agenda", {"title": "Máy tính bảng"})
    desk = visit(house.people["secretary"], width=width)
    keys = desk.page.keyboard
    desk.open(room)
    keys.press("Alt+k")
    for words in ("Thống nhất chủ trương", "Kiểm kê toàn bộ", "Lập danh sách"):
        keys.type(words)
        keys.press("Enter")
    keys.press("Tab")
    keys.type("Kèm ảnh chụp")
    saved(desk)
    assert numbers(desk) == ["1", "2", "3", "3.a"]
    assert [address for address, _text in clauses_in(site)] == ["1", "2", "3", "3.a"]

    # Who comes by Tab goes on by Tab, through every field of each line.
    desk.page.locator(".room-notes").focus()
    seen = []
    for _press in range(40):
        keys.press("Tab")
        if (words := in_line(desk)) and words not in seen:
            seen.append(words)
        if len(seen) == 4:
            break
    assert seen == ["Thống nhất chủ trương", "Kiểm kê toàn bộ", "Lập danh sách", "Kèm ảnh chụp"]
    keys.press("Shift+Tab")
    assert numbers(desk) == ["1", "2", "3", "3.a"]

    # Who works in a line moves it, whether he typed there or clicked.
    desk.page.locator(".room-text").nth(1).click()
    keys.press("Tab")
    assert numbers(desk) == ["1", "1.a", "2", "2.a"]
    keys.press("Shift+Tab")
    keys.press("Escape")
    keys.press("Tab")
    assert in_line(desk) == ""
    assert numbers(desk) == ["1", "2", "3", "3.a"]

    # A second item makes a section of each: the room says so at once, as the notice will.
    keys.press("Alt+PageDown")
    keys.press("Alt+k")
    keys.type("Bàn giao máy")
    assert numbers(desk) == ["II.1"]
    saved(desk)
    assert [address for address, _text in clauses_in(site)] == ["I.1", "I.2", "I.3", "I.3.a", "II.1"]
    keys.press("Alt+PageUp")
    assert numbers(desk) == ["I.1", "I.2", "I.3", "I.3.a"]
    if folder := os.environ.get("SHOTS"):
        desk.page.screenshot(path=f"{folder}/room-{width}.png", full_page=True)
