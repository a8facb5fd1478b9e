"""Correcting a draft clause by clause: saved, split, merged, moved, added, dropped; and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import House, assign_task, browser, post, take
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture
def notice_id(secretary: FlaskClient, house: House) -> int:
    return steps.compose(secretary, house)


def test_saving_marks_a_clause_as_seen_and_leads_to_the_next(
    app: Flask, secretary: FlaskClient, notice_id: int
) -> None:
    first, second, *_ = steps.clauses_of(app, notice_id)
    answer = steps.say(secretary, first, outcome="none_arises", due_on="")
    assert answer.location == f"/notices/{notice_id}?clause={second.id}#2"
    assert steps.clauses_of(app, notice_id)[0].reviewed
    steps.say(secretary, second, do="later")
    assert not steps.clauses_of(app, notice_id)[1].reviewed


def test_all_that_is_said_of_a_clause_is_kept(app: Flask, house: House, secretary: FlaskClient, notice_id: int) -> None:
    clause = steps.clauses_of(app, notice_id)[2]
    said = steps.say(
        secretary,
        clause,
        text="Trung tâm lập danh mục dữ liệu mở.",
        lead=f"u{house.units['hcc'].id}",
        coordinating=[str(house.units[key].id) for key in ("hcc", "vp", "ca")],
        due_on="20/12",
        priority="urgent",
        deliverable="Danh mục được duyệt",
        evidence="signed",
        target_value="1.250",
        target_unit="bộ dữ liệu",
    )
    assert said.status_code == 303
    clause = steps.clauses_of(app, notice_id)[2]
    assert clause.text == "Trung tâm lập danh mục dữ liệu mở."
    assert clause.lead_unit_id == house.units["hcc"].id
    assert clause.coordinating_ids == sorted(house.units[key].id for key in ("vp", "ca"))
    assert f"{clause.due_on}" == "2026-12-20"
    assert (clause.priority, clause.deliverable, clause.evidence_rule) == ("urgent", "Danh mục được duyệt", "signed")
    assert (clause.target_value, clause.target_unit) == (1250, "bộ dữ liệu")


def test_a_due_date_in_the_past_gets_a_sentence_and_what_was_typed_stays(
    app: Flask, secretary: FlaskClient, notice_id: int
) -> None:
    clause = steps.clauses_of(app, notice_id)[2]
    answer = steps.say(secretary, clause, due_on="01/10/2026", text="Nội dung vừa gõ lại", deliverable="Kế hoạch")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Thời hạn 01/10/2026 đã qua" in page
    assert "Nội dung vừa gõ lại" in page
    assert 'value="01/10/2026"' in page
    assert 'value="Kế hoạch"' in page
    assert steps.clauses_of(app, notice_id)[2].due_on is None


def test_a_day_that_is_none_gets_a_sentence(app: Flask, secretary: FlaskClient, notice_id: int) -> None:
    clause = steps.clauses_of(app, notice_id)[2]
    answer = steps.say(secretary, clause, due_on="31/2/2027")
    assert answer.status_code == 422
    assert "Lịch không có ngày 31/02/2027." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "  "}, "Kết luận không được để trống"),
        ({"address": "2"}, "Đã có kết luận khác mang số mục «2»"),
        ({"due_on": "20/12/2026", "no_due_reason": "thường xuyên"}, "Hãy giữ một trong hai"),
        ({"outcome": "continues"}, "Hãy chọn nhiệm vụ đang mở"),
        ({"lead": "u999999"}, "không còn trong danh sách"),
        ({"text": "MẬT\nphương án"}, "dấu chỉ độ mật"),
    ],
)
def test_what_cannot_stay_gets_a_sentence(
    app: Flask, secretary: FlaskClient, notice_id: int, changes: dict[str, str], sentence: str
) -> None:
    clause = steps.clauses_of(app, notice_id)[2]
    answer = steps.say(secretary, clause, **changes)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert steps.clauses_of(app, notice_id)[2].text == clause.text


def test_two_clauses_do_not_continue_one_task(app: Flask, house: House, secretary: FlaskClient, notice_id: int) -> None:
    task_id = assign_task(app, house)
    _first, second, third, _fourth = steps.clauses_of(app, notice_id)
    assert steps.say(secretary, second, outcome="continues", continues=str(task_id), due_on="").status_code == 303
    answer = steps.say(secretary, third, outcome="continues", continues=str(task_id))
    assert answer.status_code == 422
    assert "Một kết luận khác đã tiếp tục nhiệm vụ" in answer.get_data(as_text=True)


def test_who_saves_second_is_told_and_keeps_what_was_typed(
    app: Flask, house: House, secretary: FlaskClient, notice_id: int
) -> None:
    clause = steps.clauses_of(app, notice_id)[2]
    steps.say(browser(app, house.people["secretary"]), clause, text="Người thứ nhất")
    answer = steps.say(secretary, clause, text="Người thứ hai")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in page
    assert "Người thứ hai" in page
    now = steps.clauses_of(app, notice_id)[2]
    assert now.text == "Người thứ nhất"
    assert f'value="{now.version}"' in page
    assert steps.say(secretary, now, text="Người thứ hai").status_code == 303


def test_a_clause_is_split_at_its_blank_lines(app: Flask, house: House, secretary: FlaskClient, notice_id: int) -> None:
    clause = steps.clauses_of(app, notice_id)[1]
    text = "Phòng Văn hóa - Xã hội rà soát máy.\n\nTrạm Y tế phường báo cáo trước ngày 20/12/2026."
    assert steps.say(secretary, clause, text=text, do="split").status_code == 303
    clauses = steps.clauses_of(app, notice_id)
    assert [one.address for one in clauses] == ["1", "2", "2-2", "3", "4"]
    assert clauses[1].lead_unit_id == house.units["vhxh"].id
    assert clauses[2].lead_unit_id == house.units["tyt"].id
    assert f"{clauses[2].due_on}" == "2026-12-20"
    answer = steps.say(secretary, clauses[3], do="split")
    assert "Chưa biết tách ở đâu" in answer.get_data(as_text=True)


def test_clauses_are_merged_moved_added_and_dropped(app: Flask, secretary: FlaskClient, notice_id: int) -> None:
    first, second, third, fourth = steps.clauses_of(app, notice_id)
    assert post(secretary, f"/clauses/{fourth.id}/place", {"to": "up"}).status_code == 303
    assert [one.id for one in steps.clauses_of(app, notice_id)] == [first.id, second.id, fourth.id, third.id]

    assert post(secretary, f"/clauses/{fourth.id}/merge").status_code == 303
    merged = steps.clauses_of(app, notice_id)
    assert [one.id for one in merged] == [first.id, second.id, third.id]
    assert merged[1].text == f"{second.text} {fourth.text}"

    added = post(secretary, f"/notices/{notice_id}/clauses", {"text": "Trạm Y tế phường báo cáo trước 30/12/2026."})
    assert added.status_code == 303
    last = steps.clauses_of(app, notice_id)[-1]
    assert last.text.startswith("Trạm Y tế phường")
    assert last.address not in {one.address for one in merged}

    assert take(secretary, "conclusion", last.id, "drop", {"version": str(last.version)}).status_code == 303
    assert [one.id for one in steps.clauses_of(app, notice_id)] == [first.id, second.id, third.id]


def test_no_clause_leaves_a_notice_that_waits_for_signature(app: Flask, secretary: FlaskClient, notice_id: int) -> None:
    steps.complete(app, secretary, notice_id)
    steps.move(secretary, notice_id, "submit")
    last = steps.clauses_of(app, notice_id)[-1]
    assert take(secretary, "conclusion", last.id, "drop").status_code == 422
    assert post(secretary, f"/clauses/{last.id}/merge").status_code == 422
    assert len(steps.clauses_of(app, notice_id)) == 4


def test_a_clause_that_was_dropped_meanwhile_is_not_moved(app: Flask, secretary: FlaskClient, notice_id: int) -> None:
    last = steps.clauses_of(app, notice_id)[-1]
    assert take(secretary, "conclusion", last.id, "drop").status_code == 303
    assert post(secretary, f"/clauses/{last.id}/place", {"to": "up"}).status_code == 409
    assert post(secretary, f"/clauses/{last.id}/merge").status_code == 409


def test_an_empty_addition_gets_a_sentence(secretary: FlaskClient, notice_id: int) -> None:
    answer = post(secretary, f"/notices/{notice_id}/clauses", {"text": " "})
    assert answer.status_code == 422
    assert "Văn bản trống" in answer.get_data(as_text=True)


def test_the_head_is_saved_and_a_missing_signer_stands_in_the_checklist(
    app: Flask, house: House, secretary: FlaskClient, notice_id: int
) -> None:
    head = {"subject": "Trích yếu mới", "opening": "Mở đầu", "recipients": "- Như trên;", "capacity": "TM."}
    answer = post(secretary, f"/notices/{notice_id}/head", {**head, "signer": "0", "supersedes": "0"})
    assert answer.status_code == 303
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "Chọn người ký" in page
    assert "Trích yếu mới" in page
    deputy = str(house.people["deputy"].id)
    post(secretary, f"/notices/{notice_id}/head", {**head, "signer": deputy, "supersedes": "0"})
    assert steps.notice_of(app, notice_id).signer_id == house.people["deputy"].id
    answer = post(secretary, f"/notices/{notice_id}/head", {**head, "subject": "", "signer": deputy, "supersedes": "0"})
    assert answer.status_code == 422
    assert "Hãy nhập trích yếu" in answer.get_data(as_text=True)


def test_only_the_secretary_writes(app: Flask, house: House, secretary: FlaskClient, notice_id: int) -> None:
    clause = steps.clauses_of(app, notice_id)[0]
    member, stranger = browser(app, house.people["member"]), browser(app, house.people["head_vhxh"])
    assert steps.say(member, clause, text="đổi").status_code == 403
    assert steps.say(stranger, clause, text="đổi").status_code == 404
    assert "Sửa" not in member.get(f"/notices/{notice_id}").get_data(as_text=True).split('<main id="content"')[1]
