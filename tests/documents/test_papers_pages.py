"""Official papers as people get them: from the pages of notices, meetings, minutes and of a unit's overdue tasks."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pdfplumber

from app.db import session, transaction
from app.models import Attendance, Meeting, Notice
from tests.documents.papers import Docx
from tests.factories import assign_task, browser, found_authority, hold_meeting, post
from tests.notices import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def get_docx(client: FlaskClient, url: str) -> Docx:
    answer = client.get(f"{url}.docx")
    assert answer.status_code == 200, answer.get_data(as_text=True)[-800:]
    assert answer.mimetype == WORD
    return Docx(answer.data)


def words_of(client: FlaskClient, url: str) -> str:
    """Return the words of a paper's PDF, every page."""
    answer = client.get(f"{url}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pdfplumber.open(io.BytesIO(answer.data)) as opened:
        return " ".join("\n".join(page.extract_text() for page in opened.pages).split())


def texts(paper: Docx) -> Sequence[str]:
    return [line.text for line in paper.lines]


def test_a_notice_is_a_draft_until_it_is_issued_and_then_has_its_number(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    url = f"/notices/{notice_id}/paper"
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert f'href="{url}.docx"' in page
    assert f'href="{url}.pdf"' in page
    draft = get_docx(secretary, url)
    assert "DỰ THẢO".encode() in b"".join(draft.parts.values())
    assert any(text.startswith("Số: ……") for text in texts(draft))

    steps.issue(secretary, chair, notice_id)
    issued = get_docx(secretary, url)
    assert "DỰ THẢO".encode() not in b"".join(issued.parts.values())
    lines = texts(issued)
    assert "Số: 01/TB-BCĐ" in lines
    assert "Bình Minh, ngày 23 tháng 11 năm 2026" in lines
    assert lines[lines.index("TM. BAN CHỈ ĐẠO") + 1 :][:2] == ["TRƯỞNG BAN", "Lê Minh Khôi"]
    assert any(text.startswith("2. Giao Phòng Văn hóa - Xã hội chủ trì") for text in lines)
    assert lines[lines.index("TT") : lines.index("TT") + 3] == ["TT", "Mục", "Nội dung nhiệm vụ"]
    assert "15/12/2026" in lines
    assert "(Kèm theo Thông báo số 01/TB-BCĐ ngày 23 tháng 11 năm 2026 của " + house.committee.name + ")" in lines
    printed = words_of(secretary, url)
    assert "Số: 01/TB-BCĐ" in printed
    assert "DANH MỤC NHIỆM VỤ ĐƯỢC GIAO" in printed
    answer = secretary.get(f"{url}.docx")
    assert "filename=thong-bao-01-tb-bcd.docx" in answer.headers["Content-Disposition"]


def test_what_a_clause_does_not_say_itself_stands_under_it(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house, "1. Rà soát toàn bộ máy tính bảng đã cấp cho đại biểu.")
    clause = steps.clauses_of(app, notice_id)[0]
    changes = {
        "lead": f"u{house.units['kt'].id}", "coordinating": [str(house.units["ca"].id)], "due_on": "15/12/2026",
        "outcome": "new_tasks", "kind": "task",
    }  # fmt: skip
    assert steps.say(secretary, clause, **changes).status_code == 303
    lines = texts(get_docx(secretary, f"/notices/{notice_id}/paper"))
    at = lines.index("1. Rà soát toàn bộ máy tính bảng đã cấp cho đại biểu.")
    assert lines[at + 1 : at + 4] == [
        "Đơn vị chủ trì: Phòng Kinh tế, Hạ tầng và Đô thị.",
        "Đơn vị phối hợp: Công an phường.",
        "Thời hạn: 15/12/2026.",
    ]


def test_a_party_committee_writes_in_the_partys_form(app: Flask, clock: time_machine.Traveller) -> None:
    house = found_authority(app, profile="party")
    secretary, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)
    lines = texts(get_docx(secretary, f"/notices/{notice_id}/paper"))
    assert "Đảng Cộng sản Việt Nam" in lines
    assert "Số 01-TB/BCĐ" in lines
    assert "T/M BAN CHỈ ĐẠO" in lines
    assert "- Lưu Văn phòng." in lines
    assert not any(text.endswith("./.") for text in lines)


def test_a_deputy_signs_for_the_chair_and_by_order(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house)
    wanted = {
        "TM.": ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Thu Hằng"],
        "TL.": ["TL. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Thu Hằng"],
        "TUQ.": ["TUQ. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Thu Hằng"],
    }
    for capacity, lines in wanted.items():
        with app.app_context(), transaction():
            notice = session.get_one(Notice, notice_id)
            notice.signer_id, notice.capacity = house.people["deputy"].id, capacity
        found = texts(get_docx(secretary, f"/notices/{notice_id}/paper"))
        assert found[found.index(lines[0]) :][: len(lines)] == lines


def test_a_meeting_has_its_invitation(app: Flask, house: House, secretary: FlaskClient) -> None:
    plan = {
        "committee_id": house.committee.id, "title": "Phiên họp thứ tư", "day": "11/12/2026", "start": "14:00",
        "end": "16:00", "place": "Phòng họp tầng 2", "presider_id": house.people["chair"].id,
    }  # fmt: skip
    answer = post(secretary, "/meetings/new", plan)
    assert answer.status_code == 303, steps.alerts_in(answer)
    meeting_id = int(answer.location.rstrip("/").rpartition("/")[2])
    url = f"/meetings/{meeting_id}/invitation"
    assert f'href="{url}.docx"' in secretary.get(f"/meetings/{meeting_id}").get_data(as_text=True)
    paper = get_docx(secretary, url)
    lines = texts(paper)
    assert "GIẤY MỜI" in lines
    assert "Dự phiên họp thứ tư" in lines
    assert "- Phạm Thu Hằng, Phó Trưởng ban;" in lines
    assert any("thứ Sáu, ngày 11 tháng 12 năm 2026" in text for text in lines)
    assert "1. Tình hình thực hiện các kết luận trước." in lines
    assert "DỰ THẢO".encode() in b"".join(paper.parts.values())
    assert "GIẤY MỜI" in words_of(secretary, url)


def test_minutes_are_a_paper_with_two_signatures_and_no_place_and_day(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20))
    assert secretary.get(f"/meetings/{meeting_id}/minutes.docx").status_code == 404
    page = secretary.get(f"/meetings/{meeting_id}/minutes").get_data(as_text=True)
    assert "minutes.docx" not in page
    text = "1. Trưởng ban khai mạc.\nI. KẾT LUẬN\n- Giao Văn phòng tổng hợp."
    version = page.partition('name="version" value="')[2].partition('"')[0]
    written = post(secretary, f"/meetings/{meeting_id}/minutes", {"text": text, "version": version})
    assert written.status_code == 303
    url = f"/meetings/{meeting_id}/minutes"
    assert f'href="{url}.docx"' in secretary.get(url).get_data(as_text=True)
    draft = get_docx(secretary, url)
    lines = texts(draft)
    assert "BIÊN BẢN" in lines
    assert not any(text.startswith("Bình Minh, ngày") for text in lines)
    assert "Thời gian bắt đầu: 08 giờ 00, thứ Sáu, ngày 20 tháng 11 năm 2026." in lines
    assert "Cuộc họp kết thúc vào 11 giờ 00, ngày 20 tháng 11 năm 2026./." in lines
    assert draft.line("I. KẾT LUẬN").bold
    assert [text for text in lines if text in {"Thư ký", "Chủ tọa", "Vũ Ngọc Diệp", "Lê Minh Khôi"}] == [
        "Thư ký", "Chủ tọa", "Vũ Ngọc Diệp", "Lê Minh Khôi",
    ]  # fmt: skip
    assert "DỰ THẢO".encode() in b"".join(draft.parts.values())
    assert "THƯ KÝ" in words_of(secretary, url)


