"""Makes the ugly trackers that the reader is scored with, and beside each what a careful person reads in it.

Run as «python -m tests.tracker.make_trackers». Offices, people and papers are invented; the habits are the offices'.
What stands in a cell and what it means are written side by side here, by hand, never taken from the reader.
"""
# Over 300 lines: four trackers, each cell beside what it means.

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).parent / "made"
CREATED = datetime(2026, 1, 5)  # noqa: DTZ001 -- a workbook knows no zones
WRONG = "!"
"""What the reader must name in the preview: no day, no such unit."""


Cell = str | float | date | tuple[str, int, str]
"""What stands in a cell; of three parts: a text merged over so many rows."""
Meaning = str | dict[str, list[str]]


@dataclass
class Line:
    """One row of a sheet: what each cell holds, and what each mapped cell means; `kind` as in app.tracker.rows."""

    cells: Sequence[Cell]
    means: Sequence[Meaning] = ()
    kind: str = "task"
    merged: bool = False


@dataclass
class Tracker:
    """One workbook to make; `merges` of the heads count from the first head row."""

    name: str
    sheet: str
    title: Sequence[str]
    heads: Sequence[Sequence[str]]
    merges: Sequence[tuple[int, int, int, int]]
    fields: Sequence[str]
    lines: Sequence[Line]
    before: Callable[[xlsxwriter.Workbook], None] | None = None
    after: Callable[[xlsxwriter.Workbook, Worksheet], None] | None = None


def task(*pairs: Cell | tuple[Cell, Meaning]) -> Line:
    """Return a task's row: a cell, or a cell with its meaning."""
    both = [pair if isinstance(pair, tuple) else (pair, str(pair)) for pair in pairs]
    return Line([each[0] for each in both], [each[1] for each in both])  # type: ignore[misc]  # pairs, never merged


def other(kind: str, *cells: str, merged: bool = False) -> Line:
    """Return a row that is no task."""
    return Line(cells, (), kind, merged)


