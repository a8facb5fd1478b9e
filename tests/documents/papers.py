"""Invented official papers for tests of the writers, and how a DOCX is read back from its XML."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from app.documents.official.model import (
    Annex,
    Column,
    Head,
    Level,
    Official,
    Paragraph,
    Signature,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SUBJECT = "Kết luận của Trưởng ban tại phiên họp thứ ba"
TABLE = Table(
    (Column("TT", 12, centred=True), Column("Nội dung nhiệm vụ", 150), Column("Thời hạn", 40, centred=True)),
    tuple((str(n), "Rà soát, kiểm kê máy tính bảng đã cấp cho đại biểu", "15/12/2026") for n in range(1, 41)),
)


def make_paper(*, party: bool = False, draft: bool = False, **changes: Any) -> Official:  # noqa: ANN401 -- fields
    """Return a notice with every element of the decree's table."""
    head = Head(
        party=party,
        superior="Ủy ban nhân dân phường Bình Minh" if not party else "Đảng ủy phường Bình Minh",
        issuer="Ban Chỉ đạo Chuyển đổi số",
        symbol="Số 05-TB/BCĐ" if party else "Số: 05/TB-BCĐ",
        place_and_day="Bình Minh, ngày 05 tháng 01 năm 2026",
        urgency="Khẩn",
    )
    long = (
        "Giao Văn phòng chủ trì, phối hợp với Công an phường rà soát toàn bộ thiết bị, báo cáo trước ngày 15/01/2026. "
    )
    values: dict[str, Any] = {
        "head": head,
        "kind": "THÔNG BÁO",
        "subject": SUBJECT,
        "text": (
            Paragraph(Level.TEXT, "Ngày 02/01/2026, đồng chí Trưởng ban chủ trì phiên họp và kết luận như sau:"),
            Paragraph(Level.SECTION, "Về ứng dụng nội bộ", "I."),
            Paragraph(Level.TITLE, "Về thiết bị", "1."),
            *(Paragraph(Level.ITEM, long * 2, f"{letter})") for letter in "abcdđegh"),
            Paragraph(Level.DASH, "Sao gửi Trạm Y tế.", "-"),
            Paragraph(Level.LABEL, "Đơn vị chủ trì: Văn phòng."),
        ),
        "closing": (
            Paragraph(Level.TEXT, "Trên đây là kết luận của Trưởng ban, thông báo để các đơn vị thực hiện./."),
        ),
        "signature": Signature(("T/M Ban Chỉ đạo" if party else "TM. Ban Chỉ đạo", "Trưởng ban"), "Lê Minh Khôi"),
        "recipients": ("- Như trên;", "- Lưu BCĐ." if party else "- Lưu: VT, VP."),
        "annexes": (Annex("Phụ lục", "Danh mục nhiệm vụ", "(Kèm theo Thông báo số 05/TB-BCĐ)", TABLE),),
        "draft": draft,
    }
    return Official(**{**values, **changes})


@dataclass(frozen=True)
class Line:
    """A paragraph of a DOCX with what its style makes of it; sizes in points, indent in millimetres."""

    text: str
    style: str
    font: str
    size: float
    bold: bool
    italic: bool
    caps: bool
    align: str
    indent: float
    after: float


class Docx:
    """A DOCX read from its XML alone, without the library that wrote it."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])
        styles = etree.fromstring(self.parts.get("word/styles.xml", b"<none/>"))
        self.styles = {one.get(f"{W}styleId"): one for one in styles.iter(f"{W}style")}

    @property
    def lines(self) -> list[Line]:
        """The paragraphs with words in them, in order."""
        return [self._line(one) for one in self.body.iter(f"{W}p") if "".join(one.itertext())]

    def line(self, text: str) -> Line:
        """Return the first paragraph that begins so."""
        return next(line for line in self.lines if line.text.startswith(text))

    @property
    def sections(self) -> list[Any]:
        return list(self.body.iter(f"{W}sectPr"))

    def _line(self, paragraph: Any) -> Line:  # noqa: ANN401 -- an XML element
        style = self.styles[_val(paragraph, "pPr/pStyle")]
        return Line(
            text="".join(text.text or "" for text in paragraph.iter(f"{W}t")),
            style=_val(style, "name"),
            font=style.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii"),
            size=int(_val(style, "rPr/sz")) / 2,
            bold=_on(style, "b"),
            italic=_on(style, "i"),
            caps=_on(style, "caps"),
            align=_val(style, "pPr/jc"),
            indent=_number(style, "ind", "firstLine") / 56.7,
            after=_number(style, "spacing", "after") / 20,
        )


def _find(element: Any, path: str) -> Any:  # noqa: ANN401 -- XML elements
    return element.find("/".join(f"{W}{part}" for part in path.split("/")))


def _val(element: Any, path: str) -> str:  # noqa: ANN401 -- an XML element
    found = _find(element, path)
    return "" if found is None else str(found.get(f"{W}val"))


def _on(style: Any, name: str) -> bool:  # noqa: ANN401 -- an XML element
    found = _find(style, f"rPr/{name}")
    return found is not None and found.get(f"{W}val") not in {"0", "false"}


def _number(style: Any, name: str, attribute: str) -> float:  # noqa: ANN401 -- an XML element
    found = _find(style, f"pPr/{name}")
    return float((found.get(f"{W}{attribute}") if found is not None else None) or 0)
