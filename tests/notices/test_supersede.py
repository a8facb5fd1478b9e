"""A notice that replaces an earlier one: each open task is kept, amended or withdrawn, and both notices stay."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.db import session
from app.documents.official.notice import notice_paper
from app.models import Notice
from tests.factories import House, browser, post, take
from tests.notices import steps
from workflows import conclusion
from workflows.notice import ISSUED, SUPERSEDED
from workflows.task import ASSIGNED, WITHDRAWN

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

OLD = """1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026.

2. Giao Trạm Y tế phường cập nhật hồ sơ trước ngày 20/12/2026.

3. Giao Phòng Kinh tế, Hạ tầng và Đô thị lập kế hoạch trước ngày 25/12/2026."""
NEW = "1. Phòng Văn hóa - Xã hội chủ trì việc rà soát thiết bị, hoàn thành trước ngày 31/12/2026."


@pytest.fixture
def old_id(app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient) -> int:
    notice_id = steps.compose(secretary, house, OLD)
    steps.issue(secretary, chair, notice_id)
    return notice_id


@pytest.fixture
def new_id(app: Flask, house: House, secretary: FlaskClient, old_id: int) -> int:
    notice_id = steps.compose(secretary, house, NEW)
    notice = steps.notice_of(app, notice_id)
    head = {
        "subject": notice.subject, "opening": "", "recipients": "", "capacity": "TM.",
        "signer": str(notice.signer_id), "supersedes": str(old_id),
    }  # fmt: skip
    assert post(secretary, f"/notices/{notice_id}/head", head).status_code == 303
    return notice_id


def treatments(app: Flask, new_id: int, *said: tuple[str, str]) -> dict[str, Any]:
    clause = steps.clauses_of(app, new_id)[0]
    form: dict[str, Any] = {}
    for task, (treatment, due) in zip(steps.tasks_of(app), said, strict=False):
        form |= {f"treatment-{task.id}": treatment, f"clause-{task.id}": str(clause.id), f"due-{task.id}": due}
    return form


def test_each_open_task_is_settled_and_the_old_notice_superseded(
    app: Flask, secretary: FlaskClient, chair: FlaskClient, old_id: int, new_id: int
) -> None:
    steps.review(app, secretary, new_id)
    answer = take(secretary, "notice", new_id, "submit")
    assert answer.status_code == 422
    assert "chọn giữ, điều chỉnh hoặc thu hồi" in answer.get_data(as_text=True)

    form = treatments(app, new_id, ("keep", ""), ("amend", "30/12/2026"), ("withdraw", ""))
    assert post(secretary, f"/notices/{new_id}/replaced", form).status_code == 303
    steps.issue(secretary, chair, new_id)

    # The clause continues what is kept under it: it gives no task beside it.
    kept, amended, withdrawn = steps.tasks_of(app)
    clause = steps.clauses_of(app, new_id)[0]
    assert (kept.state, kept.conclusion_id, kept.current_due) == (ASSIGNED, clause.id, date(2026, 12, 15))
    assert (amended.conclusion_id, amended.current_due) == (clause.id, date(2026, 12, 30))
    assert amended.original_due == date(2026, 12, 20)
    assert withdrawn.state == WITHDRAWN
    assert (clause.outcome, clause.continues_task_id) == ("continues", kept.id)
    assert steps.notice_of(app, old_id).state == SUPERSEDED
    assert {one.state for one in steps.clauses_of(app, old_id)} == {conclusion.SUPERSEDED}
    page = chair.get(f"/notices/{old_id}").get_data(as_text=True)
    assert "đã được thay thế" in page
    assert f"{steps.notice_of(app, new_id).symbol}" in page
    log = chair.get(f"/tasks/{withdrawn.id}").get_data(as_text=True)
    assert f"Theo kết luận: {steps.notice_of(app, new_id).symbol} – {clause.address}" in log
    assert f"Thay cho kết luận: {steps.notice_of(app, old_id).symbol} – " in log


def test_an_amended_date_is_needed_and_lies_ahead(app: Flask, secretary: FlaskClient, new_id: int) -> None:
    form = treatments(app, new_id, ("amend", "01/11/2026"), ("keep", ""), ("keep", ""))
    answer = post(secretary, f"/notices/{new_id}/replaced", form)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "hãy nhập thời hạn mới từ hôm nay trở đi" in page
    assert 'value="01/11/2026"' in page


def test_a_reported_task_is_ruled_on_first(app: Flask, house: House, secretary: FlaskClient, new_id: int) -> None:
    unit = browser(app, house.people["head_vhxh"])
    task = steps.tasks_of(app)[0]
    assert take(unit, "task", task.id, "accept").status_code == 303
    assert take(unit, "task", task.id, "report", {"result": "Đã rà soát 52 máy"}).status_code == 303
    form = treatments(app, new_id, ("keep", ""), ("keep", ""), ("keep", ""))
    post(secretary, f"/notices/{new_id}/replaced", form)
    steps.review(app, secretary, new_id)
    answer = take(secretary, "notice", new_id, "submit")
    assert answer.status_code == 422
    assert "đang chờ xác nhận" in answer.get_data(as_text=True)
    draft = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    assert re.search(rf'href="/tasks/{task.id}"[^>]*>[^<]*{task.code} đang chờ xác nhận: xin Trưởng ban', draft)


def test_taking_the_replacement_back_forgets_what_was_said(
    app: Flask, secretary: FlaskClient, chair: FlaskClient, old_id: int, new_id: int
) -> None:
    form = treatments(app, new_id, ("keep", ""), ("keep", ""), ("keep", ""))
    post(secretary, f"/notices/{new_id}/replaced", form)
    notice = steps.notice_of(app, new_id)
    head = {"subject": notice.subject, "capacity": "TM.", "signer": str(notice.signer_id), "supersedes": "0"}
    assert post(secretary, f"/notices/{new_id}/head", head).status_code == 303
    steps.issue(secretary, chair, new_id)
    assert steps.notice_of(app, old_id).state == ISSUED
    assert len(steps.tasks_of(app)) == 4


def test_keeping_a_task_ties_its_clause_and_says_so(
    app: Flask, secretary: FlaskClient, chair: FlaskClient, new_id: int
) -> None:
    form = treatments(app, new_id, ("keep", ""), ("withdraw", ""), ("withdraw", ""))
    page = secretary.post(f"/notices/{new_id}/replaced", data={**form, "csrf_token": steps.token(secretary)},
                          follow_redirects=True).get_data(as_text=True)  # fmt: skip
    assert "Mục 1 nay tiếp tục nhiệm vụ được giữ, không giao thêm nhiệm vụ mới" in page
    assert "Tiếp tục NV-2026-1" in page
    assert "trước ngày 31/12/2026" in page.partition('class="clause-order"')[2].partition("</p>")[0]
    steps.issue(secretary, chair, new_id)
    assert [task.state for task in steps.tasks_of(app)] == [ASSIGNED, WITHDRAWN, WITHDRAWN]


def test_the_annex_names_the_date_that_a_kept_task_had_when_the_notice_went_out(
    app: Flask, secretary: FlaskClient, chair: FlaskClient, new_id: int
) -> None:
    form = treatments(app, new_id, ("keep", ""), ("withdraw", ""), ("withdraw", ""))
    post(secretary, f"/notices/{new_id}/replaced", form)
    due = steps.tasks_of(app)[0].current_due
    assert due is not None
    assert annex_of(app, new_id)[0][5] == f"{due:%d/%m/%Y}"
    steps.issue(secretary, chair, new_id)
    moved = {"new_due": "15/06/2027", "basis": "ruling", "basis_text": "Ý kiến ngày 1/12"}
    assert take(chair, "task", steps.tasks_of(app)[0].id, "amend", moved).status_code == 303
    assert annex_of(app, new_id)[0][5] == f"{due:%d/%m/%Y}"


def annex_of(app: Flask, notice_id: int) -> list[tuple[str, ...]]:
    with app.app_context():
        (annex,) = notice_paper(session.get_one(Notice, notice_id)).annexes
        return [tuple(row) for row in annex.table.rows]


def test_a_clause_made_a_new_task_again_beside_the_one_kept_is_not_submitted(
    app: Flask, secretary: FlaskClient, new_id: int
) -> None:
    form = treatments(app, new_id, ("keep", ""), ("withdraw", ""), ("withdraw", ""))
    post(secretary, f"/notices/{new_id}/replaced", form)
    (clause,) = steps.clauses_of(app, new_id)
    assert steps.say(secretary, clause, outcome="new_tasks", due_on="31/12/2026").status_code == 303
    page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    assert "Mục 1: đang giữ nhiệm vụ cũ thì chọn «Tiếp tục một nhiệm vụ đang mở»" in page
    answer = take(secretary, "notice", new_id, "submit")
    assert answer.status_code == 422
    assert "cùng một việc sẽ thành hai nhiệm vụ" in answer.get_data(as_text=True)


def test_a_clause_that_continues_a_task_of_the_old_notice_settles_it(
    app: Flask, secretary: FlaskClient, chair: FlaskClient, old_id: int, new_id: int
) -> None:
    kept, *others = steps.tasks_of(app)
    (clause,) = steps.clauses_of(app, new_id)
    steps.say(secretary, clause, outcome="continues", continues=str(kept.id), due_on="31/12/2026")
    form = treatments(app, new_id, ("withdraw", ""))
    refused = post(secretary, f"/notices/{new_id}/replaced", form)
    assert refused.status_code == 422
    assert "Mục 1 đang tiếp tục nhiệm vụ NV-2026-1" in refused.get_data(as_text=True)
    form = {}
    for task in others:
        form |= {f"treatment-{task.id}": "withdraw", f"clause-{task.id}": str(clause.id), f"due-{task.id}": ""}
    assert post(secretary, f"/notices/{new_id}/replaced", form).status_code == 303
    steps.issue(secretary, chair, new_id)
    kept = steps.tasks_of(app)[0]
    assert (kept.state, kept.conclusion_id, kept.current_due) == (ASSIGNED, clause.id, date(2026, 12, 31))
    assert steps.notice_of(app, old_id).state == SUPERSEDED


def test_a_date_typed_in_the_clause_is_the_new_date_of_the_task_it_keeps(
    app: Flask, secretary: FlaskClient, chair: FlaskClient, new_id: int
) -> None:
    form = treatments(app, new_id, ("keep", ""), ("withdraw", ""), ("withdraw", ""))
    post(secretary, f"/notices/{new_id}/replaced", form)
    (clause,) = steps.clauses_of(app, new_id)
    assert steps.say(secretary, clause, due_on="20/01/2027").status_code == 303
    steps.issue(secretary, chair, new_id)
    assert steps.tasks_of(app)[0].current_due == date(2027, 1, 20)


def test_open_tasks_of_a_supplement_to_the_replaced_notice_are_asked_about_too(  # noqa: PLR0913, PLR0917 -- the people and both notices
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int, new_id: int
) -> None:
    form = {
        "committee": str(house.committee.id), "again": "1",
        "text": "1. Giao Trạm Y tế phường lập danh sách trẻ em dưới 6 tuổi, hoàn thành trước ngày 30/12/2026.",
    }  # fmt: skip
    more_id = steps.notice_in(post(secretary, f"/notices/{old_id}/supplement", form))
    steps.issue(secretary, chair, more_id)
    steps.review(app, secretary, new_id)
    page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    assert "lập danh sách trẻ em" in page.lower()
    assert f"thuộc thông báo bổ sung {steps.notice_of(app, more_id).symbol}" in page
    three = treatments(app, new_id, ("keep", ""), ("withdraw", ""), ("withdraw", ""))
    assert post(secretary, f"/notices/{new_id}/replaced", three).status_code == 303
    left = take(secretary, "notice", new_id, "submit")
    assert left.status_code == 422
    assert "chọn giữ, điều chỉnh hoặc thu hồi" in left.get_data(as_text=True)
    every = treatments(app, new_id, ("keep", ""), ("withdraw", ""), ("withdraw", ""), ("keep", ""))
    assert post(secretary, f"/notices/{new_id}/replaced", every).status_code == 303
    steps.issue(secretary, chair, new_id)
    clause = steps.clauses_of(app, new_id)[0]
    added = steps.tasks_of(app)[3]
    assert (added.state, added.conclusion_id, added.current_due) == (ASSIGNED, clause.id, date(2026, 12, 30))
    assert steps.notice_of(app, more_id).state == SUPERSEDED, "nothing of it is left"
    assert {one.superseded_by_id for one in steps.clauses_of(app, more_id)} == {clause.id}


def test_a_supplement_with_a_clause_left_stays_in_force(  # noqa: PLR0913, PLR0917 -- the people and both notices
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int, new_id: int
) -> None:
    form = {
        "committee": str(house.committee.id), "again": "1",
        "text": "1. Giao Trạm Y tế phường lập danh sách trẻ em dưới 6 tuổi, hoàn thành trước ngày 30/12/2026.\n\n"
        "2. Ban Chỉ đạo ghi nhận, biểu dương tinh thần làm việc của các đơn vị trong năm 2026.",
    }  # fmt: skip
    more_id = steps.notice_in(post(secretary, f"/notices/{old_id}/supplement", form))
    steps.complete(app, secretary, more_id)
    steps.issue(secretary, chair, more_id)
    steps.review(app, secretary, new_id)
    said = [("keep", ""), *([("withdraw", "")] * (len(steps.tasks_of(app)) - 1))]
    assert post(secretary, f"/notices/{new_id}/replaced", treatments(app, new_id, *said)).status_code == 303
    steps.issue(secretary, chair, new_id)
    assert steps.notice_of(app, more_id).state == ISSUED
    states = [one.state for one in steps.clauses_of(app, more_id)]
    assert states[0] == conclusion.SUPERSEDED
    assert conclusion.ISSUED in states
