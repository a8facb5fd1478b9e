"""The day by which a clause wants its work done, told from all the other dates that stand in such texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.reading.dates import WHEN, end_of, last_day
from app.reading.model import Sure

if TYPE_CHECKING:
    from app.reading.model import WorkingCalendar
    from app.reading.page import Page

_SATURDAY = 5
_CLOCK = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}\s*(?:phút|')?)?,?)"
_BETWEEN = (
    rf"(?:\s*[:,(]?\s*(?:là|vào|trước|trong|đến|hết|ngày|thời\s+điểm|dịp|cuối|giữa|đầu|khoảng|ngay"
    rf"|sáng|chiều|nhất|thời\s+gian|thứ\s+\w+|{_CLOCK})(?!\w),?){{0,6}}\s*:?\s*"
)
_BY = re.compile(
    r"(?<!\w)(?P<by>trước(?!\s+(?:đây|mắt|hết|khi))|chậm\s+nhất|muộn\s+nhất|không\s+(?:quá"
    r"|muộn\s+hơn)|thời\s+hạn|thời\s+gian\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo|nộp|gửi)"
    r"|hạn\s+(?:cuối(?:\s+cùng)?|chót|nộp|hoàn\s+thành|báo\s+cáo|là)|hạn(?=\s*:|\s+(?:ngày\s+)?\d)|xong|hoàn\s+thành"
    r"|(?<!trước\s)hết|đến(?=\s+(?:hết|ngày|cuối|trước|\d{1,2}[/.])))(?!\w)"
    rf"{_BETWEEN}(?P<when>{WHEN})"
)
_IN = re.compile(
    rf"(?<!\w)(?:ngay\s+)?(?P<in>trong|vào\s+cuối|cuối)\s+(?:tháng\s+\d{{1,2}}\s*(?:,|và|-|đến)\s*)*(?:ngày\s+|đầu\s+|cuối\s+|nửa\s+(?:đầu"
    rf"|cuối)\s+)?(?P<when>{WHEN})"
)
_COUNT = re.compile(
    r"(?<!\w)(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian)|trong|thời\s+hạn|chậm\s+nhất|không\s+quá"
    r"|tối\s+đa|sau)\s+(?:là\s+|không\s+quá\s+|tối\s+đa\s+|sau\s+)?"
    r"(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s*(?:\([^)\n]{1,20}\)\s*)?(?P<unit>ngày|tuần"
    r"|tháng)(?P<work>\s+làm\s+việc)?(?![\w/])(?!\s+(?:đầu|cuối|qua|còn|tới|tiếp|vừa|gần|liên|\d))"
    r"(?:,?\s*(?:được\s+)?(?:kể\s+từ|tính\s+từ|từ|sau)\s+(?:ngày|khi|lúc)\s+(?P<from>[^.,;\n]{2,90}))?"
)
_COUNTED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_RUNNING = re.compile(r"\s+(?:thực\s+hiện|triển\s+khai|hoạt\s+động|thí\s+điểm|áp\s+dụng|vận\s+hành|sử\s+dụng)")
"""«sau 6 tháng thực hiện» counts from a day that the text does not give."""
_SENT_ON = re.compile(
    r"(?<!\w)(?:báo\s+cáo|gửi|nộp|trình|bàn\s+giao|hoàn\s+thành|xong)(?!\w)(?P<to>[^.;:]{0,90}?)\s"
    rf"(?P<phrase>(?:vào\s+|trong\s+)?(?:(?:sáng|chiều)\s+)?ngày\s+(?P<when>{WHEN}))(?=\s*(?:[.;,)]|$))"
)
_OTHERS_DAY = re.compile(
    r"(?<!\w)(?:số|họp|hội\s+nghị|kỳ|lễ|đại\s+hội|phiên|khai\s+mạc|quyết\s+định|tờ\s+trình|công\s+văn|kế\s+hoạch|thông\s+báo"
    r"|nghị\s+quyết|nghị\s+định|chỉ\s+thị|văn\s+bản|thông\s+tư|kết\s+luận|luật|từ|đến|tính|trước|nhất|hạn|hết|kỷ\s+niệm|tháng)(?!\w)"
)
"""Words behind which a bare day is a document's or an event's."""
_AFTER = re.compile(
    r"(?<!\w)(?:ngay\s+)?sau\s+khi\s+[^.,;\n]{3,140}?(?:được\s+)?(?:phê\s+duyệt|ban\s+hành"
    r"|thông\s+qua|chấp\s+thuận|có\s+hiệu\s+lực)(?!\w)"
)
_REPEATED = re.compile(
    rf"(?:(?:trước|chậm\s+nhất|muộn\s+nhất|xong|vào)\s+(?:vào\s+|là\s+"
    rf"|trước\s+)?)?(?:{_CLOCK}\s*)?(?:các\s+)?(?:sáng\s+|chiều\s+)?(?:ngày\s+)?(?:(?:thứ\s+\w+\s*(?:,|và)\s*)*thứ\s+\w+|\d{{1,2}}|cuối)"
    r"(?:\s+tuần\s+\w+)?\s+(?:hằng|hàng|của|mỗi|của\s+mỗi)\s+(?:tuần|tháng|quý|năm)(?!\w)(?!\s+\d)"
    r"|(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)\s*[,(]?\s*(?:vào|trước|chậm\s+nhất|xong)\s+(?:trước\s+|là\s+)?"
    r"(?:ngày\s+|sáng\s+|chiều\s+)?(?:thứ\s+\w+|\d{1,2})(?![\d/.-])"
)
_SCOPE = re.compile(
    r"(?:nhiệm\s+vụ|kết\s+quả|công\s+tác|kế\s+hoạch|hoạt\s+động|phương\s+hướng|số\s+liệu"
    r"|tình\s+hình|tin,?\s+bài|nội\s+dung|chỉ\s+tiêu|chương\s+trình|trọng\s+tâm"
    r"|phát\s+sinh|văn\s+bản|dự\s+toán|nghị\s+quyết|lịch|tồn\s+tại|hạn\s+chế|đã\s+\w+"
    r"|được\s+giao)(?:\s+(?!trong|trước)\w+){0,3}\s*$"
)
_RESULT_FIRST = re.compile(r"(?<!\w)(?:hoàn\s+thành|xong|trình|ban\s+hành|báo\s+cáo|gửi|nộp)(?!\w)")
_GENERAL = re.compile(
    r"\s*,\s*(?:(?:cần|phải)\s+)?(?:tiếp\s+tục|tập\s+trung|tăng\s+cường|đẩy\s+mạnh|duy\s+trì"
    r"|thực\s+hiện\s+tốt)"
)
_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|phục\s+vụ|chào\s+mừng|hướng\s+tới|góp\s+phần)(?!\w)")
_EVENT = re.compile(
    r"(?<!\w)chuẩn\s+bị(?!\w)[^.;]{0,160}?(?<!\w)(?:hội\s+nghị|đại\s+hội|lễ|kỳ\s+họp|ngày\s+hội"
    r"|cuộc\s+thi|hội\s+thi|phiên\s+họp|tuần\s+lễ|bầu\s+cử|hội\s+thảo|buổi|cuộc\s+họp"
    r"|sự\s+kiện)(?!\w)"
)
_DATA = re.compile(
    r"(?<!\w)(?:(?<!máy\s)tính|giai\s+đoạn|phát\s+sinh|tiếp\s+nhận|có\s+hiệu\s+lực"
    r"|nhiệm\s+kỳ)\s*(?:\w+\s+){0,2}$"
)
_AIM = re.compile(
    r"(?<!\w)(?:phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|quyết\s+tâm|cam\s+kết|yêu\s+cầu|mục\s+tiêu)(?:\s+\w+){0,3}\s*$"
)
"""Words that make «đến ngày … đạt …» an aim, not a figure reported."""
_DONE = re.compile(r"(?<!\w)(?:đăng\s+ký|đã|chưa|được|cơ\s+bản)\s+$")
_ITS_OWN = re.compile(
    r"(?<!\w)(?:có|đã|còn|quá|đúng|đến|đăng\s+ký)\s+(?:(?:thời\s+)?hạn\s+(?:hoàn\s+thành\s+|thực\s+hiện\s+)?|hoàn\s+thành\s+)$"
)
"""The deadline that other things have: «rà soát các nhiệm vụ có thời hạn hoàn thành trong năm 2025»."""
_OF_MEETING = re.compile(r"(?:kết\s+thúc|họp|hội\s+nghị)")
_OF_DOCUMENT = re.compile(r"(?:ban\s+hành|ký|thông\s+báo|kết\s+luận)")
_TARGET_YEAR = re.compile(r"đến\s+(?:năm|cuối\s+năm)")


@dataclass(frozen=True)
class Anchor:
    """The days that relative wordings count from, and the calendar of working days."""

    document_on: date | None = None
    meeting_on: date | None = None
    calendar: WorkingCalendar | None = None

    @property
    def since(self) -> date | None:
        """Return the day the text speaks from: the document's, else the meeting's."""
        return self.document_on or self.meeting_on


@dataclass(frozen=True)
class Due:
    """A due date as read (None where the words give no day), and the words it was read from."""

    on: date | None
    start: int
    end: int
    sure: Sure = Sure.HIGH


def find_due(page: Page, start: int, end: int, anchor: Anchor) -> Due | None:
    """Return the deadline of the clause page[start:end]: the last day it allows, else words without a day."""
    dated = [due for due in (*_by(page, start, end, anchor), *_within(page, start, end, anchor)) if due.on]
    counted = _counted(page, start, end, anchor)
    dated += [due for due in counted if due.on]
    dated += [] if dated else _sent_on(page, start, end, anchor)
    if dated:
        return max(dated, key=lambda due: (due.on or date.min, due.sure is Sure.HIGH))
    worded = counted or _worded(page, start, end)
    return worded[0] if worded else None


def find_past_due(page: Page, start: int, end: int, anchor: Anchor) -> Due | None:
    """Return the last deadline that the clause names outright but that was over before the text speaks, if any."""
    return max(_by(page, start, end, anchor, past=True), key=lambda due: due.on or date.min, default=None)


def _by(page: Page, start: int, end: int, anchor: Anchor, *, past: bool = False) -> list[Due]:
    """Return the deadlines that say so themselves: trước ngày, chậm nhất, xong trong, thời hạn; or those past."""
    found = []
    for match in _BY.finditer(page.plain, start, end):
        day = last_day(match, anchor.since)
        before = page.plain[max(start, match.start() - 40) : match.start()]
        owned = page.plain[max(start, match.start() - 14) : match.end("by")] + " "
        if (
            _ITS_OWN.search(before)
            or _ITS_OWN.search(owned)
            or (match["by"].startswith("hoàn") and _DONE.search(before))
        ):
            continue
        if match["by"].startswith(("đến", "hết", "trước")) and _is_data(page, match, before, end):
            continue
        if day and _is_past(day, anchor) is past:
            found.append(Due(day, match.start() + _verb_of(match), match.end("when")))
    return found


def _verb_of(match: re.Match[str]) -> int:
    """Return the length of «hoàn thành», «xong» before words that bound the time themselves."""
    verb = re.match(
        r"(?:(?:thời\s+gian\s+)?hoàn\s+thành|xong)\s*:?\s+(?=(?:trước|trong|chậm|muộn|vào)(?!\w))"
        r"|(?:thời\s+(?:hạn|gian)|hạn)[^:\d]{0,30}:\s*",
        match.group(0),
    )
    return verb.end() if verb else 0


def _is_data(page: Page, match: re.Match[str], before: str, end: int) -> bool:
    """Tell a cut-off of figures («tính đến ngày …») from a deadline; «từ ngày … đến ngày …» is one."""
    after = page.plain[match.end() : min(end, match.end() + 24)]
    if _AIM.search(before):
        return False
    if re.match(r"\s*(?:,?\s*(?:đã|đạt|có|còn|là)\b)", after):
        return True
    return bool(_DATA.search(before)) and not re.search(r"từ\s+ngày\s+[\d/.\s]+$", before)


def _within(page: Page, start: int, end: int, anchor: Anchor) -> list[Due]:
    """Return the deadlines in periods («trong tháng 9»), unless the period is a plan's, a purpose's or an event's."""
    found = []
    for match in _IN.finditer(page.plain, start, end):
        before = page.plain[max(start, match.start() - 400) : match.start()]
        day = last_day(match, anchor.since)
        if day and not _is_past(day, anchor) and _bounds_work(page, match, before, end):
            found.append(Due(day, match.start(), match.end(), Sure.MEDIUM))
    return found


