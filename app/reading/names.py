"""The syllables that stand, in small letters, within the names of Vietnamese units: where others begin, a name ends."""

from __future__ import annotations

_KNOWN = """
môn kê đầu mối ngõ hẻm khóm lớp nghiệp tích gươm tràng lở lạc
an ban bay binh biên biến biển buýt báo bình bí bưu bạc bạn bản bảo bất bằng bến bệnh bố bồi bộ cam cao chiến
chiếu chuyên chuyển cháy chí chính chăn chương chất chế chỉ chống chợ chủ chức chứng chữ chữa covid cung cá các
cán cáo cây có cô công cúm cơ cải cảng cảnh cấp cấu cầu cố cổng cộng cục cụm của cứu cửa cựu di dioxin diện do
doanh du dung dân dã dù dưỡng dược dạng dạy dầu dịch dục dụng dữ dự gia gian giang giao giá giác giám giáo giúp
giải giấy giới giữ góp hiểm hiện hiệp hiệu hoàn hoá hoạch hoạt huyết huyện huấn hàng hành hình hòa hóa hướng hạ
hại hạt hải hậu hệ học hồi hỗ hộ hội hợp in khai khen khiếu kho khoa khoán khoáng khu khuyến khuyết khách khám khí
khảo khẩu khắc khố khối kim kinh kiến kiểm kiểu kế kết kỉ kỷ kỹ lai lao liên liệt liệu long loại luật làm lâm lãm
lý lĩnh lưu lương lưới lược lượng lập lễ lịch lợi lục lụt lực minh miền miễn mua máu máy mã môi mạng mầm mẫu mật
mặt mỏ mồ một mới mục mỹ nam ngang nghiên nghiệm nghiệp nghĩa nghề nghệ nghị ngoài ngoại nguyên nguồn ngành ngân
người ngừa ngữ nhi nhiên nhiễm nhiệm nhà nhánh nhân nhạc nhập non này nâng não nông năng nước nại nạn nội nữ oan
phim phong phái pháp phát phân phí phòng phó phúc phương phường phạm phản phần phẩm phố phối phổ phụ phục phụng
quan quy quyết quyền quán quân quả quản quận quốc quỹ rau rừng sai san sinh soát soạn suất sàng sách sáng sát sâu
sông sơn sạch sạn sản sắc sắt số sở sức sử sửa sự tai tham thanh thao thi thiên thiết thiếu thiểu thiện thoát thu
thuyền thuật thuế thuốc thuộc thuỷ thành thám tháp thân thí thôn thông thú thư thương thường thưởng thượng thả
thải thảo thất thần thầu thẩm thập thế thể thị thống thủ thủy thực tim tin tiên tiêu tiến tiếp tiền tiểu tiện toà
toàn toán tra trang tranh tri triển trong trung truyền truyện trà trách trình trí trú trước trường trưởng trại
trạm trả trải trẻ trị trọng trọt trợ trừ trữ trực tuyên tuyến tuý tuần tài tàng tác tái tâm tình tín tính tòa tôn
tù tú túy tăng tư tướng tượng tạo tạp tải tần tập tắc tế tệ tỉnh tịch tố tốc tối tổ tổng tục từ tử tự uỷ vay viên
viễn việc viện việt vàng vô vùng văn vĩnh vũ vườn vận vật vắc vệ vị vốn vụ vực xe xin xung xuất xã xóa xúc xăng
xưởng xạ xứ xử y yêu yếu án ích đa đai điều điểm điện điệu đo đoàn đoạn đài đào đá đê đích đô đông đơn đường đại
đạo đảng đảo đất đấu đẳng đề định đỏ đối đồ đồn đồng độ độc đội đức ưu ảnh ấp ủng ủy ứng
"""
SYLLABLES = frozenset(_KNOWN.split())
"""Kept by hand from the names of ministries, departments, committees, centres, associations and institutes."""
