"""What a sentence is: work given, a ruling, a report, a closing formula, or more words about the one before.

Over 300 lines: one question, with the wordings by which it is answered beside it.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from app.reading import lexicon
from app.reading.owners import bare_subject, directs_somebody, find_leads, skip_intro, speaks
from app.reading.roles import Role
from app.reading.sentences import split_sentences

if TYPE_CHECKING:
    from app.reading.page import Page


class Sort(Enum):
    """What a sentence is taken for."""

    TASK = auto()
    CONCLUSION = auto()
    INFORMATION = auto()
    MORE = auto()
    """It goes on about the sentence before."""
    NOTHING = auto()


CLOSING = re.compile(
    r"(?:(?:yêu\s+cầu|đề\s+nghị)\s+(?:các|thủ\s+trưởng|lãnh\s+đạo)\s[^.;]{0,120}?thực\s+hiện\s+(?:thật\s+)?(?:nghiêm\s+túc|nghiêm|tốt)"
    r"(?:\s+(?:các\s+)?(?:nội\s+dung|thông\s+báo|kết\s+luận)(?:\s+(?:này|trên|nêu\s+trên))?)?\s*(?:\./\.|\.)?\s*$|(?:nhân\s+)?dịp\s+này(?!\w)|văn\s+phòng\s[^.;:]{0,80}?(?:truyền\s+đạt|thông\s+báo)\s+ý\s+kiến|trên\s+đây\s+là|(?:thừa\s+lệnh|thừa\s+ủy\s+quyền)|(?:văn\s+phòng|ban\s+chỉ\s+đạo|ubnd"
    r"|ủy\s+ban"
    r"|đảng\s+ủy)[^.;]{0,200}?(?:xin\s+)?(?:trân\s+trọng\s+)?thông\s+báo[^.;]{0,120}?\b(?:biết"
    r"|thực\s+hiện)\b"
    r"|(?:xin\s+)?(?:trân\s+trọng\s+)?thông\s+báo\s+(?:để\s+|đến\s+)?[^.;]{0,160}?\b(?:biết"
    r"|thực\s+hiện)\b|(?:hội\s+nghị|cuộc\s+họp|buổi\s+họp|phiên\s+họp)[^.;]{0,60}?(?:kết\s+thúc"
    r"|bế\s+mạc)\b"
    r"|(?:buổi\s+làm\s+việc\s+)?kết\s+thúc\s+(?:vào\s+)?(?:hồi|lúc)|biên\s+bản\s+(?:này\s+|họp\s+"
    r"|được\s+)?[^.;]{0,60}?(?:lập|thông\s+qua|đọc)|thông\s+báo\s+này\s+(?:thay|có|được|phổ\s+biến|gửi)"
    r"|yêu\s+cầu[^.;]{0,120}?\b(?:nghiêm\s+túc\s+)?(?:triển\s+khai\s+)?thực\s+hiện\s+(?:nghiêm\s+túc\s+)?(?:các\s+nội\s+dung\s+)?(?:thông\s+báo"
    r"|kết\s+luận)\s+này"
    r"|(?:yêu\s+cầu|đề\s+nghị)\s+(?:các|thủ\s+trưởng|lãnh\s+đạo)\s[^.;]{0,160}?(?:nghiêm\s+túc|tổ\s+chức|triển\s+khai|khẩn\s+trương)"
    r"[^.;]{0,60}?thực\s+hiện(?:\s+(?:tốt|nghiêm))?(?:\s+(?:các\s+)?(?:nội\s+dung|thông\s+báo|kết\s+luận|nhiệm\s+vụ))?"
    r"(?:\s+(?:này|trên|nêu\s+trên))?\s*(?:\./\.|\.)?\s*$)"
)
END = re.compile(
    r"(?:nơi\s+nhận\b|(?:một\s+số|vài|những)\s+hình\s+ảnh|hình\s+ảnh\s+(?:hội\s+nghị|cuộc\s+họp"
    r"|tại|buổi)|ảnh\s*:|(?:tin|bài|tin,?\s*bài|nguồn|tác\s+giả|người\s+viết"
    r"|thực\s+hiện)(?:\s*(?:,|và|&|-)\s*ảnh)?\s*:"
    r"|tin\s+(?:liên\s+quan|khác|mới)|các\s+tin\s+(?:khác|liên)|bài\s+viết\s+(?:liên\s+quan|khác)"
    r"|(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)\s*\.?\s+(?:ubnd|ủy\s+ban|ban|chủ|bộ|chánh|trưởng|giám|thủ"
    r"|đảng|quận|huyện|thường)"
    r"|lưu\s*:\s*vt|(?:thư\s+ký|chủ\s+(?:tọa|trì))\s*(?:\(|$|(?:thư\s+ký|chủ\s+(?:tọa|trì))))"
)
_OPENING = re.compile(
    r"(?:^|.{0,300}?\b)(?:(?:đã\s+)?(?:tổ\s+chức|tiến\s+hành|diễn\s+ra|họp)\s+(?:cuộc\s+họp|họp"
    r"|hội\s+nghị|giao\s+ban|phiên|buổi)|(?:chủ\s+trì|chủ\s+tọa|chỉ\s+đạo)\s+(?:hội\s+nghị"
    r"|cuộc\s+họp|buổi|giao\s+ban|phiên|họp)"
    r"|(?:tham\s+dự|tham\s+gia|cùng\s+dự|dự\s+(?:họp|hội|cuộc|và|phiên|buổi|giao|có))|thành\s+phần"
    r"|có\s+mặt|khai\s+mạc)\b"
)
_OPENING_HEAD = re.compile(
    r"(?:(?:cùng\s+)?(?:tham\s+)?dự|tham\s+gia|thành\s+phần|chủ\s+trì|cùng\s+dự|có\s+mặt"
    r"|vắng\s+mặt|đại\s+biểu|căn\s+cứ|thực\s+hiện|sau\s+khi\s+nghe|trên\s+cơ\s+sở|kính\s+gửi"
    r"|thời\s+gian|địa\s+điểm|tại\s+(?:phiên\s+họp|cuộc\s+họp|hội\s+nghị|buổi\s+\w+(?:\s+\w+)?)\s+(?:ngày|sáng|chiều)"
    r"|hôm\s+nay,?\s+(?:vào\s+)?(?:hồi|lúc|ngày|tại)|(?:vào\s+)?(?:sáng|chiều|tối|trưa|hôm\s+nay|ngày|hồi"
    r"|lúc)\s[^,.;]{0,40}?\d{1,2}[/.-]\d{1,2}|(?:vào\s+)?ngày\s+\d{1,2}\s+tháng)\b"
)
_OPENING = re.compile(_OPENING.pattern, re.DOTALL)
_LABELLED = re.compile(r"(?:thời\s+gian|địa\s+điểm|chủ\s+(?:trì|tọa)|thư\s+ký|thành\s+phần|tham\s+dự|vắng)\s*[:(]")
_CONCLUDING = re.compile(
    r"(?:phát\s+biểu\s+)?(?:kết\s+luận|chỉ\s+đạo|bế\s+mạc)(?:\s+(?:tại|và|chỉ\s+đạo|bế\s+mạc"
    r"|hội\s+nghị|cuộc\s+họp|buổi\s+\w+|phiên\s+họp|giao\s+ban))*,?\s*(?=đồng\s+chí|đ/c|ông|bà"
    r"|chủ\s+tịch|bí\s+thư|phó|trưởng|thủ\s+tướng|bộ\s+trưởng)"
)
_TALK = re.compile(
    r"(?:tại\s+(?:hội\s+nghị|cuộc\s+họp|buổi\s+\w+(?:\s+\w+)?|phiên\s+họp),?\s+)?(?:(?:hội\s+nghị|cuộc\s+họp)\s+(?=(?:đã\s+)?có\s))?"
    r"(?:(?:đã\s+)?có\s+\d+\s+(?:lượt\s+)?ý\s+kiến|(?:các|một\s+số)\s+(?:đại\s+biểu"
    r"|đồng\s+chí\s+dự|ý\s+kiến)|(?:hội\s+nghị|cuộc\s+họp)\s+(?:đã\s+)?(?:tập\s+trung\s+|tiến\s+hành\s+|cùng\s+)?(?:thảo\s+luận|trao\s+đổi)"
    r"|(?:tại\s+\w+\s+\w+,?\s+)?(?:các\s+)?đại\s+biểu"
    r"|(?:qua|tiếp\s+thu)\s+(?:các\s+)?(?:\d+\s+)?ý\s+kiến|phát\s+biểu\s+tại"
    r"|(?:các|một\s+số)\s+(?:thành\s+viên|đồng\s+chí|đại\s+biểu)[^.;]{0,60}?(?:đã\s+)?(?:trao\s+đổi|thảo\s+luận|tham\s+gia\s+ý\s+kiến)"
    r"|(?:tại\s+[^,.;]{2,40},\s+)?(?:đại\s+diện|các\s+hộ|người\s+dân|cử\s+tri)[^.;]{0,80}?(?:kiến\s+nghị|đề\s+xuất|phản\s+ánh|cho\s+biết))"
)
_CHAIR_SAID = re.compile(
    r"(?:đồng\s+chí|đ/c|ông|bà|chủ\s+tịch|bí\s+thư|trưởng\s+ban|thủ\s+tướng|bộ\s+trưởng|chủ\s+tọa"
    r"|chủ\s+trì|thay\s+mặt|hội\s+nghị|ban\s+chỉ\s+đạo|thường\s+trực|kết\s+luận|phát\s+biểu)"
)
_SPOKEN = (
    r"(?:kết\s+luận|cho\s+ý\s+kiến|có\s+ý\s+kiến|ý\s+kiến\s+chỉ\s+đạo|(?<!ban\s)chỉ\s+đạo|nhấn\s+mạnh"
    r"|lưu\s+ý|yêu\s+cầu|đề\s+nghị|giao\s+nhiệm\s+vụ|thống\s+nhất|quán\s+triệt|phân\s+công"
    r"|quyết\s+định|phát\s+biểu)"
)
TRIGGER = re.compile(
    rf"(?<!\w){_SPOKEN}(?!\w)(?:(?!{_SPOKEN}(?!\w))[^.:;\n]){{0,240}}?(?:như\s+sau|sau\s+đây|sau"
    rf"|cụ\s+thể|nội\s+dung|nhiệm\s+vụ[^.:;\n]{{0,60}}|vấn\s+đề|công\s+việc|(?:thời\s+gian|tháng"
    rf"|năm)[^.:;\n]{{0,30}})\s*:"
    rf"|(?<!\w){_SPOKEN}(?:,\s*chỉ\s+đạo|\s+chỉ\s+đạo|\s+(?:hội\s+nghị|cuộc\s+họp))?\s*:"
)
_QUIET_TRIGGER = re.compile(
    r"(?:kết\s+luận|chỉ\s+đạo|cho\s+ý\s+kiến)(?!\w)[^.:;\n]{0,100}?(?:các|một\s+số"
    r"|những)\s+(?:nội\s+dung|vấn\s+đề|nhiệm\s+vụ)[^.:;\n]{0,60}\.?\s*$"
)
_ASSESSES = re.compile(
    r"(?:đánh\s+giá\s+(?:chung|tình\s+hình|kết\s+quả)|(?:về\s+)?kết\s+quả(?:\s+đạt\s+được)?|ưu\s+điểm"
    r"|(?:những\s+)?(?:tồn\s+tại|hạn\s+chế)(?:,?\s+(?:hạn\s+chế|tồn\s+tại))?|nguyên\s+nhân)\s*:\s"
)
_MORE = re.compile(
    r"(?:trong\s+đó|cụ\s+thể|lưu\s+ý|đặc\s+biệt\s+là|nhất\s+là|hoàn\s+thành|thời\s+gian|thời\s+hạn"
    r"|hạn\b|xong|chậm\s+nhất|muộn\s+nhất|trường\s+hợp|nếu|trong\s+quá\s+trình|quá\s+trình"
    r"|việc\s+này|nội\s+dung\s+này|các\s+nội\s+dung\s+(?:này|trên)"
    r"|kết\s+quả\s+(?:thực\s+hiện\s+)?(?:báo\s+cáo|gửi|phải)|báo\s+cáo[^.;]{0,110}?(?:trước"
    r"|chậm\s+nhất|trong|hằng|hàng|xong)\b|gửi[^.;]{0,80}?(?:trước|chậm\s+nhất|về)\b"
    r"|thực\s+hiện\s+(?:xong\s+)?(?:trước|trong)|đây\s+là|tuyệt\s+đối|không\s+để|tránh\b"
    r"|(?:đơn\s+vị|cơ\s+quan)\s+(?:chủ\s+trì|phối\s+hợp|thực\s+hiện)\s*:|phối\s+hợp\s*:"
    r"|chủ\s+trì\s*:|sản\s+phẩm\s*:|người\s+(?:phụ\s+trách|thực\s+hiện)\s*:|số\s+liệu"
    r"|thành\s+phần)"
)
_RULED = re.compile(rf"[^.;:]{{0,120}}?(?<!\w)(?:đã\s+)?{lexicon.RULING.pattern}")
_PRAISING = re.compile(
    r"[^.;:]{0,110}?(?<!\w)(?:ghi\s+nhận|biểu\s+dương|đánh\s+giá\s+cao|hoan\s+nghênh|khen\s+ngợi|cảm\s+ơn|chúc\s+mừng"
    r"|chia\s+sẻ|phê\s+bình)(?!\w)"
)
_PERSON = re.compile(r"(?:đồng\s+chí|đ/c|ông|bà)\s+(?=\w)")
_DATELINE = re.compile(r"\s*(?:\([^)\n]{2,20}\)|[^\W\d]{2,6})\s*-\s+")
_DIRECTS = re.compile(r"[^.,;:]{0,90}?(?<!\w)(?P<verb>yêu\s+cầu|giao\s|đề\s+nghị)")
_ORIENTS = re.compile(
    r"[^.;:]{0,80}?(?<!\w)(?:phải|cần)\s+(?:coi|xác\s+định|nhận\s+thức|lấy)\s[^.;]{2,120}?(?<!\w)(?:là|làm)(?!\w)"
)
_REPROVES = re.compile(
    r"(?:nghiêm\s+khắc\s+)?(?:phê\s+bình|nhắc\s+nhở)\s[^.;]{2,120}?(?<!\w)(?:còn|chưa|chậm|để|vì|do|đã|không)(?!\w)"
)
_QUOTED_RULE = re.compile(r"(?<!\w)nào(?!\w)[^.;]{3,140}(?<!\w)thì(?!\w)")
_STRIVES = re.compile(
    r"\s*(?:phường|xã|huyện|quận|tỉnh|thành\s+phố|toàn\s+\w+)\s+phấn\s+đấu|\s*phấn\s+đấu\s+(?:đến\s+)?(?:hết\s+)?năm\s"
)
"""What the whole place strives for: nobody is told to do anything."""
_STRESSES = re.compile(
    r"[^.;:]{0,90}?(?<!\w)(?:nhấn\s+mạnh|khẳng\s+định)(?!\w)[^.;]{2,160}?(?<!\w)là\s+(?:một\s+)?(?:trong\s+những\s+)?"
    r"(?:nhiệm\s+vụ|yêu\s+cầu|khâu|yếu\s+tố|trách\s+nhiệm|giải\s+pháp|nền\s+tảng|then\s+chốt|việc\s+làm)(?!\w)"
)
"""A speaker says how much something matters: nobody is told to do anything."""
_REPORTED = re.compile(
    r"(?:tại\s+(?:hội\s+nghị|cuộc\s+họp|phiên\s+họp|buổi\s+\w+(?:\s+\w+)?),?\s+)?[^.,;:]{0,60}(?:,\s+[^.,;:]{0,80})?(?<!\w)báo\s+cáo"
    r"(?:\s*:|\s+(?:tình\s+hình|kết\s+quả|tiến\s+độ)[^.;:]{0,160}?,\s+(?:đến\s+nay\s+)?đã\s)"
)
"""Somebody reported to the meeting: «… báo cáo: trong quý III …», «… báo cáo tiến độ …, đã xong 7 thôn»."""
_MUST_ACT = re.compile(rf"\b(?:cần|phải)\s+(?:\w+\s+){{0,3}}?(?:{lexicon.ACTIONS})(?!\w)")
_AGREED_TO = re.compile(r"\s*(?:(?:chủ\s+trương|về|việc|với)\s*)*:?\s*")


def opens_meeting(page: Page, start: int, end: int) -> bool:
    """Say whether the words tell that the meeting took place and who was there."""
    dateline = _DATELINE.match(page.plain, start, end)
    start = dateline.end() if dateline else start
    words = page.plain[start : min(end, start + 1500)]
    if _LABELLED.match(words):
        return True
    if lexicon.ACTION.match(words) and not re.match(
        r"tham\s+gia|chủ\s+trì(?!,?\s+phối)|thực\s+hiện|căn\s+cứ|chỉ\s+đạo", words
    ):
        return False
    return bool(_OPENING_HEAD.match(words) or _OPENING.match(words))


def find_trigger(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Return the words by which the chair's conclusions begin («… kết luận như sau:») when the block holds them."""
    for match in TRIGGER.finditer(page.plain, start, end):
        sentence = max(page.plain.rfind(". ", start, match.start()) + 1, start)
        spoken = _CHAIR_SAID.search(page.plain, sentence, match.end())
        talk = _TALK.match(page.plain[sentence : match.end()].strip())
        if spoken and (not talk or "kết luận" in page.plain[sentence : match.end()]):
            return match.start(), match.end()
    for a, b in split_sentences(page.text, start, end):
        if _CONCLUDING.match(page.plain, a, b):
            return a, a
        quiet = _QUIET_TRIGGER.search(page.plain, max(a, b - 400), b)
        if quiet and _CHAIR_SAID.search(page.plain, a, b):
            return a, b
    return None


