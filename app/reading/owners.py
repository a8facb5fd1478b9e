"""Who leads a clause and who helps: read from the verb that directs, the subject, or a label before a colon.

Over 300 lines: one question, with the wordings by which it is answered beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading import lexicon
from app.reading.lists import read_list
from app.reading.units import Phrase, read_phrase

if TYPE_CHECKING:
    from app.reading.page import Page

_MANY = 6
_BARE = {"đơn vị", "cơ quan", "bộ phận", "thường trực", "thành viên", "chủ tịch", "ngành", "địa phương"}
"""Nouns that name nobody when they stand alone."""
_INTRO = re.compile(
    r"(?:(?:đồng\s+thời|ngoài\s+ra|bên\s+cạnh\s+đó|trước\s+mắt|tiếp\s+theo|cùng\s+với\s+đó"
    r"|theo\s+đó|do\s+đó|vì\s+vậy|do\s+vậy|riêng|trong\s+đó|cụ\s+thể|và(?!\w)|tiếp\s+đó"
    r"|mặt\s+khác)\s*[,:]?\s*"
    r"|(?:trong\s+)?thời\s+gian\s+(?:tới|tiếp\s+theo)\s*,?\s*|(?:từ\s+nay|trong\s+(?:tháng|quý|năm"
    r"|tuần)|đến|trước|hằng|hàng|định\s+kỳ|vào|đúng)(?!\w)[^,.;:]{0,60},\s*"
    r"|(?:trên\s+cơ\s+sở|căn\s+cứ|sau\s+khi|ngay\s+sau|để|nhằm|với|tại|theo|qua|từ|nếu"
    r"|trường\s+hợp)(?!\w)[^.;:,]{1,220},\s*(?:[^.;:,]{1,80},\s*(?=(?:đề|yêu|giao|thống)\s))?"
    r"|(?:đối\s+với|về)\s+(?:công\s+tác|việc|nội\s+dung|nhiệm\s+vụ|lĩnh\s+vực|vấn\s+đề|(?:các\s+)?(?:tồn\s+tại|kiến\s+nghị|dự\s+án)"
    r"|chỉ\s+tiêu|tiến\s+độ|gói\s+thầu)(?!\w)[^.;:,]{0,160},\s*"
    r"|(?:phát\s+biểu\s+)?(?:kết\s+luận|chỉ\s+đạo|bế\s+mạc)(?:\s+(?:tại|và|chỉ\s+đạo|bế\s+mạc"
    r"|hội\s+nghị|cuộc\s+họp|buổi\s+\w+|phiên\s+họp|giao\s+ban))*(?:,\s*|\s+(?=đồng\s+chí|đ/c)))+"
)
_LABEL = re.compile(
    r"(?:(?:về|đối\s+với|liên\s+quan|riêng|công\s+tác|việc|nội\s+dung|nhiệm\s+vụ"
    r"|phần)(?!\w))[^.:;\n]{0,240}:\s*"
)
_FOR = re.compile(r"(?:đối\s+với|riêng(?:\s+đối\s+với)?|về\s+phía|phía|với)\s+")
_FOR_UNITS = re.compile(r"(?:đối\s+với|riêng(?:\s+đối\s+với)?|về\s+phía|phía)\s+")
_COMMA = re.compile(r"\s*,\s*")
_SAID = re.compile(r"[^.,;:]{0,80}?(?<!\w)(?:đề\s+nghị|yêu\s+cầu|lưu\s+ý|chỉ\s+đạo|giao|nhấn\s+mạnh)\s+")
_NOMINAL = re.compile(
    r"(?:được|đã|theo|những|các|ý\s+kiến|sự|do|của|chỉ\s+tiêu|nhiệm\s+vụ|công\s+tác|nội\s+dung"
    r"|văn\s+bản|tờ\s+trình|công\s+văn|phiếu|đáp\s+ứng|lời|kết\s+luận|có|việc|thông\s+tin|số)\s+$"
)
_TO = re.compile(
    r"\s*:?\s*(?:(?:tiếp\s+)?(?:nhiệm\s+vụ|trách\s+nhiệm|việc)\s+(?:này\s+)?)?(?:cho\s+"
    r"|đối\s+với\s+|tới\s+|đến\s+)?"
)
_WORK = re.compile(
    rf"[\s,]*(?:(?:định\s+kỳ\s+)?(?:mỗi|hằng|hàng|từng)\s+(?:tuần|tháng|quý|năm"
    rf"|ngày)\s*,?\s*)?(?:(?:trên\s+cơ\s+sở|căn\s+cứ|theo|sau|từ|trong|trước|ngay|định\s+kỳ|hằng"
    rf"|hàng|tại|với|là)(?!\w)[^.;:]{{1,160}}?,\s*)?"
    rf"(?:(?:cần|phải|nên|sẽ|sớm|hãy|cùng|trực\s+tiếp|(?:tuyệt\s+đối\s+)?không\s+(?:được|để)|có|là\s+đầu\s+mối"
    rf"|làm\s+đầu\s+mối)\s+)*(?:(?:{lexicon.ACTIONS})(?!\w)|có\s+(?:trách|giải|biện|kế|phương|văn)"
    rf"|cần(?!\w)|phải(?!\w)"
    r"|(?:chưa|còn|được|đã|có)\s[^.;:]{3,150}?(?<!\w)(?:phải|cần|khẩn\s+trương|có\s+trách\s+nhiệm)\s)"
)
_COLON = re.compile(r"\s*(?:\([^)\n]{1,80}\)\s*)?:")
_DO = re.compile(r"(?<!\w)do\s+")
_DO_WORK = re.compile(
    r"\s*(?:chủ\s+trì|làm\s+đầu\s+mối|thực\s+hiện|phụ\s+trách|chịu\s+trách\s+nhiệm|đảm\s+nhiệm"
    r"|tham\s+mưu)(?!\w)"
)
NAMED_LEAD = re.compile(
    r"(?<!\w)(?:(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|người)\s+(?:chủ\s+trì|thực\s+hiện"
    r"|chịu\s+trách\s+nhiệm|phụ\s+trách)|chủ\s+trì|phân\s+công|người\s+phụ\s+trách"
    r"|trách\s+nhiệm(?:\s+thực\s+hiện)?)\s*:\s*"
)
_IN_BRACKETS = re.compile(r"\((?=[^()\n]{4,120}\)\s*[.;]?\s*$)")
_SPEAKER = re.compile(
    r"(?:thay\s+mặt[^,.]{2,80},\s*)?(?:đồng\s+chí\s+|đ/c\s+|ông\s+|bà\s+)?(?:phó\s+"
    r"|quyền\s+)?(?:chủ\s+tịch|bí\s+thư|trưởng\s+ban|thủ\s+tướng|bộ\s+trưởng|thứ\s+trưởng"
    r"|chủ\s+tọa|chủ\s+trì|giám\s+đốc|ban\s+chỉ\s+đạo|hội\s+nghị"
    r"|cuộc\s+họp|thường\s+trực|ban\s+thường\s+vụ|lãnh\s+đạo|người\s+chủ\s+trì|ubnd|ủy\s+ban\s+nhân\s+dân)(?!\w)"
)
_WITH = re.compile(
    r"(?<!\w)(?:phối\s+hợp(?:\s+(?:chặt\s+chẽ|đồng\s+bộ|tốt|hiệu\s+quả|kịp\s+thời"
    r"|thường\s+xuyên))*(?:\s+(?:cùng\s+với|cùng|với)\s*:?\s*|\s*:\s*)"
    r"|chủ\s+trì,?\s+(?:cùng(?:\s+với)?|với)\s+"
    r"|(?:sự\s+)?(?:phối\s+hợp|tham\s+gia)(?:\s+chặt\s+chẽ)?\s+(?:của|giữa)\s+|(?:đơn\s+vị"
    r"|cơ\s+quan)\s+phối\s+hợp\s*:\s*)"
)
_BESIDE = re.compile(
    r"\s*,?\s*(?:(?:là|làm)\s+(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:đầu\s+mối|thường\s+trực|chủ\s+trì)\s*,?\s*)?(?:cùng(?:\s+với)?|cùng\s+phối\s+hợp\s+với)\s+"
)
_WITH_BARE = re.compile(r"(?<!\w)phối\s+hợp\s+(?=\S)")
_OFFICE_ALONE = re.compile(
    r"(?:(?:các|đồng\s+chí)\s+)*(?:phó\s+)?(?:bộ\s+trưởng|thứ\s+trưởng|thủ\s+trưởng|chủ\s+tịch|bí\s+thư|giám\s+đốc|người\s+đứng\s+đầu"
    r"|trưởng)(?:\s+(?:ubnd|ủy\s+ban|các|cơ\s+quan|đơn\s+vị|sở|ban|ngành|tỉnh|huyện|xã|phường|quận|thành|đảng|tỉnh\s+ủy).*)?$"
)
"""Holders of an office, of whom there are many: they are told together."""
_NEXT_WORD = re.compile(r"\s+([^\W\d]+)")
_TELLING = (
    "là đã đang được bị có còn chưa không vẫn đạt chiếm gồm của và về tại trong ở thuộc với cho nhằm để khi nếu do vì"
    " theo như thì mà cũng từ đến trên qua luôn đều vừa mới nêu này đó bằng hoặc hay trước sau ngoài giữa nơi"
)
_NO_WORK = frozenset(_TELLING.split())
"""Words behind a unit's name that tell of it, or go on with it, and give it nothing to do."""
_AS_HELPER = re.compile(r"\s*\(\s*phối\s+hợp\s*\)")
_HELP = re.compile(r"\s*(?:cùng\s+)?phối\s+hợp")
_BRACKET_END = re.compile(
    r"\s*(?:,?\s*(?:chủ\s+trì|thực\s+hiện|tham\s+mưu|phụ\s+trách|chịu\s+trách\s+nhiệm|đầu\s+mối|phối\s+hợp[^),;]*))?"
    r"\s*(?:[,;-]?\s*(?:hoàn\s+thành|xong|trước|trong|chậm|thời\s+hạn|hạn|hằng|hàng|định\s+kỳ|phối\s+hợp)[^)]*)?\s*\)"
)
_CHAIR_COMMA = re.compile(r"(?<!\w)chủ\s+trì\s*[,;]\s*(?!phối)")


