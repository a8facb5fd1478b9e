"""Meetings of the past, entered from old papers: the day and the title are enough, and nobody hears of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Attendance, Committee, Meeting, Membership, Notification
from tests.factories import at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

DAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["secretary"])


def enter(desk: FlaskClient, house: House, **given: str) -> int:
    """Enter a past meeting through its form and return its id."""
    form = {"historic": "1", "committee_id": house.committee.id, "title": "Giao ban quý II", "day": "24/6/2016"}
    made = post(desk, "/meetings/new", form | given)
    assert made.status_code == 303, made.get_data(as_text=True)
    found = re.search(r"/meetings/(\d+)", made.location)
    assert found
    return int(found[1])


def test_day_and_title_are_enough_and_nobody_is_invited_or_told(app: Flask, house: House, desk: FlaskClient) -> None:
    form = desk.get("/meetings/new?historic=1").get_data(as_text=True)
    assert 'name="start" required' not in form
    assert "Vũ Ngọc Diệp" in form  # whoever is a user is offered as presider
    meeting = enter(desk, house)
    with app.app_context():
        assert session.query(Attendance).count() == session.query(AgendaItem).count() == 0
        assert session.query(Notification).count() == 0
        kept = session.get_one(Meeting, meeting)
        assert (kept.state, kept.historic, kept.hour_known) == ("held", True, False)
    page = desk.get(f"/meetings/{meeting}").get_data(as_text=True)
    assert "24/06/2016" in page
    assert "00:00, 24/06" not in page
    assert "00:00, 24/06" not in desk.get("/meetings/").get_data(as_text=True)
    assert "còn thiếu" in page  # the notice alone
    assert page.count('class="todo-missing"') == 1
    assert page.count("Nhập thông báo kết luận đã ban hành") == 1  # one button, not three
    skipped = re.findall(r'<li class="todo-skip">.*?</li>', page, re.DOTALL)
    assert len(skipped) == 7
    assert not any("<a " in step for step in skipped)  # what is not needed leads nowhere


def test_the_presider_may_be_no_user_today(app: Flask, house: House, desk: FlaskClient) -> None:
    named = {"presided_by": "Trần Quốc Toản", "presider_title": "Chủ tịch UBND phường", "start": "8h00"}
    meeting = enter(desk, house, **named)
    page = desk.get(f"/meetings/{meeting}").get_data(as_text=True)
    assert "Trần Quốc Toản" in page
    assert "Chủ tịch UBND phường" in page
    assert "08:00, 24/06/2016" in page
    form = desk.get(f"/meetings/{meeting}/edit").get_data(as_text=True)
    assert 'value="Trần Quốc Toản"' in form
    changed = {"title": "Giao ban", "day": "24/6/2016", "presided_by": "Lê Minh Khôi", "version": ""}
    assert post(desk, f"/meetings/{meeting}/edit", changed).status_code == 303
    with app.app_context():
        kept = session.get_one(Meeting, meeting)
        assert (kept.presider_id, kept.presider_name) == (house.people["chair"].id, "")
        assert not kept.hour_known


def test_a_day_to_come_is_no_past_meeting(house: House, desk: FlaskClient) -> None:
    form = {"historic": "1", "committee_id": house.committee.id, "title": "Giao ban quý II", "day": "24/9/2026"}
    refused = post(desk, "/meetings/new", form)
    assert refused.status_code == 422
    assert "không thể sau hôm nay" in refused.get_data(as_text=True)
    assert "Giao ban quý II" in refused.get_data(as_text=True)


def test_its_file_closes_without_minutes_that_lie_in_the_archive(house: House, desk: FlaskClient) -> None:
    meeting = enter(desk, house)
    assert take(desk, "meeting", meeting, "close", {"no_notice": "1"}).status_code == 303


def test_who_is_written_down_for_it_was_there(app: Flask, house: House, desk: FlaskClient) -> None:
    meeting = enter(desk, house)
    assert post(desk, f"/meetings/{meeting}/invitees", {"name": "Nguyễn Thị Bình"}).status_code == 303
    with app.app_context():
        assert [(one.name, one.status) for one in session.query(Attendance)] == [("Nguyễn Thị Bình", "present")]


def test_a_meeting_planned_here_and_recorded_late_still_needs_its_minutes(house: House, desk: FlaskClient) -> None:
    plan = {"committee_id": house.committee.id, "title": "Giao ban", "day": "17/9/2026", "start": "8h00"}
    meeting = int(post(desk, "/meetings/new", plan).location.rpartition("/")[2])
    with time_machine.travel(at_noon(date(2026, 9, 18)), tick=False):
        assert take(desk, "meeting", meeting, "record", {"held_on": "17/09/2026"}).status_code == 303
        refused = take(desk, "meeting", meeting, "close", {"no_notice": "1"})
        assert refused.status_code == 422
        assert "Biên bản chưa được duyệt" in refused.get_data(as_text=True)


def test_committees_stand_in_one_order_in_every_form(app: Flask, house: House, desk: FlaskClient) -> None:
    with app.app_context(), transaction():
        for name in ("Ban An toàn thông tin", "Ban Biên tập"):
            committee = Committee(authority_id=house.authority.id, name=name, short_name=name, symbol="B")
            session.add(committee)
            session.flush()
            seat = Membership(
                authority_id=house.authority.id, committee_id=committee.id, person_id=house.people["secretary"].id,
                office="secretary", title="Thư ký", rank=0, from_on=date(2024, 1, 1),
            )  # fmt: skip
            session.add(seat)
    orders = [
        re.findall(r">(Ban [^<]+)</option>", desk.get(url).get_data(as_text=True))
        for url in ("/meetings/new", "/meetings/new?historic=1", "/meetings/series/new", "/notices/new")
    ]
    assert orders[0][:2] == ["Ban An toàn thông tin", "Ban Biên tập"]
    assert all(order == orders[0] for order in orders)
