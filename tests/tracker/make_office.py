"""Makes the fifth ugly tracker: a district office's own list, kept for the eye and printed once a month.

Run as «python -m tests.tracker.make_office». It was written down, with what each cell means, before the reader was
tried on it: two rows of headings, a title block, «Căn cứ …» above, ditto marks, days in words, a hidden column, and
last year's longer list on a second sheet.
"""
# Over 300 lines: one tracker, each cell beside what it means.

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.tracker.make_trackers import HERE, WRONG, Tracker, down, helps, other, task, who, write

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

NAME = "tong_hop"
TITLE = [
    "ỦY BAN NHÂN DÂN PHƯỜNG BÌNH MINH - VĂN PHÒNG",
    "BIỂU TỔNG HỢP THEO DÕI THỰC HIỆN NHIỆM VỤ UBND, CHỦ TỊCH UBND GIAO NĂM 2026",
    "Căn cứ Quy chế làm việc của UBND phường; Căn cứ Kế hoạch số 03/KH-UBND ngày 12/01/2026;",
    "Căn cứ Thông báo số 18/TB-BCĐ ngày 20/01/2026 (giao đơn vị chủ trì, thời hạn thực hiện như sau)",
    "(Số liệu tính đến hết ngày 31/10/2026)",
    "",
]
HEADS = [
    ["TT", "Nội dung nhiệm vụ, công việc", "Văn bản giao", "", "LĐ chỉ đạo", "Đơn vị thực hiện", "",
     "Thời gian hoàn thành", "", "Kết quả thực hiện", "", "", "Theo dõi VP", "Sản phẩm, kết quả", "Ghi chú"],
    ["", "", "Số, ký hiệu", "Ngày tháng", "", "Chủ trì", "Phối hợp", "Theo VB giao", "Điều chỉnh", "Đã hoàn thành",
     "Đang thực hiện", "Quá hạn", "", "", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)", "(14)", "(15)"],
]  # fmt: skip
MERGES = [
    (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 0, 6), (0, 7, 0, 8), (0, 9, 0, 11), (0, 12, 1, 12),
    (0, 13, 1, 13), (0, 14, 1, 14),
]  # fmt: skip
FIELDS = ["ordinal", "title", "source", "source_on", "", "lead", "helpers", "due", "extended", "tick_done",
          "tick_open", "tick_open", "", "deliverable", "note"]  # fmt: skip
HIDDEN = (4, 12)
JAN, MAR = date(2026, 1, 12), date(2026, 3, 5)
NO_HELP = helps()

