"""What the timeline of a task tells: each thing that happened once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Extension
from tests.factories import assign_task, at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from flask import Flask


def test_a_granted_extension_is_told_once_with_who_granted_it_and_both_dates(app: Flask) -> None:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        house = found_authority(app)
        task = assign_task(app, house, due=date(2026, 12, 1))
        head, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
        asked = {"new_due": "10/12/2026", "reason": "Chờ số liệu của tỉnh"}
    with time_machine.travel(at_noon(date(2026, 11, 25)), tick=False):
        assert post(head, f"/tasks/{task}/extension", asked).status_code == 303
        with app.app_context():
            request = session.scalars(select(Extension.id)).one()
        given = {"new_due": "10/12/2026", "remark": "Đồng ý cho lùi"}
        assert take(chair, "extension", request, "grant", given).status_code == 303
        page = head.get(f"/tasks/{task}").get_data(as_text=True)
    assert page.count("Thời hạn: 01/12/2026 → 10/12/2026") == 1
    assert "đã gia hạn" not in page
