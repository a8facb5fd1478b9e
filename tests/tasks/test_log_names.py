"""The log of a task names whom: who was put in charge, who got a piece, which unit was asked, what was rearranged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lxml import html
from sqlalchemy import select, update

from app.db import session, transaction
from app.models import CoordinatingPart, Event, Person
from app.services.verification import broken_chains
from tests.factories import add_person, assign_task, browser, hold_office, post, take
from tests.tasks.test_shared_out import newest, only_part

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def said(client: FlaskClient, address: str) -> str:
    """Give the words of a page as one line."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.headers
    return " ".join(" ".join(html.fromstring(answer.text).xpath("//main")[0].itertext()).split())


def test_the_log_says_who_was_put_in_charge_and_who_before(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        hold_office(add_person(house.authority.id, "staff_two", "Lý Thu An"), house.units["vhxh"], "staff")
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    head = browser(app, house.people["head_vhxh"])
    with app.app_context():
        second = session.scalars(select(Person.id).where(Person.login == "staff_two")).one()
    take(head, "task", task_id, "accept", {"person": house.people["staff_vhxh"].id})
    assert "đã tiếp nhận Người phụ trách: Trịnh Gia Huy" in said(head, f"/tasks/{task_id}")
    assert take(head, "task", task_id, "hand_over", {"person": second}).status_code == 303
    assert "đã giao người phụ trách Người phụ trách: Trịnh Gia Huy → Lý Thu An" in said(head, f"/tasks/{task_id}")
    told = said(browser(app, house.people["staff_vhxh"]), "/notifications")
    assert "đã giao người phụ trách (Lý Thu An)" in told


def test_the_log_says_who_got_a_piece_through_all_its_life(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, lead="vp", due=date(2026, 12, 30))
    head, sub = browser(app, house.people["head_vp"]), browser(app, house.people["head_cntt"])
    take(head, "task", task_id, "accept")
    post(head, f"/tasks/{task_id}/sub-tasks", {"work": "Đếm máy", "person": house.people["secretary"].id})
    assert "đã giao việc thành phần Người làm: Vũ Ngọc Diệp" in said(head, f"/tasks/{task_id}")
    piece = newest(app)
    changed = take(head, "sub_task", piece, "change", {"sub_unit": house.units["cntt"].id})
    assert changed.status_code == 303, changed.text
    take(sub, "sub_task", piece, "finish", {"result": "52 máy"})
    page = said(head, f"/tasks/{task_id}")
    assert "đã đổi người làm, thời hạn Việc: Đếm máy Bộ phận làm: Bộ phận CNTT - Văn phòng" in page
    assert "đã báo làm xong Việc: Đếm máy Bộ phận làm: Bộ phận CNTT - Văn phòng" in page
    assert "đã giao việc thành phần Người làm: Vũ Ngọc Diệp" in page, "whom it was given first stays"


def test_the_log_says_which_unit_a_part_belongs_to_also_where_old_events_do_not(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), coordinating=("kt",))
    head = browser(app, house.people["head_vhxh"])
    take(head, "task", task_id, "accept")
    part = only_part(app, task_id)
    assert take(head, "coordinating_part", part, "ask", {"work": "Số liệu hộ"}).status_code == 303
    other = browser(app, house.people["head_kt"])
    assert take(other, "coordinating_part", part, "deliver", {"result": "120 hộ"}).status_code == 303
    page = said(head, f"/tasks/{task_id}")
    named = "Đơn vị phối hợp: Phòng Kinh tế, Hạ tầng và Đô thị"
    assert f"đã nêu việc cần phối hợp {named}" in page
    assert f"đã gửi kết quả phối hợp {named}" in page
    with app.app_context(), transaction():
        session.get_one(CoordinatingPart, part).unit_id = house.units["tyt"].id
    assert f"đã nêu việc cần phối hợp {named}" in said(head, f"/tasks/{task_id}"), "the log keeps whose it was"
    with app.app_context(), transaction():
        old = update(Event).where(Event.subject == "coordinating_part", Event.event == "ask")
        session.execute(old.values(data={"work": "Số liệu hộ"}))
    assert "đã nêu việc cần phối hợp Đơn vị phối hợp: Trạm Y tế phường" in said(head, f"/tasks/{task_id}")


def test_the_log_says_what_an_arrangement_changed(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30), coordinating=("kt",))
    desk = browser(app, house.people["secretary"])
    typed = {"coordinating_units": house.units["tyt"].id, "priority": "high"}
    assert take(desk, "task", task_id, "arrange", typed).status_code == 303
    page = said(desk, f"/tasks/{task_id}")
    assert (
        "đã điều chỉnh phối hợp, ưu tiên Thêm đơn vị phối hợp: Trạm Y tế phường"
        " Thôi phối hợp: Phòng Kinh tế, Hạ tầng và Đô thị Mức ưu tiên: Thường → Cao" in page
    )
    assert take(desk, "task", task_id, "arrange", typed).status_code == 303
    assert "đã điều chỉnh phối hợp, ưu tiên Không có gì thay đổi" in said(desk, f"/tasks/{task_id}")
    with app.app_context(), transaction():
        assert list(broken_chains()) == []
        old = {"priority": "high", "coordinating_units": [house.units["tyt"].id]}
        session.execute(update(Event).where(Event.event == "arrange").values(data=old))
    page = said(desk, f"/tasks/{task_id}")
    assert "ưu tiên Đơn vị phối hợp: Trạm Y tế phường Mức ưu tiên: Cao" in page, "an older event"