def who(*leads: str, helpers: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return the units that a cell names, by the keys of tests.factories."""
    return {"leads": [f"u{key}" for key in leads], "helpers": [f"u{key}" for key in helpers]}


def helps(*keys: str) -> dict[str, list[str]]:
    """Return the units that a cell of helpers names."""
    return {"leads": [], "helpers": [f"u{key}" for key in keys]}


def write(made: Tracker) -> None:
    """Write one tracker and its gold file."""
    book = xlsxwriter.Workbook(HERE / f"{made.name}.xlsx", {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"created": CREATED})
    if made.before:
        made.before(book)
    page = book.add_worksheet(made.sheet)
    strong = book.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
    top = len(made.title)
    for at, text in enumerate(made.title):
        if text:
            page.merge_range(at, 0, at, len(made.fields) - 1, text, strong)
    for at, row in enumerate(made.heads):
        page.write_row(top + at, 0, row, strong)
    for a, b, c, d in made.merges:
        page.merge_range(top + a, b, top + c, d, made.heads[a][b], strong)
    for at, line in enumerate(made.lines, top + len(made.heads)):
        if line.merged:
            page.merge_range(at, 0, at, len(made.fields) - 1, line.cells[0], strong)
        else:
            write_line(page, at, line)
    if made.after:
        made.after(book, page)
    book.close()
    gold = json.dumps(gold_of(made), ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / f"{made.name}.json").write_text(gold + "\n")


def write_line(page: Worksheet, at: int, line: Line) -> None:
    """Write the cells of one row; «^» stands in a cell that is merged from above."""
    for column, cell in enumerate(line.cells):
        if isinstance(cell, tuple):
            _, height, text = cell
            page.merge_range(at, column, at + height - 1, column, text)
        elif isinstance(cell, date):
            page.write_datetime(at, column, cell)
        elif isinstance(cell, str) and cell not in {"", "^"}:
            page.write_string(at, column, cell)
        elif not isinstance(cell, str):
            page.write_number(at, column, cell)


def gold_of(made: Tracker) -> dict[str, Any]:
    """Return what a careful person reads in a tracker."""
    first = len(made.title) + len(made.heads) + 1
    rows, others = {}, {}
    for number, line in enumerate(made.lines, first):
        if line.kind == "task":
            both = zip(made.fields, line.means, strict=False)
            rows[str(number)] = {name: mean for name, mean in both if name and mean != ""}
        elif any(line.cells):
            others[str(number)] = line.kind
    mapping = {str(column): name for column, name in enumerate(made.fields) if name}
    return {"sheet": made.sheet, "mapping": mapping, "rows": rows, "others": others}


def down(height: int, text: str) -> tuple[str, int, str]:
    """Return a cell merged over so many rows."""
    return ("merged", height, text)


def digital() -> None:
    """Make the steering committee's own: titles above, two head rows, sections, roles in one cell."""
    heads = [
        [
            "TT",
            "Nội dung nhiệm vụ",
            "Văn bản giao",
            "Đơn vị thực hiện",
            "",
            "Thời hạn hoàn thành",
            "Tình trạng",
            "Ngày HT",
            "Ghi chú",
        ],
        ["", "", "", "Chủ trì", "Phối hợp", "", "", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
    ]
    merges = [(0, c, 1, c) for c in (0, 1, 2, 5, 6, 7, 8)] + [(0, 3, 0, 4)]
    tb05, tb12 = (
        ("TB số 05/TB-BCĐ ngày 20/01/2026", "05/TB-BCĐ@2026-01-20"),
        ("Thông báo 12/TB-BCĐ ngày 05/3/2026", "12/TB-BCĐ@2026-03-05"),
    )
    lines = [
        other("section", "I. Lĩnh vực chuyển đổi số", merged=True),
        task(
            ("1", "1"),
            "Rà soát, thay thế máy tính bảng phục vụ họp không giấy",
            tb05,
            ("Phòng VHXH", who("vhxh")),
            ("Phòng Kinh tế", helps("kt")),
            ("30/6", "2026-06-30"),
            ("Đã hoàn thành", "done"),
            (date(2026, 6, 25), "2026-06-25"),
            "",
        ),
        task(
            "2",
            "Xây dựng kế hoạch chuyển đổi số năm 2026 của phường",
            tb05,
            ("Văn phòng HĐND&UBND (chủ trì), Phòng VHXH, Trạm Y tế phối hợp", who("vp", helpers=("vhxh", "tyt"))),
            "",
            ("trước 15/12/2026", "2026-12-15"),
            ("Đang TH", "open"),
            "",
            "Đã họp 02 lần",
        ),
        task(
            "3",
            "Cập nhật dữ liệu dân cư trên địa bàn",
            tb05,
            ("Công an phường", who("ca")),
            ("VP; P. VHXH; Trạm Y tế", helps("vp", "vhxh", "tyt")),
            ("Quý III/2026", "2026-09-30"),
            ("Chậm 5 ngày", "open"),
            "",
            "",
        ),
        task(
            "4",
            "Duy trì hoạt động tổ công nghệ số cộng đồng ở các khu phố",
            tb05,
            ("Bộ phận CNTT", who("cntt")),
            ("Các đơn vị liên quan", helps()),
            ("thường xuyên", "~"),
            ("Đang thực hiện", "open"),
            "",
            "",
        ),
        task(
            "5",
            "Báo cáo kết quả thực hiện Đề án 06",
            tb05,
            ("CAP", who("ca")),
            "",
            ("Hằng tháng", "~monthly"),
            ("Đang triển khai", "open"),
            "",
            "Trước ngày 20",
        ),
        task(
            "6",
            "Tập huấn kỹ năng số cho cán bộ, công chức",
            ("TB số 05/TB-BCĐ ngày 20/1/26", "05/TB-BCĐ@2026-01-20"),
            ("Phòng Văn hóa - Xã hội", who("vhxh")),
            ("Bộ phận CNTT - Văn phòng", helps("cntt")),
            ("31/6/2026", WRONG),
            ("Chưa thực hiện", "open"),
            "",
            "Hỏi lại ngày",
        ),
        other("section", "", "II. Lĩnh vực cải cách hành chính"),
        task(
            "1",
            "Niêm yết thủ tục hành chính bằng mã QR tại bộ phận một cửa",
            tb12,
            ("Trung tâm PVHCC", who("hcc")),
            ("Bộ phận công nghệ thông tin", helps("cntt")),
            ("Tháng 4/2026", "2026-04-30"),
            ("HT", "done"),
            ("20/4", "2026-04-20"),
            "",
        ),
        task(
            "2",
            "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
            tb12,
            ("Trung tâm Phục vụ hành chính công, Phòng Kinh tế, Hạ tầng và Đô thị", who("hcc", helpers=("kt",))),
            "",
            ("6 tháng đầu năm 2026", "2026-06-30"),
            ("Đã ban hành QĐ số 88/QĐ-UBND ngày 12/5/2026", "done@2026-05-12"),
            "",
            "",
        ),
        task(
            "3",
            "Khảo sát mức độ hài lòng của người dân",
            tb12,
            ("Văn phòng phường", who("vp")),
            ("TTPVHCC", helps("hcc")),
            ("Q4/2026", "2026-12-31"),
            ("Chưa đến hạn", "open"),
            "",
            "",
        ),
        task(
            "4",
            "Rút ngắn thời gian giải quyết hồ sơ đất đai",
            tb12,
            ("Phòng Kinh tế", who("kt")),
            ("Trung tâm PVHCC\nVăn phòng", helps("hcc", "vp")),
            ("15/8/2026 (gia hạn đến 30/9/2026)", "2026-09-30"),
            ("Đang thực hiện 60%", "open"),
            "",
            "",
        ),
        other("section", "", "III. Lĩnh vực an toàn thông tin"),
        task(
            "1",
            "Kiểm tra an toàn thông tin các máy tính của phường",
            ("Công văn 77/CV-BCĐ ngày 02/4/2026", "77/CV-BCĐ@2026-04-02"),
            ("Bộ phận CNTT", who("cntt")),
            ("Công an", helps("ca")),
            ("cuối tháng 5/2026", "2026-05-31"),
            ("Hoàn thành 100%", "done"),
            (date(2026, 5, 29), "2026-05-29"),
            "Không phát hiện mã độc",
        ),
        task(
            "2",
            "Lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin",
            ("Công văn 77/CV-BCĐ ngày 02/4/2026", "77/CV-BCĐ@2026-04-02"),
            ("Bộ phận CNTT, Hội Người cao tuổi", WRONG),
            "",
            ("trong năm 2026", "2026-12-31"),
            ("", ""),
            "",
            "",
        ),
        other("blank"),
        other("foot", "", "Tổng cộng: 12 nhiệm vụ"),
        other("foot", "", "Người lập biểu", "", "", "", "TRƯỞNG BAN"),
        other("foot", "", "Vũ Ngọc Diệp", "", "", "", "Lê Minh Khôi"),
    ]

    def before(book: xlsxwriter.Workbook) -> None:
        notes = book.add_worksheet("Bìa")
        notes.write(0, 0, "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ")

    def after(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.set_column(7, 7, 12, None, {"hidden": True})
        old = book.add_worksheet("Danh mục")
        old.write_column(0, 0, ["Đã hoàn thành", "Đang TH", "Chậm"])
        old.hide()

    write(
        Tracker(
            "chuyen_doi_so",
            "Theo dõi 2026",
            [
                "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ PHƯỜNG BÌNH MINH",
                "SỔ THEO DÕI NHIỆM VỤ NĂM 2026",
                "(Cập nhật đến ngày 15/6/2026)",
                "",
            ],
            heads,
            merges,
            ["ordinal", "title", "source", "lead", "helpers", "due", "status", "done_on", "note"],
            lines,
            before=before,
            after=after,
        )
    )


def conclusions() -> None:
    """Make one by conclusions: the paper's cell merged over its tasks, columns to tick, heads printed again."""
    heads = [
        [
            "STT",
            "Văn bản kết luận",
            "Ngày ban hành",
            "Nội dung kết luận",
            "Cơ quan, đơn vị chủ trì",
            "Thời gian hoàn thành",
            "Kết quả thực hiện",
            "",
            "",
            "Sản phẩm",
        ],
        ["", "", "", "", "", "", "Đã hoàn thành", "Đang thực hiện", "Quá hạn", ""],
    ]
    merges = [(0, c, 1, c) for c in (0, 1, 2, 3, 4, 5, 9)] + [(0, 6, 0, 8)]
    a, b = ("31/TB-UBND", "31/TB-UBND"), ("45/TB-UBND", "45/TB-UBND")
    aday, bday = (date(2026, 2, 3), "2026-02-03"), ("17.4.2026", "2026-04-17")
    lines = [
        task(
            "1",
            (down(4, a[0]), a[1]),
            (down(4, "03/02/2026"), aday[1]),
            "Lắp đặt trạm phát sóng tại khu phố 7",
            ("Phòng Kinh tế", who("kt")),
            ("Trước ngày 30/4", "2026-04-30"),
            ("x", "done"),
            "",
            "",
            "Biên bản nghiệm thu",
        ),
        task(
            "2",
            ("^", a[1]),
            ("^", aday[1]),
            "Mở lớp tập huấn chữ ký số cho cán bộ khu phố",
            ("VP", who("vp")),
            ("15-20/3/2026", "2026-03-20"),
            ("X", "done"),
            "",
            "",
            "",
        ),
        task(
            "3",
            ("^", a[1]),
            ("^", aday[1]),
            "Cấp tài khoản định danh tổ chức cho các trường học",
            ("Công an + Phòng VH-XH", who("ca", helpers=("vhxh",))),
            ("30.6.2026", "2026-06-30"),
            "",
            ("x", "open"),
            "",
            "",
        ),
        task(
            "4",
            ("^", a[1]),
            ("^", aday[1]),
            "Thanh toán không dùng tiền mặt tại chợ Bình Minh",
            ("Phòng Kinh tế (CT) - Công an (PH)", who("kt", helpers=("ca",))),
            ("II/2026", WRONG),
            "",
            "",
            ("x", "open"),
            "",
        ),
        task(
            "1",
            (down(3, b[0]), b[1]),
            (down(3, bday[0]), bday[1]),
            "Khám sức khỏe và lập sổ sức khỏe điện tử cho người cao tuổi",
            ("Trạm Y tế", who("tyt")),
            ("Hết quý III năm 2026", "2026-09-30"),
            "",
            ("x", "open"),
            "",
            "Danh sách",
        ),
        task(
            "2",
            ("^", b[1]),
            ("^", bday[1]),
            "Công khai kết quả xử lý phản ánh của người dân",
            ("Chủ trì: Văn phòng; phối hợp: Công an, Trạm Y tế", who("vp", helpers=("ca", "tyt"))),
            ("25 hằng tháng", "~monthly"),
            "",
            ("x", "open"),
            "",
            "",
        ),
        task(
            "3",
            ("^", b[1]),
            ("^", bday[1]),
            "Cập nhật cơ sở dữ liệu đất đai đợt 1",
            ("Phòng Kinh tế, Hạ tầng và Đô thị phối hợp với Văn phòng HĐND và UBND phường", who("kt", helpers=("vp",))),
            ("ngày 10 tháng 6 năm 2026", "2026-06-10"),
            ("09/6/2026", "done@2026-06-09"),
            "",
            "",
            "",
        ),
        other(
            "heading",
            "STT",
            "Văn bản kết luận",
            "Ngày ban hành",
            "Nội dung kết luận",
            "Cơ quan, đơn vị chủ trì",
            "Thời gian hoàn thành",
            "Kết quả thực hiện",
            "",
            "",
            "Sản phẩm",
        ),
        task(
            "1",
            ("Kết luận giao ban ngày 11/5/2026", "Kết luận giao ban ngày 11/5/2026@2026-05-11"),
            ("11/5/2026", "2026-05-11"),
            "Thay biển chỉ dẫn có mã QR tại trụ sở",
            ("Văn phòng UBND, Bộ phận một cửa cùng phối hợp", who("vp", helpers=("hcc",))),
            ("30/5/26", "2026-05-30"),
            ("x", "done"),
            "",
            "",
            "12 biển",
        ),
        task(
            "2",
            ("Kết luận giao ban ngày 11/5/2026", "Kết luận giao ban ngày 11/5/2026@2026-05-11"),
            ("11/5/2026", "2026-05-11"),
            "Lập nhóm hỗ trợ dịch vụ công trực tuyến tại khu phố",
            ("- Trung tâm PVHCC\n- Bộ phận CNTT", who("hcc", helpers=("cntt",))),
            ("T6/2026", "2026-06-30"),
            "",
            ("x", "open"),
            "",
            "",
        ),
        task(
            "3",
            ("Kết luận giao ban ngày 11/5/2026", "Kết luận giao ban ngày 11/5/2026@2026-05-11"),
            ("11/5/2026", "2026-05-11"),
            "Kiểm kê thiết bị công nghệ thông tin của các đơn vị",
            ("Phòng VH-XH, KT", WRONG),
            ("trong 15 ngày", "2026-05-26"),
            "",
            "",
            ("x", "open"),
            "Bảng kiểm kê",
        ),
        other("foot", "Nơi nhận:", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"),
        other("foot", "- Lưu VT.", "", "", "", "", "CHỦ TỊCH"),
    ]
    write(
        Tracker(
            "ket_luan",
            "KL 2026",
            ["UBND PHƯỜNG BÌNH MINH", "BẢNG THEO DÕI THỰC HIỆN KẾT LUẬN", "Năm 2026"],
            heads,
            merges,
            [
                "ordinal",
                "source",
                "source_on",
                "title",
                "lead",
                "due",
                "tick_done",
                "tick_open",
                "tick_open",
                "deliverable",
            ],
            lines,
        )
    )


def plain_list() -> None:
    """Make a young clerk's list: no title, real dates and bare numbers, codes, extensions, typing errors."""
    heads = [
        [
            "Mã NV",
            "Tên nhiệm vụ",
            "Đơn vị",
            "Deadline",
            "Gia hạn",
            "% hoàn thành",
            "Ngày hoàn thành thực tế",
            "Kết quả",
            "Vướng mắc",
        ]
    ]
    lines = [
        task(
            "CV-01",
            "Lắp wifi công cộng tại nhà văn hóa khu phố 2",
            ("Bộ phận CNTT", who("cntt")),
            (date(2026, 3, 31), "2026-03-31"),
            "",
            (1, "done"),
            (date(2026, 3, 30), "2026-03-30"),
            ("Đã lắp 04 điểm phát", "-"),
            "",
        ),
        task(
            "CV-02",
            "Gắn camera an ninh tuyến đường Hoa Sen",
            ("Công an", who("ca")),
            (46203, "2026-06-30"),
            "",
            (0.6, "open"),
            "",
            ("", ""),
            "Thiếu kinh phí",
        ),
        task(
            "CV-03",
            "Vận động hộ kinh doanh dùng hóa đơn điện tử",
            ("P. KTHTĐT", who("kt")),
            (date(2026, 5, 15), "2026-05-15"),
            (date(2026, 7, 15), "2026-07-15"),
            (0.8, "open"),
            "",
            ("", ""),
            "",
        ),
        task(
            "CV-04",
            "Tuyên truyền trên trang thông tin điện tử của phường",
            ("P.VHXH", who("vhxh")),
            ("Thường xuyên", "~"),
            "",
            (0.5, "open"),
            "",
            ("", ""),
            "",
        ),
        task(
            "CV-05",
            "Nâng cấp phòng họp trực tuyến",
            ("văn phòng", who("vp")),
            ("2026-07-20", "2026-07-20"),
            "",
            ("Xong", "done"),
            ("18/7/2026", "2026-07-18"),
            ("Đã nghiệm thu", "-"),
            "",
        ),
        task(
            "CV-06",
            "Lập danh sách hộ chưa có điện thoại thông minh",
            ("Phong Van hoa - Xa hoi", who("vhxh")),
            ("06/30/2026", WRONG),
            "",
            (0, "open"),
            "",
            ("", ""),
            "",
        ),
        task(
            "CV-07",
            "Báo cáo sơ kết 6 tháng",
            ("Văn phòng/Bộ phận CNTT", who("vp", helpers=("cntt",))),
            ("5/7/2026", "2026-07-05"),
            "",
            ("100%", "done"),
            (46208, "2026-07-05"),
            ("Báo cáo số 120/BC-UBND", "-"),
            "",
        ),
        task(
            "CV-08",
            "Diễn tập ứng cứu sự cố mạng",
            ("CA phường", who("ca")),
            ("Quý 4", "2026-12-31"),
            "",
            ("Chưa", "open"),
            "",
            ("", ""),
            "Chờ hướng dẫn của tỉnh",
        ),
        task(
            "CV-09",
            "Trang bị chữ ký số cho lãnh đạo khu phố",
            ("TT PVHCC", who("hcc")),
            ("12/2026", "2026-12-31"),
            "",
            ("Thôi thực hiện", "stopped"),
            "",
            ("", ""),
            "Tỉnh làm chung",
        ),
        task(
            "CV-10",
            "Số hóa sổ hộ tịch giai đoạn 2",
            ("Phòng VHXH và Công an phường", who("vhxh", helpers=("ca",))),
            ("cuối năm", "2026-12-31"),
            "",
            ("45 %", "open"),
            "",
            ("", ""),
            "",
        ),
        task(
            "CV-11",
            "Mua sắm máy quét tài liệu",
            ("Văn phòng HĐND và UBND", who("vp")),
            ("càng sớm càng tốt", WRONG),
            "",
            ("x", "done"),
            ("10/02", "2026-02-10"),
            ("02 máy", "-"),
            "",
        ),
        task(
            "CV-12",
            "Đưa sản phẩm OCOP lên sàn thương mại điện tử",
            ("Phòng Kinh tế", who("kt")),
            ("15/9", "2026-09-15"),
            ("30/11", "2026-11-30"),
            ("đang làm", "open"),
            "",
            ("", ""),
            "",
        ),
    ]
    write(
        Tracker(
            "danh_sach",
            "Sheet1 (2026)",
            [],
            heads,
            [],
            ["code", "title", "lead", "due", "extended", "status", "done_on", "result", "note"],
            lines,
        )
    )


def party() -> None:
    """Make one as Party committees keep it: heads without merges, leads and helpers in one column."""
    heads = [
        ["Số TT", "Nhiệm vụ", "Căn cứ", "Phân công", "Thời gian", "Tiến độ thực hiện", "Lưu ý"],
        ["", "", "", "thực hiện", "hoàn thành", "", ""],
    ]
    nq = ("Nghị quyết 03-NQ/ĐU ngày 15/01/2026", "03-NQ/ĐU@2026-01-15")
    tb = ("Thông báo 21-TB/ĐU, 20/3/2026", "21-TB/ĐU@2026-03-20")
    lines = [
        other("section", "A", "NHIỆM VỤ TRỌNG TÂM"),
        task(
            "01",
            "Ban hành quy chế quản lý văn bản điện tử",
            nq,
            ("Văn phòng chủ trì, Bộ phận CNTT phối hợp", who("vp", helpers=("cntt",))),
            ("Trước 28/02/2026", "2026-02-28"),
            ("Đã ban hành ngày 26/02/2026", "done@2026-02-26"),
            "",
        ),
        Line(
            [
                "02",
                "Chuẩn hóa dữ liệu đảng viên",
                nq[0],
                "PH: Công an; CT: Văn phòng",
                "30/9/2026",
                "Cơ bản hoàn thành",
                "",
            ],
            [
                "02",
                "Chuẩn hóa dữ liệu đảng viên\n- Rà soát hồ sơ giấy\n- Nhập vào phần mềm",
                nq[1],
                who("vp", helpers=("ca",)),
                "2026-09-30",
                "open",
                "",
            ],
        ),
        other("joined", "", "- Rà soát hồ sơ giấy"),
        other("joined", "", "- Nhập vào phần mềm"),
        task(
            "03",
            "Tổ chức học tập nghị quyết bằng hình thức trực tuyến",
            nq,
            ("Phòng Văn hóa và Xã hội", who("vhxh")),
            ("Trong tháng 3", "2026-03-31"),
            ("Đã tổ chức", "done"),
            "03 điểm cầu",
        ),
        task(
            "04",
            "Kiểm tra việc chấp hành chỉ đạo về chuyển đổi số",
            nq,
            ("đ/c Hoàng Mai Lan - Phòng VHXH", who("vhxh")),
            ("Tháng 10-2026", "2026-10-31"),
            ("Chưa đến thời hạn", "open"),
            "",
        ),
        other("section", "B", "NHIỆM VỤ THƯỜNG XUYÊN"),
        task(
            "01",
            "Giao ban công tác dân vận",
            tb,
            ("Văn phòng, các phòng, ban liên quan", who("vp")),
            ("Hàng quý", "~quarterly"),
            ("Duy trì tốt", WRONG),
            "",
        ),
        task(
            "02",
            "Nắm tình hình dư luận trên mạng xã hội",
            tb,
            ("Công an phường; Phòng VHXH phối hợp", who("ca", helpers=("vhxh",))),
            ("Liên tục", "~"),
            ("Đang duy trì", "open"),
            "",
        ),
        task(
            "03",
            "Chăm sóc sức khỏe người có công",
            tb,
            ("Trạm Y tế phường, phối hợp với Phòng VHXH", who("tyt", helpers=("vhxh",))),
            ("27/7", "2026-07-27"),
            ("Hoàn thành đúng hạn", "done"),
            "",
        ),
        task(
            "04",
            "Xây dựng chuyên mục chuyển đổi số trên đài truyền thanh",
            tb,
            ("Phòng VHXH\n(phối hợp: VP, CAP)", who("vhxh", helpers=("vp", "ca"))),
            ("Giữa tháng 8/2026", "2026-08-31"),
            ("Quá hạn, đang đôn đốc", "open"),
            "",
        ),
        task(
            "05",
            "Nâng cao chất lượng họp chi bộ điện tử",
            tb,
            ("Toàn thể chi bộ", WRONG),
            ("Năm 2026", "2026-12-31"),
            ("Tiếp tục thực hiện", "open"),
            "",
        ),
        task(
            "06",
            "Lắp bảng tin điện tử tại trụ sở",
            tb,
            ("VP", who("vp")),
            ("20 tháng 11", "2026-11-20"),
            ("Đã xong 15/11", "done@2026-11-15"),
            "",
        ),
        task(
            "07",
            "Lập kế hoạch tài chính cho hạ tầng số năm 2027",
            tb,
            ("Phòng KT, HT và ĐT", WRONG),
            ("31/12/26", "2026-12-31"),
            ("Chưa TH", "open"),
            "",
        ),
        other("foot", "Cộng: 09 nhiệm vụ"),
    ]
    write(
        Tracker(
            "dang_uy",
            "Nhiệm vụ 2026",
            ["ĐẢNG BỘ PHƯỜNG BÌNH MINH", "BIỂU THEO DÕI NHIỆM VỤ NĂM 2026", "*"],
            heads,
            [],
            ["ordinal", "title", "source", "lead", "due", "status", "note"],
            lines,
        )
    )


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    digital()
    conclusions()
    plain_list()
    party()
