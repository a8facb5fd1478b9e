"""What is said of a typed day that is none: one sentence for each cause, here for the server and for dates.js."""

from __future__ import annotations

from flask_babel import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years in which a day may lie: what is typed beyond them is a slip."""


def said_of_unread(typed: str) -> str:
    """Say that what was typed gives no day."""
    return _("Chưa đọc được ngày «%(text)s». Hãy nhập như 30/6 hoặc 30/06/2026.", text=typed)


def said_of_no_day(day: str) -> str:
    """Say that the calendar has no such day: 31/02/2027."""
    return _("Lịch không có ngày %(day)s. Hãy nhập lại, ví dụ 30/6 hoặc 30/06/2026.", day=day)


def said_of_far_year(year: int | str) -> str:
    """Say that a year lies beyond those in which a day may lie."""
    return _(
        "Năm %(year)s nằm ngoài khoảng từ %(first)s đến %(last)s. Hãy kiểm tra năm rồi nhập lại.",
        year=year,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def words_for_script() -> dict[str, str | int]:
    """Return the sentences as dates.js fills them, «{}» standing for what was typed, and the years."""
    return {
        "unread": said_of_unread("{}"),
        "none": said_of_no_day("{}"),
        "far": said_of_far_year("{}"),
        "first": FIRST_YEAR,
        "last": LAST_YEAR,
    }
