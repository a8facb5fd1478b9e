"""The target of a task that was given without one: set, changed and taken away by the secretary, in the log."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.db import session, transaction
from app.models import CoordinatingPart, Event, Notification, Person, Task
from app.services.verification import CHECKS
from tests.factories import assign_task, browser, take

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def page_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def typed(page: str, name: str) -> str:
    """Return what a field of the form of the move begins with."""
    form = page.partition('/set_target"')[2].partition("</form>")[0]
    found = re.search(rf'value="([^"]*)"[^>]* name="{name}"|name="{name}"[^>]* value="([^"]*)"', form)
    assert found
    return found[1] or found[2] or ""


def test_the_secretary_gives_a_target_and_the_unit_sees_who_and_when(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    desk, head = browser(app, house.people["secretary"]), browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept").status_code == 303
    assert 'name="measure"' not in page_of(head, f"/tasks/{task_id}")
    given = {"target": "52", "target_unit": "máy", "remark": "Theo danh sách kiểm kê"}
    assert take(desk, "task", task_id, "set_target", given).status_code == 303
    page = page_of(head, f"/tasks/{task_id}")
    assert "<strong>0</strong> / 52 máy" in page
    with app.app_context():
        name = session.get_one(Person, house.people["secretary"].id).full_name
        told = session.query(Notification).filter_by(person_id=house.people["head_vhxh"].id).all()
        assert any(one.subject_id == task_id and one.rule == "task.set_target" for one in told)
    assert f"Chỉ tiêu do {name} giao ngày 23/11/2026" in page
    assert "Chỉ tiêu: chưa có → 52 máy" in page
    assert "Theo danh sách kiểm kê" in page
    assert take(head, "task", task_id, "progress", {"note": "Đã kiểm", "measure": "37/52 máy"}).status_code == 303
    assert "<strong>37</strong> / 52 máy" in page_of(head, f"/tasks/{task_id}")


def test_the_form_begins_with_the_target_there_is(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), target_value=Decimal("1250.5"), target_unit="km")
    desk = browser(app, house.people["secretary"])
    page = page_of(desk, f"/tasks/{task_id}")
    assert (typed(page, "target"), typed(page, "target_unit")) == ("1250,5", "km")
    same = take(desk, "task", task_id, "set_target", {"target": "1.250,5", "target_unit": "km"})
    assert same.status_code == 422
    assert "Chỉ tiêu đang đúng như vậy" in same.text
    with app.app_context(), transaction():
        session.get_one(Person, house.people["secretary"].id).language = "en"
    page = page_of(desk, f"/tasks/{task_id}")
    assert typed(page, "target") == "1250.5"
    assert take(desk, "task", task_id, "set_target", {"target": "1250.5", "target_unit": "m"}).status_code == 303


def test_a_target_below_what_was_reported_is_asked_about(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), target_value=52, target_unit="máy")
    desk, head = browser(app, house.people["secretary"]), browser(app, house.people["head_vhxh"])
    take(head, "task", task_id, "accept")
    assert take(head, "task", task_id, "progress", {"note": "Đã kiểm", "measure": "37"}).status_code == 303
    asked = take(desk, "task", task_id, "set_target", {"target": "30", "target_unit": "máy"})
    assert asked.status_code == 422
    assert "Đơn vị đã báo cáo đạt 37 máy, hơn chỉ tiêu mới (30 máy)" in asked.text
    assert 'name="target_sure"' in asked.text
    assert 'value="30"' in asked.text
    sure = {"target": "30", "target_unit": "máy", "target_sure": "1"}
    assert take(desk, "task", task_id, "set_target", sure).status_code == 303
    page = page_of(head, f"/tasks/{task_id}")
    assert "<strong>37</strong> / 30 máy" in page
    assert "Chỉ tiêu: 52 máy → 30 máy" in page


def test_taking_a_target_away_is_asked_about_where_figures_were_reported(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), target_value=52, target_unit="máy")
    desk, head = browser(app, house.people["secretary"]), browser(app, house.people["head_vhxh"])
    take(head, "task", task_id, "accept")
    take(head, "task", task_id, "progress", {"note": "Đã kiểm", "measure": "37"})
    asked = take(desk, "task", task_id, "set_target", {"target": "", "target_unit": "máy"})
    assert asked.status_code == 422
    assert "Đơn vị đã báo cáo đạt 37 máy" in asked.text
    gone = {"target": "", "target_unit": "", "target_sure": "1"}
    assert take(desk, "task", task_id, "set_target", gone).status_code == 303
    with app.app_context():
        task = session.get_one(Task, task_id)
        assert (task.target_value, task.target_unit) == (None, "")
        assert {name: list(check()) for name, check in CHECKS if list(check())} == {}
    assert "Chỉ tiêu: 52 máy → không còn" in page_of(head, f"/tasks/{task_id}")


def test_a_target_below_the_shares_of_the_coordinating_units_is_asked_about(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), coordinating=("kt",))
    with app.app_context(), transaction():
        session.query(CoordinatingPart).one().target_value = 20
    desk = browser(app, house.people["secretary"])
    asked = take(desk, "task", task_id, "set_target", {"target": "15", "target_unit": "máy"})
    assert asked.status_code == 422
    assert "Các đơn vị phối hợp đã được giao 20 máy, hơn chỉ tiêu của cả nhiệm vụ (15 máy)" in asked.text
    assert take(desk, "task", task_id, "set_target", {"target": "52", "target_unit": "máy"}).status_code == 303


def test_nobody_sets_the_target_of_his_own_unit_nor_behind_a_report(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "set_target", {"target": "5"}).status_code == 403
    take(head, "task", task_id, "accept")
    assert take(head, "task", task_id, "report", {"result": "Xong"}).status_code == 303
    desk = browser(app, house.people["secretary"])
    assert take(desk, "task", task_id, "set_target", {"target": "5"}).status_code == 409
    with app.app_context():
        assert session.get_one(Task, task_id).target_value is None
        assert not session.query(Event).filter_by(event="set_target").count()


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    desk = browser(app, house.people["secretary"])
    below = take(desk, "task", task_id, "set_target", {"target": "-5", "target_unit": "máy"})
    assert below.status_code == 422
    assert "Chỉ tiêu phải lớn hơn 0" in below.text
    assert 'value="-5"' in below.text
    long = take(desk, "task", task_id, "set_target", {"target": "5", "target_unit": "m" * 61})
    assert long.status_code == 422
    assert "m" * 61 in long.text
    empty = take(desk, "task", task_id, "set_target", {"target": "", "target_unit": "máy"})
    assert empty.status_code == 422
    assert "Hãy nhập “Chỉ tiêu (số)”" in empty.text


def test_what_an_english_form_begins_with_can_be_sent_back(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), coordinating=("kt",))
    head = browser(app, house.people["head_vhxh"])
    with app.app_context(), transaction():
        part = session.query(CoordinatingPart).one()
        part.target_value, part_id = 1250, part.id
        task = session.get_one(Task, task_id)
        task.target_value, task.target_unit = 5000, "m"
        session.get_one(Person, house.people["head_vhxh"].id).language = "en"
    page = page_of(head, f"/tasks/{task_id}").partition(f"/coordinating_part/{part_id}/ask")[2]
    found = re.search(r'name="target"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="target"', page)
    assert found
    again = {"work": "Kiểm kê", "target": found[1] or found[2]}
    assert take(head, "coordinating_part", part_id, "ask", again).status_code == 303
