"""What a heading makes of the sentences under it: reports, aims, work, or nothing to be read."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.reading.page import Page


class Role(Enum):
    """What the place of a sentence makes likely."""

    BEFORE = auto()
    """Before the chair's conclusions: opening, attendance, reports."""
    REPORT = auto()
    """Under a heading of results or shortcomings."""
    RULING = auto()
    """Under a heading of aims or principles."""
    WORK = auto()
    """Among the conclusions."""
    LOOSE = auto()
    """In a text where no words announce the conclusions, before any list."""
    ASIDE = auto()
    """Time and place, attendance, discussion: no item is read there."""


_HEADINGS = (
    (
        Role.REPORT,
        re.compile(
            r"(?:[^.:;]{0,60}?(?<!\w)(?:đ/c|đồng\s+chí|ông|bà|văn\s+phòng|phòng|thư\s+ký|lãnh\s+đạo)\s[^.:;]{0,60}?"
            r"báo\s+cáo\s+(?:kết\s+quả|tình\s+hình|công\s+tác|đánh\s+giá|tóm\s+tắt)|(?:về\s+)?đánh\s+giá"
            r"|(?:về\s+)?(?:nhận\s+xét|kết\s+quả|tình\s+hình|ưu\s+điểm|những\s+(?:kết\s+quả|mặt"
            r"|tồn|hạn)|tồn\s+tại|hạn\s+chế|khó\s+khăn|nguyên\s+nhân|thực\s+trạng|mặt\s+(?:được|hạn)))\b"
        ),
    ),
    (
        Role.ASIDE,
        re.compile(
            r"(?:thời\s+gian|địa\s+điểm|thành\s+phần|đại\s+biểu|chủ\s+(?:trì|tọa)|thư\s+ký|thảo\s+luận"
            r"|(?:các\s+)?ý\s+kiến(?!\s+(?:chỉ|kết))|khai\s+mạc|chương\s+trình\s+(?:làm\s+việc|họp)"
            r"|tham\s+dự|phát\s+biểu\s+thảo|hình\s+thức|diễn\s+biến"
            r"|(?:các|một\s+số)\s+(?:ngành|đơn\s+vị|đại\s+biểu|đồng\s+chí|đ/c|thành\s+viên)\s[^.;:]{0,60}?"
            r"(?:phát\s+biểu|thảo\s+luận|tham\s+gia|ý\s+kiến|báo\s+cáo))\b"
        ),
    ),
    (
        Role.RULING,
        re.compile(r"(?:về\s+)?(?:quan\s+điểm|mục\s+tiêu|phương\s+châm|nguyên\s+tắc|chủ\s+trương|tư\s+tưởng)\b"),
    ),
    (Role.BEFORE, re.compile(r"(?:nội\s+dung(?:\s+(?:cuộc\s+họp|họp|làm\s+việc|hội\s+nghị))?|báo\s+cáo)\b")),
    (
        Role.WORK,
        re.compile(
            r".*\b(?:kết\s+luận|nhiệm\s+vụ|phương\s+hướng|phân\s+công|giải\s+pháp|yêu\s+cầu|giao"
            r"|tổ\s+chức\s+thực\s+hiện|triển\s+khai|thời\s+gian\s+tới|chỉ\s+đạo)\b"
        ),
    ),
)


def role_of_heading(page: Page, start: int, end: int) -> Role | None:
    """Return what a heading makes of what stands under it, None when it says nothing of the kind."""
    words = page.plain[start : min(end, start + 240)].strip()
    return next((role for role, pattern in _HEADINGS if pattern.match(words)), None)