def _sent_on(page: Page, start: int, end: int, anchor: Anchor) -> list[Due]:
    """Return the bare day on which something is to be handed in: «báo cáo Thường trực ngày 06/5»."""
    found = []
    for match in _SENT_ON.finditer(page.plain, start, end):
        day = last_day(match, anchor.since)
        if day and not _OTHERS_DAY.search(match["to"]) and not _is_past(day, anchor):
            found.append(Due(day, match.start("phrase"), match.end("phrase"), Sure.MEDIUM))
    return found


def _bounds_work(page: Page, match: re.Match[str], before: str, end: int) -> bool:
    after = page.plain[match.end() : min(end, match.end() + 12)].lstrip()
    clause = re.split(r"[.;:]\s", before)[-1]
    purpose = next(
        (m for m in _PURPOSE.finditer(clause) if page.text[match.start() - len(clause) + m.start()].islower()), None
    )
    if purpose and not re.search(r",\s*(?:\w+\s+)?(?:hoàn\s+thành|xong|báo\s+cáo|trình)", clause[purpose.end() :]):
        return False
    if _EVENT.search(clause) or _ITS_OWN.search(before[-60:]):
        return False
    if _SCOPE.search(before[-60:]) and not _RESULT_FIRST.search(clause):
        return False
    at_start = not clause.strip()
    closed = not after or after[0] in ".,;)!" or after.startswith(("và ", "phải ", "để ", "./"))
    if at_start:
        return after.startswith(",") and not _GENERAL.match(page.plain, match.end(), end)
    return closed


