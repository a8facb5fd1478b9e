"""A meeting's page asks the database as seldom with many rows as with few."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Meeting, Task
from tests.factories import assign_task, at_noon, browser, found_authority, hold_meeting, post, take
from tests.home.statements import BAR, counting
from workflows.meeting import CONVENED, HELD

if TYPE_CHECKING:
    from flask import Flask

FIRST, SECOND = date(2026, 9, 11), date(2026, 9, 25)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", [CONVENED, HELD])
@pytest.mark.parametrize("rows", [1, 6])
def test_a_meeting_asks_seldom_whatever_its_rows(app: Flask, state: str, rows: int) -> None:
    with time_machine.travel(at_noon(SECOND), tick=False):
        house = found_authority(app)
        desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
        hold_meeting(app, house, on=FIRST)
        hold_meeting(app, house, on=SECOND)
        desk.get("/meetings/1/minutes")
        post(desk, "/meetings/1/minutes", {"text": "1. Giao việc."})
        take(desk, "minutes", 1, "submit")
        take(chair, "minutes", 1, "approve")
        desk.get("/meetings/2/minutes")
        for number in range(rows):
            post(desk, "/meetings/1/agenda", {"title": f"Việc {number}"})
            task = assign_task(app, house, due=date(2026, 12, 1))
            with app.app_context():
                code = session.get_one(Task, task).code
            post(desk, "/meetings/2/agenda", {"title": f"Nội dung {number}", "task": code})
            post(desk, "/meetings/2/invitees", {"name": f"Khách {number}"})
        with app.app_context(), transaction():
            meeting = session.get_one(Meeting, 2)
            meeting.state = state
            for old, new in zip(
                session.query(AgendaItem).filter_by(meeting_id=1),
                session.query(AgendaItem).filter_by(meeting_id=2),
                strict=True,
            ):
                new.carried_from_id, new.carried_why = old.id, "undiscussed"
            kept = {"authority_id": meeting.authority_id, "meeting_id": 2, "position": 99}
            session.add(AgendaItem(**kept, kind="status", title="Tình hình"))
        desk.get("/meetings/2")
        with counting(app) as found:
            assert desk.get("/meetings/2").status_code == 200
    assert len(found) <= BAR, "\n".join(found)