def skip_intro(page: Page, start: int, end: int) -> int:
    """Return where the clause proper begins, behind «Đồng thời,», «Để …,», «Về việc …:»."""
    pos = start
    for _ in range(3):
        match = _LABEL.match(page.plain, pos, end) or _INTRO.match(page.plain, pos, end)
        if not match or match.end() >= end:
            return pos
        pos = match.end()
    return pos


def find_leads(page: Page, start: int, end: int) -> list[Phrase]:
    """Return who is told to do the clause, as named in it; several where it names several units one by one."""
    pos = skip_intro(page, start, end)
    tries = (_named_after_label, _before_colon, _about, _directed, _subject, _doing, _bracketed)
    for attempt in tries:
        found = attempt(page, pos if attempt in {_directed, _subject} else start, end)
        if found:
            return one_by_one(page, [each for each in found if not _helps(page, each)] or found)
    return []


def find_coordinating(page: Page, start: int, end: int, leads: list[Phrase]) -> list[Phrase]:
    """Return the units named as helping, without those who lead and without «các đơn vị liên quan»."""
    found: list[Phrase] = []
    for match in _WITH.finditer(page.plain, start, end):
        found += read_list(page, match.end(), end, loose=True)
    for match in _WITH_BARE.finditer(page.plain, start, end):
        if page.text[match.end()].isupper() or page.plain.startswith("các ", match.end()):
            found += read_list(page, match.end(), end)
    for lead in leads:
        beside = _BESIDE.match(page.plain, lead.end, end) if start <= lead.end <= end else None
        found += read_list(page, beside.end(), end) if beside else []
    found += [each for each in read_list(page, skip_intro(page, start, end), end) if _helps(page, each)]
    comma = _CHAIR_COMMA.search(page.plain, start, end)
    if comma:
        helpers = read_list(page, comma.end(), end)
        after = helpers[-1].next if helpers else end
        found += helpers if _HELP.match(page.plain, after, end) else []
    seen = {lead.name.lower() for lead in leads}
    kept = []
    for phrase in found:
        if not phrase.unnamed and phrase.name.lower() not in seen:
            seen.add(phrase.name.lower())
            kept.append(phrase)
    return kept