def sort_sentence(page: Page, start: int, end: int, role: Role, *, first: bool) -> Sort:
    """Return what the sentence is taken for; `first` says that none stands before it in its block."""
    if CLOSING.match(page.plain, start, end):
        return Sort.NOTHING
    if role is Role.ASIDE:
        return Sort.NOTHING
    if role is Role.BEFORE:
        return _before(page, start, end)
    if role is Role.LOOSE and _tells(page, start, end) and not _orders(page, start, end):
        return Sort.NOTHING
    if role is Role.REPORT:
        return Sort.TASK if _explicit(page, start, end) else Sort.INFORMATION
    return _among_conclusions(page, start, end, role, first=first)


def _tells(page: Page, start: int, end: int) -> bool:
    """Say whether the words only tell that people met or talked."""
    return opens_meeting(page, start, end) or bool(_TALK.match(page.plain, start, min(end, start + 1500)))


def _before(page: Page, start: int, end: int) -> Sort:
    """Judge a sentence before the conclusions: opening and talk are nothing, a report is information."""
    words = page.plain[start : min(end, start + 1500)]
    if _chair_directs(page, start, end):
        return Sort.TASK
    if opens_meeting(page, start, end) or _TALK.match(words):
        return Sort.NOTHING
    if _explicit(page, start, end) and _CHAIR_SAID.search(words):
        return Sort.TASK
    return Sort.INFORMATION if lexicon.REPORT.search(words) else Sort.MORE


