"""Invitations, minutes and slips: numbers without gaps, the clerk's number, urgency, signer, who is invited."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pdfplumber
import pytest

from app.db import session, transaction
from app.documents.official.model import Level, Paragraph
from app.documents.official.printed import pdf_of
from app.mail.calls import subject_of_call
from app.models import Meeting, Notification, NumberSeries
from app.services.verification import broken_numbers
from tests.documents.papers import Docx, W, make_paper
from tests.documents.test_papers_pages import get_docx, texts
from tests.factories import assign_task, hold_meeting, post, take

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

DRAFT = "DỰ THẢO".encode()


def plan(client: FlaskClient, house: House, day: str = "11/12/2026") -> int:
    given = {
        "committee_id": house.committee.id, "title": "Phiên họp thứ tư", "day": day, "start": "14:00",
        "end": "16:00", "place": "Phòng họp tầng 2", "presider_id": house.people["chair"].id,
    }  # fmt: skip
    answer = post(client, "/meetings/new", given)
    assert answer.status_code == 303
    return int(answer.location.rstrip("/").rpartition("/")[2])


def is_draft(paper: Docx) -> bool:
    return DRAFT in b"".join(paper.parts.values())


def convene(client: FlaskClient, meeting_id: int, **given: str) -> None:
    assert take(client, "meeting", meeting_id, "convene", given).status_code == 303


def test_an_invitation_that_went_out_has_number_day_and_signer(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    first, second = plan(secretary, house), plan(secretary, house, "18/12/2026")
    before = get_docx(secretary, f"/meetings/{first}/invitation")
    assert is_draft(before)
    assert "Số: ……/GM-BCĐ" in texts(before)
    assert "Lê Minh Khôi" in texts(before)
    convene(secretary, first)
    convene(secretary, second)
    for meeting_id, symbol in ((first, "Số: 01/GM-BCĐ"), (second, "Số: 02/GM-BCĐ")):
        paper = get_docx(secretary, f"/meetings/{meeting_id}/invitation")
        assert not is_draft(paper)
        assert symbol in texts(paper)
        assert "Bình Minh, ngày 23 tháng 11 năm 2026" in texts(paper)
        assert texts(paper)[-1 - texts(paper)[::-1].index("Lê Minh Khôi") - 1] == "TRƯỞNG BAN"
    with app.app_context():
        assert [*broken_numbers()] == []


def test_an_invitation_says_what_was_sent_until_a_change_is_announced(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    meeting_id = plan(secretary, house)
    convene(secretary, meeting_id)
    url = f"/meetings/{meeting_id}/invitation"
    sent = texts(get_docx(secretary, url))
    assert "Tới dự phiên họp thứ tư." in sent
    assert [line[-1] for line in sent if line.startswith("- ") and "Lưu" not in line][-3:] == [";", ".", ";"]
    changed = {
        "title": "Phiên họp thứ tư", "day": "14/12/2026", "start": "9:00", "place": "Hội trường",
        "presider_id": house.people["deputy"].id,
    }  # fmt: skip
    assert post(secretary, f"/meetings/{meeting_id}/edit", changed).status_code == 303
    assert post(secretary, f"/meetings/{meeting_id}/agenda", {"title": "Nội dung thêm sau"}).status_code == 303
    assert texts(get_docx(secretary, url)) == sent
    assert take(secretary, "meeting", meeting_id, "revise", {"change": "Đổi ngày"}).status_code == 303
    revised = texts(get_docx(secretary, url))
    assert "Địa điểm: Hội trường." in revised
    assert any("Nội dung thêm sau" in line for line in revised)
    assert take(secretary, "meeting", meeting_id, "record", {"held_on": "22/11/2026"}).status_code == 303
    assert texts(get_docx(secretary, url)) == revised


def test_whoever_presides_is_not_among_the_invited(house: House, secretary: FlaskClient) -> None:
    paper = get_docx(secretary, f"/meetings/{plan(secretary, house)}/invitation")
    invited = [text for text in texts(paper) if text.startswith("- ")]
    assert "- Phạm Thu Hằng, Phó Trưởng ban;" in invited
    assert not any("Lê Minh Khôi" in text for text in invited)
    assert "Chủ trì: Lê Minh Khôi, Trưởng ban." in texts(paper)


def test_short_notice_says_why_and_the_mark_of_urgency_is_chosen(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    meeting_id = plan(secretary, house, "24/11/2026")
    convene(secretary, meeting_id, urgent_reason="ứng phó bão số 9.")
    page = f"/meetings/{meeting_id}/papers"
    assert page in secretary.get(f"/meetings/{meeting_id}").get_data(as_text=True)
    assert "Hỏa tốc" in secretary.get(page).get_data(as_text=True)
    chosen = {"urgency": "at_once", "signer_id": house.people["deputy"].id}
    assert post(secretary, f"{page}/invitation", chosen).status_code == 303
    assert take(secretary, "meeting", meeting_id, "revise", {"change": "Thêm nội dung"}).status_code == 303
    with app.app_context():
        letter = session.query(Notification).filter_by(rule="meeting.revise").first()
        assert letter is not None
        with app.test_request_context():
            line = {"rule": "meeting.revise", "title": "Phiên họp", **letter.data}
            assert subject_of_call(line).startswith("HỎA TỐC – Thay đổi lịch họp")
    lines = texts(get_docx(secretary, f"/meetings/{meeting_id}/invitation"))
    assert "Lý do họp đột xuất: ứng phó bão số 9." in lines
    assert "Hỏa tốc" in lines
    assert "KT. TRƯỞNG BAN" in lines
    assert "Phạm Thu Hằng" in lines


def test_where_the_clerk_gives_numbers_the_paper_waits_for_the_clerks(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    with app.app_context(), transaction():
        session.query(NumberSeries).update({"mode": "external"})
    meeting_id = plan(secretary, house)
    convene(secretary, meeting_id)
    assert is_draft(get_docx(secretary, f"/meetings/{meeting_id}/invitation"))
    url = f"/meetings/{meeting_id}/papers/invitation/number"
    wrong = post(secretary, url, {"number": "mười lăm"})
    assert wrong.status_code == 422
    assert "mười lăm" in wrong.get_data(as_text=True)
    assert post(secretary, url, {"number": "15/GM-UBND"}).status_code == 303
    paper = get_docx(secretary, f"/meetings/{meeting_id}/invitation")
    assert not is_draft(paper)
    assert "Số: 15/GM-UBND" in texts(paper)


def test_approved_minutes_have_a_number(app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20))
    page = secretary.get(f"/meetings/{meeting_id}/minutes").get_data(as_text=True)
    version = page.partition('name="version" value="')[2].partition('"')[0]
    post(secretary, f"/meetings/{meeting_id}/minutes", {"text": "1. Khai mạc.", "version": version})
    url = f"/meetings/{meeting_id}/minutes"
    assert "Số: ……/BB-BCĐ" in texts(get_docx(secretary, url))
    with app.app_context():
        from app.queries.meetings import minutes_of_meeting  # noqa: PLC0415 -- beside its one use

        found = minutes_of_meeting(meeting_id)
        assert found is not None
        minutes_id = found.id
    assert take(secretary, "minutes", minutes_id, "submit").status_code == 303
    assert take(chair, "minutes", minutes_id, "approve").status_code == 303
    paper = get_docx(secretary, url)
    assert "Số: 01/BB-BCĐ" in texts(paper)
    assert not is_draft(paper)


def test_a_slip_is_a_draft_until_the_secretary_numbers_it(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    assign_task(app, house, lead="vhxh", due=date(2026, 11, 10), title="Rà soát máy tính bảng đã cấp")
    base = f"/reminders/{house.committee.id}/{house.units['vhxh'].id}"
    assert is_draft(get_docx(secretary, f"{base}/slip"))
    assert chair.get(base).status_code == 404
    assert post(chair, f"{base}/number").status_code == 404
    assert base in secretary.get(f"/tasks/?status=overdue&unit={house.units['vhxh'].id}").get_data(as_text=True)
    for _again in (1, 2):
        assert post(secretary, f"{base}/number").status_code == 303
    paper = get_docx(secretary, f"{base}/slip")
    assert "Số: 01/PĐĐ-BCĐ" in texts(paper)
    assert "Lê Minh Khôi" in texts(paper)
    assert not is_draft(paper)
    assert "01/PĐĐ-BCĐ" in secretary.get(base).get_data(as_text=True)


def test_a_meeting_of_old_papers_gives_no_numbers(app: Flask, house: House, secretary: FlaskClient) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20), historic=True)
    assert post(secretary, f"/meetings/{meeting_id}/papers/minutes/number").status_code == 422
    with app.app_context():
        assert session.get_one(Meeting, meeting_id).historic


@pytest.mark.parametrize("lines", range(26, 46))
def test_a_signature_never_stands_alone_on_a_page(lines: int) -> None:
    """Whatever the length of the text, two lines of it stand over the signature with its name."""
    body = tuple(Paragraph(Level.DASH, f"Đồng chí số {n};", "-") for n in range(lines))
    paper = make_paper(text=body, closing=(Paragraph(Level.TEXT, "Trân trọng kính mời./."),), annexes=())
    with pdfplumber.open(io.BytesIO(pdf_of(paper))) as opened:
        for page in opened.pages:
            said = page.extract_text()
            if "TM. BAN CHỈ ĐẠO" in said:
                above = said.partition("TM. BAN CHỈ ĐẠO")[0]
                assert "Trân trọng kính mời./." in above
                assert f"Đồng chí số {lines - 1};" in above
                assert "Lê Minh Khôi" in said


def test_in_word_the_last_lines_hold_on_to_the_signature() -> None:
    from app.documents.official.word import docx_of  # noqa: PLC0415 -- slow to load, used once here
    from tests.documents.test_official_docx import AT  # noqa: PLC0415 -- the same

    body = tuple(Paragraph(Level.DASH, f"Đồng chí số {n};", "-") for n in range(5))
    paper = make_paper(text=body, closing=(Paragraph(Level.TEXT, "Trân trọng kính mời./."),), annexes=())
    found = Docx(docx_of(paper, AT)).body
    kept = ["".join(p.itertext()) for p in found.iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept[:2] == ["- Đồng chí số 4;", "Trân trọng kính mời./."]