def heading_owner(page: Page, start: int, end: int) -> Phrase | None:
    """Return the unit a heading gives its clauses to: «2. Sở Tài chính», «Giao Văn phòng …:», else None."""
    pos = skip_intro(page, start, end)
    about = _FOR.match(page.plain, start, end)
    for at in (start, about.end() if about else start, pos):
        phrase = read_phrase(page, at, end)
        if phrase and re.fullmatch(r"\s*(?:\([^)]*\))?\s*[:.;]*\s*", page.text[phrase.next : end]):
            return phrase
    leads = _directed(page, pos, end)
    if not leads and not _SPEAKER.match(page.plain, pos, end):
        leads = _subject(page, pos, end)
    return one_by_one(page, leads)[0] if leads else None


def directs_somebody(page: Page, start: int, end: int) -> bool:
    """Say whether page[start:end] begins with a verb that directs a named unit or with a unit that is to work."""
    pos = skip_intro(page, start, end)
    return bool(_opening_direct(page, pos, end) or _subject(page, pos, end) or _before_colon(page, start, end))


def speaks(page: Page, start: int, end: int) -> int | None:
    """Return where the speaker's name ends when the sentence begins with the chair or the body that met."""
    match = _SPEAKER.match(page.plain, start, end)
    return match.end() if match else None


