"""A notice that follows an earlier one: begun from its page, named by both, in the register and on the paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from tests.factories import House, browser, post
from tests.notices import steps
from workflows.notice import ISSUED, SUPERSEDED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

OLD = """1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026.

2. Giao Trạm Y tế phường cập nhật hồ sơ trước ngày 20/12/2026."""
MORE = "1. Giao Trạm Y tế phường lập danh sách trẻ em dưới 6 tuổi, hoàn thành trước ngày 30/12/2026."


@pytest.fixture
def old_id(house: House, secretary: FlaskClient, chair: FlaskClient) -> int:
    notice_id = steps.compose(secretary, house, OLD, subject="Kết luận phiên họp tháng 11")
    steps.issue(secretary, chair, notice_id)
    return notice_id


def follow(client: FlaskClient, house: House, old_id: int, relation: str, text: str) -> int:
    """Press the button on the issued notice, fill in the form, return the draft."""
    form = {"committee": str(house.committee.id), "text": text, "again": "1"}
    answer = post(client, f"/notices/{old_id}/{relation}", form)
    assert answer.status_code == 303, steps.alerts_in(answer)
    return steps.notice_in(answer)


def test_a_supplement_leaves_the_earlier_notice_in_force_and_both_name_the_other(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int
) -> None:
    page = secretary.get(f"/notices/{old_id}").get_data(as_text=True)
    assert f'href="/notices/{old_id}/supplement"' in page
    assert f'href="/notices/{old_id}/replacement"' in page
    assert "/supplement" not in chair.get(f"/notices/{old_id}").get_data(as_text=True)

    form = secretary.get(f"/notices/{old_id}/supplement").get_data(as_text=True)
    assert "vẫn giữ nguyên hiệu lực" in form
    assert "rà soát máy tính bảng" not in form
    new_id = follow(secretary, house, old_id, "supplement", MORE)
    new = steps.notice_of(app, new_id)
    assert (new.supplements_id, new.supersedes_id) == (old_id, None)
    assert new.subject == "Bổ sung kết luận tại Thông báo số 01/TB-BCĐ ngày 23/11/2026 của Ban Chỉ đạo CĐS"
    steps.issue(secretary, chair, new_id)

    assert steps.notice_of(app, old_id).state == ISSUED
    assert len(steps.tasks_of(app)) == 3
    old_page = secretary.get(f"/notices/{old_id}").get_data(as_text=True)
    assert "Thông báo này được bổ sung bằng" in old_page
    assert f'href="/notices/{new_id}">02/TB-BCĐ' in old_page
    new_page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    assert "Bổ sung cho thông báo" in new_page
    assert f'href="/notices/{old_id}">01/TB-BCĐ' in new_page
    register = secretary.get("/notices").get_data(as_text=True)
    assert "bổ sung 01/TB-BCĐ" in register
    assert "được bổ sung bằng 02/TB-BCĐ" in register


def test_a_unit_without_work_in_the_supplement_reads_of_it_but_is_not_led_to_a_closed_door(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int
) -> None:
    new_id = follow(secretary, house, old_id, "supplement", MORE)
    steps.issue(secretary, chair, new_id)
    unit = browser(app, house.people["head_vhxh"])
    page = unit.get(f"/notices/{old_id}").get_data(as_text=True)
    assert "02/TB-BCĐ" in page
    assert f'href="/notices/{new_id}"' not in page
    assert f'href="/notices/{new_id}"' in browser(app, house.people["head_tyt"]).get(f"/notices/{old_id}").text


def test_the_paper_says_what_it_supplements_or_supersedes_and_reads_back_without_it(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int
) -> None:
    for relation, words in (
        ("supplement", "Căn cứ Thông báo số 01/TB-BCĐ ngày 23 tháng 11 năm 2026"),
        ("replacement", "Thông báo này thay thế Thông báo số 01/TB-BCĐ ngày 23 tháng 11 năm 2026"),
    ):
        draft = follow(secretary, house, old_id, relation, MORE)
        file = secretary.get(f"/notices/{draft}/paper.docx").data
        said = [paragraph.text for paragraph in docx.Document(BytesIO(file)).paragraphs]
        assert any(line.startswith(words) for line in said), relation
        form = {"committee": str(house.committee.id), "again": "1", "file": (BytesIO(file), "thong bao.docx")}
        read = secretary.post("/notices/new", data={**form, "csrf_token": steps.token(secretary)})
        assert read.status_code == 303
        assert len(steps.clauses_of(app, steps.notice_in(read))) == 1, relation


def test_a_replacement_begins_with_the_old_clauses_and_the_link_set(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int
) -> None:
    form = secretary.get(f"/notices/{old_id}/replacement").get_data(as_text=True)
    assert "1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng" in form
    unchanged = post(secretary, f"/notices/{old_id}/replacement", {"committee": str(house.committee.id), "text": OLD})
    assert unchanged.status_code == 303  # the words of the old notice are no reason to ask
    new_id = follow(secretary, house, old_id, "replacement", MORE)
    new = steps.notice_of(app, new_id)
    assert (new.supersedes_id, new.supplements_id) == (old_id, None)
    assert new.subject == "Kết luận phiên họp tháng 11 (thay thế Thông báo số 01/TB-BCĐ ngày 23/11/2026)"
    page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    assert "Nhiệm vụ của thông báo bị thay thế" in page
    (clause,) = steps.clauses_of(app, new_id)
    said: dict[str, str] = {}
    for task in steps.tasks_of(app):
        said |= {f"treatment-{task.id}": "withdraw", f"clause-{task.id}": str(clause.id), f"due-{task.id}": ""}
    assert post(secretary, f"/notices/{new_id}/replaced", said).status_code == 303
    steps.issue(secretary, chair, new_id)
    assert steps.notice_of(app, old_id).state == SUPERSEDED
    answer = secretary.get(f"/notices/{old_id}/supplement")
    assert answer.status_code == 303  # what is superseded is neither supplemented nor superseded again
    assert "/replacement" not in secretary.get(f"/notices/{old_id}").get_data(as_text=True)


def test_a_notice_either_supersedes_or_supplements(
    app: Flask, house: House, secretary: FlaskClient, old_id: int
) -> None:
    draft = steps.compose(secretary, house, MORE)
    notice = steps.notice_of(app, draft)
    head = {"subject": notice.subject, "capacity": "TM.", "signer": str(notice.signer_id), "urgency": ""}
    both = post(secretary, f"/notices/{draft}/head", {**head, "supersedes": str(old_id), "supplements": str(old_id)})
    assert both.status_code == 422
    assert "Hãy giữ một trong hai lựa chọn" in both.get_data(as_text=True)
    one = post(secretary, f"/notices/{draft}/head", {**head, "supersedes": "0", "supplements": str(old_id)})
    assert one.status_code == 303
    assert steps.notice_of(app, draft).supplements_id == old_id


def test_the_urgency_of_a_notice_stands_in_the_list_on_its_page_and_on_the_paper(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    draft = steps.compose(secretary, house, MORE)
    notice = steps.notice_of(app, draft)
    head = {"subject": notice.subject, "capacity": "TM.", "signer": str(notice.signer_id), "urgency": "very_urgent"}
    head |= {"supersedes": "0", "supplements": "0"}
    assert post(secretary, f"/notices/{draft}/head", head).status_code == 303
    assert "Thượng khẩn" in secretary.get(f"/notices/{draft}").get_data(as_text=True).partition('class="lead"')[2]
    assert "Thượng khẩn" in secretary.get("/notices").get_data(as_text=True)
    file = docx.Document(BytesIO(secretary.get(f"/notices/{draft}/paper.docx").data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert any("THƯỢNG KHẨN" in text for text in cells)
