"""The chair rules with one thumb or one key, and takes it back the same way; else it takes effect by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.models import Task
from tests.factories import assign_task, browser, take
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
