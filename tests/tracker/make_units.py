"""Makes the sixth ugly tracker: one list a unit, below the unit's name, as offices print them for a meeting.

Run as «python -m tests.tracker.make_units». It was written down, with what each cell means, before the reader was tried
on it: no column of lead units at all, group headings over two rows, sums between the parts, notes below the table,
a hidden column, and two other sheets.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from tests.tracker.make_trackers import HERE, WRONG, Tracker, helps, other, task, who, write

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

NAME = "theo_don_vi"
TITLE = [
    "UBND PHƯỜNG BÌNH MINH",
    "DANH MỤC NHIỆM VỤ GIAO CÁC PHÒNG, BAN, ĐƠN VỊ NĂM 2026",
    "(Kèm theo Thông báo số 22/TB-UBND ngày 26/01/2026 của UBND phường)",
]
HEADS = [
    ["STT", "Tên nhiệm vụ", "Giao việc", "", "Thời hạn", "", "Đơn vị phối hợp", "Tiến độ thực hiện đến 31/8", "",
     "Khó khăn, vướng mắc", "Chuyên viên theo dõi"],
    ["", "", "Số văn bản", "Ngày", "Theo văn bản", "Gia hạn", "", "Tình hình", "Ngày hoàn thành", "", ""],
]  # fmt: skip
MERGES = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5), (0, 6, 1, 6), (0, 7, 0, 8), (0, 9, 1, 9),
          (0, 10, 1, 10)]  # fmt: skip
FIELDS = ["ordinal", "title", "source", "source_on", "due", "extended", "helpers", "status", "done_on", "note", ""]
HIDDEN = 10
JAN = (date(2026, 1, 26), "2026-01-26")
BY = "22/TB-UBND"
NO_HELP = helps()

PARTS = [
    ("vhxh", [
        other("section", "I. PHÒNG VĂN HÓA - XÃ HỘI", merged=True),
        task("1", "Tham mưu kế hoạch bảo tồn di tích cấp phường", BY, JAN, ("quý I/2026", "2026-03-31"), "",
             ("Công an, Trạm Y tế", helps("ca", "tyt")), ("Đã xong ngày 12/3", "done@2026-03-12"), "", "", ""),
        task("2", "Tổ chức hội thi dân vũ khu dân cư", BY, JAN, ("trước 15/12", "2026-12-15"), "", "",
             ("Đang thực hiện, đạt 40%", "open"), "", "Thiếu kinh phí", ("Huy", "")),
        task("3", "Duy trì tổ công nghệ số cộng đồng", BY, JAN, ("thường xuyên", "~"), "",
             ("VP; P. KTHTĐT", helps("vp", "kt")), ("Thực hiện thường xuyên", "open"), "", "", ""),
        task("4", "Cập nhật hồ sơ người có công", "41/UBND-VHXH", ("10/3/2026", "2026-03-10"),
             ("30/6", "2026-06-30"), ("30/9/2026", "2026-09-30"), ("-", NO_HELP),
             ("Chưa hoàn thành, xin lùi", "open"), "", "Chờ số liệu", ""),
        other("foot", "", "Cộng I: 04 nhiệm vụ (01 hoàn thành)"),
    ]),
    ("kt", [
        other("section", "II. Phòng Kinh tế, Hạ tầng và Đô thị (4 nhiệm vụ)", merged=True),
        task("1", "Lập danh mục chỉnh trang hẻm", BY, JAN, ("Quý II và Quý IV/2026", "2026-12-31"), "",
             ("CAP", helps("ca")), ("Chậm 10 ngày", "open"), "", "", ""),
        task("2", "Kiểm tra điểm đấu nối thoát nước", BY, JAN, ("31/5/2026", "2026-05-31"), "", "",
             ("Hoàn thành 100%", "done"), (date(2026, 5, 28), "2026-05-28"), "", ""),
        task("3", "Công khai quy hoạch chi tiết 1/500", BY, JAN, ("hết tháng 4/2026", "2026-04-30"), "",
             ("Văn phòng (đăng tin)", helps("vp")), ("HT trước hạn (20/4/2026)", "done@2026-04-20"), "", "", ""),
        task("4", "Vận động tiểu thương dùng mã QR", BY, JAN, ("Trong quý III", "2026-09-30"), "",
             ("Hội Phụ nữ", WRONG), ("Chưa triển khai", "open"), "", "", ""),
        other("foot", "", "Cộng II: 04 nhiệm vụ (02 hoàn thành)"),
    ]),
    ("ca", [
        other("section", "III", "CÔNG AN PHƯỜNG"),
        task("1", "Cao điểm cấp định danh mức 2", "25/KH-BCĐ", ("02.02.2026", "2026-02-02"),
             ("hết quý 3", "2026-09-30"), "", ("Các khu phố", WRONG), ("Đang TH", "open"), "", "", ""),
        task("2", "Rà soát camera an ninh", "25/KH-BCĐ", ("02.02.2026", "2026-02-02"),
             ("6 tháng đầu năm", "2026-06-30"), "", ("P.KTHTĐT chủ trì kỹ thuật", WRONG), ("Đã hoàn thành", "done"),
             ("tháng 6/2026", "2026-06-30"), "", ""),
    ]),
    ("tyt", [
        other("section", "IV", "Đơn vị: Trạm Y tế"),
        task("1", "Khám sàng lọc người cao tuổi", BY, JAN, ("hằng quý", "~quarterly"), "",
             ("P. VHXH", helps("vhxh")), ("Đạt 2/4 đợt", WRONG), "", "", ""),
        task("2", "Lập hồ sơ sức khỏe điện tử", BY, JAN, ("20/11/2026", "2026-11-20"), "", "", ("", ""), "",
             "Máy cũ", ""),
        other("foot", "", "TỔNG SỐ: 12 nhiệm vụ"),
        other("foot", "Ghi chú: Nhiệm vụ thường xuyên báo cáo trước ngày 25 hằng tháng."),
        other("foot", "Nơi nhận: Như trên; Lưu VT."),
    ]),
]  # fmt: skip


def before(book: xlsxwriter.Workbook) -> None:
    """Put the sheet first that says how to fill the list in."""
    page = book.add_worksheet("Hướng dẫn")
    page.write_column(0, 0, ["Cách ghi:", "Cột 5: thời hạn theo văn bản giao", "Cột 8: tình hình"])


def after(book: xlsxwriter.Workbook, page: Worksheet) -> None:
    """Hide who follows what, and add the table of figures for the meeting."""
    page.set_column(HIDDEN, HIDDEN, 8, None, {"hidden": True})
    sums = book.add_worksheet("Tổng hợp")
    sums.write_row(0, 0, ["STT", "Đơn vị", "Số nhiệm vụ", "Hoàn thành", "Đang thực hiện", "Quá hạn"])
    for at, (unit, count) in enumerate((("P. VHXH", 4), ("P. KTHTĐT", 4), ("CAP", 2), ("TYT", 2)), 1):
        sums.write_row(at, 0, [at, unit, count, 1, count - 1, 0])


def make() -> None:
    """Write the workbook and its gold file; each task's lead unit is the one below whose name it stands."""
    write(Tracker(NAME, "2026", TITLE, HEADS, MERGES, FIELDS, [line for _, lines in PARTS for line in lines],
                  before=before, after=after))  # fmt: skip
    path = HERE / f"{NAME}.json"
    gold = json.loads(path.read_text())
    first = len(TITLE) + len(HEADS) + 1
    units = [unit for unit, lines in PARTS for _line in lines]
    for number, cells in gold["rows"].items():
        cells["lead"] = who(units[int(number) - first])
    path.write_text(json.dumps(gold, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    make()