def _helps(page: Page, phrase: Phrase) -> bool:
    """Say whether the words behind a unit call it a helper: «Sở Tài chính (phối hợp)»."""
    return bool(_AS_HELPER.match(page.plain, phrase.end))


def one_by_one(page: Page, found: list[Phrase]) -> list[Phrase]:
    """Return the units that each get the clause; a run of groups, or a long list, stays one as written."""
    named = [phrase for phrase in found if not phrase.unnamed]
    if found[0].unnamed and len(named) < len(found) and all(_is_group(phrase) for phrase in named):
        return [_whole(page, found)]
    if len(found) > 1 and all(_OFFICE_ALONE.match(phrase.name.lower()) for phrase in found):
        return [_whole(page, found)]
    if re.match(r"(?:các|những|toàn thể)\s", found[0].name.lower()) and all(p.name[1:].islower() for p in found):
        return [_whole(page, named or found)]
    single = [phrase for phrase in named if not re.match(r"(?:các|những|toàn|từng|mỗi|một số)\s", phrase.name.lower())]
    if len(found) == 1 or not named:
        return [_whole(page, found)]
    if single and len(named) <= _MANY:
        return named
    return [_whole(page, named)]


def _is_group(phrase: Phrase) -> bool:
    return bool(re.search(r"(?<!\w)(?:các|những|mỗi|từng|\d+)\s", phrase.name.lower()))


def _whole(page: Page, phrases: list[Phrase]) -> Phrase:
    first, last = phrases[0], phrases[-1]
    if len(phrases) == 1:
        return first
    return Phrase(first.start, last.end, page.words(first.start, last.end), last.next)