def _counted(page: Page, start: int, end: int, anchor: Anchor) -> list[Due]:
    """Return the deadlines counted in days or weeks; without a day where the text does not fix the first one."""
    found = []
    for match in _COUNT.finditer(page.plain, start, end):
        if match["from"] is None and _RUNNING.match(page.plain, match.end(), end):
            found.append(Due(None, match.start(), match.end(), Sure.LOW))
            continue
        since, sure = _first_day(match["from"], anchor)
        stop = match.end() if match["from"] is None else match.start("from") + len(match["from"].rstrip())
        found.append(Due(_add(since, match, anchor.calendar) if since else None, match.start(), stop, sure))
    return found


def _first_day(words: str | None, anchor: Anchor) -> tuple[date | None, Sure]:
    if words is None:
        return anchor.since, Sure.LOW
    if _OF_DOCUMENT.match(words):
        return anchor.since, Sure.MEDIUM
    if _OF_MEETING.match(words):
        return anchor.meeting_on, Sure.HIGH
    return None, Sure.LOW


def _add(day: date, match: re.Match[str], calendar: WorkingCalendar | None) -> date:
    count = int(match["n"]) if match["n"].isdecimal() else _COUNTED.index(match["n"]) + 1
    if match["unit"] == "tháng":
        month = day.month - 1 + count
        return min(end_of("tháng", date(day.year + month // 12, month % 12 + 1, 1)), _same_day(day, month))
    if not match["work"]:
        return day + timedelta(days=count * (7 if match["unit"] == "tuần" else 1))
    if calendar:
        return calendar.add_working_days(day, count)
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def _same_day(day: date, month: int) -> date:
    first = date(day.year + month // 12, month % 12 + 1, 1)
    return first + timedelta(days=day.day - 1)


def _worded(page: Page, start: int, end: int) -> list[Due]:
    """Return deadlines that only words give: a weekday of every week, «sau khi Đề án … được phê duyệt»."""
    matches = [pattern.search(page.plain, start, end) for pattern in (_REPEATED, _AFTER)]
    return [Due(None, match.start(), match.end(), Sure.MEDIUM) for match in matches if match]


def _is_past(day: date, anchor: Anchor) -> bool:
    """Say whether the day lies before the text speaks: then it dates a document or a result, not the work."""
    earliest = min((d for d in (anchor.document_on, anchor.meeting_on) if d), default=None)
    return earliest is not None and day < earliest
