"""Figures and days as a Vietnamese office writes them, and in English."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from flask_babel import force_locale

from app.ui import formats
from tests.ui.gallery import make_app
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    with make_app().test_request_context():
        yield


@pytest.mark.parametrize(
    ("form", "value", "vietnamese", "english"),
    [
        (formats.day, DAY, "05/01/2026", "5 Jan 2026"),
        (formats.day, None, "—", "—"),
        (formats.day_short, DAY, "05/01", "5 Jan"),
        (formats.day_long, DAY, "ngày 05 tháng 01 năm 2026", "5 January 2026"),
        (formats.day_long, date(2026, 3, 29), "ngày 29 tháng 3 năm 2026", "29 March 2026"),
        (formats.weekday, DAY, "Thứ Hai, 05/01/2026", "Monday, 5 Jan 2026"),
        (formats.weekday, date(2026, 11, 22), "Chủ nhật, 22/11/2026", "Sunday, 22 Nov 2026"),
        (formats.instant, datetime(2026, 11, 21, 18, 5, tzinfo=UTC), "01:05, 22/11/2026", "01:05, 22 Nov 2026"),
        (formats.clock_time, datetime(2026, 11, 21, 18, 5, tzinfo=UTC), "01:05", "01:05"),
        (formats.number, 1234.5, "1.234,5", "1,234.5"),
        (formats.number, 1234567, "1.234.567", "1,234,567"),
        (formats.number, -3, "\u22123", "\u22123"),
        (formats.number, None, "—", "—"),
        (formats.percent, Decimal("87.5"), "87,5\u00a0%", "87.5%"),
        (formats.percent, None, "—", "—"),
        (formats.rate, Fraction(7, 8), "87,5\u00a0%", "87.5%"),
        (formats.file_size, 0, "tệp rỗng", "empty file"),
        (formats.days_left, -1234, "quá hạn 1.234 ngày làm việc", "1,234 working days overdue"),
        (formats.file_size, 512, "512 B", "512 B"),
        (formats.file_size, 48_213, "47 KB", "47 KB"),
        (formats.file_size, 1_258_291, "1,2 MB", "1.2 MB"),
        (formats.words, Words("nhiệm vụ", "task"), "nhiệm vụ", "task"),
        (formats.words, None, "", ""),
    ],
)
def test_it_writes_both_languages(form: Callable[[Any], str], value: object, vietnamese: str, english: str) -> None:
    with force_locale("vi"):
        assert form(value) == vietnamese
    with force_locale("en"):
        assert form(value) == english


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (3, "còn 3 ngày làm việc"),
        (1, "còn 1 ngày làm việc"),
        (0, "đến hạn hôm nay"),
        (-2, "quá hạn 2 ngày làm việc"),
        (None, "không có hạn"),
    ],
)
def test_it_says_how_far_a_due_date_is(left: int | None, said: str) -> None:
    assert formats.days_left(left) == said


def test_it_says_calendar_days_where_a_committee_counts_them() -> None:
    assert formats.days_left(-2, working=False) == "quá hạn 2 ngày"
    assert formats.days_left(2, working=False) == "còn 2 ngày"


def test_it_signs_a_difference_of_rates() -> None:
    assert formats.points(2.5) == "+2,5 điểm"
    assert formats.points(-2.5) == "\u22122,5 điểm"
    assert formats.points(0) == "±0,0 điểm"
