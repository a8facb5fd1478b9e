"""Word, PDF and HTML files read as their readers see them, and files that mean harm stopped in time."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from app.errors import DomainError
from app.reading import files
from app.reading.errors import ClassifiedTextError, FileTooLargeError
from app.reading.files import read_bytes
from app.reading.reader import read_text
from tests.reading.made import LOCKED_PDF, RELS, TYPES, W, paragraph, pdf, word

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def at(number: int, level: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'


def lines(data: bytes) -> list[str]:
    return [line for line in read_bytes(data).text.split("\n") if line]


def test_numbers_that_word_counts_by_itself_are_read() -> None:
    body = "".join(
        paragraph(words, at(number, level))
        for words, number, level in [
            ("Đánh giá", 1, 0), ("Nhiệm vụ", 1, 0), ("Về hạ tầng", 1, 1), ("Rà soát", 1, 2), ("Lập dự toán", 1, 2),
            ("Về dữ liệu", 1, 1), ("Số hóa", 1, 2), ("Gửi báo cáo", 2, 0), ("Phần bốn", 3, 0),
        ]
    )  # fmt: skip
    assert lines(word(body, numbering=NUMBERS)) == [
        "I. Đánh giá",
        "II. Nhiệm vụ",
        "1. Về hạ tầng",
        "a) Rà soát",
        "b) Lập dự toán",
        "2. Về dữ liệu",
        "a) Số hóa",
        "- Gửi báo cáo",
        "IV. Phần bốn",
    ]


def test_insertions_count_deletions_do_not_and_the_user_is_told() -> None:
    body = (
        "<w:p><w:r><w:t>Giao Văn phòng rà soát </w:t></w:r>"
        "<w:del><w:r><w:delText>trước ngày 01/12/2026</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>trước ngày 15/12/2026</w:t></w:r></w:ins>"
        "<w:commentRangeStart/><w:r><w:commentReference/></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Hai đoạn </w:t></w:r></w:p>" + paragraph("thành một.")
    )
    read = read_bytes(word(body))
    assert lines(word(body)) == ["Giao Văn phòng rà soát trước ngày 15/12/2026", "Hai đoạn thành một."]
    assert "theo dõi" in read.notes[0].vi
    assert "tracked" in read.notes[0].en
    assert not read_bytes(word(paragraph("Không sửa"))).notes


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_an_annex_of_tasks_gives_a_task_a_row() -> None:
    body = (
        paragraph("Đồng chí Trưởng ban kết luận như sau:")
        + paragraph("1. Đồng ý chủ trương.")
        + paragraph("Nơi nhận: - Như trên.")
        + paragraph("PHỤ LỤC NHIỆM VỤ")
        + table(
            ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"),
            ("I", "Về hạ tầng", "", "", ""),
            ("1", "Rà soát đường truyền", "Phòng Kinh tế", "Công an xã, Văn phòng UBND xã", "30/11/2026"),
            ("2", "Lập danh sách thiết bị", "Văn phòng UBND xã", "", "Hằng quý"),
        )
    )
    found = read_text(read_bytes(word(body)).text).items
    assert [item.text for item in found] == ["Đồng ý chủ trương.", "Rà soát đường truyền", "Lập danh sách thiết bị"]
    assert [item.lead.words if item.lead else None for item in found[1:]] == ["Phòng Kinh tế", "Văn phòng UBND xã"]
    assert [named.words for named in found[1].coordinating] == ["Công an xã", "Văn phòng UBND xã"]
    assert str(found[1].due) == "2026-11-30"
    assert found[2].recurrence == "quarterly"
    assert found[1].section == "I. Về hạ tầng"


def test_text_in_the_older_vietnamese_code_is_brought_over() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime{}"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
    body = run.format("H", "th«ng b¸o") + run.format("", "Giao V¨n phßng rµ so¸t hå s¬.")
    assert lines(word(body)) == ["THÔNG BÁO", "Giao Văn phòng rà soát hồ sơ."]


def test_a_marking_in_the_head_of_the_page_is_refused() -> None:
    head = f'<w:hdr xmlns:w="{W}">{paragraph("MẬT")}</w:hdr>'
    with pytest.raises(ClassifiedTextError):
        read_bytes(word(paragraph("Giao Văn phòng rà soát."), header1=head))


LETTER = """
#set text(size: 11pt)
#grid(columns: (1fr, 1.3fr), align: center, [UBND XÃ PHÚ LỘC \\ *BAN CHỈ ĐẠO 57* \\ Số: 09/TB-BCĐ],
 [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ _Phú Lộc, ngày 05 tháng 10 năm 2026_])
#set text(size: 14pt)
#align(center)[*THÔNG BÁO* \\ *Kết luận của đồng chí Huỳnh Ngọc Thảo tại phiên họp thứ tư*]

Ngày 02/10/2026, đồng chí Huỳnh Ngọc Thảo chủ trì phiên họp thứ tư. Đồng chí kết luận như sau:

1\\. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an xã rà soát các điểm phát sóng thông tin di động trên địa
bàn, báo cáo Ban Chỉ đạo trước ngày 30/11/2026.

2\\. Giao Văn phòng HĐND và UBND xã lập dự toán.

#pagebreak()

3\\. Đồng ý chủ trương thuê dịch vụ.

