"""The tables offices keep are read as they are: own headings, titles above them, ordinal numbers, blanks."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from app.errors import DomainError, TooLargeError
from app.reading.tables import MAX_FILE, MAX_ROWS, lines_of, rows_of_text, rows_of_workbook
from app.services.import_people import HEADINGS as PEOPLE
from app.services.import_units import HEADINGS as UNITS


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return an XLSX whose second sheet holds the rows; the first is empty, as offices leave it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("Bìa")
        sheet = book.add_worksheet("DS")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def test_headings_are_found_tonelessly_below_the_title() -> None:
    data = workbook(
        ("UBND PHƯỜNG SÔNG MÂY",),
        ("DANH SÁCH CÁN BỘ",),
        ("STT", "HỌ VÀ TÊN", "Chức  vụ", "Phòng, ban", "E-mail công vụ"),
        (1, "Nguyễn  Văn An", "Trưởng phòng", "P. VHXH", "an@x.vn"),
        (2.0, "Lê Thị Bình", "", "", ""),
    )
    first, second = lines_of(rows_of_workbook(data), PEOPLE)
    assert (first.get("name"), first.get("title"), first.get("unit")) == ("Nguyễn Văn An", "Trưởng phòng", "P. VHXH")
    assert first.get("email") == "an@x.vn"
    assert second.get("name") == "Lê Thị Bình"
    assert first.number == 4


def test_plain_lines_and_ordinals_need_no_heading() -> None:
    plain = lines_of(rows_of_text("- Văn phòng\n- Đơn vị hiệp quản\n\n2) Trạm Y tế"), UNITS)
    assert [line.get("name") for line in plain] == ["Văn phòng", "Đơn vị hiệp quản", "Trạm Y tế"]
    numbered = lines_of(rows_of_text("1\tVăn phòng\tVP\n2\tTrạm Y tế\tTYT"), UNITS)
    assert [(line.get("name"), line.get("short_name")) for line in numbered] == [
        ("Văn phòng", "VP"),
        ("Trạm Y tế", "TYT"),
    ]


def test_decomposed_letters_and_hard_blanks_are_made_plain() -> None:
    decomposed = "Pho\u0300ng\u00a0Va\u0306n ho\u0301a"
    assert lines_of(rows_of_text(decomposed), UNITS)[0].get("name") == "Phòng Văn hóa"


def bomb() -> bytes:
    """Return a small archive that would unpack to more than any list."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    return stream.getvalue()


def hollow() -> bytes:
    """Return an archive that calls itself a workbook and is none."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG not a workbook", "không phải tệp Excel"),
        (b"\xd0\xcf\x11\xe0old or protected", "không phải tệp Excel"),
        (hollow(), "không phải tệp Excel"),
        (workbook(), "không có dòng nào"),
        (b"x" * (MAX_FILE + 1), "lớn hơn 5 MB"),
        (bomb(), "quá lớn khi mở ra"),
        (workbook(*[("Tổ", str(n)) for n in range(MAX_ROWS + 1)]), "hơn 2000 dòng"),
    ],
    ids=["picture", "old", "hollow", "empty", "large", "bomb", "long"],
)
def test_a_file_that_is_no_list_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        rows_of_workbook(data)


def test_nothing_and_too_much_get_a_sentence() -> None:
    with pytest.raises(DomainError, match="Chưa có nội dung"):
        rows_of_text(" \n\t\n")
    with pytest.raises(TooLargeError, match="quá dài"):
        rows_of_text("Tổ dân phố\n" * 100_000)
