"""The column «Chỉ tiêu»: read from an office's tracker, taken out with the register, edited and read back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.models import Event, Task
from app.tracker.targets import read_target
from tests.factories import browser, post
from tests.tracker.sheets import read_in, upload
from tests.tracker.test_round_trip import place, row_of, sent_back, taken_out

if TYPE_CHECKING:
    from flask import Flask

    from app.figures import Figure
    from tests.factories import House

HEADS = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Chỉ tiêu"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("52 máy", (52, "máy")),
        ("52", (52, "")),
        ("1.250 hồ sơ", (1250, "hồ sơ")),
        ("37,5km", (Decimal("37.5"), "km")),
        ("100%", (100, "%")),
        ("0", None),
        ("-5 máy", None),
        ("Giảm số hộ nghèo", None),
        ("52 máy và 3 phòng", None),
        ("02 lớp/năm", (2, "lớp/năm")),
    ],
)
def test_a_cell_is_read_as_people_write_it(typed: str, read: tuple[Figure, str] | None) -> None:
    assert read_target(typed) == read


def test_a_tracker_brings_targets_and_keeps_what_cannot_be_read(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    unit = "Phòng Văn hóa - Xã hội"
    rows: list[list[Any]] = [
        HEADS,
        [1, "Kiểm kê máy tính bảng", unit, "30/12/2026", "52 máy"],
        [2, "Rải nhựa đường liên thôn", unit, "30/12/2026", 37.5],
        [3, "Tuyên truyền trên cổng thông tin", unit, "30/12/2026", "Theo kế hoạch tuyên truyền"],
    ]
    made = upload(desk, house, rows)
    page = " ".join(read_in(desk, made).split())
    assert "chỉ tiêu: 52 máy" in page
    assert "Chưa đọc được chỉ tiêu «Theo kế hoạch tuyên truyền»" in page
    assert post(desk, f"/trackers/{made}/import", {}).status_code == 303
    with app.app_context():
        found = {task.title: task for task in session.scalars(select(Task))}
        first, second, third = (found[row[1]] for row in rows[1:])
        assert (first.target_value, first.target_unit) == (52, "máy")
        assert (second.target_value, second.target_unit) == (Decimal("37.5"), "")
        assert third.target_value is None
        assert "Chỉ tiêu trong sổ: Theo kế hoạch tuyên truyền" in third.detail
        assert "Chỉ tiêu trong sổ" not in first.detail


@pytest.mark.usefixtures("three_tasks")
def test_the_register_says_the_target_and_takes_an_edited_one(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    with app.app_context(), transaction():
        for task in session.scalars(select(Task).order_by(Task.id)):
            task.target_value, task.target_unit = (52, "máy") if task.id < 3 else (None, "")
            task.measure = 37 if task.id == 2 else None
    rows = taken_out(desk)
    _, target = place(rows, "Chỉ tiêu")
    assert [row_of(rows, f"Rà soát hồ sơ đợt {n}")[target] for n in (1, 2, 3)] == ["52 máy", "52 máy", ""]
    row_of(rows, "Rà soát hồ sơ đợt 1")[target] = "60"
    row_of(rows, "Rà soát hồ sơ đợt 2")[target] = "30 máy"
    row_of(rows, "Rà soát hồ sơ đợt 3")[target] = "1.250 hồ sơ"
    made, page = sent_back(desk, house, rows)
    assert "Đơn vị đã báo cáo đạt 37 máy, hơn chỉ tiêu mới (30 máy)" in page
    assert "ở trang nhiệm vụ" in page
    assert post(desk, f"/trackers/{made}/import").status_code == 303
    with app.app_context():
        kept = [(task.target_value, task.target_unit) for task in session.scalars(select(Task).order_by(Task.id))]
        assert kept == [(60, "máy"), (52, "máy"), (1250, "hồ sơ")]
        assert session.query(Event).filter_by(event="set_target").count() == 2


@pytest.mark.usefixtures("three_tasks")
def test_an_emptied_or_unreadable_target_is_named(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    with app.app_context(), transaction():
        for task in session.scalars(select(Task)):
            task.target_value, task.target_unit = 52, "máy"
    rows = taken_out(desk)
    _, target = place(rows, "Chỉ tiêu")
    row_of(rows, "Rà soát hồ sơ đợt 1")[target] = ""
    row_of(rows, "Rà soát hồ sơ đợt 2")[target] = "nhiều máy"
    _made, page = sent_back(desk, house, rows)
    assert "Muốn bỏ chỉ tiêu, hãy bỏ ở trang nhiệm vụ" in page
    assert "Chưa đọc được chỉ tiêu «nhiều máy»" in page
