"""Invitations: by mail with an entry for calendars, answered through a signed link without logging in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from app.clock import VIETNAM
from app.db import session, transaction
from app.models import Attendance, Committee, Event, Meeting, Message, Notification, SignedLink
from tests.factories import CSRF_RAW, at_noon, browser, csrf, found_authority, post, take
from tests.meetings.test_way import plan, text_of
from tests.posts import run_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House
    from tests.posts import Sink

DAY = date(2026, 9, 16)
MAIL = ("make_messages", "deliver_mail")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def convened(app: Flask, house: House) -> FlaskClient:
    """Plan a meeting, invite a head and a guest beside the members, and convene it."""
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    post(desk, "/meetings/1/agenda", {"title": "Kế hoạch CNTT quý IV"})
    post(desk, "/meetings/1/invitees", {"unit_ids": f"unit-{house.units['vhxh'].id}"})
    post(desk, "/meetings/1/invitees", {"name": "Bà Trần Thị Khách", "title": "Chuyên gia"})
    assert take(desk, "meeting", 1, "convene").status_code == 303
    return desk


def send(app: Flask, sink: Sink, *, minutes: int = 1) -> list[EmailMessage]:
    sink.letters.clear()
    run_at(app, at_noon(DAY) + timedelta(minutes=minutes), *MAIL)
    return sink.letters


def entry_in(letter: EmailMessage) -> Calendar:
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    entry = Calendar.from_ical(content)
    assert part.get_param("method") == str(entry["METHOD"])
    return entry


def link_in(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"https://dondoc\.binhminh\.example(/links/[\w-]+)", body.get_content())
    assert found
    return found[1]


def answer(app: Flask, link: str, event: str, **given: str) -> TestResponse:
    """Answer as somebody who is not logged in, on the page behind the link."""
    visitor = app.test_client()
    visitor.get(link)
    with visitor.session_transaction() as cookie:
        cookie["csrf_token"] = CSRF_RAW
    return visitor.post(link, data={"csrf_token": csrf(visitor), "event": event, **given})


def row_of(app: Flask, name: str) -> Attendance:
    with app.app_context():
        found = session.query(Attendance).filter_by(name=name).one()
        session.expunge_all()
        return found


def test_each_invited_person_gets_a_letter_with_a_calendar_entry_and_a_link(
    app: Flask, house: House, sink: Sink
) -> None:
    convened(app, house)
    letters = send(app, sink)
    assert {str(letter["To"]).partition("<")[2] for letter in letters} == {
        f"{name}@binhminh.example>" for name in ("chair", "deputy", "secretary", "member", "head.vhxh")
    }
    letter = sink.to("head.vhxh@")[0]
    assert str(letter["Subject"]) == "Mời họp: Giao ban tháng 9, 08:00 ngày 25/09/2026"
    entry = entry_in(letter)
    event = entry.events[0]
    assert (str(entry["METHOD"]), event["SEQUENCE"], str(event["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert event.start == datetime(2026, 9, 25, 8, tzinfo=VIETNAM)
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert [str(zone["TZID"]) for zone in entry.timezones] == ["Asia/Ho_Chi_Minh"]
    assert "head.vhxh@binhminh.example" in str(event["ATTENDEE"])
    assert len({link_in(each) for each in letters}) == 5
    assert [part.get_filename() for part in letter.iter_attachments()] == ["cuoc-hop.ics"]
    with app.app_context():
        kept = str([*session.scalars(select(Notification.data)), *session.scalars(select(Message.data))])
        assert not any(link_in(each).rpartition("/")[2] in kept for each in letters)


def test_an_answer_through_the_link_needs_no_log_in_and_looking_changes_nothing(
    app: Flask, house: House, sink: Sink
) -> None:
    desk = convened(app, house)
    send(app, sink)
    link = link_in(sink.to("head.vhxh@")[0])
    page = app.test_client().get(link).text
    assert "Hoàng Mai Lan" in page
    assert "Giao ban tháng 9" in page
    app.test_client().get(link)
    assert row_of(app, "Hoàng Mai Lan").state == "unanswered"

    assert answer(app, link, "decline").status_code == 422
    assert answer(app, link, "decline", reason="Đi công tác tỉnh").status_code == 303
    assert row_of(app, "Hoàng Mai Lan").state == "declined"
    shown = text_of(desk.get("/meetings/1"))
    assert "Đi công tác tỉnh" in shown
    assert answer(app, link, "accept").status_code == 303
    changed = row_of(app, "Hoàng Mai Lan")
    assert (changed.state, changed.answer_note) == ("accepted", "")
    with app.app_context():
        told = [e.event for e in session.query(Event).filter_by(subject="invitation").order_by(Event.id)]
        assert told == ["decline", "accept"]
        used = session.query(Event).filter_by(subject="signed_link", event="used").count()
        assert used == 2
    assert answer(app, link, "ask_again").status_code == 404


def test_a_deputy_of_the_unit_is_invited_in_turn(app: Flask, house: House, sink: Sink) -> None:
    convened(app, house)
    send(app, sink)
    link = link_in(sink.to("head.vhxh@")[0])
    assert "Trịnh Gia Huy" in app.test_client().get(link).text
    assert answer(app, link, "send_deputy", deputy="Trịnh Gia Huy").status_code == 303
    letters = send(app, sink, minutes=2)
    assert [str(letter["To"]) for letter in letters] == ["Trịnh Gia Huy <staff.vhxh@binhminh.example>"]
    body = letters[0].get_body(("plain",))
    assert body is not None
    assert "Bạn được Hoàng Mai Lan cử dự thay" in body.get_content()
    assert browser(app, house.people["staff_vhxh"]).get("/meetings/1").status_code == 200
    with app.app_context():
        rules = {n.rule for n in session.query(Notification).filter_by(person_id=house.people["secretary"].id)}
        assert "invitation.send_deputy" in rules


def test_change_postponement_new_call_and_cancellation_keep_one_entry(app: Flask, house: House, sink: Sink) -> None:
    desk, chair = convened(app, house), browser(app, house.people["chair"])
    seen = [entry_in(send(app, sink)[0])]
    old = link_in(sink.to("head.vhxh@")[0])
    assert answer(app, old, "accept").status_code == 303
    for number, (who, event, given) in enumerate(
        [
            (desk, "revise", {"change": "Đổi phòng họp"}),
            (desk, "postpone", {"reason": "Chờ ý kiến cấp trên"}),
            (desk, "convene", {}),
            (chair, "cancel", {"reason": "Lồng ghép vào phiên tháng 10"}),
        ],
        start=2,
    ):
        assert take(who, "meeting", 1, event, given).status_code == 303
        seen.append(entry_in(send(app, sink, minutes=number)[0]))
        if event == "revise":
            assert link_in(sink.to("head.vhxh@")[0]) == old
        if event == "postpone":
            gone = app.test_client().get(old)
            assert gone.status_code == 410
            assert "thu hồi" in gone.text
        if event == "convene":
            assert row_of(app, "Hoàng Mai Lan").state == "unanswered"
            assert link_in(sink.to("head.vhxh@")[0]) != old
    assert len({str(entry.events[0]["UID"]) for entry in seen}) == 1
    assert [entry.events[0]["SEQUENCE"] for entry in seen] == [0, 1, 2, 3, 4]
    assert [str(entry["METHOD"]) for entry in seen] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    assert str(sink.letters[0]["Subject"]).startswith("Hủy họp: Giao ban tháng 9")


@ON_SQLITE
def test_the_same_letter_sent_twice_says_the_same(app: Flask, house: House, sink: Sink) -> None:
    desk = convened(app, house)
    run_at(app, at_noon(DAY) + timedelta(minutes=1), "make_messages")
    with app.app_context():
        version = session.get_one(Meeting, 1).version
    post(desk, "/meetings/1/edit", {"committee_id": house.committee.id, "title": "Tên khác", "day": "26/9",
                                    "start": "9:00", "version": version})  # fmt: skip
    run_at(app, at_noon(DAY) + timedelta(minutes=2), "deliver_mail")
    assert entry_in(sink.letters[0]).events[0].start == datetime(2026, 9, 25, 8, tzinfo=VIETNAM)
    assert "Giao ban tháng 9" in str(sink.letters[0]["Subject"])


@ON_SQLITE
def test_links_end_when_the_meeting_begins(app: Flask, house: House, sink: Sink) -> None:
    convened(app, house)
    send(app, sink)
    link = link_in(sink.to("head.vhxh@")[0])
    with time_machine.travel(datetime(2026, 9, 25, 7, 59, tzinfo=VIETNAM), tick=False):
        assert app.test_client().get(link).status_code == 200
    with time_machine.travel(datetime(2026, 9, 25, 8, 0, tzinfo=VIETNAM), tick=False):
        late = app.test_client().get(link)
        assert late.status_code == 410
        assert "đã hết hạn" in late.text


@ON_SQLITE
def test_a_guest_answers_by_a_link_that_the_secretary_hands_over(app: Flask, house: House) -> None:
    desk = convened(app, house)
    guest = row_of(app, "Bà Trần Thị Khách")
    shown = text_of(post(desk, f"/meetings/1/invitees/{guest.id}/link"))
    found = re.search(r"(/links/[\w-]+)</code>", shown)
    assert found
    assert answer(app, found[1], "send_deputy", deputy="Ông Nguyễn Văn Mới").status_code == 303
    assert row_of(app, "Bà Trần Thị Khách").deputy_name == "Ông Nguyễn Văn Mới"
    assert post(browser(app, house.people["member"]), f"/meetings/1/invitees/{guest.id}/link").status_code == 403
    assert post(browser(app, house.people["head_kt"]), f"/meetings/1/invitees/{guest.id}/link").status_code == 404


@ON_SQLITE
def test_a_person_logged_in_answers_on_the_meetings_page_and_only_for_himself(app: Flask, house: House) -> None:
    convened(app, house)
    member = browser(app, house.people["member"])
    own, other = row_of(app, "Đỗ Quang Bảo"), row_of(app, "Hoàng Mai Lan")
    assert f"/moves/invitation/{own.id}/accept" in text_of(member.get("/meetings/1"))
    assert take(member, "invitation", own.id, "accept").status_code == 303
    assert take(member, "invitation", other.id, "accept").status_code == 403
    desk = browser(app, house.people["secretary"])
    failed = take(desk, "invitation", other.id, "decline")
    assert failed.status_code == 422
    assert take(desk, "invitation", other.id, "decline", {"reason": "Báo qua điện thoại"}).status_code == 303


def test_attendance_begins_with_what_was_answered_and_shows_the_quorum(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        session.get_one(Committee, house.committee.id).quorum = "two_thirds"
    desk = convened(app, house)
    for login, event, given in (
        ("chair", "accept", {}),
        ("deputy", "decline", {"reason": "Đi học"}),
        ("member", "send_deputy", {"deputy": "Lý Văn Thay"}),
    ):
        row = row_of(app, house.people[login].full_name)
        assert take(browser(app, house.people[login]), "invitation", row.id, event, given).status_code == 303
    page = text_of(desk.get("/meetings/1"))
    assert "Theo trả lời: 2/4 thành viên sẽ dự, cần ít nhất 3" in page
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        take(desk, "meeting", 1, "start")
        page = text_of(desk.get("/meetings/1"))
        assert 'value="Lý Văn Thay"' in page
        assert post(desk, "/meetings/1/attendance", {"all": "1"}).status_code == 303
        page = text_of(desk.get("/meetings/1"))
    assert "Có mặt 3/4 thành viên, cần ít nhất 3" in page
    assert row_of(app, "Phạm Thu Hằng").status == "excused"
    assert row_of(app, "Đỗ Quang Bảo").represented_by == "Lý Văn Thay"
    assert row_of(app, "Lê Minh Khôi").status == "present"


@ON_SQLITE
def test_who_is_added_or_removed_later_is_told_alone(app: Flask, house: House, sink: Sink) -> None:
    desk = convened(app, house)
    send(app, sink)
    post(desk, "/meetings/1/invitees", {"person_id": house.people["head_kt"].id})
    assert [str(letter["To"]) for letter in send(app, sink, minutes=2)] == ["Bùi Đình Phúc <head.kt@binhminh.example>"]
    link = link_in(sink.letters[0])
    post(desk, "/meetings/1/attendance", {"remove": row_of(app, "Bùi Đình Phúc").id})
    letters = send(app, sink, minutes=3)
    assert [str(entry_in(letter)["METHOD"]) for letter in letters] == ["CANCEL"]
    assert app.test_client().get(link).status_code == 410


@ON_SQLITE
def test_heads_of_a_group_are_invited_each_once_and_units_without_head_are_named(app: Flask, house: House) -> None:
    assert house.group is not None
    desk = browser(app, house.people["secretary"])
    plan(desk, house)
    for _ in range(2):
        post(desk, "/meetings/1/invitees", {"unit_ids": f"group-{house.group.id}"})
    with app.app_context():
        heads = {row.name for row in session.query(Attendance).filter(Attendance.unit_id.is_not(None))}
        assert heads == {"Hoàng Mai Lan", "Bùi Đình Phúc", "Đặng Hồng Nhung"}
        assert session.query(SignedLink).count() == 0
    assert post(desk, "/meetings/1/invitees", {"unit_ids": "group-x"}).status_code == 422
