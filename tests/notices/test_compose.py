"""Making a notice of a text: what is taken, what is refused, and that what was typed is kept."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from sqlalchemy import func, select

from app.db import session
from app.models import Attachment, Conclusion, Notice, StoredFile
from tests.factories import House, browser, csrf, hold_meeting, post
from tests.notices import steps
from workflows.notice import DRAFTING

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse


def send(client: FlaskClient, house: House, **data: object) -> TestResponse:
    """Send the form as the page does: in parts, with a file or none."""
    given = {"csrf_token": csrf(client), "committee": str(house.committee.id), **data}
    answer = client.post("/notices/new", data=given, content_type="multipart/form-data")
    # Werkzeug's test client lays a large form in a temporary file and leaves it open.
    answer.request.environ["wsgi.input"].close()
    return answer


def count(app: Flask) -> int:
    with app.app_context():
        return session.scalar(select(func.count()).select_from(Notice)) or 0


def test_each_clause_keeps_the_words_its_suggestions_were_read_from(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    clause = steps.clauses_of(app, notice_id)[1]
    assert clause.because["lead"]["words"] == "Phòng Văn hóa - Xã hội"
    assert clause.because["due"]["words"] == "trước ngày 15/12/2026"
    page = secretary.get(f"/notices/{notice_id}?clause={clause.id}").get_data(as_text=True)
    assert "Đọc từ «Phòng Văn hóa - Xã hội»" in page
    assert "Đọc từ «trước ngày 15/12/2026»" in page
    assert "chưa rà soát" in page


def test_a_unit_that_is_not_in_the_list_is_named_and_left_to_the_secretary(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    text = "1. Giao Sở Khoa học và Công nghệ hướng dẫn các phường triển khai trước ngày 30/12/2026."
    notice_id = steps.compose(secretary, house, text)
    clause = steps.clauses_of(app, notice_id)[0]
    assert clause.lead_unit_id is None
    page = secretary.get(f"/notices/{notice_id}?clause={clause.id}").get_data(as_text=True)
    assert "chưa khớp đơn vị nào trong danh mục" in page


def test_an_empty_text_gets_a_sentence(app: Flask, house: House, secretary: FlaskClient) -> None:
    answer = send(secretary, house, text=" \n ", subject="Trích yếu đã gõ")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Văn bản trống" in page
    assert "Trích yếu đã gõ" in page
    assert count(app) == 0


def test_two_megabytes_get_a_sentence_and_stay_in_the_field(app: Flask, house: House, secretary: FlaskClient) -> None:
    line = "Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng.\n"
    text = line * (2_000_000 // len(line.encode()) + 1)
    answer = send(secretary, house, text=text)
    assert answer.status_code == 413
    page = answer.get_data(as_text=True)
    assert "Văn bản quá dài" in page
    assert page.count("Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng.") == text.count(line)
    assert count(app) == 0


def test_a_secret_text_is_refused_and_kept_nowhere(app: Flask, house: House, secretary: FlaskClient) -> None:
    answer = send(secretary, house, text="MẬT\n\n1. Giao Công an phường thực hiện phương án số 7.")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "dấu chỉ độ mật" in page
    assert "phương án số 7" not in page
    assert 'data-forget-drafts="/notices/new"' in page
    assert count(app) == 0


def test_a_text_file_is_read_and_another_kind_of_file_is_not(app: Flask, house: House, secretary: FlaskClient) -> None:
    picture = (BytesIO(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64), "ket-luan.txt")
    answer = send(secretary, house, text="", file=picture, subject="Trích yếu đã gõ")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Tệp này là ảnh" in page
    assert "Trích yếu đã gõ" in page

    answer = send(secretary, house, text="", file=(BytesIO(steps.TEXT.encode()), "ket-luan.txt"))
    assert answer.status_code == 303
    assert len(steps.clauses_of(app, steps.notice_in(answer))) == 4


def word_file(*paragraphs: str) -> BytesIO:
    """Return a Word file with these paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    made = BytesIO()
    document.save(made)
    made.seek(0)
    return made


