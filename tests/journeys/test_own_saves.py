"""What one saved oneself in another window is not told of somebody else: meetings, minutes, clauses, proposals."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.db import session
from app.models import Meeting, Minutes, Proposal
from tests.factories import House, at_noon, browser, found_authority, post, take
from tests.notices import steps
from tests.proposals.steps import TEXT, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

OTHERS = "người khác"
PLAN = {"title": "Họp Ban", "day": "30/11", "start": "8h00", "place": "Tầng 2"}


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield found_authority(app)


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["secretary"])


def planned(desk: FlaskClient, house: House) -> dict[str, object]:
    """Plan a meeting and return what its form sends."""
    form = {**PLAN, "committee_id": house.committee.id, "presider_id": house.people["chair"].id}
    assert post(desk, "/meetings/new", form).status_code == 303
    return form


def version_of(app: Flask, model: Any, item_id: int = 1) -> int:  # noqa: ANN401 -- any model with a version
    with app.app_context():
        return int(session.get_one(model, item_id).version)


def alert_of(answer: TestResponse) -> str:
    assert answer.status_code == 409, answer.status_code
    return " ".join(answer.text.split())


def test_a_meeting_that_one_edited_oneself(app: Flask, house: House, desk: FlaskClient) -> None:
    form = planned(desk, house)
    seen = version_of(app, Meeting)
    assert post(desk, "/meetings/1/edit", {**form, "place": "Tầng 3", "version": seen}).status_code == 303
    again = alert_of(post(desk, "/meetings/1/edit", {**form, "place": "Tầng 4", "version": seen}))
    assert "Bạn đã sửa thông tin cuộc họp ở cửa sổ khác lúc 12:00" in again
    assert OTHERS not in again.partition("<form")[0] + "".join(re.findall(r'role="alert".*?</div>', again))
    assert 'value="Tầng 4"' in again
    shown = re.search(r'name="version"[^>]*value="(\d+)"', again)
    assert shown
    assert int(shown[1]) == version_of(app, Meeting), "sent again, it is against the meeting as it is now"
    assert post(desk, "/meetings/1/edit", {**form, "place": "Tầng 4", "version": shown[1]}).status_code == 303


def test_a_move_of_a_meeting_that_one_edited_oneself(app: Flask, house: House, desk: FlaskClient) -> None:
    form = planned(desk, house)
    seen = version_of(app, Meeting)
    assert post(desk, "/meetings/1/edit", {**form, "place": "Tầng 3", "version": seen}).status_code == 303
    again = alert_of(take(desk, "meeting", 1, "convene", {"version": seen, "urgent_reason": "gấp"}))
    assert "Bạn đã sửa thông tin cuộc họp ở cửa sổ khác lúc 12:00" in again
    assert "người khác thay đổi" not in again


def test_a_meeting_that_another_moved_is_told_of_that_person(app: Flask, house: House, desk: FlaskClient) -> None:
    form = planned(desk, house)
    seen = version_of(app, Meeting)
    chair = browser(app, house.people["chair"])
    assert take(chair, "meeting", 1, "cancel", {"reason": "Trùng lịch"}).status_code == 303
    again = post(desk, "/meetings/1/edit", {**form, "place": "Tầng 4", "version": seen})
    assert "cửa sổ khác" not in again.text


def test_minutes_that_one_wrote_oneself(app: Flask, house: House, desk: FlaskClient) -> None:
    planned(desk, house)
    desk.get("/meetings/1/minutes")
    seen = version_of(app, Minutes)
    assert post(desk, "/meetings/1/minutes", {"text": "Một", "version": seen}).status_code == 303
    again = alert_of(post(desk, "/meetings/1/minutes", {"text": "Hai", "version": seen}))
    assert "Bạn đã lưu nội dung ở cửa sổ khác lúc 12:00" in again
    assert "người khác thay đổi" not in again
    assert "Hai" in again


def test_a_clause_that_one_saved_oneself(app: Flask, house: House, desk: FlaskClient) -> None:
    notice_id = steps.compose(desk, house)
    clause = steps.clauses_of(app, notice_id)[2]
    assert steps.say(desk, clause, text="Bản thứ nhất của mục này.").status_code == 303
    again = alert_of(steps.say(desk, clause, text="Bản thứ hai của mục này."))
    assert "Bạn đã lưu mục này ở cửa sổ khác lúc 12:00" in again
    assert "người khác thay đổi" not in again
    assert "Bản thứ hai" in again
    third = browser(app, house.people["secretary"])
    elsewhere = alert_of(steps.say(third, clause, text="Bản thứ ba."))
    assert "Bạn đã lưu" not in elsewhere


def test_a_proposal_that_one_saved_oneself(app: Flask, house: House) -> None:
    head = browser(app, house.people["head_vhxh"])
    proposal_id = write(head, house)
    seen = version_of(app, Proposal, proposal_id)
    form = {**TEXT, "committee_id": str(house.committee.id), "unit_id": str(house.units["vhxh"].id), "version": seen}
    edit = f"/proposals/{proposal_id}/edit"
    assert post(head, edit, {**form, "title": "Bản một"}).status_code == 303
    again = alert_of(post(head, edit, {**form, "title": "Bản hai"}))
    assert "Bạn đã lưu tờ trình này ở cửa sổ khác lúc 12:00" in again
    assert "người khác sửa" not in again
    assert "Bản hai" in again
