"""The desk proposes the next meeting of each series; one press makes it, two at once make one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Meeting
from tests.factories import at_noon, browser, found_authority, hold_meeting, post
from tests.meetings.test_series import save
from tests.meetings.test_way import text_of
from workflows.meeting import CANCELLED, HELD, POSTPONED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEXT = "/meetings/series/1/next"
OFFERED = "Phiên tháng 9: Giao ban tháng, Ban Chỉ đạo CĐS"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    client = browser(app, house.people["secretary"])
    assert save(client, house).status_code == 303
    return client


def set_state(app: Flask, state: str) -> None:
    with app.app_context(), transaction():
        session.get_one(Meeting, 1).state = state


def test_the_desk_proposes_the_next_meeting_until_one_press_makes_it(
    app: Flask, house: House, desk: FlaskClient
) -> None:
    hold_meeting(app, house, on=date(2026, 9, 4))
    with app.app_context(), transaction():
        kept = {"authority_id": house.authority.id, "meeting_id": 1, "position": 1}
        session.add(AgendaItem(**kept, title="Chưa bàn xong", deferred=True))
    page = text_of(desk.get("/desk"))
    assert OFFERED in page
    assert "dự kiến thứ Sáu 25/09/2026, 08:00" in page
    assert post(desk, NEXT, {"on": "2026-09-25"}).location == "/meetings/2"
    assert OFFERED not in text_of(desk.get("/desk"))
    again = post(desk, NEXT, {"on": "2026-09-25"}, follow=True)
    assert "đã được lập trước đó" in text_of(again)
    with app.app_context():
        assert session.query(Meeting).count() == 2
        agenda = session.query(AgendaItem).filter_by(meeting_id=2).order_by(AgendaItem.position)
        assert [item.title for item in agenda] == [
            "Tình hình thực hiện các kết luận trước", "Việc nổi bật trong tháng", "Kế hoạch tháng tới", "Ý kiến",
            "Chưa bàn xong",
        ]  # fmt: skip


def test_two_who_press_at_once_plan_one_meeting(app: Flask, house: House, desk: FlaskClient) -> None:
    browsers = [desk, browser(app, house.people["secretary"]), browser(app, house.people["secretary"])]
    start = Barrier(len(browsers))

    def press(client: FlaskClient) -> str:
        start.wait()
        return str(post(client, NEXT, {"on": "2026-09-25"}).location)

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert set(pool.map(press, browsers)) == {"/meetings/1"}
    with app.app_context():
        assert session.query(Meeting).count() == 1


@ON_SQLITE
def test_a_day_that_is_not_the_next_any_more_plans_nothing(app: Flask, house: House, desk: FlaskClient) -> None:
    save(desk, house, "1", kind="monthly_day", day="28")
    answer = post(desk, NEXT, {"on": "2026-09-25"}, follow=True)
    assert "nay là ngày 28/09/2026" in text_of(answer)
    with app.app_context():
        assert session.query(Meeting).count() == 0
    assert post(desk, NEXT, {"on": "không phải ngày"}).location == "/meetings/1"


@ON_SQLITE
def test_what_is_ahead_or_postponed_needs_no_other_and_cancelled_or_held_does(
    app: Flask, house: House, desk: FlaskClient
) -> None:
    post(desk, NEXT, {"on": "2026-09-25"})
    for state, offered in ((POSTPONED, False), (CANCELLED, True)):
        set_state(app, state)
        assert (OFFERED in text_of(desk.get("/desk"))) == offered, state
    set_state(app, HELD)
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False):
        page = text_of(browser(app, house.people["secretary"]).get("/desk"))
        assert "Phiên tháng 10: Giao ban tháng" in page
        assert "thứ Sáu 30/10/2026" in page


@ON_SQLITE
def test_a_weekly_series_names_no_month_and_one_that_rests_is_not_proposed(
    app: Flask, house: House, desk: FlaskClient
) -> None:
    save(desk, house, "1", kind="weekly", weekday="0")
    assert "Phiên tiếp theo: Giao ban tháng" in text_of(desk.get("/desk"))
    save(desk, house, "1", active="")
    assert "Phiên tiếp theo" not in text_of(desk.get("/desk"))
