"""What the demo's meetings concluded: invented clauses, each with the order it got and what became of its task."""

from __future__ import annotations

from typing import NamedTuple


class ClauseSeed(NamedTuple):
    """A clause: its section, text ({due} stands for the day), lead and coordinating units, days to do it, its fate.

    `days` are working days from the issue of the notice; None has no due date. `lead` starting with "@" is a group.
    `fate` names a function of the story; several fates, parted by "|", serve the tasks of a group in turn.
    """

    section: str
    text: str
    lead: str = ""
    days: int | None = None
    fate: str = "work"
    coordinating: tuple[str, ...] = ()
    recurrence: str | None = None
    no_due: str = ""
    evidence: bool = False
    target: tuple[int, str] | None = None
    deliverable: str = ""
    priority: str = "normal"


class PaperSeed(NamedTuple):
    """A meeting's paper: which committee, the meeting's title, and its clauses. `months` before today."""

    committee: str
    months: int
    title: str
    clauses: tuple[ClauseSeed, ...]


PORTAL = "Về Cổng Thông tin điện tử"
INSIDE = "Về ứng dụng công nghệ thông tin trong nội bộ"
PEOPLE_FIRST = "Về phục vụ người dân, doanh nghiệp"

PAPERS = (
    PaperSeed("bcd", 3, "Giao ban Ban Chỉ đạo Chuyển đổi số tháng thứ nhất", (
        ClauseSeed("", "Ghi nhận kết quả chuyển đổi số nửa đầu năm: tỷ lệ hồ sơ trực tuyến đạt 78%, tuy nhiên việc cập nhật phần mềm quản lý văn bản ở một số đơn vị còn chậm."),
        ClauseSeed(INSIDE, "Giao Văn phòng HĐND và UBND phường chủ trì, phối hợp với Bộ phận CNTT - Văn phòng rà soát toàn bộ máy tính bảng đã cấp cho đại biểu, lập phương án thay thế trên tinh thần tiết kiệm, báo cáo trước ngày {due}.", "vp", 15, "done", ("cntt",), evidence=True, target=(52, "máy"), deliverable="Báo cáo kiểm kê và phương án thay thế"),
        ClauseSeed(INSIDE, "Yêu cầu Bộ phận CNTT - Văn phòng có giải pháp chặn các trang mạng không phục vụ công việc, bảo đảm tốc độ đường truyền của trụ sở; hoàn thành trước ngày {due}.", "cntt", 10, "done_late", evidence=True),
        ClauseSeed(INSIDE, "Phòng Kinh tế, Hạ tầng và Đô thị xây dựng báo cáo chứng minh sự cần thiết của việc di chuyển phòng họp trực tuyến, trình Ban Chỉ đạo trước ngày {due}.", "kt", 20, "done", deliverable="Báo cáo sự cần thiết, hiệu quả"),
        ClauseSeed(PEOPLE_FIRST, "Giao Trung tâm Phục vụ hành chính công chủ trì, phối hợp với Công an phường hướng dẫn người dân nộp hồ sơ trực tuyến tại nhà văn hóa các tổ dân phố, xong trước ngày {due}.", "hcc", 25, "extended_done", ("ca",), target=(12, "buổi")),
        ClauseSeed(PEOPLE_FIRST, "Các tổ dân phố rà soát, lập danh sách hộ chưa có tài khoản dịch vụ công, gửi Văn phòng trước ngày {due}.", "@Các tổ dân phố", 12, "done|done_late|done", ("vp",)),
        ClauseSeed(PORTAL, "Phòng Văn hóa - Xã hội định kỳ hằng tháng báo cáo kết quả hoạt động của Cổng thông tin điện tử, nêu rõ trách nhiệm đối với tồn tại trong đăng tin, bài.", "vhxh", None, "progress", recurrence="monthly"),
        ClauseSeed(PORTAL, "Đề nghị Đoàn Thanh niên phường tổ chức đội hình hỗ trợ người cao tuổi sử dụng dịch vụ số, hoàn thành trước ngày {due}.", "dtn", 22, "withdrawn"),
    )),
    PaperSeed("bbt", 3, "Họp Ban Biên tập Cổng Thông tin điện tử quý III", (
        ClauseSeed("", "Phòng Văn hóa - Xã hội xây dựng lại quy trình đăng tin, bài trên Cổng, trình Trưởng ban trước ngày {due}.", "vhxh", 12, "done", deliverable="Quy trình"),
        ClauseSeed("", "Bộ phận CNTT - Văn phòng khắc phục lỗi hiển thị chuyên mục Hỏi đáp, xong trước ngày {due}.", "cntt", 8, "done"),
        ClauseSeed("", "Các ngành, đoàn thể cử người phụ trách chuyên mục của ngành mình, gửi danh sách trước ngày {due}.", "@Các ngành, đoàn thể", 10, "done|done|done_late|done|done"),
    )),
    PaperSeed("bcd", 2, "Giao ban Ban Chỉ đạo Chuyển đổi số tháng thứ hai", (
        ClauseSeed("", "Thống nhất chủ trương thuê dịch vụ máy chủ thay cho đầu tư mới, ưu tiên giải pháp dùng chung của tỉnh."),
        ClauseSeed(INSIDE, "Giao Văn phòng HĐND và UBND phường hoàn thiện kế hoạch ứng dụng công nghệ thông tin năm tới, trong đó từng khoản đầu tư nêu rõ hiệu quả và lộ trình, trình phê duyệt trước ngày {due}.", "vp", 36, "reported", evidence=True, deliverable="Kế hoạch", priority="high"),
        ClauseSeed(INSIDE, "Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối hợp với Công an phường khảo sát 26 vị trí lắp camera an ninh, đề xuất phương án thuê hoặc mua trước ngày {due}.", "kt", 18, "overdue", ("ca",), target=(26, "vị trí"), priority="high"),
        ClauseSeed(INSIDE, "Công an phường rà soát tài khoản định danh điện tử mức 2 của công dân từ 14 tuổi, báo cáo số liệu trước ngày {due}.", "ca", 20, "done_late"),
        ClauseSeed(INSIDE, "Ban Chỉ huy Quân sự phường cập nhật dữ liệu quân nhân dự bị vào phần mềm dùng chung, hoàn thành trước ngày {due}.", "qs", 25, "paused"),
        ClauseSeed(PEOPLE_FIRST, "Trạm Y tế phường triển khai sổ sức khỏe điện tử cho người cao tuổi, đạt ít nhất 300 người, trước ngày {due}.", "tyt", 48, "measured", target=(300, "người")),
        ClauseSeed(PEOPLE_FIRST, "Trường Tiểu học Hoa Lư Đông thí điểm thu học phí không dùng tiền mặt, báo cáo kết quả trước ngày {due}.", "th", 24, "sent_back", ("kt",)),
        ClauseSeed(PEOPLE_FIRST, "Giao Trung tâm Cung ứng dịch vụ công chủ trì lắp đặt 03 điểm truy cập mạng không dây miễn phí tại nhà văn hóa, xong trước ngày {due}.", "dvc", 20, "extension_pending", ("kt",), target=(3, "điểm")),
        ClauseSeed(PORTAL, "Các phòng, trung tâm rà soát nội dung giới thiệu của đơn vị mình trên Cổng, gửi bản cập nhật trước ngày {due}.", "@Các phòng, trung tâm", 14, "done|overdue|done|done", ("vhxh",)),
        ClauseSeed(PORTAL, "Ủy ban Mặt trận Tổ quốc phường phối hợp tuyên truyền ngày Chuyển đổi số, hoàn thành trước ngày {due}.", "mt", 9, "done"),
    )),
    PaperSeed("bbt", 2, "Họp Ban Biên tập Cổng Thông tin điện tử tháng thứ hai", (
        ClauseSeed("", "Giao Phòng Văn hóa - Xã hội chuẩn bị nội dung khẩu hiệu chạy và ảnh chính của tháng, trình duyệt trước ngày {due}.", "vhxh", 6, "done"),
        ClauseSeed("", "Bộ phận CNTT - Văn phòng báo cáo số lượt truy cập theo chuyên mục, đề xuất chuyên mục cần bỏ, trước ngày {due}.", "cntt", 15, "overdue"),
    )),
    PaperSeed("bcd", 1, "Giao ban Ban Chỉ đạo Chuyển đổi số tháng thứ ba", (
        ClauseSeed("", "Biểu dương các tổ dân phố đã hoàn thành sớm việc lập danh sách hộ cần hỗ trợ."),
        ClauseSeed(INSIDE, "Giao Văn phòng HĐND và UBND phường chủ trì, phối hợp với Bộ phận CNTT - Văn phòng và Phòng Kinh tế, Hạ tầng và Đô thị nâng cấp phần mềm tiếp công dân và quản lý đơn thư, báo cáo sự cần thiết, hiệu quả, lộ trình và nguồn kinh phí, trình Ban Chỉ đạo xem xét, phê duyệt; trong đó so sánh phương án nâng cấp với phương án dùng phần mềm chung của tỉnh, hoàn thành trước ngày {due}.", "vp", 20, "work", ("cntt", "kt"), deliverable="Báo cáo đề xuất"),
        ClauseSeed(INSIDE, "Bộ phận CNTT - Văn phòng kiểm tra việc sử dụng phần mềm quản lý văn bản tại các đơn vị, báo cáo trước ngày {due}.", "cntt", 21, "due_soon", ("vp",), target=(12, "đơn vị")),
        ClauseSeed(INSIDE, "Phòng Văn hóa - Xã hội tham mưu quy chế quản lý, sử dụng thiết bị của phòng họp trực tuyến, trình trước ngày {due}.", "vhxh", 16, "reported"),
        ClauseSeed(INSIDE, "Phòng Kinh tế, Hạ tầng và Đô thị lập dự toán duy trì hệ thống camera năm tới, gửi Văn phòng trước ngày {due}.", "kt", 24, "contested"),
        ClauseSeed(PEOPLE_FIRST, "Trung tâm Phục vụ hành chính công niêm yết mã QR tra cứu hồ sơ tại bộ phận một cửa và nhà văn hóa, xong trước ngày {due}.", "hcc", 10, "done", target=(8, "điểm")),
        ClauseSeed(PEOPLE_FIRST, "Các tổ dân phố vận động mỗi hộ có ít nhất một tài khoản thanh toán điện tử, báo cáo kết quả trước ngày {due}.", "@Các tổ dân phố", 25, "measured|work|new"),
        ClauseSeed(PEOPLE_FIRST, "Công an phường phối hợp tuyên truyền phòng, chống lừa đảo trên không gian mạng.", "ca", None, "progress", ("mt", "dtn"), no_due="Việc thường xuyên, đánh giá theo tháng"),
        ClauseSeed(PORTAL, "Đề nghị Đoàn Thanh niên phường viết loạt bài về gương người tốt, việc tốt, gửi Ban Biên tập trước ngày {due}.", "dtn", 26, "proposed", target=(5, "bài")),
        ClauseSeed(PORTAL, "Giao Trung tâm Cung ứng dịch vụ công số hóa tài liệu lưu trữ giai đoạn 2016 - 2020, hoàn thành trước ngày {due}.", "dvc", 40, "new", evidence=True),
    )),
    PaperSeed("bbt", 1, "Họp Ban Biên tập Cổng Thông tin điện tử tháng thứ ba", (
        ClauseSeed("", "Phòng Văn hóa - Xã hội xây dựng định hướng tin, bài tháng tới, gửi các đơn vị trước ngày {due}.", "vhxh", 10, "done"),
        ClauseSeed("", "Các ngành, đoàn thể nộp tin, bài đúng chỉ tiêu, gửi trước ngày {due}.", "@Các ngành, đoàn thể", 18, "done|work|done|new|reported"),
    )),
)  # fmt: skip
NEXT_AGENDA = (
    ("Tiến độ Kế hoạch ứng dụng công nghệ thông tin năm tới", "Văn phòng HĐND và UBND phường", 20),
    ("Phương án thuê hoặc mua camera an ninh", "Phòng Kinh tế, Hạ tầng và Đô thị", 25),
    ("Số hóa tài liệu lưu trữ", "Trung tâm Cung ứng dịch vụ công", 15),
)
