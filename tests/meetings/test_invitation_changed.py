"""The invitation's page says what changed since it was sent, and sends it anew with one button."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import Meeting
from tests.factories import at_noon, browser, found_authority, post, take
from tests.meetings.test_calls import convened, send
from tests.meetings.test_way import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House
    from tests.posts import Sink

DAY = date(2026, 9, 16)
PAGE = "/meetings/1/papers"
BUTTON = "Gửi lại giấy mời đã sửa"


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield found_authority(app)


def test_a_changed_agenda_and_hour_are_named_and_sent_anew(app: Flask, house: House, sink: Sink) -> None:
    desk = convened(app, house)
    send(app, sink)
    page = text_of(desk.get(PAGE))
    assert BUTTON not in page
    assert "Đã gửi lúc" in page
    post(desk, "/meetings/1/agenda", {"title": "Kinh phí năm 2027"})
    with app.app_context(), transaction():
        meeting = session.get_one(Meeting, 1)
        meeting.starts_at = meeting.starts_at.replace(hour=2)
        meeting.place = "Hội trường lớn"
    answer = desk.get(PAGE)
    page = text_of(answer)
    assert "Thời gian: 08:00, 25/09/2026 → 09:00, 25/09/2026." in page
    assert "Địa điểm:" in page
    assert "Chương trình thêm: «Kinh phí năm 2027»." in page
    form = re.search(r'action="/moves/meeting/1/revise".*?</form>', answer.text, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(version|change|next)" value="([^"]*)"', form[0]))
    sent = take(desk, "meeting", 1, "revise", fields)
    assert (sent.status_code, sent.headers["Location"]) == (303, PAGE)
    assert BUTTON not in text_of(desk.get(PAGE))
    letters = send(app, sink, minutes=3)
    body = letters[0].get_body(("plain",))
    assert body is not None
    assert "Chương trình thêm: «Kinh phí năm 2027»" in body.get_content()


def test_what_stands_in_another_order_is_said_and_a_postponed_meeting_has_no_button(app: Flask, house: House) -> None:
    desk = convened(app, house)
    with app.app_context(), transaction():
        items = session.get_one(Meeting, 1).agenda
        items[0].position, items[-1].position = items[-1].position + 10, items[0].position
    page = text_of(desk.get(PAGE))
    assert "Thứ tự các nội dung thay đổi." in page
    assert take(desk, "meeting", 1, "postpone", {"reason": "Chờ"}).status_code == 303
    assert BUTTON not in text_of(desk.get(PAGE))


def test_only_the_secretary_sees_the_page(app: Flask, house: House) -> None:
    convened(app, house)
    assert browser(app, house.people["member"]).get(PAGE).status_code == 403
