"""Ugly trackers are read as a careful person reads them; what is not, is named."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from app.errors import DomainError
from app.reading.matching import Directory
from app.reading.model import UnitName
from app.tracker.choosing import likeliest
from app.tracker.columns import suggest
from app.tracker.days import read_day
from app.tracker.heads import find_head
from app.tracker.offices import UnitReader
from app.tracker.rows import read_rows
from app.tracker.sheet import Sheet
from app.tracker.statuses import Standing, read_status
from app.tracker.workbook import read_workbook
from tests.tracker.scoring import directory, score

NAMES = ("chuyen_doi_so", "ket_luan", "danh_sach", "dang_uy", "tong_hop", "theo_don_vi")
LEAST = 0.98


@pytest.mark.parametrize("name", NAMES)
def test_sheet_heads_columns_and_rows_are_found(name: str) -> None:
    found = score(name)
    assert found.columns == []
    assert found.others == []


def test_nearly_every_cell_is_right_and_the_others_are_named() -> None:
    scores = [score(name) for name in NAMES]
    right, cells = sum(each.right for each in scores), sum(each.cells for each in scores)
    print(f"\n{right} of {cells} cells right: {right / cells:.1%}")  # noqa: T201 -- the score is what is asked for
    for each in scores:
        print(*each.misses, sep="\n")  # noqa: T201 -- the same
    assert right >= LEAST * cells
    assert [silent for each in scores for silent in each.silent] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/6", date(2026, 6, 30)),
        ("trước ngày 05/01/2027", date(2027, 1, 5)),
        ("Quý II", date(2026, 6, 30)),
        ("quý 2/2026", date(2026, 6, 30)),
        ("T12/2026", date(2026, 12, 31)),
        ("31-3-26", date(2026, 3, 31)),
        ("9 tháng đầu năm 2026", date(2026, 9, 30)),
        ("năm 2027", date(2027, 12, 31)),
        (46203.0, date(2026, 6, 30)),
        ("Cuối Q.III", date(2026, 9, 30)),
    ],
)
def test_days_as_offices_write_them(text: str | float, day: date) -> None:
    assert read_day(text, date(2026, 1, 1)).on == day


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [("1 lần/quý", "quarterly"), ("tháng/lần", "monthly"), ("6 tháng/lần", None), ("02 lần/năm", None)],
)
def test_how_often_is_no_day_and_no_error(text: str, rhythm: str | None) -> None:
    read = read_day(text, date(2026, 1, 1))
    assert (read.on, read.words, read.rhythm, read.wrong) == (None, text, rhythm, None)


def sheet(name: str, *rows: list[str]) -> Sheet:
    return Sheet(name, rows)


HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Tình trạng"]


def test_the_newest_years_sheet_is_suggested_though_the_old_one_is_longer() -> None:
    old = sheet("2025", HEAD, *([str(at), f"Việc {at}", "VP", "30/6", "x"] for at in range(9)))
    sums = sheet("Tổng hợp 2026", ["TT", "Nội dung", "Thời hạn"], ["1", "Số việc", "3"])
    assert likeliest([old, sums, sheet("Sổ 2026", HEAD, ["1", "Việc", "VP", "30/6", ""])]) == 2


def test_a_row_without_a_lead_unit_has_that_of_its_part() -> None:
    page = sheet(
        "Sổ 2026", HEAD,
        ["A.", "PHÒNG VĂN HÓA - XÃ HỘI", "", "", ""],
        ["I.", "Nhiệm vụ thường xuyên", "", "", ""],
        ["1", "Việc một", "", "30/6/2026", "Đang làm"],
        ["2", "Việc hai", "Văn phòng", "30/6/2026", "Đang làm"],
        ["B.", "Nhiệm vụ giao Công an phường: 1 nhiệm vụ", "", "", ""],
        ["1", "Việc ba", "", "30/6/2026", "Đang làm"],
        ["C.", "LĨNH VỰC KINH TẾ, ĐÔ THỊ", "", "", ""],
        ["1", "Việc bốn", "", "30/6/2026", "Đang làm"],
        ["D.", "Công an phường, Trạm Y tế", "", "", ""],
        ["1", "Việc năm", "", "30/6/2026", "Đang làm"],
    )  # fmt: skip
    head = find_head(page)
    mapping = {column: each.field for column, each in head.columns.items()}
    rows = [
        row for row in read_rows(page, head, mapping, UnitReader(directory()), date(2026, 1, 1)) if row.kind == "task"
    ]
    leads = [row.cells["lead"].read["leads"] if "lead" in row.cells else None for row in rows]
    assert leads == [["uvhxh"], ["uvp"], ["uca"], None, None]
    assert [bool(row.cells["lead"].doubt) for row in rows[:3]] == [True, False, True]


def test_a_part_named_in_the_column_of_numbers_is_a_part() -> None:
    page = sheet(
        "Sổ 2026", HEAD,
        ["PHẦN 1", "", "", "", ""],
        ["1", "Việc một", "Văn phòng", "30/6/2026", "Đang làm"],
        ["Lĩnh vực văn hóa", "", "", "", ""],
        ["2", "Việc hai", "Văn phòng", "30/6/2026", "Đang làm"],
    )  # fmt: skip
    head = find_head(page)
    mapping = {column: each.field for column, each in head.columns.items()}
    rows = read_rows(page, head, mapping, UnitReader(directory()), date(2026, 1, 1))
    assert [(row.kind, row.section) for row in rows] == [
        ("section", "PHẦN 1"), ("task", "PHẦN 1"), ("section", "Lĩnh vực văn hóa"), ("task", "Lĩnh vực văn hóa")
    ]  # fmt: skip


def test_ditto_marks_and_sums_are_read_as_the_office_means_them() -> None:
    page = sheet(
        "Sổ 2026", HEAD,
        ["1", "Việc thứ nhất", "Văn phòng", "30/6/2026", "Đang làm"],
        ["2", "Việc thứ hai", "nt", "-nt-", "như trên"],
        ["", "Cộng mục I: 2 việc", "", "", ""],
        ["3", "Cộng đồng tham gia phân loại rác", '"', "31/7/2026", ""],
    )  # fmt: skip
    head = find_head(page)
    mapping = {column: each.field for column, each in head.columns.items()}
    rows = read_rows(page, head, mapping, UnitReader(directory()), date(2026, 6, 15))
    assert [row.kind for row in rows] == ["task", "task", "foot", "task"]
    leads = [row.cells["lead"].read["leads"] for row in rows if row.kind == "task"]
    assert leads == [["uvp"]] * 3
    assert rows[1].cells["due"].read["on"] == "2026-06-30"
    assert "status" not in rows[3].cells


def test_a_heading_that_only_says_by_what_takes_its_parents_meaning() -> None:
    found = suggest(["Thời gian hoàn thành", "Theo VB giao"])
    assert found is not None
    assert found.field == "due"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Giao cho", "lead"), ("Đơn vị nhận việc", "lead"), ("Đơn vị cùng làm", "helpers"),
        ("Cùng thực hiện", "helpers"), ("Xong ngày", "done_on"), ("Ngày giao", "source_on"),
        ("Văn bản giao", "source"),
    ],
)  # fmt: skip
def test_headings_of_lists_kept_by_hand(heading: str, field: str) -> None:
    found = suggest([heading])
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize("text", ["30/2/2026", "sớm", "13/13/2026", "7"])
def test_what_is_no_day_is_said_so(text: str) -> None:
    read = read_day(text, date(2026, 1, 1))
    assert read.on is None
    assert read.wrong is not None
    assert "ví dụ" in read.wrong.vi or "Hãy nhập" in read.wrong.vi


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Đã hoàn thành", Standing.DONE),
        ("Chưa hoàn thành", Standing.OPEN),
        ("hoàn thành 80%", Standing.OPEN),
        ("Hoàn thành, chậm 3 ngày", Standing.DONE),
        ("đang chờ ý kiến", Standing.OPEN),
        ("Không thực hiện nữa", Standing.STOPPED),
        ("100 %", Standing.DONE),
        ("rất tốt", None),
    ],
)
def test_words_of_status(text: str, standing: Standing | None) -> None:
    assert read_status(text, None).standing == standing


@pytest.mark.parametrize(
    ("text", "leads", "helpers"),
    [
        ("Phòng VHXH", ["vhxh"], []),
        ("phong van hoa xa hoi", ["vhxh"], []),
        ("Phòng VHXH, Phòng Kinh tế", ["vhxh"], ["kt"]),
        ("PH: Công an; CT: Văn phòng", ["vp"], ["ca"]),
        ("Văn phòng, Công an (phối hợp)", ["vp"], ["ca"]),
        ("Văn phòng chủ trì phối hợp với các đơn vị liên quan", ["vp"], []),
        ("VHXH", ["vhxh"], []),
        ("CAP c/t; P. VHXH & VP p/h", ["ca"], ["vhxh", "vp"]),
        ("VP (BP CNTT)", ["vp"], ["cntt"]),
        ("P. VHXH (mảng số hóa), CAP", ["vhxh"], ["ca"]),
    ],
)
def test_several_units_in_one_cell(text: str, leads: list[str], helpers: list[str]) -> None:
    read = UnitReader(directory()).read(text)
    assert [each.unit_id for each in read.leads] == leads
    assert [each.unit_id for each in read.helpers] == helpers
    assert read.unknown == []


@pytest.mark.parametrize(
    ("text", "leads", "helpers"),
    [
        ("P. KTHT&ĐT", ["kt"], []),
        ("Phòng KTHT & ĐT", ["kt"], []),
        ("phong kinh te, ha tang & do thi", ["kt"], []),
        ("Phòng Kinh tế, HT&ĐT", ["kt"], []),
        ("Phòng KT, HT & ĐT, P. VHXH", ["kt"], ["vhxh"]),
        ("KTHT&ĐT", ["kt"], []),
        ("P. VH&XH", ["vhxh"], []),
        ("VP HĐND&UBND", ["vp"], []),
        ("P. KTHT&ĐT chủ trì; P. VHXH & CAP phối hợp", ["kt"], ["vhxh", "ca"]),
        ("P. VHXH/P.KTHT&ĐT", ["vhxh"], ["kt"]),
        ("P. VHXH & Công an phường", ["vhxh"], ["ca"]),
        ("Phòng Kinh tế & Công an phường", ["kt"], ["ca"]),
        ("Phòng Kinh tế & Văn phòng & CAP", ["kt"], ["vp", "ca"]),
    ],
)
def test_an_and_sign_inside_a_name_parts_nothing(text: str, leads: list[str], helpers: list[str]) -> None:
    read = UnitReader(directory()).read(text)
    assert read.unknown == []
    assert [each.unit_id for each in read.leads] == leads
    assert [each.unit_id for each in read.helpers] == helpers


@pytest.mark.parametrize(
    "cell", ["Bộ phận một cửa", "BP một cửa", "Bộ phận Một cửa chủ trì", "BỘ PHẬN MỘT CỬA", "bo phan mot cua"]
)
def test_a_name_may_end_with_a_word_that_looks_like_of(cell: str) -> None:
    """«cửa» without its tone is «của», which names are compared without."""
    desk = UnitName("desk", "Trung tâm Phục vụ hành chính công", ("Bộ phận một cửa",))
    read = UnitReader(Directory.of([desk], [])).read(cell)
    assert ([named.unit_id for named in read.leads], read.unknown) == (["desk"], [])


@pytest.mark.parametrize("cell", ["TDP2", "Tổ dân phố số 1, TDP2", "tdp2"])
def test_a_number_may_stand_close_to_its_name(cell: str) -> None:
    units = [UnitName("1", "Tổ dân phố số 1", ("TDP 1",)), UnitName("2", "Tổ dân phố số 2", ("TDP 2",))]
    read = UnitReader(Directory.of(units, [])).read(cell, helping=True)
    assert ([named.unit_id for named in read.helpers][-1], read.unknown) == ("2", [])


def test_what_is_no_name_as_a_whole_is_still_parted() -> None:
    read = UnitReader(directory()).read("P. VHXH & Hội Người cao tuổi")
    assert [each.unit_id for each in read.leads] == ["vhxh"]
    assert read.unknown == ["Hội Người cao tuổi"]


@pytest.mark.parametrize(
    ("cell", "leads", "helpers"),
    [
        ("P. VHXH, các đơn vị liên quan phối hợp", ["vhxh"], []),
        ("Các đơn vị liên quan chủ trì, Công an phường phối hợp", [], ["ca"]),
        ("P. VHXH (đ/c Mẫu) chủ trì, Công an phường phối hợp", ["vhxh"], ["ca"]),
    ],
)
def test_the_part_of_who_is_no_unit_falls_to_nobody_else(cell: str, leads: list[str], helpers: list[str]) -> None:
    read = UnitReader(directory()).read(cell)
    assert ([each.unit_id for each in read.leads], [each.unit_id for each in read.helpers]) == (leads, helpers)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 an old xls"])
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(DomainError, match="Excel"):
        read_workbook(data)


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (151 * 2**20))
    with pytest.raises(DomainError, match="quá lớn"):
        read_workbook(stream.getvalue())


def test_a_cell_that_names_a_unit_which_is_gone_names_it_whole() -> None:
    units = [UnitName(1, "Phòng Kinh tế", ("P. KT",)), UnitName(2, "Công an phường")]
    gone = ["Phòng Kinh tế, Hạ tầng và Đô thị", "P. KTHTĐT", "Phòng Kinh tế"]
    reader = UnitReader(Directory.of(units, [], gone))
    old = reader.read("Phòng Kinh tế, Hạ tầng và Đô thị")
    assert (old.leads, old.unknown) == ([], ["Phòng Kinh tế, Hạ tầng và Đô thị"])
    new = reader.read("Phòng Kinh tế; phối hợp: Công an phường")
    assert ([one.unit_id for one in new.leads], [one.unit_id for one in new.helpers]) == ([1], [2])
