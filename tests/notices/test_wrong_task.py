"""A clause tied to the wrong task: refused in words where it cannot be, remarked where it may be meant."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.models import Committee, Task
from tests.factories import House, assign_task, post, take
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

TEXT = "1. Phòng Văn hóa - Xã hội tiếp tục rà soát máy tính bảng đã cấp."


@pytest.fixture
def notice_id(house: House, secretary: FlaskClient) -> int:
    return steps.compose(secretary, house, TEXT)


def test_a_task_of_another_unit_is_remarked_in_the_form_and_in_the_row(
    app: Flask, house: House, secretary: FlaskClient, notice_id: int
) -> None:
    task_id = assign_task(app, house, lead="tyt", due=date(2026, 12, 1))
    (clause,) = steps.clauses_of(app, notice_id)
    said = steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="")
    assert said.status_code == 303
    words = "do Trạm Y tế phường chủ trì, còn mục này nêu Phòng Văn hóa - Xã hội"
    assert words in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert words in secretary.get(f"/notices/{notice_id}?clause={clause.id}").get_data(as_text=True)


def test_a_task_of_the_same_unit_is_not(app: Flask, house: House, secretary: FlaskClient, notice_id: int) -> None:
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 1))
    (clause,) = steps.clauses_of(app, notice_id)
    steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="")
    assert "còn mục này nêu" not in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)


def test_a_task_that_is_closed_is_refused_and_one_closed_meanwhile_is_named(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, notice_id: int
) -> None:
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 1))
    (clause,) = steps.clauses_of(app, notice_id)
    steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="")
    assert take(chair, "task", task_id, "withdraw", {"reason": "không còn cần"}).status_code == 303
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "Mục 1: nhiệm vụ được tiếp tục đã kết thúc, hãy chọn lại" in page
    (clause,) = steps.clauses_of(app, notice_id)
    again = steps.say(secretary, clause)
    assert again.status_code == 422
    assert "đã kết thúc (đã thu hồi) nên không tiếp tục được" in again.get_data(as_text=True)


def test_a_task_of_another_committee_is_refused_without_a_word_on_it(
    app: Flask, house: House, secretary: FlaskClient, notice_id: int
) -> None:
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 1), title="Việc kín của ban khác")
    with app.app_context(), transaction():
        own = session.get_one(Committee, house.committee.id)
        other = Committee(authority_id=own.authority_id, name="Ban khác", short_name="BK", symbol="BK")
        session.add(other)
        session.flush()
        session.get_one(Task, task_id).committee_id = other.id
    (clause,) = steps.clauses_of(app, notice_id)
    refused = steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="")
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Nhiệm vụ đã chọn không phải của" in page
    assert "Việc kín của ban khác" not in page
    none = steps.say(secretary, clause, outcome="continues", continues="987654", due_on="")
    assert "Nhiệm vụ đã chọn không phải của" in none.get_data(as_text=True)


def test_what_is_kept_under_a_clause_of_another_unit_is_remarked_and_the_likeliest_clause_chosen(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    old = steps.compose(secretary, house, "1. Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe trước ngày 20/12/2026.")
    steps.issue(secretary, chair, old)
    text = f"{TEXT}\n\n2. Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe của người cao tuổi trước ngày 25/12/2026."
    answer = post(secretary, f"/notices/{old}/replacement", {"committee": str(house.committee.id), "text": text})
    new = steps.notice_in(answer)
    first, second = steps.clauses_of(app, new)
    page = secretary.get(f"/notices/{new}").get_data(as_text=True).partition('id="replaced"')[2]
    assert f'<option value="{second.id}" selected>' in page
    task = steps.tasks_of(app)[0]
    said = {f"treatment-{task.id}": "keep", f"clause-{task.id}": str(first.id), f"due-{task.id}": ""}
    assert post(secretary, f"/notices/{new}/replaced", said).status_code == 303
    page = secretary.get(f"/notices/{new}").get_data(as_text=True).partition('id="replaced"')[2]
    assert "do Trạm Y tế phường chủ trì, còn mục này nêu Phòng Văn hóa - Xã hội" in page
