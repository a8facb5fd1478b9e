"""A directing document gives a task through the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine

from app.db import session
from app.models import Task
from tests.factories import at_noon, browser, found_authority, post

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


def form(house: House, **changes: object) -> dict[str, object]:
    return {
        "committee_id": house.committee.id,
        "symbol": "45/UBND-VX",
        "issued_on": "10/9/2026",
        "issuer": "UBND tỉnh An Lạc",
        "subject": "Về đẩy mạnh chuyển đổi số",
        "text": "Rà soát, thay thế máy tính bảng.",
        "lead_unit_id": house.units["vhxh"].id,
        "coordinating_ids": [house.units["kt"].id],
        "due_on": "30/9/2026",
    } | changes


def test_the_secretary_assigns_and_the_unit_sees_the_source(app: Flask) -> None:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        house = found_authority(app)
        desk = browser(app, house.people["secretary"])
        assert desk.get("/directives/new").status_code == 200
        late = post(desk, "/directives/new", form(house, due_on="15/9/2026"))
        assert late.status_code == 422
        assert "Thời hạn đã qua" in late.get_data(as_text=True)
        assert "Rà soát, thay thế máy tính bảng." in late.get_data(as_text=True)
        bare = post(desk, "/directives/new", form(house, due_on=""))
        assert "lý do không có hạn" in bare.get_data(as_text=True)
        made = post(desk, "/directives/new", form(house))
        assert made.status_code == 303
        with app.app_context():
            task = session.query(Task).one()
            assert (task.state, task.original_due) == ("assigned", date(2026, 9, 30))
        unit = browser(app, house.people["head_vhxh"])
        assert "45/UBND-VX" in unit.get(f"/tasks/{task.id}").get_data(as_text=True)
        assert unit.get("/directives/new").status_code == 404


def test_a_document_that_arrives_late_is_entered_with_its_passed_deadline(app: Flask) -> None:
    """What the error of a day without a year advises leads on: the day in full, then the tick."""
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        house = found_authority(app)
        desk = browser(app, house.people["secretary"])
        assert 'name="late_meant"' not in desk.get("/directives/new").text
        short = post(desk, "/directives/new", form(house, due_on="15/9"))
        assert "gõ đủ 15/9/2026 nếu đúng là ngày đã qua" in short.text
        full = post(desk, "/directives/new", form(house, due_on="15/9/2026"))
        assert full.status_code == 422
        assert "nhiệm vụ quá hạn ngay từ ngày đầu" in full.text
        assert 'name="late_meant"' in full.text
        before = post(desk, "/directives/new", form(house, due_on="9/9/2026", late_meant="y"))
        assert "Thời hạn không thể trước ngày ban hành văn bản" in before.text
        made = post(desk, "/directives/new", form(house, due_on="15/9/2026", late_meant="y"), follow=True)
        assert "quá hạn ngay từ ngày đầu vì văn bản đến muộn" in made.text
        assert "Quá hạn 1 ngày làm việc" in made.text
        with app.app_context():
            task = session.query(Task).one()
            assert (task.state, task.original_due) == ("assigned", date(2026, 9, 15))
