"""A unit that was asked for its part answers from the bar under the thumb, without looking for the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.models import CoordinatingPart
from tests.factories import assign_task, browser, take
from tests.tasks.test_shared_out import only_part
from workflows import coordinating_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("width", [390, 1440])
def test_the_bar_opens_the_form_of_what_is_owed(
    site: Site, house: House, visit: Callable[..., Visitor], width: int
) -> None:
    task = assign_task(site.app, house, coordinating=("kt",))
    part = only_part(site.app, task)
    assert take(browser(site.app, house.people["head_vhxh"]), "coordinating_part", part, "ask", {"work": "Số hộ"})
    unit = visit(house.people["head_kt"], width=width)
    unit.open(f"/tasks/{task}")
    unit.page.locator("a[data-open-move=deliver]").click()
    form = unit.page.locator(f"#coordinating_part-{part} details.move[open]")
    form.wait_for()
    assert form.locator("textarea").first.evaluate("field => field === document.activeElement")
    unit.look()
    unit.page.keyboard.type("Có 120 hộ")
    form.locator("button[type=submit]").click()
    unit.see("Có 120 hộ")
    unit.look()
    with site.app.app_context():
        assert session.get_one(CoordinatingPart, part).state == coordinating_part.DELIVERED


def test_the_bar_keeps_what_is_owed_readable_beside_many_moves(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, coordinating=("kt",))
    part = only_part(site.app, task)
    lead = browser(site.app, house.people["head_vhxh"])
    assert take(lead, "task", task, "accept").status_code == 303
    sent = take(browser(site.app, house.people["head_kt"]), "coordinating_part", part, "deliver", {"result": "120 hộ"})
    assert sent.status_code == 303
    unit = visit(house.people["head_vhxh"], width=390)
    unit.open(f"/tasks/{task}")
    owed = unit.page.locator("a[data-open-move=note]")
    assert owed.evaluate("link => link.scrollWidth <= link.clientWidth"), "its words are cut off"
