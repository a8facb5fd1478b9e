"""The attendance sheet: read back from the PDF, with the address in its QR code."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pdfplumber
import pytest
import segno
import time_machine

from app.db import session, transaction
from app.documents.attendance_sheet import attendance_data
from app.models import Committee, Meeting
from app.queries.attendance import quorum_of
from tests.factories import at_noon, browser, found_authority, post, take
from tests.meetings.test_way import plan

if TYPE_CHECKING:
    from flask import Flask

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ON_SQLITE
def test_the_sheet_lists_everybody_with_room_to_sign(app: Flask) -> None:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        house = found_authority(app)
        with app.app_context(), transaction():
            session.get_one(Committee, house.committee.id).quorum = "half"
        desk = browser(app, house.people["secretary"])
        plan(desk, house)
        post(desk, "/meetings/1/agenda", {"title": "Một"})
        post(desk, "/meetings/1/invitees", {"name": "Bà Trần *Khách* #1", "title": "Chuyên gia"})
        take(desk, "meeting", 1, "convene")
        answer = desk.get("/meetings/1/attendance.pdf")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert browser(app, house.people["member"]).get("/meetings/1/attendance.pdf").status_code == 403
        with app.app_context():
            meeting = session.get_one(Meeting, 1)
            data = attendance_data(meeting, "UBND phường", quorum_of(meeting), "https://x.example/meetings/1")
    with pdfplumber.open(io.BytesIO(answer.data)) as opened:
        page = opened.pages[0]
        text, table = page.extract_text(), page.extract_tables()[-1]
        fonts = {char["fontname"].partition("+")[2] for char in page.chars}
    assert "DANH SÁCH THÀNH PHẦN DỰ HỌP" in text
    assert "08 giờ 00, ngày 25/9/2026" in text or "08 giờ 00, ngày 25/09/2026" in text
    assert "3/4 (quá nửa số thành viên)" in text
    names = [row[1] for row in table[1:]]
    assert names[0] == "Lê Minh Khôi\nTrưởng ban"
    assert "Bà Trần *Khách* #1\nChuyên gia" in names
    assert len(names) == 5 + 4
    assert fonts <= {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"}
    expected = io.BytesIO()
    segno.make("https://x.example/meetings/1", error="m", micro=False).save(expected, kind="svg", border=2, scale=4)
    assert data["qr"] == expected.getvalue().decode()
