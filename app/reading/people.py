"""People's names in a text: behind a title of respect, or by their family name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading.normalise import CAPITALS, SMALLS

if TYPE_CHECKING:
    from app.reading.page import Page

_SYLLABLE = f"[{CAPITALS}][{SMALLS}]*"
_NAME = rf"{_SYLLABLE}(?:[ ]+{_SYLLABLE}){{1,4}}"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Chu|Mai|Đinh|Trịnh|Đào|Đoàn|Lâm|Tạ|Cao|Lương|Hà|Tô|Trương|Thái|Vương|Phùng|Quách|Kiều|Tống|Lưu|Doãn|La|Nông|Hứa|Đồng|Thạch|Châu|Giang|Khúc|Nghiêm|Bạch|Tăng"
    "|Triệu|Ninh|Viên|Ma|Vi|Hoa|Đàm|Từ|Văn|Lò|Quàng|Giàng|Sùng|Đậu|Cù|Cấn|Bế|Lục|Âu|Mạc|Thiều|Thân|Kim|Diệp|Tôn|Lã|Lại|Mã|Vàng|Cầm|Hàn|Ngọ|Đường|Bá|Khổng|Nhữ|Ứng|Uông|Rơ|Siu|H'|Cung|Mẫn|Phí|Tiêu|Trình"
)
_NO_PERSON = re.compile(
    r"Văn Phòng|Thành Phố|Thân Thiện|Hà (?:Nội|Nam|Giang|Tĩnh|Đông)|Thái (?:Bình|Nguyên)|Lâm (?:Đồng|Hà)|Cao Bằng"
    r"|Ninh (?:Bình|Thuận)|Đồng (?:Nai|Tháp|Hới)|Hồ Chí Minh|Hoàng (?:Mai|Sa|Liên)|Mai (?:Châu|Sơn)"
    r"|Kim (?:Sơn|Bảng|Động)"
)
"""Places and phrases that begin like a family name."""
_PERSON = re.compile(rf"(?:{_SURNAMES})(?:[ ]+{_SYLLABLE}){{1,4}}")
_TITLE_WORDS = re.compile(
    r"\s+(?:Phó|Chủ|Bí|Trưởng|Ủy|Uỷ|Giám\s+[Đđ]ốc|Chánh|Thứ|Bộ\s+[Tt]rưởng|(?:Thành|Tỉnh|Quận|Huyện)\s+(?:phố|[ủuU][ỷyỶY])"
    r"|Thủ|Tổng|Viện|Cục|Vụ|PCT|TP)\b.*"
)
_NO_NAME = re.compile(
    r"(?:Phó|Chủ|Bí|Trưởng|Ủy|Uỷ|Giám|Chánh|Thứ|Bộ|Thủ|Tổng|Thường|Thành viên|Lãnh|Đại|Hội|Ban|Sở|Phòng|Văn phòng"
    r"|Viện|Cục|Vụ)\b"
)
HONOUR = r"(?:[Đđ]ồng chí|ĐỒNG CHÍ|[Đđ]/[Cc]|[Đđ]c|[ÔôÓ]ng|[Bb]à)"
_HONOURED = re.compile(rf"{HONOUR}\s*:?\s+({_NAME})")


def person_in(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Return the first person named between two offsets: behind a title of respect, else by a known surname."""
    at_once = _PERSON.match(page.text, start, end)
    if at_once and " " in at_once.group() and not _NO_PERSON.match(at_once.group()):
        return start, start + len(_TITLE_WORDS.sub("", at_once.group()))
    honoured = _HONOURED.search(page.text, start, end)
    if honoured:
        name = _TITLE_WORDS.sub("", honoured.group(1))
        if " " in name and not _NO_NAME.match(name) and not _NO_PERSON.match(name):
            return honoured.start(1), honoured.start(1) + len(name)
    match = _PERSON.search(page.text, start, end)
    while match:
        name = _TITLE_WORDS.sub("", match.group(0))
        if " " in name and not _NO_PERSON.match(name):
            return match.start(), match.start() + len(name)
        match = _PERSON.search(page.text, match.end(), end)
    return None
