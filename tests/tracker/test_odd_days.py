"""Days that cannot be right are asked about in the preview, never taken in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Task
from tests.factories import at_noon, browser, found_authority, post
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

TODAY = date(2026, 11, 16)
HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Ngày giao"]
KEEP = "nhập đúng như sổ"


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """Return the authority, with the clock at noon of TODAY."""
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield found_authority(app)


@pytest.mark.parametrize("typed", ["32/13/2026", "31/02", "31/2/2026", "ngày 31 tháng 2"])
def test_a_due_date_typed_anew_is_no_impossible_day(app: Flask, house: House, typed: str) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD[:4], [1, "Việc một", "P. VHXH", "31/02/2026"]])
    assert "lịch không có ngày 31/02/2026" in read_in(desk, made)
    page = post(desk, f"/trackers/{made}/rows", {"due-2": typed}, follow=True).get_data(as_text=True)
    assert "Cần sửa" in page
    assert f"«{typed}»" in page
    assert f'value="{typed}"' in page
    assert post(desk, f"/trackers/{made}/import").status_code == 422


def test_words_instead_of_a_day_are_still_taken(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD[:4], [1, "Việc một", "P. VHXH", "31/02/2026"]])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/rows", {"due-2": "khi dự án có vốn"})
    assert post(desk, f"/trackers/{made}/import").status_code == 303
    with app.app_context():
        assert session.scalars(select(Task)).one().no_due_reason == "khi dự án có vốn"


def test_a_due_date_before_the_task_was_given_asks_first(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [[1, "Việc ngược ngày", "P. VHXH", "01/10/2026", "05/11/2026"],
            [2, "Việc ngược khác", "P. VHXH", "02/10/2026", "05/11/2026"],
            [3, "Việc thường", "P. VHXH", "05/12/2026", "05/11/2026"]]  # fmt: skip
    made = upload(desk, house, [HEAD, *rows])
    preview = read_in(desk, made)
    assert "Thời hạn 01/10/2026 đứng trước ngày giao 05/11/2026" in preview
    assert KEEP in preview
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        assert [task.title for task in session.scalars(select(Task))] == ["Việc thường"]
    said = {"asked-2": "1", "meant-2": "1", "asked-3": "1", "due-3": "02/12/2026"}
    page = post(desk, f"/trackers/{made}/rows", said, follow=True).get_data(as_text=True)
    assert "Nhập thêm <span data-count>2</span> dòng" in page
    assert 'name="meant-2" value="1" checked' in page
    assert post(desk, f"/trackers/{made}/import").status_code == 303
    with app.app_context():
        dues = {task.title: task.current_due for task in session.scalars(select(Task))}
    assert dues["Việc ngược ngày"] == date(2026, 10, 1)
    assert dues["Việc ngược khác"] == date(2026, 12, 2)


def test_a_tick_is_taken_back_by_leaving_it_out(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, [1, "Việc ngược ngày", "P. VHXH", "01/10/2026", "05/11/2026"]])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/rows", {"asked-2": "1", "meant-2": "1"})
    page = post(desk, f"/trackers/{made}/rows", {"asked-2": "1"}, follow=True).get_data(as_text=True)
    assert "Cần sửa" in page
    assert post(desk, f"/trackers/{made}/import").status_code == 422


def test_a_day_of_giving_that_is_none_is_said(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [[1, "Việc một", "P. VHXH", "05/12/2026", "31/9/2026"], [2, "Việc hai", "P. VHXH", "05/12/2026", ""]]
    page = read_in(desk, upload(desk, house, [HEAD, *rows]))
    assert "Ngày giao trong sổ «31/9/2026» không phải là một ngày; tính từ 01/01/2026" in page
    assert page.count("không phải là một ngày") == 1, "no day at all is counted above"


def test_a_day_of_completion_that_is_none_is_said(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = [*HEAD[:4], "Ngày hoàn thành", "Tình trạng"]
    rows = [[1, "Việc một", "P. VHXH", "05/12/2026", "31/9/2026", "Đã xong"],
            [2, "Việc hai", "P. VHXH", "05/12/2026", "31/9/2026", ""]]  # fmt: skip
    made = upload(desk, house, [head, *rows])
    page = read_in(desk, made)
    assert page.count("Ngày hoàn thành trong sổ «31/9/2026» không phải là một ngày") == 2
    assert "sổ không ghi ngày hoàn thành" not in page
    post(desk, f"/trackers/{made}/rows", {"done_on-2": "30/9/2026"})
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
    assert tasks["Việc một"].reported_on == date(2026, 9, 30)
    assert "31/9/2026" in tasks["Việc hai"].detail
