"""A meeting through the screens: planned, convened, attended, minuted, approved; and old ones entered as history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

import pytest
import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Attendance, Committee, Meeting, Membership, Minutes, Notification
from tests.factories import assign_task, at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 9, 16)
M = TypeVar("M", Meeting, Minutes)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def plan(desk: FlaskClient, house: House, **changes: str) -> TestResponse:
    form = {
        "committee_id": house.committee.id,
        "title": "Giao ban tháng 9",
        "day": "25/9",
        "start": "8h00",
        "end": "11:00",
        "place": "Phòng họp tầng 2",
        "presider_id": house.people["chair"].id,
    }
    return post(desk, "/meetings/new", form | changes)


def only(app: Flask, model: type[M]) -> M:
    with app.app_context():
        found = session.query(model).one()
        session.expunge_all()
        return found


def test_meeting_from_plan_to_approved_minutes(app: Flask) -> None:
    house = found_authority(app)
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    made = plan(desk, house)
    assert made.status_code == 303, text_of(made)
    meeting = only(app, Meeting)
    page = text_of(desk.get(f"/meetings/{meeting.id}"))
    assert "Tình hình thực hiện các kết luận trước" in page
    assert "Vũ Ngọc Diệp" in page
    assert (
        post(desk, f"/meetings/{meeting.id}/agenda", {"title": "Kế hoạch CNTT quý IV", "minutes": "20"}).status_code
        == 303
    )
    assert take(desk, "meeting", meeting.id, "convene").status_code == 303
    with app.app_context():
        told = {row.person_id for row in session.query(Notification).filter_by(rule="meeting.convene")}
    assert house.people["member"].id in told
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        assert take(desk, "meeting", meeting.id, "start").status_code == 303
        early = take(desk, "meeting", meeting.id, "end")
        assert early.status_code == 422
        assert "Chưa điểm danh" in text_of(early)
        assert post(desk, f"/meetings/{meeting.id}/attendance", {"all": "1"}).status_code == 303
        assert take(desk, "meeting", meeting.id, "end").status_code == 303
        desk.get(f"/meetings/{meeting.id}/minutes")
        written = post(desk, f"/meetings/{meeting.id}/minutes", {"text": "Các thành viên đã thảo luận."})
        assert written.status_code == 303
        minutes = only(app, Minutes)
        assert take(desk, "minutes", minutes.id, "submit").status_code == 303
        assert take(desk, "minutes", minutes.id, "approve").status_code == 403
        assert take(chair, "minutes", minutes.id, "approve").status_code == 303
        locked = post(desk, f"/meetings/{meeting.id}/minutes", {"text": "Sửa sau khi duyệt"})
        assert locked.status_code == 422
    minutes = only(app, Minutes)
    assert minutes.text == "Các thành viên đã thảo luận."
    assert minutes.digest
    assert minutes.approved_by_id == house.people["chair"].id


def test_short_notice_needs_a_reason(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    plan(desk, house, day="18/9")
    meeting = only(app, Meeting)
    post(desk, f"/meetings/{meeting.id}/agenda", {"title": "Sự cố mạng"})
    page = text_of(desk.get(f"/meetings/{meeting.id}"))
    assert 'Lý do họp đột xuất<span class="required"' in page.replace(chr(10), "")
    refused = take(desk, "meeting", meeting.id, "convene")
    assert refused.status_code == 422
    assert "03 ngày làm việc" in text_of(refused)
    assert "Hãy nhập “Lý do họp đột xuất”" in text_of(refused)
    assert take(desk, "meeting", meeting.id, "convene", {"urgent_reason": "Mất kết nối toàn phường"}).status_code == 303


def test_where_there_is_time_no_reason_is_asked_and_what_was_sent_is_not_late(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    post(desk, "/meetings/1/agenda", {"title": "Một"})
    assert "Lý do họp đột xuất" not in text_of(desk.get("/meetings/1"))
    assert "gửi trước ngày" in text_of(desk.get("/meetings/1"))
    assert take(desk, "meeting", 1, "convene").status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 24)), tick=False):
        assert "gửi trước ngày" not in text_of(browser(app, house.people["secretary"]).get("/meetings/1"))


def test_a_new_meeting_is_of_the_committee_used_last(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        kept = house.committee
        first = Committee(authority_id=kept.authority_id, name="Ban A", short_name="Ban A", symbol="BA")
        session.add(first)
        session.flush()
        secretary = house.people["secretary"].id
        session.add(
            Membership(
                authority_id=kept.authority_id, committee_id=first.id, person_id=secretary, office="secretary",
                title="Thư ký", from_on=date(2026, 1, 1),
            )
        )  # fmt: skip
    desk = browser(app, house.people["secretary"])
    with app.app_context():
        first_id = session.query(Committee).filter_by(symbol="BA").one().id
    assert f'<option selected value="{first_id}">' in text_of(desk.get("/meetings/new"))
    plan(desk, house)
    assert f'<option selected value="{house.committee.id}">' in text_of(desk.get("/meetings/new"))


def test_past_day_is_refused_for_a_plan_and_taken_for_history(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    refused = plan(desk, house, day="24/06/2016")
    assert refused.status_code == 422
    assert "Ngày họp đã qua" in text_of(refused)
    assert "Giao ban tháng 9" in text_of(refused)
    assert plan(desk, house, day="24/06/2016", historic="1").status_code == 303
    meeting = only(app, Meeting)
    assert (meeting.state, meeting.historic) == ("held", True)
    assert meeting.held_at
    assert meeting.held_at.date() == date(2016, 6, 24)


def test_wrong_hour_and_day_get_sentences_and_stay_typed(app: Flask) -> None:
    house = found_authority(app)
    refused = plan(browser(app, house.people["secretary"]), house, day="31/2", start="25h")
    page = text_of(refused)
    assert refused.status_code == 422
    assert "Lịch không có ngày 31/02." in page
    assert "Chưa đọc được giờ «25h»" in page
    assert 'value="31/2"' in page


def test_agenda_keeps_the_status_item_first(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    meeting = only(app, Meeting)
    for title in ("Một", "Hai"):
        post(desk, f"/meetings/{meeting.id}/agenda", {"title": title})
    with app.app_context():
        items = {item.title: item.id for item in session.query(AgendaItem)}
    post(desk, f"/meetings/{meeting.id}/agenda/{items['Hai']}", {"act": "up"})
    post(desk, f"/meetings/{meeting.id}/agenda/{items['Hai']}", {"act": "up"})
    with app.app_context():
        order = [item.title for item in session.query(AgendaItem).order_by(AgendaItem.position)]
    assert order[1:] == ["Hai", "Một"]
    assert order[0].startswith("Tình hình")


def test_represented_needs_a_name_and_keeps_the_marks(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    plan(desk, house, day="16/9/2026")
    meeting = only(app, Meeting)
    with app.app_context():
        rows = [row.id for row in session.query(Attendance).order_by(Attendance.rank)]
    marks = {f"status-{row}": "present" for row in rows} | {f"status-{rows[0]}": "represented"}
    refused = post(desk, f"/meetings/{meeting.id}/attendance", marks)
    assert refused.status_code == 422
    assert "người dự thay Lê Minh Khôi" in text_of(refused)
    assert text_of(refused).count('value="present" selected') == len(rows) - 1
    named = marks | {f"represented-{rows[0]}": "Trần An"}
    assert post(desk, f"/meetings/{meeting.id}/attendance", named).status_code == 303


def test_two_secretaries_see_each_others_minutes(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    plan(desk, house, day="10/9/2026", historic="1")
    meeting = only(app, Meeting)
    desk.get(f"/meetings/{meeting.id}/minutes")
    version = only(app, Minutes).version
    post(desk, f"/meetings/{meeting.id}/minutes", {"text": "Bản một", "version": version})
    clash = post(desk, f"/meetings/{meeting.id}/minutes", {"text": "Bản hai", "version": version})
    assert clash.status_code == 409
    page = text_of(clash)
    assert "Bản một" in page
    assert "Bản hai" in page


def test_first_item_counts_what_its_lists_show(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    with time_machine.travel(at_noon(date(2026, 9, 1)), tick=False):
        for due in (date(2026, 9, 10), date(2026, 9, 30)):
            assign_task(app, house, due=due)
    plan(desk, house)
    meeting = only(app, Meeting)
    page = text_of(desk.get(f"/meetings/{meeting.id}"))
    assert '<span class="stat-value">1</span><span class="stat-label">quá hạn</span>' in page
    assert '<span class="stat-value">2</span><span class="stat-label">chưa tiếp nhận</span>' in page


def test_strangers_do_not_learn_that_a_meeting_exists(app: Flask) -> None:
    house = found_authority(app)
    plan(browser(app, house.people["secretary"]), house)
    meeting = only(app, Meeting)
    assert browser(app, house.people["head_kt"]).get(f"/meetings/{meeting.id}").status_code == 404
    assert browser(app, house.people["admin"]).get(f"/meetings/{meeting.id}").status_code == 404
    assert (
        post(browser(app, house.people["member"]), f"/meetings/{meeting.id}/agenda", {"title": "x"}).status_code == 403
    )
