"""Clauses in a real browser: Enter goes through a draft; the link of an issued clause is copied and leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_main_way import TEXT
from tests.factories import browser as http_browser
from tests.notices import steps

playwright = pytest.importorskip("playwright.sync_api", reason="install requirements/browser.txt")

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
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
    desk.page.locator("[value=next]:focus").wait_for(state="attached")
    desk.going(lambda: desk.page.keyboard.press("Enter"))
    desk.page.locator("[name=due_on]:focus").wait_for(state="attached")
    desk.page.keyboard.type("31/12")
    desk.going(lambda: desk.page.keyboard.press("Enter"))
    desk.see("Đủ nội dung để trình ký", "Rà soát 2/2 kết luận")
    desk.going(lambda: desk.page.keyboard.press("t"))
    desk.see("Chờ ký")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_link_of_a_clause_is_copied_and_leads_to_it(
    site: Site, house: House, visit: Callable[..., Visitor], width: int
) -> None:
    secretary, chair = (http_browser(site.app, house.people[name]) for name in ("secretary", "chair"))
    notice_id = steps.compose(secretary, house)
    steps.complete(site.app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)
    desk = visit(house.people["secretary"], width=width)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.open(f"/notices/{notice_id}")
    clause = desk.page.locator("[id='2']")
    clause.hover()
    link = clause.get_by_role("link", name="Sao chép liên kết đến mục 2")
    playwright.expect(link).to_have_css("opacity", "1")
    link.click()
    desk.page.get_by_text("Đã sao chép").wait_for()
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site.base}/notices/{notice_id}#2"
    other = visit(house.people["chair"], width=width)
    other.open(copied.removeprefix(site.base))
    assert other.page.locator(".paper-clause:target").get_attribute("id") == "2"
    plain = other.page.locator("[id='1']").evaluate("e => getComputedStyle(e).backgroundColor")
    assert other.page.locator("[id='2']").evaluate("e => getComputedStyle(e).backgroundColor") != plain
