"""An official paper as PDF: the place (±1 mm), size and font of its words, its tags, its pages."""

from __future__ import annotations

import io
from functools import cache
from typing import NamedTuple

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.documents.official.model import Signature
from app.documents.official.printed import pdf_of
from tests.documents.papers import SUBJECT, make_paper

MM = 25.4 / 72
CLOSE = 1.0
LEFT_COLUMN, RIGHT_COLUMN = 30 + 72 / 2, 102 + 93 / 2
"""Where the two columns of the head have their middles, in millimetres from the paper's edge."""
# Words, size, font, and their middle (or their left edge) from the left edge of the paper in millimetres.
ELEMENTS = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Bold", "middle", RIGHT_COLUMN),
    ("Độc lập - Tự do - Hạnh phúc", 13, "Bold", "middle", RIGHT_COLUMN),
    ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", 12, "Bold", "middle", LEFT_COLUMN),
    ("Số: 05/TB-BCĐ", 13, "", "middle", LEFT_COLUMN),
    ("Bình Minh, ngày 05 tháng 01 năm 2026", 13, "Italic", "middle", RIGHT_COLUMN),
    ("KHẨN", 13, "Bold", "middle", LEFT_COLUMN),
    ("THÔNG BÁO", 14, "Bold", "middle", 30 + 165 / 2),
    (SUBJECT, 14, "Bold", "middle", 30 + 165 / 2),
    ("Ngày 02/01/2026, đồng chí", 14, "", "left", 40),
    ("I. VỀ ỨNG DỤNG NỘI BỘ", 14, "Bold", "left", 40),
    ("1. Về thiết bị", 14, "Bold", "left", 40),
    ("a) Giao Văn phòng", 14, "", "left", 40),
    ("Nơi nhận:", 12, "BoldItalic", "left", 30),
    ("- Như trên;", 11, "", "left", 30),
    ("TM. BAN CHỈ ĐẠO", 14, "Bold", "middle", 110 + 85 / 2),
    ("TRƯỞNG BAN", 14, "Bold", "middle", 110 + 85 / 2),
    ("Lê Minh Khôi", 14, "Bold", "middle", 110 + 85 / 2),
)


