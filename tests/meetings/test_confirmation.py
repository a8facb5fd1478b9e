"""The minutes are confirmed in the next meeting: once, as presented or with a correction beside their text."""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.clock import now, start_of
from app.db import session, transaction
from app.models import Event, Meeting, MeetingSeries, Minutes, MinutesConfirmation, Notification
from tests.factories import at_noon, browser, found_authority, hold_meeting, post, take
from tests.meetings.test_way import text_of
from workflows.meeting import IN_SESSION, PLANNED
from workflows.minutes import AS_PRESENTED, CORRECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

FIRST, SECOND = date(2026, 9, 11), date(2026, 9, 25)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TEXT = "1. Giao Phòng Kinh tế báo cáo trước ngày 30/9."
BOX = 'id="minutes-before"'
CONFIRM = "/moves/minutes/1/confirm"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(SECOND), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    """Hold the first meeting, have its minutes approved, and plan the second for today."""
    hold_meeting(app, house, on=FIRST)
    client = browser(app, house.people["secretary"])
    client.get("/meetings/1/minutes")
    post(client, "/meetings/1/minutes", {"text": TEXT})
    assert take(client, "minutes", 1, "submit").status_code == 303
    assert take(browser(app, house.people["chair"]), "minutes", 1, "approve").status_code == 303
    meet(app, house, SECOND, PLANNED)
    return client


def meet(app: Flask, house: House, day: date, state: str, series: int | None = None) -> int:
    with app.app_context(), transaction():
        meeting = Meeting(
            authority_id=house.authority.id, committee_id=house.committee.id, state=state, title=f"Phiên {day:%d/%m}",
            starts_at=start_of(day) + timedelta(hours=8), place="Phòng 2", made_at=now(), series_id=series,
            presider_id=house.people["chair"].id,
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        return meeting.id


def begin(app: Flask, meeting_id: int = 2) -> None:
    with app.app_context(), transaction():
        session.get_one(Meeting, meeting_id).state = IN_SESSION


def test_a_correction_stands_beside_the_text_which_stays(app: Flask, house: House, desk: FlaskClient) -> None:
    ahead = text_of(desk.get("/meetings/2"))
    assert BOX in ahead
    assert "Ghi kết quả thông qua tại đây khi cuộc họp này bắt đầu" in ahead
    assert CONFIRM not in ahead
    early = take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED})
    assert early.status_code == 422
    assert "Phiên họp sau chưa bắt đầu" in text_of(early)
    begin(app)
    assert CONFIRM in text_of(desk.get("/meetings/2"))
    empty = take(desk, "minutes", 1, "confirm", {"outcome": CORRECTED})
    assert "Hãy ghi nội dung đính chính" in text_of(empty)
    note = {"outcome": CORRECTED, "correction": "Thời hạn ở mục 1 là ngày 15/10.", "next": "/meetings/2"}
    assert take(desk, "minutes", 1, "confirm", note).location == "/meetings/2"
    with app.app_context():
        minutes = session.get_one(Minutes, 1)
        assert (minutes.text, minutes.state) == (TEXT, "approved")
        kept = session.query(MinutesConfirmation).one()
        assert (kept.meeting_id, kept.outcome, kept.note) == (2, CORRECTED, "Thời hạn ở mục 1 là ngày 15/10.")
        last = session.query(Event).filter_by(subject="minutes").order_by(Event.id.desc()).first()
        assert last is not None
        assert (last.event, last.reason) == ("confirm", "Thời hạn ở mục 1 là ngày 15/10.")
        told = session.query(Notification).filter_by(rule="minutes.confirm").all()
        assert [one.person_id for one in told] == [house.people["chair"].id]
    page = text_of(desk.get("/meetings/2"))
    assert "Thông qua, có đính chính" in page
    assert "15/10" in page
    assert CONFIRM not in page
    minutes_page = text_of(desk.get("/meetings/1/minutes"))
    assert TEXT in minutes_page
    assert "thông qua tại phiên họp ngày 25/09/2026" in minutes_page
    again = take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED})
    assert again.status_code == 422
    assert "chỉ ghi một lần" in text_of(again)


