"""Evidence is looked at over the page it stands on: arrows lead on, Esc leads back, the chair stays in the queue."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image

from tests.factories import assign_task, browser, take

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def drawn() -> tuple[bytes, bytes]:
    picture, paper = BytesIO(), BytesIO()
    Image.new("RGB", (600, 400), "teal").save(picture, "PNG")
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(paper)
    return picture.getvalue(), paper.getvalue()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_chair_looks_at_evidence_without_leaving_the_queue(
    site: Site, house: House, visit: Callable[..., Visitor], width: int
) -> None:
    task = assign_task(site.app, house)
    head = browser(site.app, house.people["head_vhxh"])
    take(head, "task", task, "accept")
    picture, paper = drawn()
    brought = [(BytesIO(picture), "anh.png"), (BytesIO(paper), "bien-ban.pdf"), (BytesIO(b"a;b\n"), "so-lieu.csv")]
    take(head, "task", task, "report", {"result": "Đã kiểm kê", "evidence": brought})
    chair = visit(house.people["chair"], width=width)
    chair.open("/chair")
    assert chair.page.locator("a[data-view]:not(.thumb)").count() == 2
    link = chair.page.locator("a[data-view]:not(.thumb)").first
    link.click()
    viewer = chair.page.locator("dialog.viewer")
    shown = viewer.locator(".viewed img")
    shown.first.wait_for()
    first = viewer.get_attribute("aria-label")
    chair.look()
    chair.page.keyboard.press("ArrowRight")
    chair.page.wait_for_selector(f"dialog.viewer:not([aria-label='{first}']) .viewed img")
    chair.page.wait_for_selector("dialog.viewer .viewer-body:not([aria-busy])")
    assert viewer.get_attribute("aria-label") != first
    chair.page.keyboard.press("n")  # a letter of the queue behind: not while something lies over it
    chair.page.keyboard.press("Escape")
    viewer.wait_for(state="detached")
    assert chair.page.url.endswith("/chair")
    assert chair.focused() == first
    assert chair.page.locator("details.move[open]").count() == 0


def test_without_script_evidence_is_a_page_of_its_own(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house)
    head = browser(site.app, house.people["head_vhxh"])
    take(head, "task", task, "accept")
    take(head, "task", task, "progress", {"note": "Kèm ảnh", "evidence": (BytesIO(drawn()[0]), "anh.png")})
    unit = visit(house.people["head_vhxh"], script=False)
    unit.open(f"/tasks/{task}")
    unit.send("anh.png")
    unit.see("anh.png")
    assert unit.page.locator(".viewed img").count() == 1