def _chair_directs(page: Page, start: int, end: int) -> bool:
    """Say whether who presides directs a unit already before the conclusions: «Bí thư yêu cầu các đơn vị …»."""
    pos = skip_intro(page, start, end)
    person = _PERSON.match(page.plain, pos, end)
    said = speaks(page, pos, end) or (person.end() if person else None)
    direct = _DIRECTS.match(page.plain, said, end) if said else None
    return bool(direct and directs_somebody(page, direct.start("verb"), end))


def _orders(page: Page, start: int, end: int) -> bool:
    """Say whether a sentence that opens like a report goes on to direct or to rule."""
    if _explicit(page, start, end) or _chair_directs(page, start, end):
        return True
    return _ruled(page, skip_intro(page, start, end), end)


def _explicit(page: Page, start: int, end: int) -> bool:
    """Say whether a verb that directs stands here with the unit it directs."""
    pos = skip_intro(page, start, end)
    return bool(lexicon.DIRECT.match(page.plain, pos, end)) and bool(find_leads(page, start, end))


def _among_conclusions(page: Page, start: int, end: int, role: Role, *, first: bool) -> Sort:
    pos = skip_intro(page, start, end)
    if not first and _MORE.match(page.plain, start, end) and not directs_somebody(page, start, end):
        return Sort.MORE
    told = _information_or_ruling(page, pos, start, end)
    if told:
        return told
    if directs_somebody(page, start, end) or find_leads(page, start, end):
        return Sort.TASK
    if role is Role.RULING:
        return Sort.CONCLUSION
    if role is Role.WORK and bare_subject(page, pos, end):
        return Sort.TASK
    return _without_owner(page, pos, start, end, first=first)


