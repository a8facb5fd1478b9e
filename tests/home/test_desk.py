"""The secretary's desk: what is missing, who is late and was told when, the month; and where each person begins."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import update

from app.clock import now
from app.db import session, transaction
from app.models import Conclusion, Delivery, Meeting, Message, MonthlyReport, Notice, Notification, Office
from tests.factories import add_person, assign_task, at_noon, browser, found_authority, hold_meeting, take
from tests.home import work
from tests.home.statements import BAR, counting
from tests.home.work import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def page(client: FlaskClient, url: str = "/desk") -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def plan_meeting(app: Flask, house: House, day: date) -> int:
    with app.app_context(), transaction():
        meeting = Meeting(
            authority_id=house.authority.id, committee_id=house.committee.id, state="planned", title="Phiên tháng 10",
            starts_at=at_noon(day), made_at=now(),
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        return meeting.id


def draft_notice(app: Flask, house: House, meeting_id: int) -> None:
    with app.app_context(), transaction():
        notice = Notice(
            authority_id=house.authority.id, committee_id=house.committee.id, meeting_id=meeting_id, state="drafting",
            subject="Dự thảo kết luận", made_at=now(),
        )  # fmt: skip
        session.add(notice)
        session.flush()
        for place, outcome in enumerate(("", "new_tasks", "none_arises"), 1):
            session.add(
                Conclusion(
                    authority_id=house.authority.id, notice_id=notice.id, position=place, address=f"I.{place}",
                    text="Rà soát", kind="task", outcome=outcome, state="drafted", made_at=now(),
                )
            )  # fmt: skip


def remind(app: Flask, house: House, task_id: int, *, sent: bool) -> None:
    with app.app_context(), transaction():
        message = Message(
            authority_id=house.authority.id, person_id=house.people["head_kt"].id, slot="2026-09-14", kind="digest",
            made_at=now(),
        )  # fmt: skip
        session.add(message)
        session.flush()
        if sent:
            delivery = Delivery(
                authority_id=house.authority.id,
                message_id=message.id,
                state="sent",
                sent_at=now(),
                next_try_at=now(),
                message_header="<1@binhminh.example>",
            )
            session.add(delivery)
        told = Notification(
            authority_id=house.authority.id, person_id=house.people["head_kt"].id, rule="reminder.overdue_1",
            subject="task", subject_id=task_id, slot="2026-09-10", made_at=now(), message_id=message.id,
        )  # fmt: skip
        session.add(told)


def test_meetings_and_drafts_say_what_is_missing(app: Flask) -> None:
    house = found_authority(app)
    plan_meeting(app, house, date(2026, 10, 2))
    held = hold_meeting(app, house, on=date(2026, 9, 10))
    draft_notice(app, house, held)
    text = page(browser(app, house.people["secretary"]))
    ahead, rest = text.split('id="desk-held"')
    assert "Phiên tháng 10" in ahead
    assert "còn thiếu" in ahead
    assert "gửi trước ngày 29/09/2026" in ahead
    file, drafts = rest.split('id="desk-drafts"')
    assert "Phiên họp Ban Chỉ đạo" in file
    assert "chậm nhất 17/09/2026" in file, "five working days from the tenth"
    for lack in ("Chọn người ký", "Mục I.1: nói rõ dẫn đến việc gì", "Mục I.2: chọn đơn vị chủ trì", "và 0"):
        assert (lack in drafts) == (lack != "và 0"), lack
    assert "ban hành chậm nhất 17/09/2026" in drafts


def test_who_is_late_and_was_told_when(app: Flask) -> None:
    house = found_authority(app)
    late = work.given_task(app, house, lead="kt", due=date(2026, 9, 8), title="Việc chậm")
    work.given_task(app, house, lead="hcc", due=date(2026, 9, 9), title="Việc chưa nhắc")
    desk = browser(app, house.people["secretary"])
    assert "chưa nhắc" in page(desk)
    with time_machine.travel(at_noon(date(2026, 9, 14)), tick=False):
        remind(app, house, late, sent=True)
    text = page(desk)
    row = text.split("Việc chậm</span>")[1].split("</tr>")[0]
    assert "quá hạn 6 ngày làm việc" in row
    assert row.count("12:00, 14/09/2026") == 2, "told and mailed"
    assert f"/{late}" in row
    assert "chưa nhắc" in text.split("Việc chưa nhắc</span>")[1].split("</tr>")[0]
    units = re.findall(r'<li><a href="([^"]+)">([^<]+) <strong class="fg-red">(\d+)', text)
    assert {name for _, name, _ in units} == {house.units["kt"].name, house.units["hcc"].name}


def test_every_number_is_the_length_of_its_list(app: Flask) -> None:
    house = found_authority(app)
    work.given_task(app, house, lead="kt", due=date(2026, 9, 8))
    work.reported(app, house, due=date(2026, 9, 30))
    checked = work.reported(app, house, due=date(2026, 9, 30))
    work.move(app, house, checked, "check", "secretary", {"opinion": "Đạt"})
    work.contested(app, house)
    work.extended(app, house)
    desk = browser(app, house.people["secretary"])
    text = page(desk)
    stats = re.findall(r'<a class="stat[^"]*" href="([^"]+)">\s*<span class="stat-value">(\d+)</span>', text)
    assert [int(number) for _, number in stats] == [1, 1, 1, 1, 1]
    for href, number in stats:
        total = re.search(r'class="pages-total">(\d+) mục', page(desk, unescape(href)))
        assert total
        assert total[1] == number, href
    assert "xin đến 15/10/2026" in text
    take(desk, "extension", 1, "opinion", {"opinion": "Nên đồng ý"})
    assert "Không có đề nghị gia hạn nào chờ ý kiến" in page(desk)


def test_the_month_that_is_over_comes_before_the_one_that_runs(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    text = page(desk)
    assert text.index("Tháng 09/2026") < text.index("Tháng 10/2026")
    assert "Chưa lập" in text
    with app.app_context(), transaction():
        for begins, ends, state in (
            (date(2026, 8, 15), date(2026, 9, 14), "drafted"), (date(2026, 6, 15), date(2026, 7, 14), "collecting"),
        ):  # fmt: skip
            report = MonthlyReport(
                authority_id=house.authority.id, committee_id=house.committee.id, begins_on=begins, ends_on=ends,
                state=state, made_at=now(),
            )  # fmt: skip
            session.add(report)
    text = page(desk)
    assert "Chưa lập" not in text
    assert "Dự thảo" in text
    assert "15/06/2026 – 14/07/2026" in text, "an old report left open is not forgotten"


def test_no_more_than_twelve_statements_whatever_the_rows(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    counted: list[int] = []
    for round_ in range(2):
        meeting = hold_meeting(app, house, on=date(2026, 9, 10) - timedelta(days=round_))
        plan_meeting(app, house, date(2026, 10, 2) + timedelta(days=round_))
        draft_notice(app, house, meeting)
        work.reported(app, house, due=date(2026, 9, 30), title=work.TITLE)
        work.extended(app, house)
        work.given_task(app, house, lead="kt", due=date(2026, 9, 8))
        with counting(app) as statements:
            page(desk)
        assert len(statements) <= BAR, "\n\n".join(statements)
        counted.append(len(statements))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("login", "first"),
    [("chair", "/chair"), ("deputy", "/chair"), ("secretary", "/desk"), ("head_kt", "/unit"), ("member", "/chair")],
)
def test_each_begins_where_the_own_work_is(app: Flask, login: str, first: str) -> None:
    house = found_authority(app)
    client = browser(app, house.people[login])
    assert client.get("/").headers["Location"] == first
    assert client.get(first).status_code == 200


def test_who_has_several_roles_has_tabs_and_no_foreign_home(app: Flask) -> None:
    house = found_authority(app)
    text = page(browser(app, house.people["secretary"]))
    tabs = re.findall(r'<a class="tab" href="([^"]+)"', text)
    assert tabs == ["/desk", "/unit", "/chair"]
    head = browser(app, house.people["head_kt"])
    for foreign in ("/chair", "/desk"):
        assert head.get(foreign).headers["Location"] == "/", foreign
    assert '<nav class="tabs" aria-label="Trang chính"' not in page(head, "/unit")
    assert browser(app, house.people["chair"]).get("/unit").headers["Location"] == "/"


def test_who_holds_no_office_is_told_what_to_do(app: Flask) -> None:
    house = found_authority(app)
    assert "Đến trang thiết lập" in page(browser(app, house.people["admin"]), "/")
    with app.app_context(), transaction():
        stranger = add_person(house.authority.id, "stranger", "Người Mới")
    assert "chưa được giao vai trò nào" in page(browser(app, stranger), "/")


def test_many_units_that_nobody_leads_do_not_push_the_late_ones_down(app: Flask) -> None:
    house = found_authority(app)
    for key in house.units:
        assign_task(app, house, lead=key, due=DAY + timedelta(days=30))
    with app.app_context(), transaction():
        session.execute(update(Office).values(to_on=DAY - timedelta(days=1)))
    main = html.fromstring(page(browser(app, house.people["secretary"])))
    (warning,) = main.xpath("//*[contains(@class, 'note') and contains(., 'Chưa có thủ trưởng')]")
    folded = {one.text_content() for one in warning.xpath(".//details//li")}
    every = {one.text_content() for one in warning.xpath(".//li")}
    assert (len(every), len(folded)) == (7, 1)
    assert "Và 1 đơn vị nữa" in warning.text_content()
