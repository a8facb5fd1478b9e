"""A replacement knows which clause says an open task again: chosen at first, with its date and lead as they are now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.factories import House, at_noon, post, take
from tests.notices import steps
from workflows.task import ASSIGNED

if TYPE_CHECKING:
    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient

OLD = """1. Về thiết bị
- Giao Phòng Văn hóa - Xã hội rà soát toàn bộ máy tính bảng đã cấp, báo cáo trước ngày 01/12/2026.
- Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe điện tử của người dân trước ngày 20/12/2026.
2. Về kế hoạch
- Giao Phòng Kinh tế, Hạ tầng và Đô thị lập kế hoạch chuyển đổi số năm sau, trình trước ngày 25/12/2026."""
CHANGED = OLD.replace("20/12/2026", "15/01/2027").replace("lập kế hoạch chuyển đổi số năm sau", "thôi làm việc này")


@pytest.fixture
def old_id(app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient) -> int:
    notice_id = steps.compose(secretary, house, OLD)
    steps.issue(secretary, chair, notice_id)
    return notice_id


def replace(secretary: FlaskClient, house: House, old_id: int, text: str = OLD) -> int:
    form = {"committee": str(house.committee.id), "text": text}
    return steps.notice_in(post(secretary, f"/notices/{old_id}/replacement", form))


def chosen(page: str, name: str) -> str:
    """Return the value that a list of the page has chosen."""
    options = page.partition(f'<select class="form-select" id="{name}"')[2].partition("</select>")[0]
    picked = [option for option in options.split("<option ")[1:] if "selected" in option]
    return picked[0].partition('value="')[2].partition('"')[0] if picked else ""


def order_of(page: str, at: int) -> str:
    return page.split('class="clause-order"')[at].partition("</p>")[0]


def test_unchanged_words_keep_their_tasks_and_only_wait_to_be_reviewed(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int
) -> None:
    new_id = replace(secretary, house, old_id)
    page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    clauses = steps.clauses_of(app, new_id)
    for task, clause in zip(steps.tasks_of(app), clauses, strict=True):
        assert chosen(page, f"treatment-{task.id}") == "keep"
        assert chosen(page, f"clause-{task.id}") == str(clause.id)
        assert (clause.outcome, clause.continues_task_id, clause.reviewed) == ("continues", task.id, False)
    assert "giữ thời hạn cũ 01/12/2026" in order_of(page, 1)
    assert "chưa có thời hạn" not in page
    steps.issue(secretary, chair, new_id)
    tasks = steps.tasks_of(app)
    assert [(task.state, task.conclusion_id) for task in tasks] == [(ASSIGNED, clause.id) for clause in clauses]
    assert [task.current_due for task in tasks] == [date(2026, 12, 1), date(2026, 12, 20), date(2026, 12, 25)]


def test_a_task_whose_date_was_moved_or_is_over_keeps_the_date_it_has_now(  # noqa: PLR0913, PLR0917 -- people, day, notice
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, clock: time_machine.Traveller, old_id: int
) -> None:
    second = steps.tasks_of(app)[1]
    moved = {"new_due": "15/01/2027", "basis": "ruling", "basis_text": "Ý kiến ngày 1/12"}
    assert take(chair, "task", second.id, "amend", moved).status_code == 303
    clock.move_to(at_noon(date(2026, 12, 8)))
    new_id = replace(secretary, house, old_id)
    page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    assert "giữ thời hạn cũ 01/12/2026" in order_of(page, 1)
    assert "ngày 01/12/2026 trong câu chữ đã qua" in order_of(page, 1)
    assert "giữ thời hạn cũ 15/01/2027" in order_of(page, 2)
    steps.submit(secretary, new_id)


def test_a_date_changed_in_the_words_is_chosen_as_the_new_one_and_what_is_not_alike_is_left_to_her(
    app: Flask, house: House, secretary: FlaskClient, old_id: int
) -> None:
    new_id = replace(secretary, house, old_id, CHANGED)
    page = secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    first, second, third = steps.tasks_of(app)
    assert [chosen(page, f"treatment-{task.id}") for task in (first, second, third)] == ["keep", "amend", ""]
    assert 'value="15/01/2027"' in page.partition(f'id="due-{second.id}"')[2].partition(">")[0]
    assert "Đã ghép sẵn 2 nhiệm vụ" in page
    steps.review(app, secretary, new_id)
    assert "chọn giữ, điều chỉnh hoặc thu hồi" in steps.alerts_in(take(secretary, "notice", new_id, "submit"))[0]


def test_the_choice_is_hers_to_change(app: Flask, house: House, secretary: FlaskClient, old_id: int) -> None:
    new_id = replace(secretary, house, old_id)
    form: dict[str, str] = {}
    for task, clause in zip(steps.tasks_of(app), steps.clauses_of(app, new_id), strict=True):
        form |= {f"treatment-{task.id}": "withdraw", f"clause-{task.id}": str(clause.id), f"due-{task.id}": ""}
    assert post(secretary, f"/notices/{new_id}/replaced", form).status_code == 303
    assert {clause.outcome for clause in steps.clauses_of(app, new_id)} == {"new_tasks"}


def test_a_clause_that_is_dropped_again_leaves_its_task_to_be_decided(
    app: Flask, house: House, secretary: FlaskClient, old_id: int
) -> None:
    new_id = replace(secretary, house, old_id)
    take(secretary, "conclusion", steps.clauses_of(app, new_id)[0].id, "drop")
    steps.review(app, secretary, new_id)
    assert "chọn giữ, điều chỉnh hoặc thu hồi" in steps.alerts_in(take(secretary, "notice", new_id, "submit"))[0]


def test_a_date_of_the_words_that_is_over_is_named(app: Flask, house: House, secretary: FlaskClient) -> None:
    gone = date(2026, 11, 23) - timedelta(days=6)
    text = f"1. Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe trước ngày {gone:%d/%m/%Y}."
    new_id = steps.compose(secretary, house, text)
    (clause,) = steps.clauses_of(app, new_id)
    page = secretary.get(f"/notices/{new_id}?clause={clause.id}").get_data(as_text=True)
    assert clause.due_on is None
    assert "chưa có thời hạn" not in page
    assert "ngày 17/11/2026 đã qua" in page
    assert "Câu chữ ghi «trước ngày 17/11/2026»" in page
    assert "Mục 1: ngày 17/11/2026 đã qua; nhập thời hạn mới" in page
