"""A notice that replaces an earlier one: each open task is kept, amended or withdrawn, and both notices stay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

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

    kept, amended, withdrawn, fresh = steps.tasks_of(app)
    clause = steps.clauses_of(app, new_id)[0]
    assert (kept.state, kept.conclusion_id, kept.current_due) == (ASSIGNED, clause.id, date(2026, 12, 15))
    assert (amended.conclusion_id, amended.current_due) == (clause.id, date(2026, 12, 30))
    assert amended.original_due == date(2026, 12, 20)
    assert withdrawn.state == WITHDRAWN
    assert fresh.conclusion_id == clause.id
    assert steps.notice_of(app, old_id).state == SUPERSEDED
    assert {one.state for one in steps.clauses_of(app, old_id)} == {conclusion.SUPERSEDED}
    page = chair.get(f"/notices/{old_id}").get_data(as_text=True)
    assert "đã được thay thế" in page
    assert f"{steps.notice_of(app, new_id).symbol}" in page


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
