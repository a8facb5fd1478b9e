"""Steps on the way of a proposal, as people take them in a browser without JavaScript."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.clock import now, start_of
from app.db import session, transaction
from app.models import Meeting, Proposal
from tests.factories import post, take
from workflows.meeting import HELD, PLANNED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

TITLE = "Thay thế 52 máy tính bảng đã hỏng của đại biểu"
TEXT: dict[str, Any] = {
    "title": TITLE,
    "symbol": "12/TTr-VHXH",
    "necessity": "Máy cấp năm 2012 không còn được cập nhật; 41 trong 52 máy đã hỏng.",
    "grounds": "Kế hoạch chuyển đổi số năm 2026 của phường",
    "content": "Mua 30 máy mới, dùng chung giữa các kỳ họp.\nThanh lý 41 máy hỏng.",
    "effectiveness": "Không phải in 9.000 trang tài liệu mỗi kỳ họp.",
    "cost": "1.250.000.000",
    "funding": "Ngân sách phường năm 2027",
    "steps-from": ["1/1/2027", "1/4/2027", ""],
    "steps-to": ["31/3/2027", "30/6/2027", ""],
    "steps-work": ["Lập dự toán, thẩm định giá", "Đấu thầu, bàn giao", ""],
}


def write(client: FlaskClient, house: House, unit: str = "vhxh", **changes: Any) -> int:  # noqa: ANN401 -- form fields
    """Write a proposal and return its id."""
    places = {"committee_id": str(house.committee.id), "unit_id": str(house.units[unit].id)}
    answer = post(client, "/proposals/new", {**TEXT, **places, **changes})
    assert answer.status_code == 303, alerts_in(answer)
    found = re.search(r"/proposals/(\d+)", answer.location)
    assert found, answer.location
    return int(found[1])


def alerts_in(answer: TestResponse) -> list[str]:
    """Return what a page says went wrong."""
    return re.findall(r'role="alert".*?</div>', answer.get_data(as_text=True), re.DOTALL)


def move(client: FlaskClient, proposal_id: int, event: str, data: dict[str, Any] | None = None) -> TestResponse:
    """Take a move that must succeed."""
    answer = take(client, "proposal", proposal_id, event, data)
    assert answer.status_code == 303, alerts_in(answer)
    return answer


def page(client: FlaskClient, proposal_id: int) -> str:
    """Return the proposal's page."""
    answer = client.get(f"/proposals/{proposal_id}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def kept(app: Flask, proposal_id: int) -> Proposal:
    """Return the proposal as it stands; read its plain columns only."""
    with app.app_context():
        return session.get_one(Proposal, proposal_id)


def plan_meeting(app: Flask, house: House, *, on: date = date(2026, 11, 27), title: str = "Giao ban tháng 11") -> int:
    """Plan a meeting that the chair presides over at 8:00 and return its id."""
    with app.app_context(), transaction():
        meeting = Meeting(
            authority_id=house.authority.id, committee_id=house.committee.id, state=PLANNED, title=title,
            starts_at=start_of(on) + timedelta(hours=8), presider_id=house.people["chair"].id, made_at=now(),
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        return meeting.id


def hold(app: Flask, meeting_id: int) -> None:
    """Let a planned meeting have taken place."""
    with app.app_context(), transaction():
        meeting = session.get_one(Meeting, meeting_id)
        meeting.state, meeting.held_at = HELD, meeting.starts_at + timedelta(hours=2)


def places(house: House) -> dict[str, str]:
    """Return the committee and the unit that the form of a proposal names."""
    return {"committee_id": str(house.committee.id), "unit_id": str(house.units["vhxh"].id)}


def submitted(house: House, head: FlaskClient, **changes: str) -> int:
    """Write and submit a proposal."""
    proposal_id = write(head, house, **changes)
    move(head, proposal_id, "submit")
    return proposal_id
