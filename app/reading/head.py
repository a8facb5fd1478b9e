"""What a text says of the meeting: its title, day, chair and place, and where the head ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.reading.dates import ANY_DAY, FULL_DAY, day_of
from app.reading.model import Because, MeetingHead, Sure
from app.reading.people import HONOUR, person_in
from app.reading.sentences import trim

if TYPE_CHECKING:
    from app.reading.page import Page

_REACH = 6000
_LONG = 300
_POSTED = re.compile(
    r"(?:ngày\s+(?:đăng|đăng\s+tin|xuất\s+bản|cập\s+nhật|viết)|đăng\s+(?:ngày|lúc)"
    r"|cập\s+nhật(?:\s+(?:ngày|lúc))?)\s*:?\s*"
)
_STAMP = re.compile(
    r"(?:thứ\s+\w+"
    r"|chủ\s+nhật)?,?\s*(?:ngày\s+)?\d{1,2}/\d{1,2}/\d{4}\s*[|,-]?\s*(?:\d{1,2}[:h]\d{2})?.{0,40}$"
    r"|\d{1,2}[:h]\d{2}\s*[|,-]?\s*\d{1,2}/\d{1,2}/\d{4}.{0,40}$"
)
_PLACE_DATE = re.compile(
    r"(?:^"
    r"|[|\s])[^\W\d_][^\n,|]{1,40},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})[\s*|]*$"
)
_TYPE = re.compile(r"[\s*]*(THÔNG BÁO|BIÊN BẢN|KẾT LUẬN|THÔNG TIN|BÁO CÁO|CÔNG VĂN|GIẤY MỜI|BIÊN BẢN HỌP)\b([^\n]*)")
_LETTERHEAD = re.compile(
    r"cộng\s+hòa\s+xã\s+hội|độc\s+lập\s*-\s*tự\s+do|đảng\s+cộng\s+sản|số\s*:|số\s+\d+"
    r"|(?:ủy\s+ban\s+nhân\s+dân|ubnd|văn\s+phòng|ban\s+chỉ\s+đạo|đảng\s+bộ|đảng\s+ủy|quận\s+ủy|sở"
    r"|bộ)\s[^.:;]{0,80}$|\W*$|kính\s+gửi|v/v\b|hỏa\s+tốc|khẩn\b|thượng\s+khẩn"
)
_OPENS = re.compile(
    r"(?:(?:vào\s+)?(?:lúc|hồi)|(?:sáng|chiều|tối|trưa|hôm|ngày|vừa\s+qua)\s|\d{1,2}\s*(?:h|g|giờ)"
    r"|thực\s+hiện|căn\s+cứ|tại\s|thời\s+gian|i+\s*[.)]|\d\s*[.)]|sau\s+khi|trong\s+(?:2|hai"
    r"|\d+)\s+ngày|địa\s+điểm|thành\s+phần|dưới\s+sự|từ\s+ngày|chủ\s+(?:trì|tọa)\s*:)"
)
_MEETS = re.compile(r"(?:họp|hội\s+nghị|giao\s+ban|làm\s+việc|phiên|buổi|chủ\s+trì|tổ\s+chức|kiểm\s+tra|thời\s+gian)")
_NO_MEETING_DAY = re.compile(
    r"(?:số\s+\S+\s+|từ\s+|đến\s+|trước\s+|nhất\s+|hạn[\s:]+|hết\s+|xong\s+|tính\s+"
    r"|quyết\s+định\s[^.,;]{0,60}|kế\s+hoạch\s[^.,;]{0,60}|công\s+văn\s[^.,;]{0,60}"
    r"|thông\s+báo\s[^.,;]{0,60}|nghị\s+quyết\s[^.,;]{0,60}|giấy\s+mời\s[^.,;]{0,60})(?:ngày\s+)?$"
)
_SENTENCE_ENDS = (". ", ".\n", "\n\n", ":\n")
_CHAIRED = (
    re.compile(
        rf"[Cc]hủ (?:trì|tọa|toạ)(?:[^\n:.;]{{0,60}})?:\s*(?:-\s*)?(?:(?:Ông"
        rf"|Bà)(?:\s*\(\s*[Bb]à\s*\))?\s*:?\s*|{HONOUR}\s*:?\s*)?(?P<who>[^\n]{{4,160}})"
    ),
    re.compile(
        rf"(?:[Dd]ự\s+và\s+)?(?:chủ trì|chỉ đạo|Chủ trì|Chỉ đạo)(?:\s+(?:và\s+)?(?:cuộc họp|hội nghị"
        rf"|buổi họp|buổi làm việc|giao ban|phiên họp|kết luận|họp))*\s+(?:có|là|gồm"
        rf"|:)\s*(?:các\s+)?{HONOUR}?\s*:?\s*(?P<who>[^\n]{{4,160}})"
    ),
    re.compile(r"(?:sự|quyền)\s+(?:chủ trì|điều hành|chỉ đạo)\s+của\s+(?P<who>[^\n]{4,160})"),
    re.compile(rf"\bdo\s+{HONOUR}\s+(?P<who>[^\n]{{4,120}}?)\s*(?:làm\s+)?(?:chủ trì|chủ tọa)"),
)
_BEFORE_CHAIRS = re.compile(r"(?<!\w)(?:đồng\s+)?chủ\s+(?:trì|tọa)(?!\s*[,:])(?!\w)")
_YEAR = re.compile(r"(?<!\w)(?:năm\s+|tháng\s+\d{1,2}\s?[/.-]\s?)(20\d\d)(?!\d)")
_RULES = re.compile(r"(?:kết\s+luận|chỉ\s+đạo|giao\s+nhiệm\s+vụ)[^.:\n]{0,60}(?:sau|sau\s+đây)?\s*:")
"""Where the conclusions begin: days behind it are not the meeting's."""
_OF_OFFICE = re.compile(r"(?:đồng\s+chí|đ/c|ông|bà|chủ\s+tịch|bí\s+thư|trưởng|thủ\s+tướng|giám\s+đốc)\s[^\n]*$")
_HELD = re.compile(r"(?<!\w)(?:họp|giao\s+ban|hội\s+nghị|làm\s+việc|phiên)(?!\w)")
_VISITS = re.compile(
    r"(?<!\w)(?:đã\s+)?(?:(?:đi|đến|có\s+buổi)\s+)?(?:kiểm\s+tra|làm\s+việc|khảo\s+sát|thị\s+sát)(?!\w)"
)
_CONCLUDES = re.compile(r"(?:kết\s+luận|chỉ\s+đạo|phát\s+biểu)")
_AT = re.compile(r"(?<!\w)tại\s+")
_PLACE = re.compile(
    r"(?:phòng\s+họp|phòng\s+(?:số\s+)?\w+|ph\s|hội\s+trường|trụ\s+sở|nhà\s+văn\s+hóa|trung\s+tâm"
    r"|ubnd|ủy\s+ban|văn\s+phòng|điểm\s+cầu|đầu\s+cầu|thành\s+phố|tp|hà\s+nội|quận|huyện|phường|xã"
    r"|sở|bộ|cơ\s+quan|tỉnh|khách\s+sạn|trường|nhà|tầng|số)"
)
_PLACE_END = re.compile(
    r"[,.;:\n(]|\s(?:đã|do|dưới|đồng\s+chí|ban\s+(?:chỉ|biên|cntt|công|thường)|để|với"
    r"|và\s+trực\s+tuyến|kết\s+hợp|về|theo|diễn|tổ\s+chức|tiến\s+hành|chủ\s+trì|nhằm|-\s(?!ubnd|hđnd|ủy\s+ban))"
)
_LABELLED_PLACE = re.compile(r"(?:^|\n|\W)địa\s+điểm(?:\s+họp)?\s*:\s*(?:tại\s+)?(?P<place>[^\n;]{3,160})")


