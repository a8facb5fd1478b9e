"""How often work comes back: hằng tuần, hàng tháng, mỗi quý, 01 lần/năm, định kỳ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading.model import Recurrence

if TYPE_CHECKING:
    from app.reading.page import Page

_PERIODS = {
    "tuần": Recurrence.WEEKLY,
    "tháng": Recurrence.MONTHLY,
    "quý": Recurrence.QUARTERLY,
    "năm": Recurrence.YEARLY,
}
_P = r"(tuần|tháng|quý|năm)(?!\w)"
_EVERY = re.compile(
    rf"(?<!\w)(?:(?:định\s+kỳ\s+)?(?:vào\s+)?(?:thứ\s+\w+\s+|ngày\s+(?:thứ\s+\w+|\d{{1,2}})\s+"
    rf"|cuối\s+|đầu\s+)?(?:hằng|hàng|mỗi)\s+{_P}(?!\s+\d)"
    rf"|định\s+kỳ\s+từng\s+{_P}"
    rf"|định\s+kỳ\s+(?:\d+\s+lần\s*/\s*)?(?:theo\s+)?(?:1\s+|một\s+)?{_P}(?!\s+\d)"
    rf"|\d+\s+(?:[^\W\d]+[\s,]+){{0,3}}?[^\W\d]+\s*/\s*(?:\d+\s+)?{_P}"
    rf"|ngày\s+\d{{1,2}}\s+(?:của\s+)?(?:hằng\s+|hàng\s+|mỗi\s+){_P}"
    rf"|(?:đầu|cuối|giữa)\s+của\s+{_P}|ngày\s+\d{{1,2}}\s+của\s+{_P}|theo\s+(tháng|quý)(?!\w)(?!\s+\d))"
)
_NAMED = re.compile(
    r"(?:kế\s+hoạch|chương\s+trình|dự\s+toán|giao\s+ban|chỉ\s+tiêu|phiên\s+họp"
    r"|kỳ\s+họp)\s+(?:\w+\s+)?$"
)
_ITS = re.compile(r"\s+của(?!\w)")
_BESIDE = re.compile(r"(?:^|[,;:]\s*)(?:gắn\s+với|căn\s+cứ|theo|tại|từ|trên\s+cơ\s+sở)\s[^,;:]*$")
"""Words that only name what the work leans on: «gắn với kết quả đánh giá hàng tháng»."""


def find_recurrence(page: Page, start: int, end: int) -> tuple[Recurrence, int, int] | None:
    """Return how often the clause page[start:end] comes back and where it says so; the most frequent where several."""
    found = []
    for match in _EVERY.finditer(page.plain, start, end):
        if _NAMED.search(page.plain[max(start, match.start() - 40) : match.start()]):
            continue  # the name of a thing that is yearly or monthly, not of the work
        if _ITS.match(page.plain, match.end(), end) or _BESIDE.search(page.plain[start : match.start()]):
            continue
        period = next(group for group in match.groups() if group)
        found.append((list(_PERIODS).index(period), _PERIODS[period], match.start(), match.end()))
    if not found:
        return None
    _, recurrence, a, b = min(found)
    return recurrence, a, b