class Found(NamedTuple):
    """Words on a page: their edges in millimetres from the paper's left and top edge, size in points, font."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str


@cache
def opened(*, party: bool = False, draft: bool = False) -> list[pdfplumber.page.Page]:
    return list(pdfplumber.open(io.BytesIO(pdf_of(make_paper(party=party, draft=draft)))).pages)


def find(words: str, *, party: bool = False) -> Found:
    """Return where words stand, the first time they do."""
    for number, page in enumerate(opened(party=party), 1):
        for hit in page.search(words, regex=False):
            chars = [char for char in hit["chars"] if char["text"].strip()]
            return Found(
                number, chars[0]["x0"] * MM, chars[-1]["x1"] * MM, hit["top"] * MM, hit["bottom"] * MM,
                round(chars[0]["size"], 1), chars[0]["fontname"].partition("+")[2],
            )  # fmt: skip
    pytest.fail(f"nowhere: {words}")


@pytest.mark.parametrize("element", ELEMENTS, ids=[element[0] for element in ELEMENTS])
def test_each_element_stands_in_its_place_in_its_size(element: tuple[str, float, str, str, float]) -> None:
    words, size, style, edge, wanted = element
    found = find(words)
    at = (found.left + found.right) / 2 if edge == "middle" else found.left
    assert abs(at - wanted) <= CLOSE
    assert found.size == size
    assert found.font == ("LiberationSerif" + (f"-{style}" if style else ""))


def test_nothing_stands_in_the_margins_but_the_page_number() -> None:
    for number, page in enumerate(opened(), 1):
        body = [char for char in page.chars if char["text"].strip() and char["top"] * MM > 19]
        assert min(char["x0"] for char in body) * MM >= 30 - CLOSE
        assert max(char["x1"] for char in body) * MM <= page.width * MM - 15 + CLOSE
        assert max(char["bottom"] for char in body) * MM <= page.height * MM - 20 + CLOSE
        above = "".join(char["text"] for char in page.chars if char["bottom"] * MM < 20)
        assert above == ("" if number in {1, 3} else "2"), number


def test_page_numbers_stand_on_top_in_the_middle_and_an_annex_counts_anew() -> None:
    second = opened()[1]
    number = next(char for char in second.chars if char["bottom"] * MM < 20)
    assert number["text"] == "2"
    assert abs((number["x0"] + number["x1"]) / 2 * MM - (30 + 165 / 2)) <= CLOSE
    assert 13 <= round(number["size"], 1) <= 14
    annex = opened()[2]
    assert (round(annex.width * MM), round(annex.height * MM)) == (297, 210)
    assert "Phụ lục" in annex.extract_text()
    assert opened()[3].extract_text().startswith("2\n")
    assert "TT Nội dung nhiệm vụ" in opened()[3].extract_text()


def test_lines_are_as_long_as_the_decree_says_and_close_under_their_words() -> None:
    rules = [line for line in opened()[0].lines if line["height"] < 1]
    assert len(rules) == 3
    for words, least, most in (
        ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", 1 / 3, 1 / 2),
        ("Độc lập - Tự do - Hạnh phúc", 0.98, 1.02),
        (SUBJECT, 1 / 3, 1 / 2),
    ):
        over = find(words)
        rule = min(rules, key=lambda line: abs(line["top"] * MM - over.bottom) + abs(line["x0"] * MM - over.left))
        assert 0 < rule["top"] * MM - over.bottom < 3
        assert least <= (rule["x1"] - rule["x0"]) * MM / (over.right - over.left) <= most
        assert abs((rule["x0"] + rule["x1"]) / 2 * MM - (over.left + over.right) / 2) <= CLOSE


def test_no_line_touches_the_marks_below_the_letters_over_it() -> None:
    """Ạ and Ộ have a dot that hangs 0.22 of the size below the line of writing: half a millimetre is left under it."""
    page = opened()[0]
    for words in ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "Độc lập - Tự do - Hạnh phúc", SUBJECT):
        chars = page.search(words, regex=False)[0]["chars"]
        baseline = page.height - chars[0]["matrix"][5]
        dots = baseline + 0.22 * chars[0]["size"]
        rule = min(line["top"] for line in page.lines if line["height"] < 1 and line["top"] > baseline)
        assert (rule - dots) * MM >= 0.5, words


def test_number_and_day_stand_on_one_line() -> None:
    assert abs(find("Số: 05/TB-BCĐ").top - find("Bình Minh, ngày").top) <= CLOSE


def test_recipients_and_signature_begin_on_one_line() -> None:
    assert abs(find("Nơi nhận:").top - find("TM. BAN CHỈ ĐẠO").top) <= CLOSE


def test_it_is_tagged_speaks_vietnamese_and_brings_its_own_fonts() -> None:
    made = pdf_of(make_paper())
    document = pypdfium2.PdfDocument(made)
    try:
        assert pdfium.FPDFCatalog_IsTagged(document.raw)
        assert document.get_metadata_value("Title") == f"THÔNG BÁO {SUBJECT}"
    finally:
        document.close()
    assert b"pdfuaid" in made
    fonts = {char["fontname"].partition("+")[2].split("-")[0] for page in opened() for char in page.chars}
    assert fonts == {"LiberationSerif"}
    assert all("+" in char["fontname"] for page in opened() for char in page.chars)


def test_a_party_paper_has_the_partys_head() -> None:
    everything = "\n".join(page.extract_text() for page in opened(party=True))
    assert "CỘNG HÒA" not in everything
    title = find("ĐẢNG CỘNG SẢN VIỆT NAM", party=True)
    assert abs((title.left + title.right) / 2 - RIGHT_COLUMN) <= CLOSE
    assert (title.font, title.size) == ("LiberationSerif-Bold", 13)
    assert find("Số 05-TB/BCĐ", party=True).size == 13
    assert "T/M BAN CHỈ ĐẠO" in everything
    assert find("Nơi nhận:", party=True).font == "LiberationSerif"


def test_a_draft_says_so_across_every_page() -> None:
    assert all("DỰ THẢO" in "".join(slanted(page)) for page in opened(draft=True))
    assert not any(slanted(page) for page in opened())


def slanted(page: pdfplumber.page.Page) -> list[str]:
    return [char["text"] for char in page.chars if abs(char["matrix"][1]) > 0.1]


def test_minutes_are_signed_on_both_sides() -> None:
    paper = make_paper(left_signature=Signature(("Thư ký",), "Vũ Ngọc Diệp"), annexes=())
    with pdfplumber.open(io.BytesIO(pdf_of(paper))) as made:
        text = "\n".join(page.extract_text() for page in made.pages)
    assert "Vũ Ngọc Diệp Lê Minh Khôi" in text


def test_a_title_of_365_letters_and_control_characters_do_not_break_the_file() -> None:
    long = ("Kết luận của đồng chí Trưởng ban về chuyển đổi số " * 9)[:365]
    with pdfplumber.open(io.BytesIO(pdf_of(make_paper(subject=f"{long}\x0b\x00", annexes=())))) as made:
        text = " ".join((made.pages[0].extract_text() or "").split())
    assert long.strip() in text


def test_a_letter_that_the_fonts_lack_does_not_stop_the_paper() -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(make_paper(subject="Kết luận 🎉 họp", annexes=())))) as made:
        assert "THÔNG BÁO" in (made.pages[0].extract_text() or "")