@dataclass(frozen=True)
class Head:
    """The meeting, the day of the document where it says one, and the offset at which the body begins."""

    meeting: MeetingHead
    document_on: date | None
    body: int


def read_head(page: Page) -> Head:
    """Return the head of a page; every field is None where the text does not say it."""
    title, body, document_on = _title(page)
    near = document_on or _only_year(page, body)
    because: dict[str, Because] = {}
    if title:
        because["title"] = Because(page.words(*title), *title)
    day = _meeting_day(page, body, near)
    chair = _chair(page, body)
    place = _location(page, body)
    for name, span in (("date", day[1:] if day else None), ("chair", chair), ("location", place)):
        if span:
            because[name] = Because(page.words(*span), *span, Sure.HIGH if name != "location" else Sure.MEDIUM)
    meeting = MeetingHead(
        title=page.words(*title) if title else None,
        date=day[0] if day else None,
        chair=page.words(*chair) if chair else None,
        location=page.words(*place) if place else None,
        because=because,
    )
    return Head(meeting, document_on, body)


def _heads(page: Page) -> list[tuple[int, int]]:
    """Return the first lines that hold words, as offsets."""
    lines, begin = [], 0
    for line in page.text[:_REACH].split("\n"):
        span = trim(page.text, begin, begin + len(line))
        begin += len(line) + 1
        if span[0] < span[1]:
            lines.append(span)
    return lines[:40]


