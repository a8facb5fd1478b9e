"""The letters of a task's page: each stands for one move."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories import assign_task, browser
from tests.home import work

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


@pytest.mark.parametrize("who", ["head_vhxh", "chair", "secretary"])
def test_a_report_and_a_request_side_by_side_share_no_letter(app: Flask, house: House, who: str) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 30))
    work.move(app, house, task_id, "accept", "head_vhxh")
    work.ask_later(app, house, task_id, "head_vhxh", date(2027, 1, 30))
    work.move(app, house, task_id, "report", "head_vhxh", {"result": "Đã xong"})
    text = browser(app, house.people[who]).get(f"/tasks/{task_id}").text
    letters = Counter(re.findall(r'data-key="(.)"', text))
    assert letters
    assert [letter for letter, times in letters.items() if times > 1] == []
    assert Counter(re.findall(r'aria-keyshortcuts="(.)"', text)) == letters
    if who == "head_vhxh":
        assert letters["u"] == 1
        assert "Rút đề nghị gia hạn" in text
