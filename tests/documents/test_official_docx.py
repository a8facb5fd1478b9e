"""An official paper as DOCX, read back from its XML: each element of the decree's table, annex I of 30/2020/NĐ-CP."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import etree

from app.documents.official.model import Level, Paragraph, Signature
from app.documents.official.word import docx_of
from tests.documents.papers import SUBJECT, Docx, Line, W, make_paper

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
TWENTIETHS = 56.7
"""Twentieths of a point in a millimetre."""
# What begins so, the sizes allowed, bold, italic, capitals by style, how it stands.
ELEMENTS = (
    ("Cộng hòa xã hội", (12, 13), True, False, True, "center"),
    ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, False, "center"),
    ("Ủy ban nhân dân phường", (12, 13), False, False, True, "center"),
    ("Ban Chỉ đạo Chuyển đổi số", (12, 13), True, False, True, "center"),
    ("Số: 05/TB-BCĐ", (13, 13), False, False, False, "center"),
    ("Bình Minh, ngày 05 tháng 01 năm 2026", (13, 14), False, True, False, "center"),
    ("Khẩn", (13, 14), True, False, True, "center"),
    ("THÔNG BÁO", (13, 14), True, False, True, "center"),
    (SUBJECT, (13, 14), True, False, False, "center"),
    ("Ngày 02/01/2026", (13, 14), False, False, False, "both"),
    ("I. Về ứng dụng", (13, 14), True, False, True, "both"),
    ("1. Về thiết bị", (13, 14), True, False, False, "both"),
    ("a) Giao Văn phòng", (13, 14), False, False, False, "both"),
    ("- Sao gửi", (13, 14), False, False, False, "both"),
    ("Nơi nhận:", (12, 12), True, True, False, "left"),
    ("- Như trên;", (11, 11), False, False, False, "left"),
    ("TM. Ban Chỉ đạo", (13, 14), True, False, True, "center"),
    ("Trưởng ban", (13, 14), True, False, True, "center"),
    ("Lê Minh Khôi", (13, 14), True, False, False, "center"),
    ("Phụ lục", (14, 14), True, False, False, "center"),
    ("Danh mục nhiệm vụ", (13, 14), True, False, True, "center"),
)


@pytest.fixture(scope="module")
def state() -> Docx:
    return Docx(docx_of(make_paper(), AT))


@pytest.mark.parametrize("element", ELEMENTS, ids=[element[0] for element in ELEMENTS])
def test_each_element_has_its_size_style_and_place(
    state: Docx, element: tuple[str, tuple[float, float], bool, bool, bool, str]
) -> None:
    words, (least, most), bold, italic, caps, align = element
    line = state.line(words)
    assert least <= line.size <= most
    assert (line.bold, line.italic, line.caps, line.align) == (bold, italic, caps, align)
    assert line.font == "Times New Roman"


def test_every_style_is_black_times_new_roman_by_a_vietnamese_name(state: Docx) -> None:
    own = [style for style in state.styles.values() if style.get(f"{W}customStyle")]
    assert {"Quốc hiệu", "Tiêu ngữ", "Trích yếu", "Khoản, điểm", "Nơi nhận", "Quyền hạn, chức vụ"} <= {
        style.find(f"{W}name").get(f"{W}val") for style in own
    }
    for style in own:
        fonts = style.find(f"{W}rPr/{W}rFonts")
        assert {fonts.get(f"{W}{kind}") for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert style.find(f"{W}rPr/{W}color").get(f"{W}val") == "000000"
    assert b'w:val="vi-VN"' in state.parts["word/styles.xml"]


def test_the_text_is_indented_and_parted_as_the_decree_says(state: Docx) -> None:
    for line in (state.line("Ngày 02/01/2026"), state.line("a) Giao")):
        assert 9.9 <= line.indent <= 12.8
        assert line.after >= 6
    spacing = state.styles["KhoanDiem"].find(f"{W}pPr/{W}spacing")
    assert 240 <= int(spacing.get(f"{W}line")) <= 360
    assert spacing.get(f"{W}lineRule") == "auto"


def test_the_page_is_a4_with_the_margins_of_the_decree(state: Docx) -> None:
    first, annex = state.sections
    size, margins = first.find(f"{W}pgSz"), first.find(f"{W}pgMar")
    assert (round(int(size.get(f"{W}w")) / TWENTIETHS), round(int(size.get(f"{W}h")) / TWENTIETHS)) == (210, 297)
    wanted = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
    for side, (least, most) in wanted.items():
        assert least - 0.1 <= int(margins.get(f"{W}{side}")) / TWENTIETHS <= most + 0.1
    assert annex.find(f"{W}pgSz").get(f"{W}orient") == "landscape"


def test_pages_are_numbered_on_top_in_the_middle_but_the_first_and_an_annex_anew(state: Docx) -> None:
    for section in state.sections:
        assert section.find(f"{W}titlePg") is not None
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1"
    headers = {name: part for name, part in state.parts.items() if name.startswith("word/header")}
    assert len(headers) == 4
    assert sum(b" PAGE " in part for part in headers.values()) == 2
    number = state.styles["SoTrang"]
    assert number.find(f"{W}pPr/{W}jc").get(f"{W}val") == "center"
    assert 13 <= int(number.find(f"{W}rPr/{W}sz").get(f"{W}val")) / 2 <= 14


def test_lines_are_drawn_under_motto_issuer_and_subject_not_underlined(state: Docx) -> None:
    rules = [p for p in state.body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pBdr/{W}top") is not None]
    assert len(rules) == 4 + 1  # issuer, motto, subject, annex; the box of the urgent paper
    assert b'w:u w:val="single"' not in state.parts["word/document.xml"]


def test_number_and_day_stand_on_one_line(state: Docx) -> None:
    row = next(r for r in state.body.iter(f"{W}tr") if "Số: 05" in "".join(r.itertext()))
    assert "ngày 05 tháng 01" in "".join(row.itertext())


def test_the_annex_repeats_its_heading_row(state: Docx) -> None:
    table = list(state.body.iter(f"{W}tbl"))[-1]
    rows = list(table.iter(f"{W}tr"))
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert len(rows) == 41
    assert table.find(f"{W}tblPr/{W}tblBorders") is not None


def test_a_party_paper_has_the_partys_head_and_signature() -> None:
    made = Docx(docx_of(make_paper(party=True), AT))
    words = [line.text for line in made.lines]
    assert "Đảng Cộng sản Việt Nam" in words
    assert made.line("Đảng Cộng sản").caps
    assert made.line("Đảng Cộng sản").bold
    assert not any("Cộng hòa" in text or "Độc lập" in text for text in words)
    assert words[words.index("Ban Chỉ đạo Chuyển đổi số") + 1] == "*"
    assert "Số 05-TB/BCĐ" in words
    assert made.line("Nơi nhận:").style == "Nơi nhận (Đảng)"
    assert made.styles["NoiNhanDang"].find(f"{W}rPr/{W}u").get(f"{W}val") == "single"


def test_a_draft_is_marked_on_every_page_and_an_issued_paper_on_none() -> None:
    draft, issued = Docx(docx_of(make_paper(draft=True), AT)), Docx(docx_of(make_paper(), AT))
    marked = [name for name, part in draft.parts.items() if 'string="DỰ THẢO"'.encode() in part]
    assert len(marked) == len([name for name in draft.parts if name.startswith("word/header")]) == 4
    assert not [name for name, part in issued.parts.items() if "DỰ THẢO".encode() in part]


def test_minutes_are_signed_on_both_sides() -> None:
    paper = make_paper(left_signature=Signature(("Thư ký",), "Vũ Ngọc Diệp"), annexes=())
    made = Docx(docx_of(paper, AT))
    rows = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in made.body.iter(f"{W}tr")]
    assert ["Thư ký", "TM. Ban Chỉ đạoTrưởng ban"] in rows
    assert ["Vũ Ngọc Diệp", "Lê Minh Khôi"] in rows


def test_words_stay_words_whatever_they_hold() -> None:
    nasty = "<w:p/> & «{{ x }}» \u00a0 ]]> \"'"
    made = Docx(docx_of(make_paper(text=(Paragraph(next(iter(_levels())), nasty),)), AT))
    assert any(line.text == nasty for line in made.lines)


def _levels() -> list[Level]:
    return [paragraph.level for paragraph in make_paper().text]


def test_a_title_of_365_letters_and_control_characters_do_not_break_the_file() -> None:
    long = ("Kết luận của đồng chí Trưởng ban về chuyển đổi số " * 9)[:365]
    odd = make_paper(subject=f"{long}\x0b", recipients=("- Như trên;\x0c",), addressed=("Văn phòng\x00",))
    made = Docx(docx_of(odd, AT))
    assert long in [line.text for line in made.lines]
    assert "Kính gửi: Văn phòng" in [line.text for line in made.lines]


def test_nothing_foreign_is_packed_along(state: Docx) -> None:
    assert not [name for name in state.parts if "thumbnail" in name or "customXml" in name or "Effects" in name]
    for name, part in state.parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
            assert b'TargetMode="External"' not in part
    assert b"python-docx" not in state.parts["docProps/core.xml"]
    assert SUBJECT.encode() in state.parts["docProps/core.xml"]


def test_properties_of_tables_stand_in_the_order_of_the_schema(state: Docx) -> None:
    order = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"]
    for table in state.body.iter(f"{W}tblPr"):
        places = [order.index(etree.QName(child).localname) for child in table]
        assert places == sorted(places)


def test_lines_know_their_style(state: Docx) -> None:
    assert all(isinstance(line, Line) and line.style != "Normal" for line in state.lines)
