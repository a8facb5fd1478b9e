"""A title may go on naming the day by which the work was wanted before its due date was moved."""

from __future__ import annotations

from datetime import date

import pytest

from app.reading.dead_days import dead_days

OLD, NEW = date(2026, 12, 15), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Báo cáo kết quả trước 15/12", ["15/12"]),
        ("Báo cáo kết quả trước ngày 15/12/2026", ["15/12/2026"]),
        ("Báo cáo trước ngày 15 tháng 12 năm 2026 (15.12.2026)", ["15 tháng 12 năm 2026", "15.12.2026"]),
        ("Báo cáo trước 15/12, gửi lại trước 15/12", ["15/12"]),
        ("Báo cáo kết quả trước 31/12/2026", []),
        ("Báo cáo theo Kế hoạch ngày 15/12/2025", []),
        ("Báo cáo theo Công văn số 15/12/UBND", []),
        ("Báo cáo năm 2026", []),
        ("Báo cáo kết quả", []),
    ],
)
def test_the_day_that_is_gone_is_found_as_it_is_written(title: str, words: list[str]) -> None:
    assert dead_days(title, [OLD], NEW) == words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Kiểm kê xong trong tháng 11/2026", ["tháng 11/2026"]),
        ("Kiểm kê xong trước tháng 11", ["tháng 11"]),
        ("Báo cáo tháng 11/2026 của tổ giúp việc", []),
    ],
)
def test_a_month_is_a_day_that_is_gone_only_where_work_was_wanted_by_it(title: str, words: list[str]) -> None:
    assert dead_days(title, [date(2026, 11, 30)], NEW) == words


def test_without_another_day_before_nothing_is_dead() -> None:
    assert dead_days("Báo cáo trước 15/12", [OLD], OLD) == []
    assert dead_days("Báo cáo trước 15/12", [], NEW) == []


def test_a_task_that_has_no_due_date_any_more_may_name_the_old_one() -> None:
    assert dead_days("Báo cáo trước 15/12", [OLD], None) == ["15/12"]