def _information_or_ruling(page: Page, pos: int, start: int, end: int) -> Sort | None:
    """Return what a sentence is whose words praise, reprove, assess or rule; None where they do not."""
    if _REPROVES.match(page.plain, start, end) or _REPORTED.match(page.plain, start, end):
        return Sort.INFORMATION
    ruled = _QUOTED_RULE.search(page.plain, start, min(end, start + 1500)) or _STRIVES.match(page.plain, start, end)
    ruled = ruled or _STRESSES.match(page.plain, start, end)
    told = lexicon.PRAISE.match(page.plain, start, end) or _ASSESSES.match(page.plain, start, end)
    if (ruled or told or _told(page, pos, end)) and not _explicit(page, start, end):
        return Sort.CONCLUSION if ruled else Sort.INFORMATION
    return Sort.CONCLUSION if rules(page, pos, end) else None


def _told(page: Page, start: int, end: int) -> bool:
    """Say whether a speaker praises, thanks or reproves: «Chủ tịch UBND tỉnh biểu dương …»."""
    named = speaks(page, start, end)
    return named is not None and bool(_PRAISING.match(page.plain, named, end))


def rules(page: Page, pos: int, end: int) -> bool:
    """Say whether the words decide, agree or set a course; «thống nhất giao Sở A …» gives work instead."""
    ruling = lexicon.RULING.match(page.plain, pos, end)
    if ruling:
        agreed = _AGREED_TO.match(page.plain, ruling.end(), end)
        direct = lexicon.DIRECT.match(page.plain, agreed.end() if agreed else ruling.end(), end)
        return not (direct and directs_somebody(page, direct.start(), end))
    orders = lexicon.ORIENTATION.match(page.plain, pos, end)
    return bool(orders) or _ruled(page, pos, end) or _abstract(page, pos, end)


