"""Series of meetings: a rhythm once, then each next meeting by one click, with its agenda."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.clock import VIETNAM
from app.db import session
from app.models import AgendaItem, Meeting, MeetingSeries
from tests.factories import at_noon, browser, found_authority, post
from tests.meetings.test_way import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
AGENDA = "Việc nổi bật trong tháng | Văn phòng | 20\n\nKế hoạch tháng tới\nÝ kiến | | 15"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def save(desk: FlaskClient, house: House, where: str = "new", **changes: object) -> TestResponse:
    form = {
        "committee_id": house.committee.id, "title": "Giao ban tháng", "kind": "monthly_weekday", "weekday": "4",
        "nth": "5", "start": "8h00", "end": "10:30", "place": "Phòng họp tầng 2", "template": AGENDA, "active": "y",
        "presider_id": house.people["chair"].id,
    }  # fmt: skip
    return post(desk, f"/meetings/series/{where}", form | changes)


def test_the_next_meeting_follows_the_rhythm_with_its_agenda(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    assert save(desk, house).status_code == 303
    page = text_of(desk.get("/meetings/series"))
    assert "thứ Sáu cuối cùng của tháng, 08:00" in page
    assert "25/09/2026" in page
    assert post(desk, "/meetings/series/1/next").location == "/meetings/1"
    with app.app_context():
        meeting = session.get_one(Meeting, 1)
        assert meeting.title == "Giao ban tháng ngày 25/09/2026"
        assert meeting.starts_at == datetime(2026, 9, 25, 8, tzinfo=VIETNAM)
        assert meeting.ends_at == datetime(2026, 9, 25, 10, 30, tzinfo=VIETNAM)
        assert len(meeting.attendances) == 4
        items = session.query(AgendaItem).order_by(AgendaItem.position).all()
        assert [(item.title, item.presenter, item.minutes) for item in items[1:]] == [
            ("Việc nổi bật trong tháng", "Văn phòng", 20), ("Kế hoạch tháng tới", "", None), ("Ý kiến", "", 15),
        ]  # fmt: skip
    post(desk, "/meetings/series/1/next")
    with app.app_context():
        assert session.get_one(Meeting, 2).starts_at == datetime(2026, 10, 30, 8, tzinfo=VIETNAM)


@ON_SQLITE
def test_a_series_is_edited_as_it_was_typed_and_wrong_input_gets_a_sentence(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    save(desk, house)
    page = text_of(desk.get("/meetings/series/1"))
    assert "Việc nổi bật trong tháng | Văn phòng | 20" in page
    assert 'value="08:00"' in page or 'value="8:00"' in page
    refused = save(desk, house, "1", template="Một | | nhiều", end="7:00", link="zoom", day="40")
    assert refused.status_code == 422
    said = text_of(refused)
    for sentence in ("Dòng 1: số phút", "Giờ kết thúc phải sau", "https://", "ngày từ 1 đến 31"):
        assert sentence in said
    assert save(desk, house, "1", kind="weekly", weekday="0", active="").status_code == 303
    page = text_of(desk.get("/meetings/series"))
    assert "thứ Hai hằng tuần" in page
    assert "không áp dụng nữa" in page
    with app.app_context():
        assert session.query(MeetingSeries).count() == 1


@ON_SQLITE
def test_a_series_is_the_secretarys_alone(app: Flask, house: House) -> None:
    save(browser(app, house.people["secretary"]), house)
    for login in ("chair", "member", "head_kt", "admin"):
        other = browser(app, house.people[login])
        assert other.get("/meetings/series").status_code == 404
        assert other.get("/meetings/series/1").status_code == 404
        assert post(other, "/meetings/series/1/next").status_code == 404
