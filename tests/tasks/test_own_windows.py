"""Who was quicker in another window of one's own is not told of somebody else."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from app.db import session
from app.models import Task
from tests.factories import assign_task, browser, post, take

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

OTHERS = "người khác thay đổi"


def version_of(app: Flask, task_id: int) -> int:
    with app.app_context():
        return session.get_one(Task, task_id).version


def test_a_stale_form_says_what_one_did_oneself(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    seen = version_of(app, task_id)
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept", {"version": seen}).status_code == 303
    assert take(head, "task", task_id, "progress", {"note": "Đã họp"}).status_code == 303
    again = take(head, "task", task_id, "contest", {"version": seen, "reason": "Không thuộc"})
    assert again.status_code == 409
    assert re.search(r"Bạn đã tiếp nhận ở cửa sổ khác lúc [\d:]+", again.text)
    assert OTHERS not in again.text
    assert "Không thuộc" in again.text


def test_a_stale_form_names_another_who_was_quicker(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    seen = version_of(app, task_id)
    head, desk = browser(app, house.people["head_vhxh"]), browser(app, house.people["secretary"])
    assert take(head, "task", task_id, "accept", {"version": seen}).status_code == 303
    assert take(desk, "task", task_id, "arrange", {"priority": "high"}).status_code == 303
    again = take(head, "task", task_id, "contest", {"version": seen, "reason": "Không thuộc"})
    assert OTHERS in again.text
    assert "cửa sổ khác" not in again.text
    with app.app_context():
        name = house.people["secretary"].full_name
    assert name in again.text


def test_the_inbox_and_the_list_say_so_too(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    seen = version_of(app, task_id)
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept", {"version": seen}).status_code == 303
    post(head, "/unit/accept", {"task": f"{task_id}:{seen}"})
    page = head.get("/unit").text
    assert "Bạn đã tiếp nhận ở cửa sổ khác lúc" in page
    assert OTHERS not in page
    looked = post(head, "/tasks/together", {"task": f"{task_id}:{seen}", "event": "contest"}).text
    assert "Bạn đã tiếp nhận ở cửa sổ khác lúc" in looked
