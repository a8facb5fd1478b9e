"""The head of a task's page says each thing once: its title or its clause, its state or its clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.factories import assign_task, browser, found_authority, take
from tests.home import work

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def words_at(client: FlaskClient, task_id: int, path: str) -> list[str]:
    page = html.fromstring(client.get(f"/tasks/{task_id}").text)
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


MARKS = "//p[@class='lead']/span"
QUOTE = "//figure[@class='clause']"


@ON_SQLITE
def test_what_the_title_says_is_not_said_again_by_the_clause(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    same = assign_task(app, house, title="Về đẩy mạnh  chuyển đổi số.")
    assert words_at(secretary, same, QUOTE) == ["Giao theo 45/UBND-VX · UBND tỉnh An Lạc"]
    other = assign_task(app, house, title="Kiểm kê máy tính bảng")
    assert words_at(secretary, other, QUOTE) == ["Về đẩy mạnh chuyển đổi số 45/UBND-VX · UBND tỉnh An Lạc"]


@ON_SQLITE
def test_whom_the_clause_names_is_never_left_out(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    shorter = assign_task(app, house, title="đẩy mạnh chuyển đổi số")
    assert words_at(secretary, shorter, QUOTE) == ["Về đẩy mạnh chuyển đổi số 45/UBND-VX · UBND tỉnh An Lạc"]


@ON_SQLITE
def test_the_clock_stands_beside_the_state_only_where_it_adds_something(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    task_id = work.reported(app, house, due=date(2099, 9, 30))
    assert words_at(secretary, task_id, MARKS) == ["Chờ xác nhận", "Đã báo cáo trong hạn"]
    take(browser(app, house.people["chair"]), "task", task_id, "confirm")
    assert words_at(secretary, task_id, MARKS) == ["Hoàn thành đúng hạn"]
    withdrawn = assign_task(app, house, due=date(2099, 9, 30))
    take(browser(app, house.people["chair"]), "task", withdrawn, "withdraw", {"reason": "Trùng việc"})
    assert len(words_at(secretary, withdrawn, MARKS)) == 1