def test_a_word_file_gives_its_clauses_and_is_kept_with_the_notice(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    file = word_file(*steps.TEXT.split("\n"))
    answer = send(secretary, house, text="", file=(file, "ket-luan.docx"))
    notice_id = steps.notice_in(answer)
    assert len(steps.clauses_of(app, notice_id)) == 4
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "ket-luan.docx" in page
    with app.app_context():
        held = session.scalars(select(Attachment).where(Attachment.subject_id == notice_id)).one()
        assert (held.subject, held.role) == ("notice", "source")
        address = f"/files/{held.id}"
    answer = secretary.get(address)
    assert answer.data[:2] == b"PK"
    answer.close()
    assert browser(app, house.people["head_vhxh"]).get(address).status_code == 404


def test_a_file_that_cannot_be_read_leaves_what_was_typed_and_keeps_nothing(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    answer = send(secretary, house, text=steps.TEXT, file=(BytesIO(b"PK\x03\x04 half a file"), "ket-luan.docx"))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "bị hỏng" in page
    assert steps.TEXT.split("\n")[0] in page
    assert count(app) == 0


def test_a_secret_file_is_refused_and_kept_nowhere(app: Flask, house: House, secretary: FlaskClient) -> None:
    answer = send(secretary, house, text="", file=(word_file("TUYỆT MẬT", steps.TEXT), "ket-luan.docx"))
    assert answer.status_code == 422
    assert "dấu chỉ độ mật" in answer.get_data(as_text=True)
    with app.app_context():
        assert not session.scalars(select(StoredFile)).all()


def test_only_a_secretary_composes_and_only_for_her_committee(app: Flask, house: House, secretary: FlaskClient) -> None:
    unit = browser(app, house.people["head_vhxh"])
    assert unit.get("/notices/new").status_code == 403
    assert send(unit, house, text=steps.TEXT).status_code == 403
    answer = send(secretary, house, text=steps.TEXT, committee="999")
    assert answer.status_code == 422
    assert "không còn trong danh sách" in answer.get_data(as_text=True)


def test_a_meeting_gives_its_notice_the_opening_the_signer_and_the_clock(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20), title="Phiên họp tháng 11 năm 2026")
    assert secretary.get(f"/meetings/{meeting_id}/notice").status_code == 200
    answer = post(
        secretary,
        f"/meetings/{meeting_id}/notice",
        {"committee": str(house.committee.id), "text": steps.TEXT},
    )
    notice_id = steps.notice_in(answer)
    notice = steps.notice_of(app, notice_id)
    assert notice.state == DRAFTING
    assert notice.meeting_id == meeting_id
    assert notice.subject == "Kết luận của Trưởng Ban Chỉ đạo CĐS tại phiên họp tháng 11 năm 2026"
    assert "Ngày 20/11/2026, tại Phòng họp tầng 2, đồng chí Lê Minh Khôi chủ trì" in notice.opening
    assert notice.signer_id == house.people["chair"].id
    # Five working days from Friday 20 November; Tuesday 24 is off.
    assert "30/11/2026" in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)

    answer = secretary.get(f"/meetings/{meeting_id}/notice")
    assert steps.notice_in(answer) == notice_id


def test_a_title_that_is_already_a_subject_is_taken_as_it_stands(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    title = "Kết luận của đồng chí Trần Văn Minh tại cuộc họp ngày 20/11/2026"
    answer = send(secretary, house, text=f"THÔNG BÁO\n{title}\n1. Giao Phòng Kinh tế rà soát danh mục.\n")
    notice = steps.notice_of(app, steps.notice_in(answer))
    assert notice.subject == title
    assert "đồng chí Trần Văn Minh chủ trì cuộc họp của" in notice.opening


def test_a_unit_cannot_make_the_notice_of_a_meeting(app: Flask, house: House, secretary: FlaskClient) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20))
    unit = browser(app, house.people["head_vhxh"])
    assert unit.get(f"/meetings/{meeting_id}/notice").status_code == 404
    member = browser(app, house.people["member"])
    assert member.get(f"/meetings/{meeting_id}/notice").status_code == 403


def test_a_text_of_which_nothing_is_cut_waits_for_clauses(app: Flask, house: House, secretary: FlaskClient) -> None:
    answer = send(secretary, house, text="Tin ảnh.")
    assert answer.status_code == 303
    notice_id = steps.notice_in(answer)
    if not steps.clauses_of(app, notice_id):
        page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
        assert "Thêm ít nhất một kết luận" in page


def test_the_draft_remembers_when_it_was_made_of_which_text(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house)
    assert steps.notice_of(app, notice_id).pasted.startswith("1. Trong tháng qua")
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Conclusion)) == 4
    assert "đã lập dự thảo" in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)


def test_the_head_shows_who_signs_so_that_saving_it_keeps_them(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    chosen = f'<option selected value="{house.people["chair"].id}">'
    assert chosen in page.partition('name="signer"')[2].partition("</select>")[0]
