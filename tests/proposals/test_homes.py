"""Proposals where people begin their day: the secretary's desk, the unit's home, the chair's queue, the bell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.db import session, transaction
from app.models import Meeting
from tests.factories import at_noon, browser, post, take
from tests.proposals.steps import TITLE, hold, move, plan_meeting, write
from workflows.meeting import CANCELLED

if TYPE_CHECKING:
    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_desk_says_what_the_secretary_must_do_next(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient, chair: FlaskClient
) -> None:
    proposal_id = write(head, house)
    assert TITLE not in text(secretary, "/desk")
    move(head, proposal_id, "submit")
    assert "<strong>thẩm tra, rồi đưa vào chương trình họp</strong>" in text(secretary, "/desk")
    move(secretary, proposal_id, "check", {"opinion": "Đủ hồ sơ."})
    assert "<strong>đưa vào chương trình họp</strong>" in text(secretary, "/desk")
    meeting_id = plan_meeting(app, house)
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    assert "Giao ban tháng 11, 27/11/2026" in text(secretary, "/desk")
    with app.app_context(), transaction():
        session.get_one(Meeting, meeting_id).state = CANCELLED
    assert "<strong>cuộc họp đã hủy: đưa vào cuộc họp khác</strong>" in text(secretary, "/desk")
    move(chair, proposal_id, "approve", {"conditions": "Không vượt dự toán."})
    assert "chưa giao nhiệm vụ hay đưa vào thông báo" in text(secretary, "/desk")
    order = {"text": "Lập hồ sơ.", "lead_unit_id": str(house.units["vhxh"].id), "due_on": "31/12/2026"}
    assert post(secretary, f"/proposals/{proposal_id}/tasks", order).status_code == 303
    assert "chưa giao nhiệm vụ hay đưa vào thông báo" not in text(secretary, "/desk")
    other = write(head, house, title="Nâng cấp đường truyền của trụ sở")
    move(head, other, "submit")
    move(chair, other, "refer", {"referred_to": "Sở Khoa học và Công nghệ"})
    assert "chờ Sở Khoa học và Công nghệ trả lời" in text(secretary, "/desk")


def test_the_unit_sees_what_came_back_and_what_is_not_submitted(
    house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = write(head, house)
    assert "Tờ trình cần bổ sung hoặc chưa trình" in text(head, "/unit")
    move(head, proposal_id, "submit")
    assert TITLE not in text(head, "/unit").split("Tin mới")[0]
    move(secretary, proposal_id, "ask", {"reason": "Thiếu báo giá."})
    assert "Yêu cầu: Thiếu báo giá." in text(head, "/unit")
    told = text(head, "/notifications")
    assert "đã yêu cầu bổ sung" in told
    assert f"Tờ trình: {TITLE}" in told


def test_the_chair_has_a_card_once_the_meeting_has_it_before_it_and_rules_there(
    app: Flask, house: House, clock: time_machine.Traveller
) -> None:
    head, secretary, chair = (browser(app, house.people[name]) for name in ("head_vhxh", "secretary", "chair"))
    proposal_id = write(head, house)
    move(head, proposal_id, "submit")
    meeting_id = plan_meeting(app, house)
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    clock.move_to(at_noon(date(2026, 11, 27)))
    hold(app, meeting_id)
    queue = text(chair, "/chair")
    assert "Tờ trình chờ quyết định" in queue
    assert "1.250.000.000 đồng" in queue
    assert "Chờ quyết định (1)" in queue
    ruled = take(chair, "proposal", proposal_id, "reject", {"reason": "Chưa cấp bách.", "next": "/chair"})
    assert (ruled.status_code, ruled.location) == (303, "/chair")
    assert "Tờ trình chờ quyết định" not in text(chair, "/chair")
