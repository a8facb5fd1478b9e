"""A refused form stands at the address it was sent to: opened again, that address leads to the item's page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories import assign_task, browser, post, take
from tests.tasks.test_shared_out import only_part

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


def test_the_address_of_a_refused_form_leads_back_to_the_item(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 1), coordinating=("kt",))
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept").status_code == 303
    assert take(head, "task", task_id, "progress").status_code == 422
    assert post(head, f"/tasks/{task_id}/sub-tasks").status_code == 422
    part = only_part(app, task_id)
    for address in (f"/moves/task/{task_id}/progress", f"/tasks/{task_id}/sub-tasks", f"/tasks/{task_id}/comments"):
        again = head.get(address)
        assert (again.status_code, again.location) == (303, f"/tasks/{task_id}"), address
        assert head.get(address, headers={"Accept": "application/json"}).status_code in {303, 405}
    led = head.get(f"/moves/coordinating_part/{part}/ask")
    assert (led.status_code, led.location) == (303, f"/tasks/{task_id}#coordinating_part-{part}")


def test_such_an_address_tells_strangers_nothing(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 1))
    stranger = browser(app, house.people["head_kt"])
    assert stranger.get(f"/moves/task/{task_id}/progress").status_code == 404
    assert stranger.get("/moves/task/999/progress").status_code == 404
    assert stranger.get(f"/moves/task/{task_id}/no-such-move").status_code == 404
    nobody = app.test_client().get(f"/moves/task/{task_id}/progress")
    assert nobody.status_code == 303
    assert "/login" in nobody.location


@pytest.mark.parametrize("address", ["/logout", "/uploads/", "/rulings/due", "/preferences"])
def test_what_has_no_page_above_it_stays_refused(app: Flask, house: House, address: str) -> None:
    assert browser(app, house.people["chair"]).get(address).status_code == 405
