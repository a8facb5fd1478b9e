"""The agenda: its order, clock, papers and tasks, and what an earlier meeting left over."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session
from app.models import AgendaItem, Attachment, Meeting, Task
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.meetings.test_way import plan, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

DAY = date(2026, 9, 16)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def add(desk: FlaskClient, title: str, meeting: int = 1, **given: object) -> int:
    post(desk, f"/meetings/{meeting}/agenda", {"title": title, **given})
    with desk.application.app_context():
        return session.query(AgendaItem).filter_by(title=title, meeting_id=meeting).one().id


def titles(app: Flask, meeting: int) -> list[str]:
    with app.app_context():
        items = session.query(AgendaItem).filter_by(meeting_id=meeting).order_by(AgendaItem.position)
        return [item.title for item in items][1:]


def hold(desk: FlaskClient, meeting: int, day: date) -> None:
    """Convene a meeting and hold it on its day."""
    assert take(desk, "meeting", meeting, "convene", {"urgent_reason": "gấp"}).status_code == 303
    with time_machine.travel(at_noon(day), tick=False):
        assert take(desk, "meeting", meeting, "start").status_code == 303
        post(desk, f"/meetings/{meeting}/attendance", {"all": "1"})
        assert take(desk, "meeting", meeting, "end").status_code == 303


def test_what_was_not_reached_comes_back_by_itself_with_its_papers(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    first = add(desk, "Kế hoạch CNTT quý IV", minutes="20", papers=(BytesIO(PDF), "Kế hoạch.pdf"))
    second = add(desk, "Thuê máy tính bảng")
    early = post(desk, f"/meetings/1/agenda/{first}", {"act": "defer"}, follow=True)
    assert "Cuộc họp chưa bắt đầu" in text_of(early)
    hold(desk, 1, date(2026, 9, 25))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        post(desk, f"/meetings/1/agenda/{first}", {"act": "defer"})
        post(desk, f"/meetings/1/agenda/{second}", {"act": "defer"})
        post(desk, f"/meetings/1/agenda/{second}", {"act": "keep"})
        assert "chưa bàn, chuyển phiên sau" in text_of(desk.get("/meetings/1"))
        plan(desk, house, day="30/10")
        assert titles(app, 2) == ["Kế hoạch CNTT quý IV"]
        page = text_of(desk.get("/meetings/2"))
        assert "chuyển từ phiên trước" in page
        assert "Kế hoạch.pdf" in page
        with app.app_context():
            assert session.query(Attachment).count() == 2
        post(desk, "/meetings/2/agenda/left-over")
        assert titles(app, 2) == ["Kế hoạch CNTT quý IV"]


@ON_SQLITE
def test_a_plan_made_before_the_last_meeting_offers_what_it_left(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    first = add(desk, "Việc chưa bàn")
    plan(desk, house, day="30/10")
    hold(desk, 1, date(2026, 9, 25))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        post(desk, f"/meetings/1/agenda/{first}", {"act": "defer"})
        assert "Đưa vào 1 nội dung phiên trước để lại" in text_of(desk.get("/meetings/2"))
        answer = post(desk, "/meetings/2/agenda/left-over", follow=True)
    assert "Đã đưa 1 nội dung" in text_of(answer)
    assert titles(app, 2) == ["Việc chưa bàn"]
    assert post(browser(app, house.people["member"]), "/meetings/2/agenda/left-over").status_code == 403


def test_an_item_with_open_tasks_comes_back_until_they_are_done(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    task = assign_task(app, house, due=date(2026, 12, 1))
    with app.app_context():
        code = session.get_one(Task, task).code
    plan(desk, house)
    item = add(desk, "Kiểm kê máy tính bảng", task=f"{code} Báo cáo kết quả")
    wrong = post(desk, f"/meetings/1/agenda/{item}", {"act": "save", "title": "Kiểm kê", "task": "NV-0"}, follow=True)
    assert wrong.status_code == 422
    assert "không có nhiệm vụ nào mang mã" in text_of(wrong)
    assert 'value="NV-0"' in text_of(wrong)
    assert f'href="/tasks/{task}"' in text_of(desk.get("/meetings/1"))
    hold(desk, 1, date(2026, 9, 25))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        plan(desk, house, day="30/10")
        assert titles(app, 2) == ["Kiểm kê máy tính bảng"]
        again = add(desk, "Khác", 2)
        post(desk, f"/meetings/2/agenda/{again}", {"act": "save", "title": "Khác", "task": code})
        post(desk, f"/meetings/2/agenda/{again}", {"act": "unlink", "key": task})
        with app.app_context():
            assert session.get_one(AgendaItem, again).tasks == []


@ON_SQLITE
def test_items_show_their_hour_until_one_has_no_length(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    with app.app_context():
        status = session.query(AgendaItem).one().id
    post(desk, f"/meetings/1/agenda/{status}", {"act": "save", "title": "Tình hình", "minutes": "15"})
    add(desk, "Một", minutes="20")
    add(desk, "Hai")
    add(desk, "Ba", minutes="10")
    page = text_of(desk.get("/meetings/1"))
    assert "08:15 ·&nbsp;20 phút" in page
    assert "08:35" not in page
    assert '"quiet">10 phút' in page


@ON_SQLITE
def test_papers_open_to_who_may_see_the_meeting_and_bad_files_are_refused(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    item = add(desk, "Một", papers=(BytesIO(PDF), "Tờ trình.pdf"))
    with browser(app, house.people["member"]).get("/files/1") as opened:
        assert opened.status_code == 200
    assert browser(app, house.people["head_kt"]).get("/files/1").status_code == 404
    bad = {"act": "save", "title": "Một", "papers": (BytesIO(b"MZ"), "x.pdf")}
    assert "không đúng với đuôi .pdf" in text_of(post(desk, f"/meetings/1/agenda/{item}", bad))
    post(desk, f"/meetings/1/agenda/{item}", {"act": "detach", "key": "1"})
    assert browser(app, house.people["member"]).get("/files/1").status_code == 404
    post(desk, f"/meetings/1/agenda/{item}", {"act": "remove"})
    assert titles(app, 1) == []
    with app.app_context():
        assert session.get_one(Meeting, 1).agenda


def keep_in_room(desk: FlaskClient, item: int, do: str, text: str, **more: str) -> None:
    """Type a conclusion or notes in the room of meeting 1, through the plain forms."""
    answer = post(desk, "/meetings/1/room", {"item": item, "do": do, "text": text, "seen": "", **more})
    assert answer.status_code == 303, text_of(answer)


def test_what_nobody_discussed_or_is_not_done_comes_back_once_and_says_why(app: Flask, house: House) -> None:
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    plan(desk, house)
    names = ("Đã bàn xong", "Có nhiệm vụ", "Không ai bàn", "Bàn miệng")
    items = {title: add(desk, title) for title in names}
    hold(desk, 1, date(2026, 9, 25))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        keep_in_room(desk, items["Đã bàn xong"], "notes", "Các đại biểu thống nhất.")
        lead = f"u{house.units['vhxh'].id}"
        keep_in_room(desk, items["Có nhiệm vụ"], "save", "Kiểm kê máy", kind="task", lead=lead, due="15/12")
        post(desk, f"/meetings/1/agenda/{items['Bàn miệng']}", {"act": "keep"})
        assert take(desk, "notice", 1, "submit").status_code == 303
        assert take(chair, "notice", 1, "sign").status_code == 303
        assert take(desk, "notice", 1, "issue").status_code == 303
        with app.app_context():
            task = session.query(Task).one().id
        plan(desk, house, day="30/10")
        assert titles(app, 2) == ["Có nhiệm vụ", "Không ai bàn"]
        page = text_of(desk.get("/meetings/2"))
        assert "Giao ban tháng 9, 25/09/2026" in page
        assert "chưa thảo luận" in page
        assert "còn 1 nhiệm vụ chưa xong" in page
        assert f'href="/tasks/{task}"' in page
        with app.app_context():
            again = session.query(AgendaItem).filter_by(meeting_id=2, title="Không ai bàn").one().id
        assert "Không đưa vào phiên này" in page
        post(desk, f"/meetings/2/agenda/{again}", {"act": "remove"})
        assert titles(app, 2) == ["Có nhiệm vụ"]
        add(desk, "2. không ai bàn", 2)
        post(desk, "/meetings/2/agenda/left-over")
        assert titles(app, 2) == ["Có nhiệm vụ", "2. không ai bàn"]
        assert "chưa thảo luận" in text_of(desk.get("/meetings/2"))


@ON_SQLITE
def test_without_a_series_what_an_earlier_meeting_left_comes_back_too(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    for title in ("Đã bàn", "Không ai bàn", "Bàn ở phiên sau", "Việc khác"):
        item = add(desk, title)
        if title == "Đã bàn":
            spoken = item
    plan(desk, house, day="26/9")
    later = add(desk, "Bàn ở phiên sau", 2)
    hold(desk, 1, date(2026, 9, 25))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        keep_in_room(desk, spoken, "notes", "Thống nhất.")
    with time_machine.travel(at_noon(date(2026, 9, 26)), tick=False):
        hold(desk, 2, date(2026, 9, 26))
        assert post(desk, f"/meetings/2/agenda/{later}", {"act": "keep"}).status_code == 303
        plan(desk, house, day="30/10")
    assert titles(app, 3) == ["Không ai bàn"]


@ON_SQLITE
def test_minutes_written_by_hand_tell_what_was_discussed(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    for title in ("Ngân sách", "Nhân sự", "Không có trong biên bản"):
        add(desk, title)
    hold(desk, 1, date(2026, 9, 25))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        desk.get("/meetings/1/minutes")
        text = "2. Ngân sách\n- Ý kiến thảo luận: đủ nguồn.\n\n3. Nhân sự\n- Ý kiến thảo luận:\n- Kết luận:\n"
        post(desk, "/meetings/1/minutes", {"text": text})
        plan(desk, house, day="30/10")
    assert titles(app, 2) == ["Nhân sự"]


@ON_SQLITE
def test_after_one_item_the_form_stays_open_for_the_next_one(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    add(desk, "Một")
    added = post(desk, "/meetings/1/agenda", {"title": "Hai"})
    page = text_of(desk.get(added.location))
    assert '<details class="fold" id="agenda-add" open>' in page
    assert 'data-first-focus data-focus-inside><div class="field' in page.replace("\n", "")
    assert 'data-pick-from="open-tasks"' in page
    with app.app_context():
        item = session.query(AgendaItem).filter_by(title="Hai").one().id
    typed = {"act": "save", "title": "Hai đổi", "minutes": "không", "presenter": "Ông Ba"}
    refused = post(desk, f"/meetings/1/agenda/{item}", typed)
    page = text_of(refused)
    assert refused.status_code == 422
    assert 'value="Hai đổi"' in page
    assert 'value="không"' in page
    assert f'id="item-{item}"' in page
