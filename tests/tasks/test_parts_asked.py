"""A coordinating unit is waited for, and its clock runs, only when something was asked of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import at_noon, browser, take
from tests.tasks.test_shared_out import DAY, given, only_part, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def test_a_unit_that_was_asked_nothing_is_not_waited_for(app: Flask) -> None:
    """Its name stands with the task, but no clock runs before the lead says what it wants."""
    house, task_id = given(app, coordinating=("kt",))
    lead = browser(app, house.people["head_vhxh"])
    with time_machine.travel(at_noon(date(2026, 9, 22)), tick=False):
        page = said(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}")
    assert "Chờ đơn vị phối hợp" not in page
    assert "Chưa nêu việc cần phối hợp" in page
    assert "Chưa tính thời gian chờ: đơn vị chủ trì chưa nêu việc cần phối hợp" in page
    with time_machine.travel(at_noon(date(2026, 9, 23)), tick=False):
        lead = browser(app, house.people["head_vhxh"])
        assert take(lead, "coordinating_part", only_part(app, task_id), "ask", {"work": "Số liệu"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        page = said(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}")
    assert "Chờ đơn vị phối hợp 2 ngày làm việc, từ 23/09/2026" in page


def test_a_report_beside_a_unit_that_was_asked_nothing_is_not_flagged(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt",))
    lead = browser(app, house.people["head_vhxh"])
    assert take(lead, "task", task_id, "report", {"result": "Đã xong"}).status_code == 303
    assert "Còn phần phối hợp chưa được ghi nhận" not in said(lead, f"/tasks/{task_id}")


def test_what_one_owes_of_a_task_stands_with_its_moves(app: Flask) -> None:
    """The unit that was asked opens the task from its telephone: its own answer is the first thing offered."""
    house, task_id = given(app, coordinating=("kt",))
    part = only_part(app, task_id)
    lead, asked = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    way = re.compile(rf'<a class="btn btn-primary" href="#coordinating_part-{part}"[^>]*>([^<]+?) <')
    assert not way.search(asked.get(f"/tasks/{task_id}").text)
    assert take(lead, "coordinating_part", part, "ask", {"work": "Số liệu"}).status_code == 303
    assert way.findall(asked.get(f"/tasks/{task_id}").text) == ["Gửi kết quả phối hợp"]
    assert not way.search(lead.get(f"/tasks/{task_id}").text)
    assert take(asked, "coordinating_part", part, "deliver", {"result": "Đây là số liệu"}).status_code == 303
    assert not way.search(asked.get(f"/tasks/{task_id}").text)
    page = lead.get(f"/tasks/{task_id}").text
    assert way.findall(page) == ["Ghi nhận phần phối hợp"]
    assert page.index(f'href="#coordinating_part-{part}"') < page.index("Báo cáo hoàn thành")


def test_what_came_on_the_very_day_says_so_and_counts_no_days(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt",))
    part = only_part(app, task_id)
    assert take(browser(app, house.people["head_vhxh"]), "coordinating_part", part, "ask", {"work": "Số liệu"})
    asked = browser(app, house.people["head_kt"])
    assert take(asked, "coordinating_part", part, "deliver", {"result": "Đây là số liệu"}).status_code == 303
    page = said(asked, f"/tasks/{task_id}")
    assert f"Đơn vị phối hợp gửi ngay trong ngày {DAY:%d/%m/%Y}" in page
    assert "dùng 0 ngày" not in page
