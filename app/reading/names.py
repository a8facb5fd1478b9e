"""The syllables that stand, in small letters, within the names of Vietnamese units: where others begin, a name ends."""

from __future__ import annotations

_KNOWN = """
mềm cứng
an ban bay binh biên biến biển biểu buýt báo bình bí bơi bưu bạc bạn bản bảo bất bằng bến bệnh bố bồi bộ cam cao
chiến chiếu chuyên chuyển chuẩn cháy châu chí chính chăn chương chấp chất chế chỉ chống chợ chủ chức chứng chữ
chữa covid cung cá các cách cán cáo cây có cô côi công cúm cơ cải cảng cảnh cấp cấu cầm cầu cố cốt cổng cộng cờ
cục cụm của cứu cửa cựu di dioxin diện do doanh du dung dân dã dù dưỡng dược dạng dạy dầu dịch dục dụng dữ dự dựng
em gia gian giang giao giá giác giám giáo giúp giải giấy giới giữ góp gươm hiểm hiện hiệp hiệu hoàn hoá hoạch hoạt
huyết huyện huấn hàng hành hình hòa hóa hướng hạ hại hạt hải hậu hẻm hệ học hồi hỗ hộ hội hợp in khai khen khiếu
kho khoa khoán khoáng khu khuyến khuyết khách khám khí khóm khảo khẩu khắc khố khối kim kinh kiếm kiến kiểm kiểu
kê kế kết kỉ kỷ kỹ lai lao liên liệt liệu long loại luật làm lâm lãm lý lĩnh lưu lương lưới lược lượng lạc lập lặn
lễ lịch lối lớp lở lợi lục lụt lực minh miền miễn mua máu máy mã môi môn mại mạng mầm mẫu mật mặt mỏ mối mồ một
mới mục mỹ nam ngang nghiên nghiệm nghiệp nghĩa nghề nghệ nghị ngoài ngoại nguyên nguồn ngành ngân ngõ người ngừa
ngữ nhi nhiên nhiễm nhiệm nhà nhánh nhân nhạc nhận nhập ninh niên non này nâng não nòng nông năng nước nại nạn nếp
nội nữ oan phim phong phái pháp phát phân phí phòng phó phúc phương phường phạm phản phần phẩm phận phố phối phổ
phụ phục phụng quan quy quyết quyền quán quân quả quản quần quận quốc quỹ rau rác rừng sai san sinh soát soạn suất
sàng sách sáng sát sâu sông sơn sạch sạn sản sắc sắt số sống sở sức sử sửa sự tai tang tham thanh thao thi thiên
thiết thiếu thiểu thiện thoát thu thuyền thuật thuế thuốc thuộc thuỷ thành thám tháp thân thí thôn thông thù thú
thư thương thường thưởng thượng thả thải thảo thất thần thầu thẩm thập thế thể thị thống thủ thủy thực tim tin
tiên tiêu tiến tiếp tiền tiểu tiện toà toàn toán tra trang tranh tri triển trong trung truyền truyện trà tràng
trách trình trí trú trước trường trưởng trại trạm trả trải trận trật trẻ trị trọng trọt trồng trợ trừ trữ trực
tuyên tuyến tuý tuần tuổi tài tàng tác tái tâm tìm tình tích tín tính tòa tôn tù tú túy tăng tư tướng tượng tạo
tạp tải tấn tần tầng tập tật tắc tế tệ tỉnh tịch tố tốc tối tổ tổng tộc tội tục từ tử tự uỷ vay ven viên viễn việc
viện việt vàng vô võ vùng văn vĩnh vũ vườn vận vật vắc vệ vị vốn vợt vụ vực xe xin xung xuyên xuất xây xã xóa xúc
xăng xưởng xạ xứ xử y yêu yếu án ích đa đai điền điều điểm điện điệu đo đoàn đoạn đài đào đá đê đích đô đông đơn
đường đại đạo đảng đảo đất đấu đầu đẳng đặc đề địa định đỏ đốc đối đồ đồn đồng đổi độ độc đội động đức đứng ưu ảnh
ấp ủng ủy ứng
"""
SYLLABLES = frozenset(_KNOWN.split())
"""Kept by hand from the names of ministries, departments, committees, centres, associations and institutes."""
