"""Nobody meets without a presider: the chair presides unless somebody else was named, and owes unnamed minutes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import update

from app.db import session, transaction
from app.models import Meeting, Minutes, Notification
from tests.factories import at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def plan(app: Flask, **changes: str) -> House:
    """Plan a meeting with one topic on 25/9, its presider left open."""
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    form = {"committee_id": house.committee.id, "title": "Họp Ban", "day": "25/9", "start": "8h00", "place": "Tầng 2"}
    assert post(desk, "/meetings/new", form | changes).status_code == 303
    assert post(desk, "/meetings/1/agenda", {"title": "Kế hoạch quý IV"}).status_code == 303
    return house


def nobody_presides(app: Flask) -> None:
    with app.app_context(), transaction():
        session.execute(update(Meeting).values(presider_id=None))


def test_the_chair_presides_unless_somebody_else_is_named(app: Flask) -> None:
    house = plan(app)
    with app.app_context():
        assert session.query(Meeting).one().presided_by == "Lê Minh Khôi"
    form = text_of(browser(app, house.people["secretary"]).get("/meetings/new"))
    chosen = form.split('name="presider_id"')[1].split("</select>")[0].split("selected")
    assert len(chosen) == 2, chosen
    assert ">Lê Minh Khôi" in chosen[1].split("</option>")[0]


def test_without_a_presider_nobody_is_called_and_nothing_is_recorded(app: Flask) -> None:
    house = plan(app)
    nobody_presides(app)
    desk = browser(app, house.people["secretary"])
    assert "Người chủ trì" in text_of(desk.get("/meetings/1"))
    for event, given in (("convene", {}), ("record", {"held_on": "16/9"})):
        refused = take(desk, "meeting", 1, event, given)
        assert refused.status_code == 422
        assert "Chưa có người chủ trì" in text_of(refused)


def test_minutes_without_a_presider_are_owed_by_the_chair_and_told_to_them(app: Flask) -> None:
    house = plan(app)
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    assert take(desk, "meeting", 1, "record", {"held_on": "16/9"}).status_code == 303
    nobody_presides(app)
    desk.get("/meetings/1/minutes")
    assert post(desk, "/meetings/1/minutes", {"text": "Đã bàn."}).status_code == 303
    assert take(desk, "minutes", 1, "submit").status_code == 303
    with app.app_context():
        assert session.query(Minutes).one().state == "submitted"
        assert session.query(Notification).filter_by(rule="minutes.submit").count() == 1
    assert "Duyệt biên bản" in text_of(chair.get("/chair"))


def test_the_day_of_a_meeting_is_counted_with_the_official_calendar(app: Flask) -> None:
    house = found_authority(app)
    page = text_of(browser(app, house.people["secretary"]).get("/meetings/new"))
    assert "2026-09-02" in page.split('id="calendar"')[1].split(">")[0]


def test_recording_begins_with_the_planned_day(app: Flask) -> None:
    house = plan(app)
    page = text_of(browser(app, house.people["secretary"]).get("/meetings/1"))
    assert 'value="25/09/2026"' in page.split('name="held_on"')[1].split(">")[0]
