"""On paper a page is a document: no menus, buttons or forms, nothing cut off; each sheet says a table's head again."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest

from tests.browser.visitor import DESK
from tests.factories import assign_task, browser
from tests.notices import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
SHEET = 631
"""The width of an A4 sheet within its margins, in CSS pixels."""
EDGE = 10
"""So much of a sheet, in points, no printer reaches."""
LONG = (
    "Rà soát toàn bộ máy tính bảng đã cấp cho các đơn vị và lập phương án thay thế những máy không còn phù hợp, trình"
    " Ban Chỉ đạo xem xét trước khi đề nghị Ủy ban nhân dân phường bố trí kinh phí trong dự toán năm sau, lần "
)
DRAWN = """() => {
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(e).visibility !== "hidden";
  };
  const named = (found) => found.filter(seen).map((e) => e.outerHTML.slice(0, 120));
  const all = (what) => [...document.querySelectorAll(what)];
  const clipped = (e) => {
    const style = getComputedStyle(e);
    const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
    return clips && e.textContent.trim() && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  };
  const light = (e) => {
    const part = (n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = getComputedStyle(e).color.match(/[0-9.]+/g).map(Number).map(part);
    return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) < 4.5;
  };
  const room = document.documentElement.clientWidth;
  return {
    "to press or to fill in": named(all(
      "nav:not(.pages), .pages a, button, .btn, input:not([type=hidden]), select, textarea, " +
      "details:not([open]) > summary"
    )),
    "cut off": named(all("body *").filter(clipped)),
    "wider than the sheet": named(all("body *").filter((e) => e.getBoundingClientRect().right > room + 1)),
    "links too pale": named(all("main a").filter(light)),
  };
}"""


def on_paper(visitor: Visitor, path: str) -> list[Any]:
    """Print a page, which must hold nothing that paper cannot do; return its sheets."""
    visitor.open(path)
    visitor.page.emulate_media(media="print")
    visitor.page.set_viewport_size({"width": SHEET, "height": 900})
    drawn = visitor.page.evaluate(DRAWN)
    assert drawn == {what: [] for what in drawn}, path
    sheets = list(pdfplumber.open(BytesIO(visitor.page.pdf(prefer_css_page_size=True))).pages)
    for sheet in sheets:
        words = sheet.extract_words()
        assert not [word["text"] for word in words if word["x0"] < EDGE or word["x1"] > sheet.width - EDGE], path
    visitor.page.emulate_media(media="screen")
    visitor.page.set_viewport_size({"width": DESK, "height": 900})
    return sheets


def folded(text: str | None) -> str:
    return " ".join((text or "").split())


def test_pages_print_as_documents(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    secretary = browser(site.app, house.people["secretary"])
    notice_id = steps.compose(secretary, house)
    steps.complete(site.app, secretary, notice_id)
    steps.issue(secretary, browser(site.app, house.people["chair"]), notice_id)
    for day in range(1, 25):
        task_id = assign_task(site.app, house, due=date(2026, 12, day), title=f"{LONG}{day}.")
    desk = visit(house.people["secretary"], scheme="dark")
    sheets = on_paper(desk, "/tasks/")
    assert len(sheets) > 1
    assert re.search(r"Tình trạng: \S.*Tổng số: \d+ nhiệm vụ\.", folded(sheets[0].extract_text())), "which list it is"
    rows: list[list[str]] = []
    for sheet in sheets:
        found = [[folded(cell) for cell in row] for table in sheet.extract_tables() for row in table]
        assert any({"Nhiệm vụ", "Đơn vị chủ trì"} <= set(row) for row in found), "each sheet says the head again"
        rows += found
    for day in range(1, 25):
        assert sum(any(cell.startswith(f"{LONG}{day}.") for cell in row) for row in rows) == 1, "whole, and once"
    for path, said in (
        (f"/tasks/{task_id}", f"{LONG}24."),
        (f"/notices/{notice_id}", "xây dựng kế hoạch chuyển đổi số năm sau"),
        (f"/reports/{house.committee.id}/2026-11-15", "Tổng hợp theo đơn vị"),
        (f"/board/{house.committee.id}", "Việc đang mở theo đơn vị"),
        ("/desk", "Quá hạn"),
    ):
        text = folded(" ".join(sheet.extract_text() for sheet in on_paper(desk, path)))
        assert said in text, path
        assert "Trao đổi" not in text, "a heading without anything below it"