def _ruled(page: Page, start: int, end: int) -> bool:
    """Say whether the sentence tells that the chair or the meeting agreed or decided."""
    named = speaks(page, start, end)
    if named is None:
        return False
    match = _RULED.match(page.plain, named, end)
    return bool(match) and not lexicon.DIRECT.search(page.plain, named, match.end() if match else named)


def _abstract(page: Page, start: int, end: int) -> bool:
    """Say whether the sentence orders how things must be, not what somebody must do."""
    if _ORIENTS.match(page.plain, start, end):
        return True
    return bool(lexicon.ABSTRACT_MUST.search(page.plain, start, min(end, start + 160))) and not directs_somebody(
        page, start, end
    )


def _without_owner(page: Page, pos: int, start: int, end: int, *, first: bool) -> Sort:
    modal = lexicon.MODAL.match(page.plain, pos, end)
    at = modal.end() if modal else pos
    if lexicon.ACTION.match(page.plain, at, end) or lexicon.DIRECT.match(page.plain, pos, end):
        return Sort.TASK
    if _MUST_ACT.search(page.plain, start, min(end, start + 1500)):
        return Sort.TASK if first else Sort.MORE
    if lexicon.REPORT.search(page.plain, start, min(end, start + 1500)):
        return Sort.INFORMATION if first else Sort.MORE
    return Sort.CONCLUSION if first else Sort.MORE