def test_minutes_tell_only_an_end_that_somebody_entered(app: Flask, house: House, secretary: FlaskClient) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20))
    url = f"/meetings/{meeting_id}/minutes"
    with app.app_context(), transaction():
        meeting = session.get_one(Meeting, meeting_id)
        for rank, status in enumerate(("present", "excused", "absent")):
            name, authority = f"Người {status}", meeting.authority_id
            meeting.attendances.append(Attendance(authority_id=authority, name=name, status=status, rank=rank))
    secretary.get(url)
    assert (
        post(secretary, url, {"text": "1. Khai mạc.\nPhiên họp kết thúc hồi 10 giờ 45 cùng ngày."}).status_code == 303
    )
    told = texts(get_docx(secretary, url))
    assert not any(line.startswith("Cuộc họp kết thúc") for line in told)
    assert "Phiên họp kết thúc hồi 10 giờ 45 cùng ngày./." in told
    assert [line for line in told if "Người" in line] == [
        "- Người present.", "- Người excused (vắng có lý do);", "- Người absent.",
    ]  # fmt: skip
    with app.app_context(), transaction():
        session.get_one(Meeting, meeting_id).ends_at = None
    assert post(secretary, url, {"text": "1. Khai mạc."}).status_code == 303
    assert "1. Khai mạc./." in texts(get_docx(secretary, url))


def test_a_units_overdue_tasks_make_a_slip(app: Flask, house: House, secretary: FlaskClient) -> None:
    assign_task(app, house, lead="vhxh", due=date(2026, 11, 10), title="Rà soát máy tính bảng đã cấp")
    assign_task(app, house, lead="vhxh", due=date(2026, 12, 10), title="Việc còn trong hạn")
    unit, committee = house.units["vhxh"], house.committee
    url = f"/reminders/{committee.id}/{unit.id}/slip"
    listed = secretary.get(f"/tasks/?status=overdue&unit={unit.id}").get_data(as_text=True)
    assert f'href="{url}.docx"' in listed
    assert "Phiếu đôn đốc" not in secretary.get(f"/tasks/?status=open&unit={unit.id}").get_data(as_text=True)
    lines = texts(get_docx(secretary, url))
    assert "PHIẾU ĐÔN ĐỐC" in lines
    assert "Kính gửi: Phòng Văn hóa - Xã hội." in lines
    assert "Rà soát máy tính bảng đã cấp" in lines
    assert "Việc còn trong hạn" not in lines
    assert lines[lines.index("Rà soát máy tính bảng đã cấp") + 3] == "9"
    printed = words_of(secretary, url)
    assert "PHIẾU ĐÔN ĐỐC" in printed
    assert "10/11/2026 10/11/2026 9" in printed  # no day is broken over two lines


def test_a_slip_is_the_secretarys_and_only_for_units_of_the_authority(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    url = f"/reminders/{house.committee.id}/{house.units['vhxh'].id}/slip.docx"
    assert chair.get(url).status_code == 404
    assert browser(app, house.people["head_vhxh"]).get(url).status_code == 404
    assert secretary.get(f"/reminders/{house.committee.id}/98765/slip.docx").status_code == 404


def test_papers_are_for_those_who_may_see_the_thing(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house)
    unit = browser(app, house.people["head_vhxh"])
    assert unit.get(f"/notices/{notice_id}/paper.docx").status_code == 404
    assert secretary.get(f"/notices/{notice_id}/paper.txt").status_code == 404
