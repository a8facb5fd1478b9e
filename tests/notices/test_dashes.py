"""A dash before the first number is shown as the paper prints it, and called by its turn where it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.documents.official.notice import notice_paper
from app.errors import DomainError
from app.models import Notice
from app.queries.paper_text import live_clauses
from app.services.issuing import leads_of
from app.services.replacing import Treatment, settle_replaced
from tests.factories import post
from tests.notices import steps
from tests.notices.test_replaced_alike import replace

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

MADE_OF_TWO = re.compile(r"(?:[Mm]ục|[Cc]lause) (?:gạch đầu dòng|dash)")
"""A dash is no numbered clause: «mục gạch đầu dòng 1» says it twice."""
TEXT = """- Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe điện tử, báo cáo trước ngày 15/12/2026.
1. Về kế hoạch
- Giao Phòng Kinh tế, Hạ tầng và Đô thị lập kế hoạch, trình trước ngày 25/12/2026."""
BARE = re.compile(r'(?<![#/\w"=])-1(?![\w/-])')
"""The address of a dash as it is kept, where a person would read it; in links and values it stays."""


def words_of(page: str) -> str:
    """Return what is read on a page: no tags, but what they say to those who listen."""
    said = re.findall(r'(?:title|aria-label|data-confirm)="([^"]*)"', page)
    return "\n".join([*said, re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])])


def test_no_page_calls_a_dash_minus_one(app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient) -> None:
    old_id = steps.compose(secretary, house, TEXT)
    draft = secretary.get(f"/notices/{old_id}").get_data(as_text=True)
    assert ">–</a>" in draft
    assert "Đưa gạch đầu dòng 1 xuống dưới" in draft
    assert not BARE.search(words_of(draft))
    steps.issue(secretary, chair, old_id)
    paper = secretary.get(f"/notices/{old_id}").get_data(as_text=True)
    assert 'href="#-1"' in paper
    assert "đến gạch đầu dòng 1<" in paper
    assert "đến mục 1.1<" in paper
    assert not BARE.search(words_of(paper))
    task = secretary.get(f"/tasks/{steps.tasks_of(app)[0].id}").get_data(as_text=True)
    assert "– gạch đầu dòng 1" in task
    assert not BARE.search(words_of(task))
    new = secretary.get(f"/notices/{replace(secretary, house, old_id, TEXT)}").get_data(as_text=True)
    assert "gạch đầu dòng 1: Giao Trạm Y tế phường" in new
    assert not BARE.search(words_of(new))


def test_a_dash_is_cited_as_one_wherever_a_sentence_names_it(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    old_id = steps.compose(secretary, house, TEXT)
    with app.app_context(), transaction():
        first = live_clauses(session.get_one(Notice, old_id))[0]
        first.lead_unit_id, first.due_on, first.no_due_reason = None, None, ""
        with pytest.raises(DomainError) as raised:
            leads_of(first)
    assert raised.value.sentence.vi.startswith("Kết luận tại gạch đầu dòng 1 chưa có đơn vị chủ trì")
    assert raised.value.sentence.en.startswith("Dash 1 has no lead unit")
    draft = secretary.get(f"/notices/{old_id}").get_data(as_text=True)
    assert "Gạch đầu dòng 1: chọn đơn vị chủ trì" in draft
    assert "Gạch đầu dòng 1 bị bỏ khỏi thông báo." in draft
    post(secretary, "/preferences", {"language": "en", "next": "/"})
    english = secretary.get(f"/notices/{old_id}").get_data(as_text=True)
    assert "Dash 1: choose the lead unit" in english
    for page in (draft, english):
        assert not MADE_OF_TWO.search(words_of(page))
    with app.app_context():
        second = live_clauses(session.get_one(Notice, old_id))[1]
        merged = post(secretary, f"/clauses/{second.id}/merge", follow=True).get_data(as_text=True)
    assert "Merged into dash 1." in merged


def test_what_a_replacement_refuses_cites_the_dash(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    old_id = steps.compose(secretary, house, TEXT)
    steps.issue(secretary, chair, old_id)
    new_id = replace(secretary, house, old_id, TEXT)
    with app.app_context(), transaction():
        task = steps.tasks_of(app)[0]
        draft = session.get_one(Notice, new_id)
        draft.replaced.clear()  # the secretary herself says that the clause continues the task
        carrier = live_clauses(draft)[0]
        carrier.outcome, carrier.continues_task_id = "continues", task.id
        session.flush()
        with pytest.raises(DomainError) as raised:
            settle_replaced(draft, {task.id: Treatment("withdraw", carrier.id, None)})
        session.rollback()
    said, told = raised.value.sentence
    assert said.startswith(f"Gạch đầu dòng 1 đang tiếp tục nhiệm vụ {task.code}")
    assert "hoặc sửa gạch đầu dòng 1 trước" in said
    assert told.startswith(f"Dash 1 continues task {task.code}")


def test_the_annex_prints_a_dash_as_the_paper_does(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house, TEXT)
    with app.app_context():
        (annex,) = notice_paper(session.get_one(Notice, notice_id)).annexes
        assert [row[1] for row in annex.table.rows] == ["–", "1.1"]
