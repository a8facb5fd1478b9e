"""How each element of an official paper looks: sizes, styles and places of Decree 30/2020/NĐ-CP, annex I.

Both writers read this table, so a DOCX and a PDF of one paper cannot differ. Sizes are in points, lengths in
millimetres. Where the decree allows a range, the value within it that offices use most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.documents.official.model import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD_FONT = "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
"""The decree: top and bottom 20 to 25, left 30 to 35, right 15 to 20."""
PAGE_NUMBER_FROM_EDGE = 10.0
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
ISSUER_WIDTH, NATION_WIDTH = 72.0, 93.0
"""The two columns of the head."""
RECIPIENTS_WIDTH, SIGNATURE_WIDTH = 80.0, 85.0
INDENT = 10.0
LINE_SPACING = 1.15
RULE_SHARE = 0.4
"""The line under the issuer and under the subject: between a third and a half of the words' width."""
SIGNING_SPACE = 72.0
"""Points left for a hand's signature and the seal."""

Align = Literal["left", "center", "justify"]


@dataclass(frozen=True)
class Look:
    """A style: its Vietnamese name as word processors list it, and how its paragraphs are set."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    indent: float = 0
    spacing: float = 1.0
    outline: int | None = None
    keep: bool = False
    """Stays on one page with what follows."""


def _body(name: str) -> Look:
    """Return the look of the running text: upright, justified, the first line indented."""
    return Look(name, 14, align="justify", after=6, indent=INDENT, spacing=LINE_SPACING)


LOOKS: Mapping[str, Look] = {
    "nation": Look("Quốc hiệu", 12, bold=True, caps=True, align="center"),
    "motto": Look("Tiêu ngữ", 13, bold=True, align="center"),
    "party": Look("Tiêu đề Đảng", 13, bold=True, caps=True, align="center"),
    "superior": Look("Cơ quan chủ quản", 12, caps=True, align="center"),
    "issuer": Look("Cơ quan ban hành", 12, bold=True, caps=True, align="center"),
    "rule": Look("Đường kẻ", 2, align="center", before=3),
    "symbol": Look("Số, ký hiệu", 13, align="center", before=4),
    "place": Look("Địa danh, ngày tháng", 13, italic=True, align="center", before=4),
    "about": Look("Về việc", 12, align="center"),
    "urgency": Look("Mức độ khẩn", 13, bold=True, caps=True, align="center", before=8),
    "kind": Look("Tên loại văn bản", 14, bold=True, caps=True, align="center", before=18, keep=True, outline=0),
    "subject": Look("Trích yếu", 14, bold=True, align="center", keep=True),
    "addressed": Look("Kính gửi", 14, before=12, after=6, indent=INDENT, spacing=LINE_SPACING),
    Level.SECTION: Look("Mục I", 14, bold=True, caps=True, align="justify", before=6, after=6, indent=INDENT,
                        spacing=LINE_SPACING, outline=1, keep=True),
    Level.TITLE: Look("Mục 1 có tiêu đề", 14, bold=True, align="justify", before=4, after=6, indent=INDENT,
                      spacing=LINE_SPACING, outline=2, keep=True),
    Level.HEADING: Look("Tiêu đề không số", 14, bold=True, align="justify", before=6, after=6, indent=INDENT,
                        spacing=LINE_SPACING, outline=1, keep=True),
    Level.TEXT: _body("Lời văn"),
    Level.ITEM: _body("Khoản, điểm"),
    Level.DASH: _body("Gạch đầu dòng"),
    Level.LABEL: _body("Đơn vị, thời hạn"),
    "recipients_head": Look("Nơi nhận", 12, bold=True, italic=True),
    "recipients_head_party": Look("Nơi nhận (Đảng)", 12, underline=True),
    "recipients": Look("Danh sách nơi nhận", 11),
    "signer_office": Look("Quyền hạn, chức vụ", 14, bold=True, caps=True, align="center", keep=True),
    "signer_name": Look("Họ tên người ký", 14, bold=True, align="center"),
    "annex": Look("Phụ lục", 14, bold=True, align="center", keep=True, outline=0),
    "annex_title": Look("Tên phụ lục", 14, bold=True, caps=True, align="center", keep=True),
    "annex_to": Look("Kèm theo văn bản", 14, italic=True, align="center", keep=True),
    "cell_head": Look("Đầu bảng", 12, bold=True, align="center"),
    "cell": Look("Ô bảng", 12),
    "cell_centred": Look("Ô bảng, giữa", 12, align="center"),
    "page_number": Look("Số trang", 13, align="center"),
}  # fmt: skip
