"""Nothing is issued unseen: what the reader suggested is looked at before a notice is submitted or entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import House, post, take
from tests.notices import steps
from workflows.notice import DRAFTING, ISSUED, SUBMITTED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

TEXT = """1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026.

2. Giao Trạm Y tế phường cập nhật hồ sơ trước ngày 20/12/2026."""


@pytest.fixture
def notice_id(secretary: FlaskClient, house: House) -> int:
    return steps.compose(secretary, house, TEXT)


def test_a_complete_draft_is_not_submitted_before_each_clause_was_looked_at(
    app: Flask, secretary: FlaskClient, notice_id: int
) -> None:
    first, second = steps.clauses_of(app, notice_id)
    refused = take(secretary, "notice", notice_id, "submit")
    assert refused.status_code == 422
    assert "Còn kết luận chưa rà soát" in refused.get_data(as_text=True)
    steps.say(secretary, first)
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    checklist = page.partition('id="steps"')[2].partition("</div>")[0]
    assert "Rà soát 1/2 kết luận" in checklist
    assert f'href="/notices/{notice_id}?clause={second.id}#2"' in checklist
    assert "Đủ nội dung để trình ký" not in checklist
    assert take(secretary, "notice", notice_id, "submit").status_code == 422
    assert steps.notice_of(app, notice_id).state == DRAFTING

    steps.say(secretary, second)
    assert "Đủ nội dung để trình ký" in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    steps.move(secretary, notice_id, "submit")
    assert steps.notice_of(app, notice_id).state == SUBMITTED


def test_an_old_notice_is_looked_at_before_it_enters_the_register(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, TEXT, historic="y", issued_on="20/11/2026")
    refused = take(secretary, "notice", notice_id, "enter", {"number": "05/TB-BCĐ"})
    assert refused.status_code == 422
    assert "Còn kết luận chưa rà soát" in refused.get_data(as_text=True)
    steps.review(app, secretary, notice_id)
    steps.move(secretary, notice_id, "enter", number="05/TB-BCĐ")
    assert steps.notice_of(app, notice_id).state == ISSUED


def test_what_was_typed_by_hand_needs_no_second_look(app: Flask, secretary: FlaskClient, notice_id: int) -> None:
    post(secretary, f"/notices/{notice_id}/clauses", {"text": "Nội dung khác."})
    by_hand = [clause for clause in steps.clauses_of(app, notice_id) if clause.text == "Nội dung khác."]
    assert [clause.reviewed for clause in by_hand] == [True]
    post(secretary, f"/notices/{notice_id}/clauses", {"text": "3. Trạm Y tế phường báo cáo trước 30/12/2026."})
    assert not steps.clauses_of(app, notice_id)[-1].reviewed  # its unit and date are the reader's


def test_a_clause_that_was_looked_at_keeps_its_mark_while_it_is_moved(
    app: Flask, secretary: FlaskClient, notice_id: int
) -> None:
    steps.review(app, secretary, notice_id)
    first, _second = steps.clauses_of(app, notice_id)
    post(secretary, f"/clauses/{first.id}/place", {"to": "down"})
    steps.say(secretary, steps.clauses_of(app, notice_id)[1], text="Phòng Văn hóa - Xã hội rà soát lại.", do="close")
    assert [clause.reviewed for clause in steps.clauses_of(app, notice_id)] == [True, True]


def test_words_without_an_order_merged_into_a_clause_that_was_looked_at_leave_its_mark(
    app: Flask, secretary: FlaskClient, notice_id: int
) -> None:
    steps.review(app, secretary, notice_id)
    _first, second = steps.clauses_of(app, notice_id)
    steps.say(secretary, second, outcome="none_arises", due_on="")
    assert post(secretary, f"/clauses/{second.id}/merge").status_code == 303
    assert [clause.reviewed for clause in steps.clauses_of(app, notice_id)] == [True]


def test_an_order_merged_into_another_is_looked_at_again(app: Flask, secretary: FlaskClient, notice_id: int) -> None:
    steps.review(app, secretary, notice_id)
    _first, second = steps.clauses_of(app, notice_id)
    assert post(secretary, f"/clauses/{second.id}/merge").status_code == 303
    assert [clause.reviewed for clause in steps.clauses_of(app, notice_id)] == [False]
