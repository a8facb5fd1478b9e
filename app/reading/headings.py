"""Which blocks are headings, which are furniture of the page, and which list belongs to one task."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading import lexicon
from app.reading.kinds import opens_meeting
from app.reading.normalise import CAPITALS, SMALLS
from app.reading.owners import directs_somebody, skip_intro
from app.reading.roles import role_of_heading

if TYPE_CHECKING:
    from app.reading.outline import Block
    from app.reading.page import Page

_SHORT = 200
_VERY_SHORT = 130
_LIST = 12
_ABOUT = re.compile(
    r"(?:về|công\s+tác|đối\s+với|nhiệm\s+vụ|kết\s+quả|đánh\s+giá|tổ\s+chức\s+thực\s+hiện|một\s+số"
    r"|các\s+nội\s+dung|lĩnh\s+vực|phương\s+hướng|việc)(?!\w)"
)
_LIST_FOLLOWS = re.compile(
    r"(?:giao\s+)?(?:các|một\s+số|những)\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|yêu\s+cầu|việc)"
    r"(?:\s+(?:cụ\s+thể|trọng\s+tâm|chủ\s+yếu|sau(?:\s+đây)?|như\s+sau|cần\s+thực\s+hiện))*\s*:$"
)
"""Words that only announce a list or a table, and say nothing themselves."""
_FULL_STOP = re.compile(r"[.;!?…/]\s*$")
_LETTERHEAD = re.compile(r"(?:cộng\s+hòa\s+xã\s+hội|độc\s+lập\s*-\s*tự\s+do|đảng\s+cộng\s+sản|số\s*:|kính\s+gửi)")
_CREDIT = re.compile(r"(?<!\w)(?:ảnh|nguồn|video)\s*:\s*[^.:]{2,40}$|ảnh\s+minh\s+họa$")
_BYLINE = re.compile(
    rf"(?:[{CAPITALS}][{SMALLS}]+[ -]*){{2,4}}(?:\([^)]*\))?|[{CAPITALS}](?:\.\s?[{CAPITALS}]){{1,3}}\.?"
)
"""Who wrote it, alone on a line at the end."""
_CAPTION = re.compile(
    r"(?:ảnh|hình)\s*(?:\d|minh|:)|(?:đ/c|đồng\s+chí)\s[^.]{3,140}?(?:báo\s+cáo|phát\s+biểu"
    r"|chủ\s+trì|kết\s+luận|chỉ\s+đạo|điều\s+hành)\s*(?:tại|ý\s+kiến|chỉ\s+đạo)?[^.:;]{0,40}$"
    r"|(?:toàn|quang)\s+cảnh"
)


def concludes(page: Page, block: Block) -> bool:
    """Say whether a numbered or capital heading announces the conclusions: «III. KẾT LUẬN»."""
    words = page.plain[block.start : min(block.end, block.start + 80)]
    short = block.end - block.start < _VERY_SHORT and (block.numbered or page.text[block.start : block.end].isupper())
    return short and bool(re.match(r"(?:phần\s+)?(?:ý\s+kiến\s+)?(?:kết\s+luận|chỉ\s+đạo)(?!\w)", words))


def is_furniture(page: Page, block: Block) -> bool:
    """Say whether the block is letterhead, a caption or a line of signs."""
    if block.marked:
        return False
    if not block.marked and block.end - block.start < _SHORT and _CREDIT.search(page.plain, block.start, block.end):
        return True
    if _BYLINE.fullmatch(page.text, block.start, block.end):
        return True
    short = block.end - block.start < _SHORT
    return short and bool(
        _LETTERHEAD.match(page.plain, block.start, block.end) or _CAPTION.match(page.plain, block.start, block.end)
    )


def is_heading(page: Page, block: Block, nxt: Block | None) -> bool:
    """Judge whether a block is a heading: short, no full stop, with something under it."""
    words = page.text[block.start : block.end]
    if len(words) > _SHORT or nxt is None:
        return False
    about = bool(_ABOUT.match(page.plain, block.start, block.end))
    if words.isupper() or words.rstrip().endswith(":"):
        return words.isupper() or bool(block.children) or bool(_LIST_FOLLOWS.match(page.plain, block.start, block.end))
    if block.children and block.numbered:
        return not _FULL_STOP.search(words) or (
            about and len(words) < _VERY_SHORT and not directs_somebody(page, block.start, block.end)
        )
    if block.marked or _FULL_STOP.search(words) or len(words) > _VERY_SHORT:
        return False
    if opens_meeting(page, block.start, block.end) or lexicon.ACTION.match(page.plain, block.start, block.end):
        return False
    return role_of_heading(page, block.start, block.end) is not None or about


def holds_its_list(page: Page, block: Block, start: int, end: int) -> bool:
    """Judge whether the list is part of one task: it directs already, and no line of the list does."""
    if not directs_somebody(page, start, end) or len(block.children) > _LIST:
        return False
    if re.search(
        r"(?:nhiệm\s+vụ|nội\s+dung|việc|công\s+việc|yêu\s+cầu)\s*(?:\w+\s+){0,4}(?:sau"
        r"|sau\s+đây)?\s*:$",
        page.plain[start:end],
    ):
        return False
    return not any(child.children or _works(page, child) for child in block.children)


def _works(page: Page, block: Block) -> bool:
    pos = skip_intro(page, block.start, block.end)
    modal = lexicon.MODAL.match(page.plain, pos, block.end)
    at = modal.end() if modal else pos
    return bool(lexicon.ACTION.match(page.plain, at, block.end)) or directs_somebody(page, block.start, block.end)
