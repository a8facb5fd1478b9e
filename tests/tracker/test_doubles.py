"""What counts as a task's double when a tracker is brought in, and how a whole tab of them is chosen."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from app.db import session
from app.models import Task, TrackerRow
from app.queries.known_tasks import marks_of
from app.queries.trackers import PAGE
from tests.factories import browser, post
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Văn bản giao"]


def outcomes(made: int) -> dict[int, str]:
    """Return what becomes of the rows, by their numbers."""
    found = session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))
    return {row.number: row.outcome for row in found}


def again(desk: FlaskClient, house: House, first: Sequence[Any], then: Sequence[Any]) -> int:
    """Bring rows in, then read others; return the second import."""
    made = upload(desk, house, [HEAD, *first])
    read_in(desk, made)
    assert post(desk, f"/trackers/{made}/import").status_code == 303
    second = upload(desk, house, [HEAD, *then])
    read_in(desk, second)
    return second


def test_titles_that_differ_in_a_number_are_no_doubles(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    one = "Rà soát hồ sơ số 1 của các hộ kinh doanh trên địa bàn phường theo kế hoạch"
    others = [
        [n, one.replace("số 1", f"số {n}"), "P. VHXH", f"{1 + n % 28}/{10 + n % 3}/2026", ""] for n in range(2, 60)
    ]
    made = again(desk, house, [[1, one, "P. VHXH", "30/11/2026", ""]], [[1, one, "P. VHXH", "15/11/2026", ""], *others])
    with app.app_context():
        found = outcomes(made)
        assert found.pop(2) == "double", "the title itself, due another day"
        assert set(found.values()) == {"new"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Báo cáo kết quả chuyển đổi số của phường quý II", "Báo cáo kết quả chuyển đổi số của phường quý III"),
        ("Báo cáo kết quả chuyển đổi số tháng 9 của phường", "Báo cáo kết quả chuyển đổi số tháng 10 của phường"),
        ("Xây dựng kế hoạch chuyển đổi số năm 2026 của phường", "Xây dựng kế hoạch chuyển đổi số năm 2027 của phường"),
        ("Lắp đặt thiết bị mạng cho tổ dân phố A của phường", "Lắp đặt thiết bị mạng cho tổ dân phố B của phường"),
        ("Thẩm định hồ sơ HS12 của phòng chuyên môn đã gửi", "Thẩm định hồ sơ HS13 của phòng chuyên môn đã gửi"),
    ],
)
def test_quarter_month_year_letter_and_code_tell_tasks_apart(app: Flask, house: House, one: str, other: str) -> None:
    desk = browser(app, house.people["secretary"])
    made = again(desk, house, [[1, one, "P. VHXH", "30/11/2026", ""]], [[1, other, "P. VHXH", "30/11/2026", ""]])
    with app.app_context():
        assert outcomes(made) == {2: "new"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Báo cáo kết quả chuyển đổi số của phường quý III", "Báo cáo kết quả chuyển đổi số của phường Quý 3"),
        ("Báo cáo kết quả chuyển đổi số tháng 09 của phường", "Báo cáo kết quả chuyển đổi số tháng 9 của phường"),
        ("Xây dựng kế hoạch chuyển đổi số của phường đủ mục", "Xây dựng kế hoạch chuyển đổi số của phường đủ mục 2026"),
        ("Rà soát 1.250 hồ sơ đất đai của các hộ dân cư", "Rà soát 1250 hồ sơ đất đai của các hộ dân cư"),
    ],
)
def test_one_number_written_two_ways_is_still_a_double(app: Flask, house: House, one: str, other: str) -> None:
    desk = browser(app, house.people["secretary"])
    made = again(desk, house, [[1, one, "P. VHXH", "30/11/2026", ""]], [[1, other, "P. VHXH", "30/11/2026", ""]])
    with app.app_context():
        assert outcomes(made) == {2: "double"}


def test_one_task_is_the_double_of_the_few_rows_that_fit_it_best(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    title = "Báo cáo tình hình cải cách hành chính định kỳ"
    months = [[n, title, "P. VHXH", f"25/{n}/2026", ""] for n in range(1, 13)]
    made = again(desk, house, [[1, title, "P. VHXH", "25/10/2026", ""]], months)
    with app.app_context():
        found = outcomes(made)
        assert [number for number, outcome in found.items() if outcome == "double"] == [11]
        assert Counter(found.values()) == {"new": 11, "double": 1}


def test_marks_are_read_alike_however_they_are_written() -> None:
    assert marks_of("Báo cáo Quý III/2026") == marks_of("báo cáo quý 3/2026") == marks_of("Báo cáo quý ba 2026")
    assert marks_of("Báo cáo T05") == marks_of("Báo cáo tháng 5") != marks_of("Báo cáo tháng 15")
    assert marks_of("Xử lý VI PHẠM hành chính") == {"6"}
    assert marks_of("XỬ LÝ VI PHẠM HÀNH CHÍNH") == frozenset()


def test_a_whole_tab_of_doubles_is_chosen_and_left_in_one_act(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [[n, f"Nhiệm vụ thứ {n} của tổ {n * 7919}", "P. VHXH", "30/11/2026", ""] for n in range(1, PAGE + 6)]
    made = again(desk, house, rows, rows)
    page = desk.get(f"/trackers/{made}?show=double").text
    words = {value: said.strip() for value, said in re.findall(r'name="every" value="([^"]*)"[^>]*>([^<]*)<', page)}
    assert words == {"double-yes": f"Chọn cả {PAGE + 5} dòng", "double-no": f"Bỏ chọn cả {PAGE + 5} dòng"}
    assert 'name="every"' not in desk.get(f"/trackers/{made}").text
    sent = {"shown-2": "1", "show": "double", "page": "1", "every": "double-yes"}
    answer = post(desk, f"/trackers/{made}/rows", sent, follow=True).text
    assert f"Đã chọn cả {PAGE + 5} dòng." in answer
    assert f"Nhập <span data-count>{PAGE + 5}</span> dòng" in answer
    left = post(desk, f"/trackers/{made}/rows", {**sent, "every": "double-no"}, follow=True).text
    assert "Nhập <span data-count>0</span> dòng" in left
    post(desk, f"/trackers/{made}/rows", sent)
    assert post(desk, f"/trackers/{made}/import").status_code == 303
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Task)) == 2 * (PAGE + 5)


def test_counts_in_sentences_are_grouped_like_those_on_tabs(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [[n, f"Nhiệm vụ {n} của tổ {n * 7919}", "P. VHXH", "30/6/2026", ""] for n in range(1, 1102)]
    made = upload(desk, house, [HEAD, *rows])
    page = read_in(desk, made)
    assert "Nhập <span data-count>1.101</span> dòng" in page
    assert "1.101 dòng không có ngày giao" in page
    assert "1.101 dòng quá hạn ngay khi nhập" in page
    after = post(desk, f"/trackers/{made}/import", follow=True).text
    assert after.count("1.101 nhiệm vụ") >= 3, "what was done, by whom, and what undoing would take out"
    assert "Đã nhập 1.101 nhiệm vụ" in after
    assert not re.search(r"(?<![\w.])1101 (?:dòng|nhiệm vụ)", after)
    assert "Đã hoàn tác: 1.101 nhiệm vụ" in post(desk, f"/trackers/{made}/undo", follow=True).text


def test_done_without_a_day_takes_the_due_date_for_all_in_one_act(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Tình trạng"]
    done = [[n, f"Nhiệm vụ {n} của tổ {n * 7919}", "P. VHXH", "30/6/2026", "Hoàn thành"] for n in range(1, 6)]
    ahead = [6, "Việc hạn còn xa", "P. VHXH", "30/11/2026", "Hoàn thành"]
    made = upload(desk, house, [head, *done, ahead])
    page = read_in(desk, made)
    assert "5 dòng ghi đã xong mà không có ngày hoàn thành" in page
    button = re.search(r'<button[^>]*name="by_due" value="1">(.*?)</button>', page, re.DOTALL)
    assert button
    assert "Lấy ngày hạn cho 5 dòng" in button[1]
    sent = {"done_on-2": "15/6/2026", "done_on-3": "", "show": "", "page": "1", "by_due": "1"}
    after = post(desk, f"/trackers/{made}/rows", sent, follow=True).text
    assert "Đã lấy ngày hạn làm ngày hoàn thành" in after
    assert 'name="by_due"' not in after
    with app.app_context():
        assert outcomes(made) == {2: "done", 3: "done", 4: "done", 5: "done", 6: "done", 7: "wrong"}
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        days = sorted(task.reported_on for task in session.scalars(select(Task)) if task.reported_on)
        assert days == [date(2026, 6, 15), *[date(2026, 6, 30)] * 4]


TWO = [
    [1, "Rà soát máy tính xách tay", "P. VHXH", "30/11/2026"],
    [2, "Kiểm tra cổng thông tin", "P. VHXH", "15/12/2026"],
]


def _shown(*ticked: int) -> dict[str, str]:
    """Return what the page of both rows sends about their ticks."""
    return {"shown-2": "1", "shown-3": "1", **{f"take-{number}": "1" for number in ticked}}


def test_a_row_that_is_no_double_any_more_comes_in_though_its_page_was_saved(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]
    first = upload(desk, house, [head, *TWO])
    read_in(desk, first)
    post(desk, f"/trackers/{first}/import", _shown(2, 3))
    again = upload(desk, house, [head, *TWO])
    assert "Có thể trùng" in read_in(desk, again)
    post(desk, f"/trackers/{again}/rows", _shown())
    post(desk, f"/trackers/{first}/undo")
    page = post(desk, f"/trackers/{again}/rows", _shown(), follow=True).text
    assert "Nhập <span data-count>2</span> dòng" in page
    page = post(desk, f"/trackers/{again}/rows", _shown(3), follow=True).text
    assert "Nhập <span data-count>1</span> dòng" in page, "now unticked by hand"


def test_what_somebody_else_brought_in_meanwhile_does_not_come_in_twice(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]
    one, other = (upload(desk, house, [head, *TWO]) for _ in range(2))
    for made in (one, other):
        read_in(desk, made)
        post(desk, f"/trackers/{made}/rows", _shown(2, 3))
    assert post(desk, f"/trackers/{one}/import", _shown(2, 3)).status_code == 303
    refused = post(desk, f"/trackers/{other}/import", _shown(2, 3))
    assert refused.status_code == 422
    with app.app_context():
        assert len(session.scalars(select(Task.id)).all()) == 2
    chosen = post(desk, f"/trackers/{other}/import", _shown(2))
    assert chosen.status_code == 303, "who ticks a double means it"
    with app.app_context():
        assert len(session.scalars(select(Task.id)).all()) == 3
