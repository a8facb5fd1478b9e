"""The count of letters beside a field with a limit: none far below it, plain near it, red above; nothing is cut."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories import assign_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_count_comes_near_the_limit_and_counts_as_the_server_does(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    desk = visit(house.people["secretary"])
    desk.open(f"/tasks/{task}")
    desk.page.locator("details:has(#move-reword-title) > summary").click()
    field, told = desk.page.locator("#move-reword-title"), desk.page.locator("#move-reword-title + .letters")
    field.fill("Báo cáo")
    assert told.is_hidden()
    field.fill("ế" * 290)
    assert told.inner_text() == "290/300 ký tự"
    # Letters put together from parts are one each, as they are kept; blanks at the ends do not count.
    field.fill("  " + "e\u0302\u0301" * 300 + "  ")
    assert told.inner_text() == "300/300 ký tự"
    field.fill("ế" * 312)
    assert told.inner_text() == "312/300 ký tự: hãy bớt 12"
    assert "is-bad" in (told.get_attribute("class") or "")
    assert len(field.input_value()) == 312
    desk.page.locator("form:has(#move-reword-title) button[type=submit]").click()
    desk.see("dài quá 300 ký tự")
    desk.look(422)
    assert len(desk.page.locator("#move-reword-title").input_value()) == 312
    assert desk.page.locator("#move-reword-title + .letters").is_visible(), "it stands there when the form comes back"
    desk.page.locator("#move-reword-title").fill("Báo cáo kiểm kê")
    desk.page.locator("form:has(#move-reword-title) button[type=submit]").click()
    desk.see("Báo cáo kiểm kê")
    desk.look()
