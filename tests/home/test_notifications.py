"""The bell: what I was told, in words; opening one marks it read; nobody reads another's."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.clock import now
from app.db import session, transaction
from app.models import Notification
from tests.factories import at_noon, browser, found_authority, hold_meeting, post
from tests.home import work
from tests.home.statements import BAR, counting
from tests.home.work import DAY
from workflows.reminders import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def page(client: FlaskClient, url: str = "/notifications") -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def tell(  # noqa: PLR0913, PLR0917 -- what a notification consists of
    app: Flask, house: House, login: str, rule: str, subject: str, subject_id: int
) -> int:
    with app.app_context(), transaction():
        row = Notification(
            authority_id=house.authority.id, person_id=house.people[login].id, rule=rule, subject=subject,
            subject_id=subject_id, slot=rule, made_at=now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def test_what_was_told_says_who_did_what_about_what(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.reported(app, house, due=date(2026, 9, 30), title=work.TITLE)
    work.move(app, house, task_id, "send_back", "chair", {"reason": "Thiếu danh sách máy hỏng"})
    work.ask_later(app, house, task_id, "head_vhxh", date(2026, 10, 30))
    text = page(browser(app, house.people["head_vhxh"]))
    assert "<strong>Lê Minh Khôi</strong> đã yêu cầu làm lại" in text
    assert "Thiếu danh sách máy hỏng" in text
    assert work.TITLE in text
    assert "hạn 30/09/2026" in text
    chair = page(browser(app, house.people["chair"]))
    assert "<strong>Hoàng Mai Lan</strong> đã đề nghị gia hạn" in chair
    assert "<strong>Hoàng Mai Lan</strong> đã báo cáo hoàn thành" in chair


def test_every_rule_and_subject_has_words_and_a_page(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, due=date(2026, 9, 30))
    meeting = hold_meeting(app, house, on=date(2026, 9, 10))
    notice, minutes = work.submit_notice(app, house, meeting), work.submit_minutes(app, house, meeting)
    for rule in RULES:
        tell(app, house, "chair", f"reminder.{rule.name}", "task", task_id)
    for subject, event, subject_id in (
        ("meeting", "convene", meeting), ("notice", "submit", notice), ("minutes", "submit", minutes),
    ):  # fmt: skip
        tell(app, house, "chair", f"{subject}.{event}", subject, subject_id)
    chair = browser(app, house.people["chair"])
    text = page(chair)
    for rule in RULES:
        assert rule.words.vi in text
    assert "Biên bản: Phiên họp Ban Chỉ đạo" in text
    assert "Thông báo kết luận: Kết luận phiên họp tháng 9" in text
    places = {chair.get(href).headers["Location"] for href in re.findall(r'href="(/notifications/\d+)"', text)}
    assert places == {
        f"/tasks/{task_id}", f"/meetings/{meeting}", f"/notices/{notice}", f"/meetings/{meeting}/minutes"
    }  # fmt: skip
    assert 'class="is-unread"' not in page(chair), "opening one marks it"


def test_reading_one_or_all_and_never_anothers(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, due=date(2026, 9, 30))
    one = tell(app, house, "chair", "reminder.overdue_3", "task", task_id)
    tell(app, house, "chair", "reminder.overdue_weekly", "task", task_id)
    other = browser(app, house.people["deputy"])
    assert other.get(f"/notifications/{one}").status_code == 404
    post(other, f"/notifications/{one}/read")
    chair = browser(app, house.people["chair"])
    assert page(chair).count('class="is-unread"') == 2, "nobody marks another's"
    post(chair, f"/notifications/{one}/read")
    text = page(chair, "/notifications?show=unread")
    assert text.count('class="is-unread"') == 1
    assert "1 tin chưa đọc" in text
    post(chair, "/notifications/read")
    assert "Không có tin nào chưa đọc" in page(chair, "/notifications?show=unread")
    assert page(chair).count("<li>") >= 2, "what was read stays"


def test_pages_and_statements(app: Flask) -> None:
    house = found_authority(app)
    for number in range(35):
        tell(app, house, "chair", f"reminder.overdue_3#{number}", "task", 1)
    chair = browser(app, house.people["chair"])
    with counting(app) as statements:
        text = page(chair)
    assert len(statements) <= BAR
    assert "trang 1 trên 2" in text
    assert page(chair, "/notifications?page=2").count('class="is-unread"') == 5


def test_news_of_the_past_call_a_unit_by_its_name_of_then(app: Flask) -> None:
    house = found_authority(app)
    vhxh, client = house.units["vhxh"], browser(app, house.people["head_vhxh"])
    task_id = work.reported(app, house, due=date(2026, 12, 30), title=work.TITLE)
    work.move(app, house, task_id, "send_back", "chair", {"reason": "Thiếu danh sách máy hỏng"})
    later = DAY + timedelta(days=3)
    with time_machine.travel(at_noon(later), tick=False):
        sent = {
            "old": str(vhxh.id), "name": "Phòng Văn hóa mới", "short_name": "P. VHM", "on": f"{later:%d/%m/%Y}",
            "basis": "NQ 1", "seen": vhxh.name, "save": "1",
        }  # fmt: skip
        assert post(browser(app, house.people["admin"]), "/setup/units/change/rename", sent).status_code == 303
        work.move(app, house, task_id, "report", "head_vhxh", {"result": "Đủ"})
        work.move(app, house, task_id, "send_back", "chair", {"reason": "Thiếu bảng kê"})
        text = " ".join(page(client).split())
    newest, oldest = text.split("Thiếu bảng kê")[1], text.split("Thiếu danh sách máy hỏng")[1]
    assert "Phòng Văn hóa mới" in newest.split("</li>")[0]
    assert vhxh.name in oldest.split("</li>")[0]


def test_news_of_a_task_that_went_elsewhere_say_so_and_lead_nowhere(app: Flask) -> None:
    house = found_authority(app)
    kept = work.reported(app, house, due=date(2026, 12, 30), title="Ở lại", coordinating=("hcc",))
    gone = work.reported(app, house, due=date(2026, 12, 30), title="Ra đi")
    for task_id in (kept, gone):
        work.move(app, house, task_id, "send_back", "chair", {"reason": "Thiếu danh sách"})
    work.move(app, house, gone, "reassign", "chair", {"lead_unit": house.units["kt"].id, "reason": "Đúng việc"})
    client = browser(app, house.people["head_vhxh"])
    for url in ("/notifications", "/unit"):
        shown = html.fromstring(page(client, url))
        lines = {
            line.xpath("string(.//p[@class='news-title'])"): line for line in shown.xpath("//ul[@class='news']/li")
        }
        assert lines["Ở lại"].xpath(".//p[@class='news-title']/a")
        assert not lines["Ra đi"].xpath(".//p[@class='news-title']/a"), url
        assert "không còn thuộc đơn vị hoặc ban của bạn" in lines["Ra đi"].text_content()
        assert "hạn 30/12/2026" not in lines["Ra đi"].text_content(), "its date is no longer theirs to know"
    with app.app_context():
        query = select(Notification.id).where(Notification.subject == "task", Notification.subject_id == gone)
        old = session.scalars(query.where(Notification.person_id == house.people["head_vhxh"].id)).first()
    answer = client.get(f"/notifications/{old}", follow_redirects=True)
    assert answer.status_code == 200
    assert "không còn thuộc đơn vị hoặc ban của bạn" in answer.get_data(as_text=True)
    chair = page(browser(app, house.people["chair"]))
    assert "không còn thuộc" not in chair
    helper = html.fromstring(page(browser(app, house.people["head_hcc"])))
    assert helper.xpath("//p[@class='news-title']/a[contains(., 'Ở lại')]"), "who helps still sees it"
