"""A dash before the first number is shown as the paper prints it, and called by its turn where it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.notices import steps
from tests.notices.test_replaced_alike import replace

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

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
    assert "Đưa mục gạch đầu dòng 1 xuống dưới" in draft
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
