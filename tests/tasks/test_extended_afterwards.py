"""A request for a later date that is ruled on after the unit has reported: what it changes is said before and kept."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import at_noon, browser, found_authority, take
from tests.home import pages, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

DUE = date(2026, 9, 9)
WARNING = "Đơn vị đã báo cáo hoàn thành ngày 16/09/2026, sau hạn 5 ngày làm việc"
MOVED = "Thời hạn dời sau khi báo cáo"


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon; `shift` moves it on."""
    with time_machine.travel(at_noon(work.DAY), tick=False) as stopped:
        yield stopped


def reported_late(
    app: Flask, house: House, moment: time_machine.Traveller, due: date = DUE, asked: date = date(2026, 9, 30)
) -> int:
    """Make a task whose unit asked for a later date and then reported, five working days late, without an answer."""
    task_id = work.given_task(app, house, lead="tyt", due=due)
    work.move(app, house, task_id, "accept", "head_tyt")
    work.ask_later(app, house, task_id, "head_tyt", asked)
    moment.shift(timedelta(hours=1))
    work.move(app, house, task_id, "report", "head_tyt", {"result": "Đã kiểm kê xong."})
    moment.shift(timedelta(hours=1))
    return task_id


def read(client: FlaskClient, url: str) -> str:
    return unescape(pages.page(client, url))


def test_before_ruling_the_card_and_the_page_say_what_the_later_date_does(
    app: Flask, moment: time_machine.Traveller
) -> None:
    house = found_authority(app)
    task_id = reported_late(app, house, moment)
    chair = browser(app, house.people["chair"])
    for url in ("/chair", f"/tasks/{task_id}"):
        text = read(chair, url)
        assert f"{WARNING}; đồng ý gia hạn đến 30/09/2026 thì thành báo cáo trong hạn." in text, url
        assert MOVED not in text, url


def test_a_date_that_does_not_reach_the_report_leaves_it_late(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    with time_machine.travel(at_noon(date(2026, 9, 10)), tick=False):
        task_id = work.given_task(app, house, lead="tyt", due=DUE)
        work.move(app, house, task_id, "accept", "head_tyt")
        work.ask_later(app, house, task_id, "head_tyt", date(2026, 9, 14))
    work.move(app, house, task_id, "report", "head_tyt", {"result": "Đã kiểm kê xong."})
    said = f"{WARNING}; đồng ý gia hạn đến 14/09/2026 thì vẫn là báo cáo sau hạn 2 ngày làm việc."
    assert said in read(browser(app, house.people["chair"]), "/chair")


def test_a_report_in_time_needs_no_later_date(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    reported_late(app, house, moment, due=date(2026, 9, 25))
    said = "Đơn vị đã báo cáo hoàn thành ngày 16/09/2026, trong hạn; gia hạn không làm thay đổi kết quả này."
    assert said in read(browser(app, house.people["chair"]), "/chair")


def test_a_request_without_a_report_says_nothing_of_one(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    work.extended(app, house)
    assert "Đơn vị đã báo cáo hoàn thành" not in read(browser(app, house.people["chair"]), "/chair")


def test_a_date_moved_after_the_report_stays_visible(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task_id = reported_late(app, house, moment)
    chair = browser(app, house.people["chair"])
    answer = take(chair, "extension", 1, "grant", {"new_due": "30/09/2026"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    said = f"{MOVED} (09/09/2026 → 30/09/2026); theo hạn trước, báo cáo sau hạn 5 ngày làm việc."
    assert said in read(chair, "/chair")
    text = read(chair, f"/tasks/{task_id}")
    assert "Đã báo cáo trong hạn" in text
    assert said in text
    lead, log = text.split('id="log"')
    assert MOVED in lead.split('class="lead"')[1].split("</p>")[0], "beside the word «trong hạn»"
    assert f"{MOVED} ngày 16/09/2026" in log
    moment.shift(timedelta(hours=1))
    assert take(chair, "task", task_id, "confirm").status_code == 303
    text = read(chair, f"/tasks/{task_id}")
    assert "Hoàn thành đúng hạn" in text
    assert said in text


def test_a_date_moved_before_the_report_is_no_matter(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task_id = work.extended(app, house)
    chair = browser(app, house.people["chair"])
    assert take(chair, "extension", 1, "grant", {"new_due": "15/10/2026"}).status_code == 303
    moment.shift(timedelta(hours=1))
    work.move(app, house, task_id, "report", "head_tyt", {"result": "Đã kiểm kê xong."})
    assert MOVED not in read(chair, "/chair")
    assert MOVED not in read(chair, f"/tasks/{task_id}")