def _title(page: Page) -> tuple[tuple[int, int] | None, int, date | None]:
    """Return the title's offsets, where the body begins, and the document's day."""
    lines = _heads(page)
    posted = next(
        (i for i, (a, b) in enumerate(lines[:12]) if _POSTED.match(page.plain, a, b) or _STAMP.match(page.plain, a, b)),
        None,
    )
    if posted is not None:
        match = FULL_DAY.search(page.plain, *lines[posted])
        title = (
            lines[posted - 1]
            if posted
            else (lines[1] if len(lines) > 1 and not _OPENS.match(page.plain, *lines[1]) else None)
        )
        body = lines[posted][1] if posted else (title or lines[0])[1]
        return title, body, day_of(match) if match else None
    document_on = next((made for made in (_placed_day(page, span) for span in lines[:25]) if made), None)
    kind = next((i for i, (a, b) in enumerate(lines[:25]) if _TYPE.fullmatch(page.text, a, b)), None)
    if kind is not None:
        return (*_below_type(page, lines, kind), document_on)
    return (*_plain_title(page, lines), document_on)


def _placed_day(page: Page, span: tuple[int, int]) -> date | None:
    match = _PLACE_DATE.search(page.plain[span[0] : span[1]])
    found = FULL_DAY.search(match.group(0)) if match else None
    return day_of(found) if found else None


def _below_type(page: Page, lines: list[tuple[int, int]], kind: int) -> tuple[tuple[int, int] | None, int]:
    """Return the subject that stands under THÔNG BÁO or BIÊN BẢN, or beside it on its line."""
    first = lines[kind]
    beside = _TYPE.fullmatch(page.text, *first)
    taken: list[tuple[int, int]] = []
    for a, b in lines[kind + 1 : kind + 8]:
        if (
            (_OPENS.match(page.plain, a, b) and not (taken and page.text[a].islower()))
            or re.fullmatch(r"[\W_]+", page.text[a:b])
            or _SENTENCE.search(page.text[a:b])
        ):
            break
        if taken and page.text[taken[-1][1] : a].count("\n") > 1:
            break
        taken.append((a, b))
    if beside and not re.fullmatch(r"[\s*]*(?:KẾT LUẬN|CUỘC HỌP|HỌP|HỘI NGHỊ)?[\s*:]*", beside.group(2)):
        return (first[0], taken[-1][1] if taken else first[1]), (taken or [first])[-1][1]
    return ((taken[0][0], taken[-1][1]) if taken else None), (taken or [first])[-1][1]


_SENTENCE = re.compile(r"[.;:]$")


def _plain_title(page: Page, lines: list[tuple[int, int]]) -> tuple[tuple[int, int] | None, int]:
    """Return the last short line before the prose begins, where no form of document shows the title."""
    title = None
    if len(lines) > 1 and _headline(page, lines[0], lines[1]):
        return lines[0], lines[0][1]
    for a, b in lines[:8]:
        if _LETTERHEAD.match(page.plain, a, b) and not _MEETS.search(page.plain, a, b):
            continue
        if (
            _OPENS.match(page.plain, a, b)
            or b - a > _LONG
            or _SENTENCE.search(page.text[a:b])
            or page.text[a] in "-–+•*"
        ):
            break
        title = (a, b)
    return title, title[1] if title else 0


def _only_year(page: Page, body: int) -> date | None:
    """Return the end of the one year that the text speaks of, where it is dated nowhere else."""
    years = set(_YEAR.findall(page.plain, body, min(len(page.plain), body + _REACH)))
    return date(int(years.pop()), 12, 31) if len(years) == 1 else None