def test_the_printed_minutes_end_with_the_correction(app: Flask, desk: FlaskClient) -> None:
    begin(app)
    take(desk, "minutes", 1, "confirm", {"outcome": CORRECTED, "correction": "Hạn là ngày 15/10.\nTên: Bùi Đình Phúc."})
    with zipfile.ZipFile(BytesIO(desk.get("/meetings/1/minutes.docx").data)) as paper:
        document = paper.read("word/document.xml").decode()
    words = [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<w:p[ >].*?</w:p>", document, re.DOTALL)]
    end = next(at for at, line in enumerate(words) if line.startswith("Cuộc họp kết thúc"))
    assert words[end + 1] == "Đính chính (thông qua tại phiên họp ngày 25 tháng 9 năm 2026): Hạn là ngày 15/10."
    assert words[end + 2] == "Tên: Bùi Đình Phúc."
    assert desk.get("/meetings/1/minutes.pdf").data.startswith(b"%PDF")


def test_as_presented_needs_no_words_and_refuses_them(app: Flask, house: House, desk: FlaskClient) -> None:
    begin(app)
    assert (
        take(browser(app, house.people["chair"]), "minutes", 1, "confirm", {"outcome": AS_PRESENTED}).status_code == 403
    )
    mixed = take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED, "correction": "Sửa tên"})
    assert mixed.status_code == 422
    assert "Sửa tên" in text_of(mixed)
    assert take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED}).status_code == 303
    assert "Thông qua như trình bày" in text_of(desk.get("/meetings/2"))
    assert "Đính chính" not in text_of(desk.get("/meetings/1/minutes"))


@ON_SQLITE
def test_a_meeting_of_a_series_confirms_the_minutes_of_its_series(app: Flask, house: House, desk: FlaskClient) -> None:
    with app.app_context(), transaction():
        series = MeetingSeries(
            authority_id=house.authority.id, committee_id=house.committee.id, title="Giao ban", kind="weekly",
            starts="08:00", made_at=now(),
        )  # fmt: skip
        session.add(series)
        session.flush()
        session.get_one(Meeting, 1).series_id = series.id
    # The one of today belongs to no series: it confirms nothing of the series.
    begin(app)
    assert BOX not in text_of(desk.get("/meetings/2"))
    assert take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED}).status_code == 422
    third = meet(app, house, date(2026, 9, 24), "held", series=1)
    assert CONFIRM in text_of(desk.get(f"/meetings/{third}"))
    assert take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED}).status_code == 303
    with app.app_context():
        assert session.query(MinutesConfirmation).one().meeting_id == third


@ON_SQLITE
def test_the_first_of_a_series_confirms_what_was_before_it(app: Flask, house: House, desk: FlaskClient) -> None:
    with app.app_context(), transaction():
        series = MeetingSeries(
            authority_id=house.authority.id, committee_id=house.committee.id, title="Giao ban", kind="weekly",
            starts="08:00", made_at=now(),
        )  # fmt: skip
        session.add(series)
        session.flush()
        session.get_one(Meeting, 2).series_id = series.id
    begin(app)
    assert CONFIRM in text_of(desk.get("/meetings/2"))
    assert take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED}).status_code == 303


@ON_SQLITE
def test_minutes_not_approved_yet_are_named_and_wait(app: Flask, house: House) -> None:
    hold_meeting(app, house, on=FIRST)
    meet(app, house, SECOND, IN_SESSION)
    desk = browser(app, house.people["secretary"])
    assert "Phiên trước chưa có biên bản" in text_of(desk.get("/meetings/2"))
    desk.get("/meetings/1/minutes")
    post(desk, "/meetings/1/minutes", {"text": TEXT})
    page = text_of(desk.get("/meetings/2"))
    assert "Biên bản phiên trước chưa được duyệt" in page
    assert CONFIRM not in page


def test_a_confirmation_is_taken_back_until_the_next_minutes_are_approved(
    app: Flask, house: House, desk: FlaskClient
) -> None:
    begin(app)
    noted = {"outcome": CORRECTED, "correction": "Ghi nhầm"}
    assert take(desk, "minutes", 1, "confirm", noted).status_code == 303
    page = text_of(desk.get("/meetings/2"))
    assert "/moves/minutes/1/unconfirm" in page
    assert take(desk, "minutes", 1, "unconfirm").status_code == 422
    back = {"reason": "Ghi nhầm phiên", "next": "/meetings/2"}
    assert take(desk, "minutes", 1, "unconfirm", back).location == "/meetings/2"
    with app.app_context():
        assert session.query(MinutesConfirmation).count() == 0
        last = session.query(Event).filter_by(subject="minutes").order_by(Event.id.desc()).first()
        assert last is not None
        assert (last.event, last.reason) == ("unconfirm", "Ghi nhầm phiên")
        assert last.data["correction"] == "Ghi nhầm"
    assert CONFIRM in text_of(desk.get("/meetings/2"))
    nothing = take(desk, "minutes", 1, "unconfirm", back)
    assert nothing.status_code == 422
    assert take(desk, "minutes", 1, "confirm", {"outcome": AS_PRESENTED}).status_code == 303
    with app.app_context(), transaction():
        session.add(
            Minutes(
                authority_id=house.authority.id, meeting_id=2, state="approved", approved_at=now(), made_at=now(),
                digest="x",
            )
        )  # fmt: skip
    late = take(desk, "minutes", 1, "unconfirm", back)
    assert late.status_code == 422
    assert "nay được duyệt nên kết quả này giữ nguyên" in text_of(late)
