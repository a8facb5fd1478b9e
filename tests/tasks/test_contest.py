"""A unit that hands a task back proposes another unit than itself, and knows what ends with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine

from app.db import session
from app.models import Task
from tests.factories import assign_task, at_noon, browser, post, take
from workflows.task import ASSIGNED, CONTESTED

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

LAPSES = "Đề nghị gia hạn đang chờ sẽ hết hiệu lực"


def form_of(page: str, event: str) -> str:
    return page.partition(f'/{event}"')[2].partition("</form>")[0]


def test_the_own_unit_is_neither_offered_nor_accepted(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    head = browser(app, house.people["head_vhxh"])
    own, other = house.units["vhxh"].id, house.units["kt"].id
    form = form_of(head.get(f"/tasks/{task_id}").text, "contest")
    assert f'<option value="{other}"' in form
    assert f'<option value="{own}"' not in form
    refused = take(head, "task", task_id, "contest", {"reason": "Không thuộc nhiệm vụ", "proposed_unit": own})
    assert refused.status_code == 422
    assert "Hãy đề xuất một đơn vị khác" in refused.text
    assert "Không thuộc nhiệm vụ" in refused.text
    with app.app_context():
        assert session.get_one(Task, task_id).state == ASSIGNED
    assert take(head, "task", task_id, "contest", {"reason": "Không thuộc", "proposed_unit": other}).status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).state == CONTESTED


def test_nobody_need_be_proposed(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "contest", {"reason": "Không thuộc nhiệm vụ"}).status_code == 303


def test_the_form_says_that_an_open_request_ends_with_it(app: Flask, house: House) -> None:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        task_id = assign_task(app, house, due=date(2026, 12, 30))
        head = browser(app, house.people["head_vhxh"])
        assert take(head, "task", task_id, "accept").status_code == 303
        assert LAPSES not in head.get(f"/tasks/{task_id}").text
        asked = {"new_due": "15/1/2027", "reason": "Chờ kinh phí"}
        assert post(head, f"/tasks/{task_id}/extension", asked).status_code == 303
        assert LAPSES in form_of(head.get(f"/tasks/{task_id}").text, "contest")


def test_a_day_that_is_not_ahead_is_said_at_its_field(app: Flask, house: House) -> None:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        task_id = assign_task(app, house, due=date(2026, 11, 20))
        head = browser(app, house.people["head_vhxh"])
        assert take(head, "task", task_id, "accept").status_code == 303
        asked = {"new_due": "23/11/2026", "reason": "Chờ kinh phí"}
        refused = post(head, f"/tasks/{task_id}/extension", asked)
    assert refused.status_code == 422
    error = refused.text.partition('id="move-request-new_due-error"')[2].partition("</p>")[0]
    assert "Thời hạn xin phải sau hôm nay" in error
    assert "Chờ kinh phí" in refused.text
