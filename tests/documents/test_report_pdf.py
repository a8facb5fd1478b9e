"""The monthly report on paper: read back, it holds the account's figures in the official form."""

from __future__ import annotations

import io
import time
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from app.documents.paper import Paper
from app.documents.report_pdf import line_texts, monthly_pdf
from app.queries.signing import Signature
from tests.documents.accounts import MARKUP, make_account

if TYPE_CHECKING:
    from app.queries.account import Account

STATE = Paper(
    2026, "05/BC-BCĐ", date(2026, 1, 5), Signature(["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"], "Lê Minh Khôi"), "", ["Như trên"]
)
HEADS = ["Nhiệm vụ", "Đơn vị", "Hạn ban đầu"]
PARTY = Paper(2026, "05-BC/BCĐ", date(2026, 11, 18), Signature(["T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN"], "Lê Minh Khôi"))


def pages_of(pdf: bytes) -> list[tuple[str, list[list[list[str | None]]]]]:
    """Return each page's text and tables."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [(page.extract_text() or "", page.extract_tables()) for page in opened.pages]


def count_pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


@cache
def usual() -> list[tuple[str, list[list[list[str | None]]]]]:
    """Return the pages of the usual month, signed and issued; reading a page back takes longer than printing it."""
    return pages_of(monthly_pdf(make_account(), STATE))


def flat(cells: list[Any]) -> list[str]:
    return [" ".join((cell or "").split()) for cell in cells]


def test_the_table_holds_the_figures_of_the_account() -> None:
    account, pages = make_account(), usual()
    wide = next(tables[0] for text, tables in pages if "TỔNG HỢP THEO ĐƠN VỊ" in text)
    rows = {row[1]: row[2:16] for row in map(flat, wide[2:])}
    assert rows == {
        **{unit.name: line_texts(unit.line) for unit in account.units},
        "Tổng cộng": line_texts(account.total),
    }
    assert flat(wide[1])[:6] == ["(1)", "(2)", "(3)", "(3a)", "(4)", "(5)"]
    assert "(13b)" in flat(wide[1])
    assert "Cột 6 ÷ (cột 6 + cột 7 + cột 10)" in " ".join(text for text, _ in pages).replace("\n", " ")


def test_the_head_is_that_of_a_state_paper() -> None:
    first = usual()[0][0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ" in first
    assert "Số: 05/BC-BCĐ" in first
    assert "Bình Minh, ngày 05 tháng 01 năm 2026" in first


def test_the_head_is_that_of_a_party_paper() -> None:
    pages = pages_of(monthly_pdf(make_account(profile="party"), PARTY))
    first, everything = pages[0][0], " ".join(text for text, _ in pages)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in first
    assert "CỘNG HÒA" not in everything
    assert "Số 05-BC/BCĐ" in first
    assert "./." not in everything
    assert "T/M BAN CHỈ ĐẠO" in everything


def test_pages_are_numbered_from_the_second_and_heads_repeat() -> None:
    pages = pages_of(monthly_pdf(make_account(overdue=40), STATE))
    assert not pages[0][0].startswith("1")
    assert [text.split("\n")[0] for text, _ in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    overdue = [table for _, tables in pages for table in tables if flat(table[0])[1:4] == HEADS]
    assert len(overdue) > 1


def test_markup_in_a_title_stays_text() -> None:
    everything = " ".join(text for text, _ in usual())
    assert "#panic()" in everything
    assert "*đậm*" in everything
    assert MARKUP.split()[3].split("(", maxsplit=1)[0] in everything


def test_an_unsigned_report_says_so_and_leaves_room_for_the_number() -> None:
    first = pages_of(monthly_pdf(make_account(), Paper(2026, mark="(Dự thảo, số liệu chưa chốt)")))[0][0]
    assert "(Dự thảo, số liệu chưa chốt)" in first
    assert "/BC-BCĐ" in first


def test_it_is_tagged_and_brings_its_own_fonts() -> None:
    document = pypdfium2.PdfDocument(monthly_pdf(make_account(), STATE))
    try:
        assert pdfium.FPDFCatalog_IsTagged(document.raw)
        assert document.get_metadata_value("Title").startswith("BÁO CÁO Kết quả thực hiện")
    finally:
        document.close()
    with pdfplumber.open(io.BytesIO(monthly_pdf(make_account(overdue=2), STATE))) as opened:
        fonts = {char["fontname"].partition("+")[2] for page in opened.pages for char in page.chars}
    assert {name.split("-")[0] for name in fonts} <= {"LiberationSerif"}


def test_five_pages_take_no_time() -> None:
    account = make_account(overdue=30)
    monthly_pdf(account, STATE)
    began = time.perf_counter()
    pdf = monthly_pdf(account, STATE)
    assert time.perf_counter() - began < 0.5
    assert count_pages(pdf) == 5


def test_long_titles_and_no_tasks_at_all_print() -> None:
    empty: Account = make_account(units=0, overdue=0)
    assert "Không có nhiệm vụ đang thực hiện quá hạn" in " ".join(t for t, _ in pages_of(monthly_pdf(empty, STATE)))
    assert count_pages(monthly_pdf(make_account(units=60, overdue=60, titles=365), STATE)) > 8


def test_the_columns_definitions_stay_together_wherever_the_table_ends() -> None:
    for units in (6, 13, 14, 15, 17):
        plain = [
            " ".join(text.split()) for text, _ in pages_of(monthly_pdf(make_account(units=units, overdue=2), STATE))
        ]
        begin = [number for number, text in enumerate(plain) if "Số liệu tính đến 24 giờ" in text]
        assert begin == [number for number, text in enumerate(plain) if "(13b) Như cột 13" in text], units
        assert len(begin) == 1
        assert "Tổng cộng" in plain[begin[0]] or "III." in plain[begin[0]], f"{units}: a page of their own"