def _headline(page: Page, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Say whether the first line is a news item's headline, though it ends with a full stop."""
    parted = page.text[first[1] : second[0]].count("\n") > 1
    tells = _OPENS.match(page.plain, *second) and _MEETS.search(page.plain, *second)
    short = first[1] - first[0] < _LONG // 2 and not _OPENS.match(page.plain, *first)
    return bool(parted and tells and short and page.text[first[1] - 1] == ".")


def _meeting_day(page: Page, body: int, document_on: date | None) -> tuple[date, int, int] | None:
    """Return the day of the meeting: the first day in a sentence that speaks of meeting."""
    ruled = _RULES.search(page.plain, body)
    stop = min(len(page.plain), body + _REACH, ruled.end() if ruled else body + _REACH)
    for match in ANY_DAY.finditer(page.plain, body, stop):
        before = page.plain[max(body, match.start() - 90) : match.start()].rsplit("\n", 1)[-1]
        line = page.plain[max(body, match.start() - 200) : match.end() + 260]
        day = day_of(match, document_on)
        dated = re.search(r"(?:ngày|sáng|chiều|tối|nay)[\s,(]*(?:thứ\s+\w+,?\s*)?(?:ngày\s+)?$", before)
        if day and dated and _MEETS.search(line) and not _NO_MEETING_DAY.search(before):
            return day, match.start(), match.end()
    titled = next(
        (
            m
            for m in ANY_DAY.finditer(page.plain, 0, body)
            if _HELD.search(page.plain, max(0, m.start() - 160), m.start())
        ),
        None,
    )
    day = day_of(titled, document_on) if titled else None
    if not titled or not day or _placed_day(page, _line(page, titled.start())):
        return None
    held = re.search(r"ngày\s+$", page.plain[max(0, titled.start() - 8) : titled.start()])
    return (day, titled.start(), titled.end()) if held else None


def _line(page: Page, pos: int) -> tuple[int, int]:
    end = page.text.find("\n", pos)
    return page.text.rfind("\n", 0, pos) + 1, end if end >= 0 else len(page.text)


def _chair(page: Page, body: int) -> tuple[int, int] | None:
    """Return who chaired: the person named beside «chủ trì», else beside «kết luận»."""
    stop = min(len(page.text), body + _REACH)
    candidates = []
    for pattern in _CHAIRED:
        match = pattern.search(page.text, body, stop)
        person = person_in(page, match.start("who"), match.end("who")) if match else None
        if match and person:
            candidates.append((match.start(), person))
    for pattern in (_BEFORE_CHAIRS, _CONCLUDES):
        for match in pattern.finditer(page.plain, body, stop):
            ends = (page.plain.rfind(end, body, match.start()) + 1 for end in _SENTENCE_ENDS)
            begin = max(body, match.start() - 260, *ends)
            person = person_in(page, begin, match.start())
            if person:
                candidates.append((match.start(), person))
                break
        if candidates:
            break
    if candidates:
        return min(candidates)[1]
    visit = _VISITS.search(page.plain, body, min(stop, body + _LONG * 3))
    if visit and person_in(page, body, visit.start()):
        return person_in(page, body, visit.start())
    named = person_in(page, 0, body) if _CONCLUDES.search(page.plain, 0, body) else None
    return named if named and _OF_OFFICE.search(page.plain, max(0, named[0] - 160), named[0]) else None


def _location(page: Page, body: int) -> tuple[int, int] | None:
    """Return where the meeting was held: «Địa điểm: …», or «tại …» in the opening sentence."""
    stop = min(len(page.text), body + _REACH)
    labelled = _LABELLED_PLACE.search(page.plain, body, stop)
    if labelled:
        a, b = trim(page.text, *labelled.span("place"))
        return a, b - (page.text[b - 1] in ".,;")
    for match in _AT.finditer(page.plain, body, min(stop, body + 700)):
        line = page.plain[max(body, match.start() - 200) : match.end() + 200]
        if (
            _PLACE.match(page.plain, match.end(), stop)
            and _MEETS.search(line)
            and re.search(r"(?:ngày|sáng|chiều|thời\s+gian|hôm\s+nay|\d/\d)", line)
        ):
            end = _PLACE_END.search(page.plain, match.end(), min(stop, match.end() + 140))
            return trim(page.text, match.end(), end.start() if end else match.end())
    return None