LINES = [
    other("section", "I", "LĨNH VỰC CHUYỂN ĐỔI SỐ, CẢI CÁCH HÀNH CHÍNH"),
    task("1", "Xây dựng Kế hoạch chuyển đổi số năm 2026 của phường", "03/KH-UBND", (JAN, "2026-01-12"), ("PCT An", ""),
         ("P. VHXH & VP", who("vhxh", helpers=("vp",))), ("CAP, TYT", helps("ca", "tyt")),
         ("trước 15/3", "2026-03-15"), "", ("10/3", "done@2026-03-10"), "", "", ("đã kiểm", ""), "Kế hoạch", ""),
    task("2", "Rà soát, công khai 100% thủ tục hành chính trên Cổng dịch vụ công", (down(3, "18/TB-BCĐ"), "18/TB-BCĐ"),
         (down(3, "20/01/2026"), "2026-01-20"), "", ("TT PVHCC", who("hcc")), ("Các phòng CM", {"leads": [], "helpers":
         ["gcm"]}), ("Quý II/2026", "2026-06-30"), "", "", ("x", "open"), "", "", "Danh mục TTHC", ""),
    task("3", "Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực", ("^", "18/TB-BCĐ"), ("^", "2026-01-20"), "",
         ("TT PVHCC + VP", who("hcc", helpers=("vp",))), ("nt", {"leads": [], "helpers": ["gcm"]}),
         ("Thường xuyên", "~"), "", "", ("x", "open"), "", "", "", "Đạt 62%"),
    task("4", "Cập nhật tin, bài trên trang thông tin điện tử của phường", ("^", "18/TB-BCĐ"), ("^", "2026-01-20"), "",
         ("Văn phòng", who("vp")), ("Các đơn vị liên quan", NO_HELP), ("Hằng tháng", "~monthly"), "", "",
         ("x", "open"), "", "", "", ""),
    task("5", "Triển khai chữ ký số cá nhân cho cán bộ, công chức", "45/KH-UBND", (MAR, "2026-03-05"), "",
         ("VP (BP CNTT)", WRONG), ("P.VHXH; P.KTHT&ĐT", helps("vhxh", "kt")), ("30/6/2026", "2026-06-30"),
         ("30/9", "2026-09-30"), ("QĐ 112/QĐ-UBND ngày 25/9/2026", "done@2026-09-25"), "", "", "", "", ""),
    task("6", "Kiểm tra an toàn thông tin mạng nội bộ", ("nt", "45/KH-UBND"), ("nt", "2026-03-05"), "",
         ("BP CNTT", who("cntt")), ("CAP", helps("ca")), ("15/3 - 30/5", "2026-05-30"), "", ("x", "done"), "", "", "",
         "Báo cáo", "Xong sớm"),
    task("7", "Tập huấn kỹ năng số cho tổ công nghệ số cộng đồng", ("nt", "45/KH-UBND"), ("nt", "2026-03-05"), "",
         ("P.VHXH", who("vhxh")), ("Các khu phố", WRONG), ("Lớp 1: 15/5; lớp 2: 20/6", "2026-06-20"), "",
         ("20/6/2026", "done@2026-06-20"), "", "", "", "02 lớp", ""),
    other("foot", "", "Cộng mục I: 07 nhiệm vụ"),
    other("section", "II", "LĨNH VỰC KINH TẾ, ĐÔ THỊ"),
    task("8", "Gắn mã địa chỉ số cho nhà ở trên địa bàn", ("CV số 210/UBND-ĐT", "210/UBND-ĐT"),
         ("02/4/2026", "2026-04-02"), "", ("P. KT, HT & ĐT", who("kt")), ("CAP, các khu phố", WRONG),
         ("Cuối Q.III", "2026-09-30"), ("31.12", "2026-12-31"), "", ("x", "open"), "", "", "Bản đồ số", ""),
    task("9", "Vận động hộ kinh doanh sử dụng hóa đơn điện tử từ máy tính tiền", ("nt", "210/UBND-ĐT"),
         ("nt", "2026-04-02"), "", ("nt", who("kt")), "", ("trong năm 2026", "2026-12-31"), "", "",
         ("Đang triển khai (70%)", "open"), "", "", "", ""),
    task("10", "Lắp đặt camera giám sát tại các điểm tập kết rác", "31/TB-UBND", ("15/4/2026", "2026-04-15"), "",
         ("CAP chủ trì, P. KTHTĐT & VP p/h", who("ca", helpers=("kt", "vp"))), "",
         ("trước ngày 30/7", "2026-07-30"), "", "", "", ("x", "open"), "", "", "Thiếu kinh phí"),
    task("11", "Báo cáo kết quả thanh toán không dùng tiền mặt", "31/TB-UBND", ("15/4/2026", "2026-04-15"), "",
         ("Phòng Kinh tế", who("kt")), ("P. VHXH,\nTrạm Y tế", helps("vhxh", "tyt")),
         ("25 hằng tháng", "~monthly"), "", "", ("x", "open"), "", "", "Báo cáo tháng", ""),
    task("12", "Điều chỉnh quy hoạch điểm phát wifi công cộng", "07/KL-BCĐ", ("08/5/2026", "2026-05-08"), "",
         ("Phòng Kinh tế, Hạ tầng & Đô thị", who("kt")), "", ("Sau khi có hướng dẫn của tỉnh", WRONG), "", "",
         ("x", "open"), "", "", "", ""),
    other("section", "III", "LĨNH VỰC VĂN HÓA - XÃ HỘI, Y TẾ"),
    task("13", "Lập hồ sơ sức khỏe điện tử cho người dân", "52/KH-UBND", ("20/5/2026", "2026-05-20"), "",
         ("TYT", who("tyt")), ("CAP & P. VHXH", helps("ca", "vhxh")), ("Trước 30/6/2026 và 30/11/2026", "2026-11-30"),
         "", "", ("x", "open"), "", "", "", ""),
    task("14", "Chi trả trợ cấp xã hội qua tài khoản", "52/KH-UBND", ("20/5/2026", "2026-05-20"), "",
         ("P. VHXH (đ/c Huy)", who("vhxh")), ("Bưu điện", WRONG), ("6 tháng/lần", "~"), "", "", ("x", "open"), "", "",
         "", ""),
    task("15", "Xây dựng thư viện số tại nhà văn hóa phường", "52/KH-UBND", ("20/5/2026", "2026-05-20"), "",
         ("P. VH&XH", who("vhxh")), ("-", NO_HELP), ("Tháng 9", "2026-09-30"), "", ("HT", "done"), "", "", "",
         "01 phòng đọc", ""),
    task("16", "Tuyên truyền Ngày Chuyển đổi số quốc gia 10/10", ("Chỉ đạo của Chủ tịch tại giao ban",
         "Chỉ đạo của Chủ tịch tại giao ban"), ("01/9", "2026-09-01"), "", ("VHXH", who("vhxh")),
         ("VP, CAP, TYT, TT PVHCC", helps("vp", "ca", "tyt", "hcc")), ("10/10", "2026-10-10"), "",
         ("09/10/2026", "done@2026-10-09"), "", "", "", "", ""),
    other("foot", "", "TỔNG CỘNG: 16 nhiệm vụ", "", "", "", "", "", "", "", "5", "10", "1"),
    other("foot", "", "NGƯỜI LẬP BIỂU", "", "", "", "", "", "", "CHÁNH VĂN PHÒNG"),
]  # fmt: skip


def finish(book: xlsxwriter.Workbook, page: Worksheet) -> None:
    """Hide what the office keeps for itself, and add last year's list, which is longer."""
    for column in HIDDEN:
        page.set_column(column, column, 8, None, {"hidden": True})
    last = book.add_worksheet("2025")
    last.write(0, 0, "BIỂU TỔNG HỢP THEO DÕI NHIỆM VỤ NĂM 2025")
    for at, row in enumerate(HEADS, 2):
        last.write_row(at, 0, row)
    for a, b, c, d in MERGES:
        last.merge_range(2 + a, b, 2 + c, d, HEADS[a][b])
    for at in range(30):
        last.write_row(5 + at, 0, [str(at + 1), f"Nhiệm vụ năm trước thứ {at + 1}", "01/KH-UBND", "05/01/2025", "",
                                   "Văn phòng", "CAP", "30/6/2025", "", "x"])  # fmt: skip


def make() -> None:
    """Write the workbook and its gold file."""
    write(Tracker(NAME, "2026", TITLE, HEADS, MERGES, FIELDS, LINES, after=finish))


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    make()