#grid(columns: (1fr, 1fr), [*Nơi nhận:* \\ - Như trên; \\ - Lưu: VT.], align(center)[*TRƯỞNG BAN* \\ Huỳnh Ngọc Thảo])
"""


def test_a_pdf_is_read_without_its_margins_and_with_its_two_column_head_unfolded() -> None:
    text = read_bytes(pdf(LETTER)).text
    assert [line for line in text.split("\n") if line][:9] == [
        "UBND XÃ PHÚ LỘC",
        "BAN CHỈ ĐẠO 57",
        "Số: 09/TB-BCĐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Phú Lộc, ngày 05 tháng 10 năm 2026",
        "THÔNG BÁO",
        "Kết luận của đồng chí Huỳnh Ngọc Thảo tại phiên họp thứ tư",
        "Ngày 02/10/2026, đồng chí Huỳnh Ngọc Thảo chủ trì phiên họp thứ tư. Đồng chí kết luận như sau:",
    ]
    found = read_text(text)
    assert len(found.items) == 3
    assert found.meeting.chair == "Huỳnh Ngọc Thảo"
    assert str(found.items[0].due) == "2026-11-30"
    assert found.items[2].text == "Đồng ý chủ trương thuê dịch vụ."


def test_a_ruled_table_of_tasks_in_a_pdf_is_read() -> None:
    rows = """#table(columns: (1cm, 1fr, 3.5cm, 3cm), [TT], [Nội dung], [Đơn vị chủ trì], [Thời hạn],
    [1], [Rà soát các đường truyền số liệu tại nhà văn hóa của các thôn], [Phòng Kinh tế], [30/11/2026],
    [2], [Lập danh sách thiết bị], [Văn phòng UBND xã], [Quý I/2027])"""
    found = read_text(read_bytes(pdf(f"Đồng chí Trưởng ban kết luận, giao nhiệm vụ như sau:\n\n{rows}")).text).items
    assert [item.text for item in found] == [
        "Rà soát các đường truyền số liệu tại nhà văn hóa của các thôn",
        "Lập danh sách thiết bị",
    ]
    assert [str(item.due) for item in found] == ["2026-11-30", "2027-03-31"]


def test_html_is_read_as_a_browser_shows_it() -> None:
    page = """<div><script>alert(1)</script><p>Đồng chí Trưởng ban&nbsp;kết luận như sau:</p><ol><li>Giao <b>Văn
    phòng</b> rà soát.</li><li>Đồng ý chủ trương.</li></ol></div>"""
    assert [item.text for item in read_text(page).items] == ["Giao Văn phòng rà soát.", "Đồng ý chủ trương."]


def test_a_picture_of_pages_gets_a_sentence_that_says_what_to_do() -> None:
    with pytest.raises(DomainError, match="bản quét") as refusal:
        read_bytes(pdf("#rect(width: 10cm, height: 10cm, fill: blue)"))
    assert "OCR" in refusal.value.sentence.vi
    assert refusal.value.sentence.en.startswith("This PDF is a scan")


def bomb(part: str, size: int) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        with archive.open(part, "w", force_zip64=True) as file:
            for _ in range(size // 2**20):
                file.write(b" " * 2**20)
    return made.getvalue()


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)  # fmt: skip
XXE = (
    f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body>&x;</w:body></w:document>'
)


def raw_word(document: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", document)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (bomb("word/document.xml", 200 * 2**20), "Tệp quá lớn"),
        (raw_word(XXE), "gây hại"),
        (raw_word(f"{LAUGHS}]><w>&j;</w>"), "gây hại"),
        (raw_word("<w>" * 100_000), "bị hỏng"),
        (raw_word("no xml"), "bị hỏng"),
        (b"PK\x03\x04" + b"\xff" * 5000, "bị hỏng"),
        (b"MZ\x90\x00" + bytes(4000), "EXE"),
        (b"%PDF-1.7\nbroken", "PDF này bị hỏng"),
        (LOCKED_PDF, "mật khẩu"),
        (pdf("A" + "#pagebreak()A" * 299), "300 trang"),
    ],
    ids=["zip bomb", "xxe", "laughs", "deep", "no xml", "half a zip", "exe", "broken pdf", "locked pdf", "300 pages"],
)
def test_harm_is_stopped_in_time_with_a_sentence_in_both_languages(data: bytes, sentence: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(DomainError, match=sentence) as refusal:
        read_bytes(data)
    assert refusal.value.sentence.en
    assert time.perf_counter() - begun < 10


def test_a_program_by_another_name_is_no_word_file(tmp_path: Path) -> None:
    renamed = tmp_path / "ket-luan.docx"
    renamed.write_bytes(b"MZ\x90\x00" + bytes(4000))
    with pytest.raises(DomainError, match="EXE"):
        files.read_file(renamed)


def test_a_file_beyond_the_limit_is_not_opened() -> None:
    with pytest.raises(FileTooLargeError):
        read_bytes(b"PK\x03\x04" + bytes(26 * 2**20))


@pytest.mark.parametrize(
    "greed", ["kept = [bytes(2**24) for _ in range(2**9)]", "while True: pass"], ids=["memory", "time"]
)
def test_the_reading_process_is_bounded(monkeypatch: pytest.MonkeyPatch, greed: str) -> None:
    bounded = f"from app.reading import child\nchild.SECONDS = 1\nchild.MEMORY = 2**28\nchild.bound()\n{greed}"
    monkeypatch.setattr(files, "_COMMAND", ("-c", bounded))
    with pytest.raises(DomainError, match="quá nhiều thời gian hoặc bộ nhớ"):
        read_bytes(word(paragraph("Giao Văn phòng rà soát.")))