def _named_after_label(page: Page, start: int, end: int) -> list[Phrase]:
    match = NAMED_LEAD.search(page.plain, start, end)
    return read_list(page, match.end(), end)[:1] if match else []


def _before_colon(page: Page, start: int, end: int) -> list[Phrase]:
    about = _FOR.match(page.plain, start, end)
    found = read_list(page, about.end() if about else start, end)
    return found if found and _COLON.match(page.plain, found[-1].next, end) else []


def _about(page: Page, start: int, end: int) -> list[Phrase]:
    """Return the units of «Đối với các địa phương, Chủ tịch UBND tỉnh đề nghị kiện toàn …»."""
    about = _FOR_UNITS.match(page.plain, start, end)
    found = read_list(page, about.end(), end) if about else []
    found = found[: next((i for i, phrase in enumerate(found) if _SPEAKER.match(page.plain, phrase.start, end)), 99)]
    comma = _COMMA.match(page.plain, found[-1].next, end) if found else None
    if not comma:
        return []
    speaker = _SPEAKER.match(page.plain, comma.end(), end)
    said = _SAID.match(page.plain, speaker.end(), end) if speaker else None
    at = said.end() if said else comma.end()
    return found if not read_list(page, at, end) and _WORK.match(page.plain, at, end) else []


def _directed(page: Page, start: int, end: int) -> list[Phrase]:
    """Return the object of the first verb that directs: «giao …», «yêu cầu …», also behind a speaker."""
    subject = _subject(page, start, end)
    for match in lexicon.DIRECT.finditer(page.plain, start, min(end, start + 700)):
        if _NOMINAL.search(page.plain[max(start, match.start() - 14) : match.start()]):
            continue
        if subject and match.start() > subject[-1].next + 1 and not _SPEAKER.match(page.plain, start, end):
            return []
        if subject and match.group().startswith("chỉ") and match.start() > start:
            return []
        found = read_list(page, _after_to(page, match.end(), end), end)
        if found and not (
            match.group().startswith("chỉ") and match.start() == start and len(found[0].name) < len("ban")
        ):
            return found
    return []


def _opening_direct(page: Page, start: int, end: int) -> list[Phrase]:
    match = lexicon.DIRECT.match(page.plain, start, end)
    return read_list(page, _after_to(page, match.end(), end), end) if match else []


def _after_to(page: Page, pos: int, end: int) -> int:
    match = _TO.match(page.plain, pos, end)
    return match.end() if match else pos


def _subject(page: Page, start: int, end: int) -> list[Phrase]:
    """Return the units the clause begins with when work follows them."""
    found = read_list(page, start, end)
    if not found or found[0].name.lower() in _BARE:
        return []
    return found if _WORK.match(page.plain, found[-1].next, end) else []


def bare_subject(page: Page, start: int, end: int) -> list[Phrase]:
    """Return the units the clause begins with when a verb that the reader does not know may follow them.

    For clauses among conclusions: there «Tổ công nghệ thông tin …» is told something, whatever the verb.
    """
    start = skip_intro(page, start, end)
    found = read_list(page, start, end)
    if not found or found[0].name.lower() in _BARE:
        return []
    after = _NEXT_WORD.match(page.text, found[-1].next, end)
    works = after and after.group(1).islower() and after.group(1) not in _NO_WORK
    return one_by_one(page, found) if works else []


def _doing(page: Page, start: int, end: int) -> list[Phrase]:
    for match in _DO.finditer(page.plain, start, end):
        found = read_list(page, match.end(), end)
        if found and _DO_WORK.match(page.plain, found[-1].next, end):
            return found
    return []


def _bracketed(page: Page, start: int, end: int) -> list[Phrase]:
    """Return the unit named alone in brackets at the end: «(Văn phòng chủ trì)»."""
    match = _IN_BRACKETS.search(page.plain, max(start, end - 160), end)
    found = read_list(page, match.end(), end) if match else []
    if found and _BRACKET_END.match(page.plain, found[-1].next, end):
        return found
    return []
