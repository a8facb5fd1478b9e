"""The words the reader knows: what directs, what rules, what reports, what begins a unit's name.

Over 300 lines: it is one list of words, and a word is looked for in one place.
All patterns are for text made by normalise.plain: lower case, tones placed the newer way, one dash.
"""

from __future__ import annotations

import re


def words(*texts: str) -> str:
    """Return an alternation of all words of the texts (split at commas), the longest first, blanks made flexible."""
    found = {word.strip() for text in texts for word in text.split(",") if word.strip()}
    return "|".join(w.replace(" ", r"\s+") for w in sorted(found, key=lambda w: (-len(w), w)))


# What somebody may be told to do. A clause that begins with one of these directs; a unit's name ends before one.
ACTIONS = words(
    "bám sát, ban hành, báo cáo, bảo đảm, đảm bảo, bàn giao, bổ sung, bố trí, biên soạn, biên tập tin",
    "cải thiện",
    "cải tiến, căn cứ, cập nhật, chấm dứt, chấn chỉnh, chấp hành, chia sẻ, chịu trách nhiệm, chỉ đạo, chỉnh sửa",
    "chỉnh trang, chọn lựa, chủ động, chủ trì, chú trọng, chú ý, chuẩn bị, chuẩn hóa, chuyển, chuyển đổi",
    "có biện pháp",
    "có giải pháp, có kế hoạch, có phương án, có trách nhiệm, có văn bản, công bố, công khai, củng cố, cung cấp",
    "cử, dự kiến, dự thảo, duy trì, đánh giá, đào tạo, đăng, đăng ký, đăng tải, đẩy mạnh, đẩy nhanh, điều chỉnh",
    "điều tra, đề xuất, định kỳ, đổi mới, đôn đốc, đối chiếu, đồng bộ, động viên, đưa, ghi hình, giám sát",
    "gắn, giải quyết, giải trình, gửi, gương mẫu, hoàn chỉnh, hoàn tất, hoàn thành, hoàn thiện, hỗ trợ",
    "hướng dẫn",
    "huy động, kết nối, khai thác, khảo sát, khắc phục, khẩn trương, khen thưởng, kịp thời, kiểm kê, kiểm soát",
    "kiểm tra",
    "kiên quyết, kiện toàn, ký kết, lãnh đạo, lập, làm rõ, làm tốt, làm việc, lắp đặt, lấy ý kiến, liên hệ",
    "lồng ghép",
    "lựa chọn, lưu trữ, lưu ý, mở, mua sắm, mời, nâng cao, nâng cấp, nắm bắt, nắm chắc, nghiêm túc, nghiên cứu",
    "nhân rộng",
    "nhắc nhở, nhập, nộp, ổn định, phát động, phát huy, phân công, phân tích, phê bình, phối hợp, phổ biến",
    "phụ trách",
    "quan tâm, quản lý, quán triệt, quyết liệt, rà soát, ra soát, ra quân, sắp xếp, sẵn sàng, siết chặt",
    "soạn thảo",
    "số hóa, sơ kết, sửa chữa, sửa đổi, tạo điều kiện, tập huấn, tập hợp, tập trung, tăng cường, tham gia",
    "tham khảo",
    "tham mưu, thanh tra, tháo gỡ, thành lập, thay thế, theo dõi, thẩm định, thẩm tra, thí điểm, thiết lập",
    "thông báo",
    "thống kê, thống nhất, thu thập, thực hiện, thúc đẩy, thường xuyên, tích cực, tích hợp, tiếp nhận",
    "tiếp thu, tiếp tục, tiến hành, tìm hiểu, tính toán, tổ chức, tổng hợp, tổng kết, tối ưu, trả lời",
    "triển khai, trình",
    "truyền thông, tuyên truyền, tuyển dụng, tuân thủ, ưu tiên, vận động, vận hành, viết, xác minh, xác nhận",
    "xây dựng",
    "xem xét, xin ý kiến, xử lý, ứng dụng, áp dụng, bảo trì, bảo mật, đấu thầu, quy định, cấp phát, thu hồi",
    "thanh lý, đối soát, làm sạch, kiểm đếm, phân loại, sao lưu, khôi phục, vệ sinh, phân bổ, cân đối",
    "thanh toán, quyết toán",
    "điều phối, điều động, niêm yết, nghiệm thu, giao ban, rút kinh nghiệm, khởi công, kế thừa, cố gắng, nỗ lực",
    "phấn đấu, bứt phá, tăng tốc",
    "giải phóng mặt bằng, giải ngân, thi công, cắm mốc, đo đạc, chi trả, cưỡng chế, dọn dẹp, trồng, phát quang",
    "cam kết, trao đổi",
    "trả, tiếp cận, chỉnh lý, tra cứu, quảng bá, giới thiệu, in ấn, phát hành, gỡ bỏ, gỡ, xóa, bổ nhiệm, gặp gỡ",
    "tiếp xúc, đối thoại, lắng nghe",
    "tìm kiếm, mở rộng, đặt, phân cấp, ủy quyền, ủng hộ, tự chủ, hợp tác, ký số, tạo lập, khai báo, đấu nối",
    "thuê, mua, tặng, trang bị, cung ứng",
    "tạm dừng, dừng, hủy bỏ, cắt giảm, đơn giản hóa, rút ngắn, đề cao, nêu cao, cụ thể hóa, bồi dưỡng",
    "luân chuyển",
    "ký, ký ban hành, tự kiểm tra, tự đánh giá, chụp ảnh, nhận, phát hiện, ngăn chặn, phòng ngừa, chặn, hạn chế",
    "tranh thủ",
    "thay đổi, đề nghị, yêu cầu, giao, tư vấn, tính, khởi tạo, kích hoạt, sử dụng, cài đặt, bồi thường, xây",
    "sửa, làm",
    "kiểm định, có ý kiến, lấy, coi, xác định, tạo, giữ, giữ vững, gia hạn, hợp đồng, chốt, đính kèm, treo, chăm lo",
    "in, tăng, giảm, di dời, vận chuyển, phun, tiêm, khoanh vùng, trao, thăm hỏi, thăm, dán, quét",
    "nạo vét, túc trực, đón, khởi động, kích cầu, thẩm tra, phản ánh, phản hồi, phản biện, kiến nghị, giám định",
    "định hướng, hạch toán, thanh quyết toán, quyết tâm, chọn, tuyển chọn, tuyển, bầu, hiệp thương, tiêu hủy, tiêu độc",
    "khử khuẩn, phối kết hợp, đánh số, đánh máy, nhân bản, sao chụp, sao gửi, phúc đáp, hồi đáp, đề xuất, gắn biển",
    "lắp, tháo dỡ, phá dỡ, di chuyển, thu gom, vớt, dọn, gieo trồng, gieo cấy, thu hoạch, tích trữ, dự trữ",
    "bình ổn, bán, mua bù, hoàn trả, hoàn ứng, tạm ứng, ứng vốn, thế chấp, cho vay, giải tỏa, khơi thông, hộ đê",
    "sơ tán, cứu nạn, cứu trợ, ứng cứu, ứng phó, khắc phục, truy quét, trấn áp, đấu tranh, tuần tra, canh gác",
    "tập kết, huấn luyện, diễn tập, tuyển quân, giao quân, khám tuyển, đăng kiểm, kê khai, truy thu, miễn giảm",
    "hoàn thuế",
    "làm đầu mối, nhân rộng, phát sóng, tiếp sóng, đưa tin, dàn trang, quay phim",
    "chấm điểm, bình xét, xếp loại, xếp hạng, biểu dương, vinh danh, nêu gương, trích xuất, kết xuất, quy đổi",
    "trực tiếp, đích thân, dựa vào, vận dụng, quán xuyến, làm chủ, tự rà soát, tạm ngừng, ngừng, chấm công",
    "điều chuyển, điều tiết, điều hòa, kiểm điểm, xin lỗi, dự họp, tham dự, bảo quản, chuyển giao",
    "đóng góp, đóng cửa, hiệu chỉnh, khai mạc, khánh thành, khoanh, khống chế, kiến tạo, nạp, nhắn tin, phân quyền",
    "phát bài, phát tin, phát tờ rơi, phát quà, phủ sóng, rà phá, san lấp, sao kê, so sánh, tái lập",
    "tái cấu trúc, tham vấn, thuyết minh, thử nghiệm, tổng duyệt",
    "trích lập, truy vết, ủy thác, xác lập, xét duyệt, xét tặng, xuất bản, thẩm vấn, giải đáp, cảnh báo, khuyến cáo",
    "khuyến khích, ghi nhận, tặng quà, gây quỹ, quyên góp, hiến đất, nhận bàn giao, tiếp quản, thu dọn, kết thúc, chấm",
    "lên kế hoạch, lên phương án, lên lịch, vào cuộc, hướng tới, đặt hàng, gặp mặt, trồng cây, vệ sinh môi trường",
)
ACTION = re.compile(rf"(?:{ACTIONS}|(?!văn\s|hàng\s)\w{{2,}}\s+hóa)\b")
MODAL = re.compile(r"(?:(?:cần|phải|nên|sẽ|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|hãy|sớm|cùng)\s+)*")
MUST = re.compile(r"(?:cần(?:\s+phải)?|phải|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|nên|hãy)\b")

DIRECT = re.compile(
    r"(?<!\w)(?:giao(?!\s*(?:ban(?!\s+(?:tổ\s+chức|tuyên|dân|quản\s+lý|kinh\s+tế|pháp|văn\s+hóa|chỉ\s+(?:huy|đạo)"
    r"|chấp\s+hành|thường\s+(?:vụ|trực)|biên|xây|nội|tôn|đô\s+thị|đại\s+diện|cơ\s+yếu|thi\s+đua|công\s+tác\s+mặt|ql"
    r"|kiểm|tiếp|an"
    r"|chuyên|điều\s+hành|bảo|cán|giám))|dịch|tiếp|thông|diện|lưu|hữu|nhận|việc\b|thoa|mùa"
    r"|phó(?!\s+(?:giám|chủ|trưởng|chánh|bí|thủ|tổng|viện|cục|vụ|hiệu|ban))))|yêu\s+cầu|đề\s+nghị"
    r"|phân\s+công|(?<!ban\s)chỉ\s+đạo(?!,|\s+điều\s+hành)|ủy\s+quyền|nhắc\s+nhở"
    r"|cử(?=\s+(?:đồng\s+chí|cán\s+bộ))|chỉ\s+định|lưu\s+ý(?!\s+(?:rằng|là|một\s+số|đến|tới|việc|:)))\b"
)
"""Verbs by which a chair directs somebody."""
COMMANDS = re.compile(r"(?:trực\s+tiếp\s+)?(?:chỉ\s+đạo|lãnh\s+đạo|phân\s+công|đôn\s+đốc|hướng\s+dẫn)(?!\w)")
"""How work of one who has units below begins: under a heading that names an owner it is the owner's."""

RULING = re.compile(
    r"(?:(?:cơ\s+bản|về\s+cơ\s+bản)\s+)?(?:thống\s+nhất|nhất\s+trí|đồng\s+ý|không\s+đồng\s+ý"
    r"|chưa\s+đồng\s+ý|chấp\s+thuận"
    r"|cho\s+phép|thông\s+qua|quyết\s+định|chủ\s+trương|đồng\s+thuận|tán\s+thành|phê\s+duyệt|không\s+xem\s+xét"
    r"|chưa\s+xem\s+xét|kêu\s+gọi|mong\s+muốn|mong\s+rằng|tin\s+tưởng)\b"
)
"""Verbs by which a chair decides, agrees or appeals; a deliverable may still follow."""

ORIENTATION = re.compile(
    r"(?:cần\s+|phải\s+)*(?:xác\s+định(?:\s+rõ)?|nhận\s+thức|quán\s+triệt\s+(?:quan\s+điểm|phương\s+châm|tinh\s+thần)"
    r"|coi|lấy|kiên\s+trì|kiên\s+định)\b|(?:quan\s+điểm|phương\s+châm|mục\s+tiêu|tinh\s+thần|nguyên\s+tắc|định\s+hướng"
    r"|(?:nhiệm\s+vụ|nội\s+dung|tuyên\s+truyền)\s+trọng\s+tâm)\b[^.;]{0,80}?(?:\blà\b|:)"
)
ABSTRACT_MUST = re.compile(
    r"\b(?:phải|cần)\s+(?:(?:thực\s+sự|luôn|được)\s+)*(?:là|lấy|coi|xác\s+định|gắn|đi\s+đôi"
    r"|trở\s+thành)\b"
)

REPORT = re.compile(
    r"\b(?:ghi\s+nhận|biểu\s+dương|đánh\s+giá\s+cao|hoan\s+nghênh|khen\s+ngợi|cảm\s+ơn|chúc\s+mừng|chia\s+sẻ\s+với|đạt"
    r"|kết\s+quả|tồn\s+tại|hạn\s+chế|khó\s+khăn|vướng\s+mắc|chuyển\s+biến|tiến\s+bộ|nề\s+nếp|còn\s+chậm|còn\s+thiếu"
    r"|chưa\s+\w+|vẫn\s+còn|tuy\s+nhiên|nguyên\s+nhân|cho\s+thấy|so\s+với\s+cùng\s+kỳ|nhìn\s+chung"
    r"|trong\s+thời\s+gian\s+qua"
    r"|thời\s+gian\s+vừa\s+qua|đã\s+\w+|tỷ\s+lệ|tỉ\s+lệ|chiếm|\d+(?:[.,]\d+)?\s*%"
    r"|nghe\s+(?:\w+\s+){0,6}báo\s+cáo|bất\s+cập|xuống\s+cấp|đáp\s+ứng\s+yêu\s+cầu)"
)
PRAISE = re.compile(
    r"(?:(?:hội\s+nghị|cuộc\s+họp|ban\s+chỉ\s+đạo|đồng\s+chí\s+[^,.:;]{2,90}?|\w+)\s+)?(?:đã\s+)?"
    r"(?:ghi\s+nhận|biểu\s+dương|đánh\s+giá\s+cao|hoan\s+nghênh|khen\s+ngợi|cảm\s+ơn|chúc\s+mừng)\b"
    r"|(?:nhìn\s+chung|tuy\s+nhiên"
    r"|mặc\s+dù\s+vậy|bên\s+cạnh\s+(?:những\s+)?(?:kết\s+quả|đó,?\s+(?:vẫn|còn))"
    r"|(?:về\s+)?(?:tồn\s+tại|hạn\s+chế|kết\s+quả)"
    r"|nguyên\s+nhân|trong\s+thời\s+gian\s+(?:vừa\s+)?qua|thời\s+gian\s+(?:vừa\s+)?qua|qua\s+báo\s+cáo|theo\s+báo\s+cáo"
    r"|đến\s+nay|tính\s+đến)\b"
)
TURN = re.compile(
    r"(?:còn\s+(?:một\s+số\s+)?(?:tồn\s+tại|hạn\s+chế)|tuy\s+nhiên|mặc\s+dù\s+vậy|song,?\s+bên\s+cạnh"
    r"|bên\s+cạnh\s+(?:những\s+)?(?:kết\s+quả|mặt"
    r"|đó,?\s+(?:vẫn|còn))|bên\s+cạnh\s+đó[^.;]{0,160}?\b(?:hạn\s+chế|tồn\s+tại|chưa))"
)
WEAKNESS = re.compile(r"\b(?:tồn\s+tại|hạn\s+chế|khó\s+khăn|vướng\s+mắc|còn|chưa|chậm|bất\s+cập|thiếu)\b")
DONE = re.compile(r"\b(?:đã|đang|được|bị|vẫn|còn|chưa)\b")

# Heads of unit names. One-syllable heads need a capital, a figure or a known word behind them.
LONG_HEADS = words(
    "bộ phận, bộ chỉ huy quân sự, ban chỉ huy quân sự, bộ chỉ huy, ban chỉ huy, bộ tư lệnh, ban chỉ đạo",
    "ban biên tập",
    "ban tổ chức, ban quản lý, ban thường vụ, ban chấp hành, ban thường trực, ban tuyên giáo, ban dân vận",
    "ban nội chính",
    "ban kiểm tra, ban cán sự, ban giám hiệu, ban giám đốc, ban công tác mặt trận, ban xây dựng đảng",
    "ban tiếp công dân",
    "ban văn hóa, ban pháp chế, ban kinh tế, ban dân tộc, ban điều hành, ban thanh tra, ban giám sát",
    "ban bảo vệ",
    "ban soạn thảo, ban cntt, ban đqb, ủy ban nhân dân, hội đồng nhân dân, ủy ban mặt trận tổ quốc, ủy ban mttq",
    "ủy ban kiểm tra, ủy ban dân tộc, ủy ban, hội đồng, ubnd, hđnd, ubmttq, ubmttqvn, mttq, mặt trận tổ quốc",
    "vp, văn phòng",
    "công an, trung tâm, chi cục, tổng cục, kho bạc, bảo hiểm xã hội, bhxh, tòa án, viện kiểm sát, thanh tra",
    "điện lực, bưu điện, bưu cục, viễn thông, hội liên hiệp, hội nông dân, hội phụ nữ, hội cựu chiến binh",
    "hội chữ thập đỏ",
    "hội khuyến học, hội người cao tuổi, hội luật gia, hội lhpn, hội ccb, đoàn thanh niên, đoàn tn, đoàn tncs",
    "tỉnh đoàn, thành đoàn, quận đoàn, huyện đoàn, liên đoàn lao động, công đoàn, tổ công tác, tổ giúp việc",
    "tổ dân phố",
    "tổ thư ký, tổ biên tập, tổ công nghệ số cộng đồng, tổ cnscđ, tổ đề án, tổ trưởng, tổ bảo vệ, tổ dân vận",
    "khu phố",
    "chi bộ, đảng bộ, đảng ủy, đảng đoàn, quận ủy, huyện ủy, thành ủy, tỉnh ủy, thị ủy, thường trực, chi hội",
    "tập đoàn, tổng công ty, công ty, ngân hàng, hợp tác xã, nhà thầu, chủ đầu tư, doanh nghiệp",
    "đài truyền thanh",
    "đài phát thanh, đài pt, đài ttth, đài tt, cơ quan, đơn vị, phường, thị trấn, thị xã, thành phố, quận",
    "huyện",
    "vnpt, viettel, mobifone, bệnh viện, trạm y tế, trường mầm non, trường tiểu học, trường trung học",
    "trường thcs, trường thpt, trường học",
    "chi nhánh, hạt kiểm lâm, hạt quản lý, đồn biên phòng, bộ đội biên phòng, hải quan, cục thuế, cảng vụ, xí nghiệp",
    "tư vấn giám sát, tư vấn thiết kế, giám sát thi công, ban qlda, liên minh hợp tác xã, liên hiệp các hội, hiệp hội",
    "thuế tỉnh, thuế thành phố, thuế khu vực, thi hành án dân sự, báo và phát thanh, đại học, cảnh sát",
    "lực lượng, quân sự, dân quân, cựu chiến binh, báo và đài, cơ sở giáo dục, cơ sở y tế",
    "đài khí tượng, trạm thủy nông, trạm khuyến nông, trạm thú y, trạm kiểm lâm, học viện, thư viện, bảo tàng",
    "quỹ tín dụng, quỹ đầu tư, sở chỉ huy, vietinbank, agribank, evn, thuế cơ sở, kho lưu trữ, phân viện, phân hiệu",
    "nhà trường, đội quản lý, đội trật tự, đội thanh tra, bcđ, bbt, tdp, bch, btv, bql, bts, thôn đội",
    "thông tấn xã",
    "cán bộ, công chức, viên chức, thư ký, kế toán, địa chính, tư pháp, thành viên, chuyên viên, cộng tác viên",
    "phóng viên",
    "giám đốc, phó giám đốc, tổng giám đốc, chánh văn phòng, phó chánh văn phòng, trưởng phòng",
    "phó trưởng phòng",
    "trưởng ban, phó trưởng ban, phó ban, chủ tịch, phó chủ tịch, pct, bí thư, phó bí thư, thủ trưởng",
    "người đứng đầu",
    "lãnh đạo, hiệu trưởng, bộ trưởng, thứ trưởng, trưởng công an, trưởng các, cục trưởng, vụ trưởng",
    "chi cục trưởng",
    "chánh thanh tra, chủ nhiệm, trưởng thôn, trưởng khu, viện trưởng, thống đốc, chỉ huy trưởng, trạm trưởng",
    "ngành",
    "đoàn thể, địa phương, chính quyền, phòng ban, ban ngành, cá nhân, tập thể, đảng viên, đoàn viên, hội viên",
    "hộ kinh doanh, tổ chức chính trị, tổ chức tín dụng, tổ chức đảng, cấp ủy, khối, văn thư",
)
SHORT_HEADS = words(
    "bộ, sở, phòng, ban, trạm, cục, vụ, viện, trường, đài, báo, hội, đoàn, tổ, đội, nhóm, thôn, xã, tỉnh, khoa",
    "bản, ấp, tp",
)
SHORT_HEAD_FOLLOWERS = words(
    "văn hóa, kinh tế, tài chính, nội vụ, tư pháp, y tế, giáo dục, lao động, quản lý đô thị, tài nguyên",
    "kế hoạch, nông nghiệp",
    "phường, xã, quận, huyện, tỉnh, thành phố, cơ sở, lâm sàng, trực thuộc, bên",
    "nông dân, phụ nữ, thanh niên, cựu chiến binh, khoa học, xây dựng, công thương, tổng hợp, hành chính",
    "tổ chức, kỹ thuật",
    "công tác, giúp việc, thư ký, truyền thanh, chuyên môn, nghiệp vụ, quản trị, địa chính, biên tập",
    "chuyên viên, kỹ thuật",
    "y tế, thú y, khuyến nông, mầm non, tiểu học, ngành, ban, phòng, sở, bộ, vhtt, vh, lđ, qlđt, tn, tc, gd",
    "ytế, nào, liên quan",
    "công nghệ, thông tin, trật tự, bảo vệ, dân phòng, một cửa, tiếp dân, chức năng, quân sự, ngoại vụ",
    "tôn giáo, thanh tra",
)
QUANTIFIERS = words(
    "các, những, tất cả các, toàn thể, toàn bộ, từng, mỗi, một số, lãnh đạo các, thủ trưởng các, đại diện"
)
HONORIFIC = re.compile(
    r"(?:(?:các\s+|những\s+|từng\s+)?(?:đồng\s+chí|đ/c|đc|ông|bà)\s+)"
    r"(?:(?:là\s+)?(?:thành\s+viên|ủy\s+viên)\s+(?:của\s+|trong\s+)?|trong\s+|ở\s+|thuộc\s+)?"
    r"|(?:các\s+)?(?:thành\s+viên|ủy\s+viên)\s+(?:của\s+|trong\s+)?(?=(?:ban|bcđ|bbt|tổ|hội\s+đồng)\b)"
)
# Names that hold «và» or a comma inside; a list of units is not cut there.
COMPOUNDS = words(
    "kế hoạch và đầu tư, thông tin và truyền thông, khoa học và công nghệ, giáo dục và đào tạo",
    "tài nguyên và môi trường",
    "nông nghiệp và phát triển nông thôn, nông nghiệp và môi trường, nông nghiệp và ptnt, văn hóa và thông tin",
    "văn hóa và thể thao, văn hóa và xã hội, văn hóa - xã hội, văn hóa xã hội, văn hóa - thông tin",
    "văn hóa thông tin, tài chính - kế hoạch",
    "tài nguyên - môi trường, địa chính - xây dựng, giáo dục - đào tạo, lao động - thương binh - xã hội",
    "tư pháp - hộ tịch, dân tộc và tôn giáo, tuyên giáo và dân vận, tổ chức và nội vụ, y tế và dân số",
    "hđnd và ubnd, hội đồng nhân dân và ủy ban nhân dân, đoàn đbqh và hđnd",
    "đoàn đại biểu quốc hội và hội đồng nhân dân",
    "tiếp nhận và trả kết quả, tài chính và kế hoạch, phát thanh và truyền hình, văn thư và lưu trữ",
    "đào tạo và bồi dưỡng",
    "bưu chính và viễn thông, quản lý và khai thác, vận hành và khai thác, thương mại và công nghiệp",
    "phát triển và đầu tư",
    "lao động và xã hội, quản lý dự án và phát triển, thi đua và khen thưởng, kiểm tra và giám sát",
    "kinh tế và đô thị",
    "kinh tế và hạ tầng, tư pháp và hộ tịch, hạ tầng và đô thị, chuyển đổi số và công nghệ",
    "chuyển đổi số và an toàn, thiết bị, kế hoạch tổng hợp, kế hoạch - tổng hợp, hành chính tổng hợp",
    "hành chính - tổng hợp, tổ chức hành chính, tổ chức - hành chính, hành chính - quản trị, hành chính quản trị",
    "tài chính kế toán, tài chính - kế toán, kế hoạch - kỹ thuật, tổ chức cán bộ, tổ chức - cán bộ",
    "quản lý dự án đầu tư xây dựng công trình, quản lý dự án đầu tư xây dựng, quản lý dự án đầu tư, quản lý dự án",
    "đầu tư xây dựng, phát triển quỹ đất, quản lý thị trường, quản lý chất lượng, kiểm soát bệnh tật, thi hành án",
    "đăng ký đất đai, đăng ký kinh doanh, phòng cháy chữa cháy, cứu nạn cứu hộ, tiếp công dân, phát triển nông thôn",
    "hợp tác quốc tế, giám sát đầu tư, kiểm tra - giám sát, tuyên truyền - tổng hợp, xây dựng đảng, đào tạo nghề",
    "công trình xây dựng, chất lượng xây dựng, nông thôn mới, vệ sinh thực phẩm, an toàn vệ sinh thực phẩm",
    "thông tấn - báo chí, quy hoạch xây dựng",
    "trật tự xây dựng đô thị, trật tự xây dựng, đổi mới sáng tạo, sự nghiệp công lập, ngoài công lập",
    "giáo dục thường xuyên, quản lý chuyên ngành, kiểm soát thủ tục hành chính, quản lý hành chính, có rừng",
    "trật tự xã hội, về trật tự xã hội, an ninh trật tự, ở cơ sở, thanh niên xung phong, dân quân tự vệ",
    "giới thiệu việc làm, dịch vụ việc làm, quản lý khu công nghiệp, xúc tiến đầu tư, hỗ trợ doanh nghiệp",
) + (
    r"|chính\s+trị,?\s+tư\s+tưởng|học\s+sinh,\s+sinh\s+viên"
    r"|(?:(?<=đơn\svị\s)|(?<=bộ\sphận\s)|(?<=cán\sbộ\s)|(?<=công\schức\s)|(?<=nhà\sthầu\s)|(?<=công\sty\s))"
    r"(?:thi\s+công|tư\s+vấn"
    r"|cung\s+cấp|thiết\s+kế|vận\s+hành|phụ\s+trách|tiếp\s+nhận)"
    r"|văn\s+hóa,\s+thể\s+thao(?:,\s+|\s+và\s+)du\s+lịch|văn\s+hóa,\s+khoa\s+học\s+và\s+thông\s+tin"
    r"|kinh\s+tế,\s+hạ\s+tầng\s+và\s+đô\s+thị|lao\s+động(?:,\s+|\s*-\s*)thương\s+binh\s+và\s+xã\s+hội"
    r"|văn\s+hóa,\s+thông\s+tin(?:\s+và\s+\w+\s+\w+)?|lao\s+động\s*-\s*thương\s+binh\s*(?:và|&|-)\s*xã\s+hội"
    r"|(?:đầu\s+tư,\s+)?thương\s+mại\s+và\s+du\s+lịch|thông\s+tấn,\s+báo\s+chí|phát\s+thanh,\s+truyền\s+hình"
    r"|phòng\s+cháy,\s+chữa\s+cháy(?:\s+và\s+cứu\s+nạn,?\s+cứu\s+hộ)?|cứu\s+nạn,?\s+cứu\s+hộ|mới\s+(?=tỉnh|huyện|xã)"
    r"|phòng,\s+chống\s+thiên\s+tai(?:\s+và\s+tìm\s+kiếm\s+cứu\s+nạn)?|tìm\s+kiếm\s+cứu\s+nạn"
    r"|phòng,\s+chống\s+tội\s+phạm\s+sử\s+dụng\s+công\s+nghệ\s+cao"
    r"|phòng,\s+chống\s+tham\s+nhũng(?:,\s+lãng\s+phí(?:,\s+tiêu\s+cực)?)?"
    r"|(?:tiếp\s+công\s+dân,\s+)?giải\s+quyết\s+khiếu\s+nại|đảng\s+ủy,\s+hđnd\s*(?:&|và|,)\s*ubnd"
    r"|đảng\s+ủy\s*-\s*hđnd\s*-\s*ubnd|hđnd\s*&\s*ubnd|hđnd,\s+ubnd|phòng,\s+chống\s+\w+(?:\s+\w+)?"
)
COMPOUND = re.compile(rf"(?:{COMPOUNDS})\b")
_GROUP_NOUNS = words(
    "cơ quan, đơn vị, sở, ban, ngành, phòng, bộ, xã, phường, thị trấn, huyện, quận, thị xã, thành phố",
    "địa phương, đoàn thể",
    "tổ chức, doanh nghiệp, cá nhân, cán bộ, công chức, viên chức, bộ phận, tổ dân phố, thôn, cấp, hội, bản",
    "khu phố, đặc khu",
    "tổ chức chính trị - xã hội, cơ quan ngang bộ, cơ quan thuộc chính phủ, chi bộ, phòng ban, ban ngành, tỉnh",
    "trường học",
    "tập thể, người lao động, nlđ, đảng viên, đoàn viên, hội viên, bảo vệ, lãnh đạo",
)
GROUP_CHAIN = re.compile(
    rf"(?:{_GROUP_NOUNS})(?!\w)(?:\s*[,-]\s*(?:{_GROUP_NOUNS})(?!\w))+"
    rf"(?:,?\s+và\s+(?:{_GROUP_NOUNS})(?!\w))?"
)
"""Several common nouns for one group: «cơ quan, đơn vị, địa phương», «sở, ban, ngành», «ngành, đoàn thể»."""
PLACE_WORDS = frozenset(
    [
        "quận",
        "huyện",
        "phường",
        "xã",
        "tỉnh",
        "thành",
        "phố",
        "thị",
        "trấn",
        "thôn",
        "tổ",
        "dân",
        "khu",
        "vực",
        "trung",
        "ương",
        "cơ",
        "sở",
        "nhân",
        "cấp",
        "các",
        "của",
        "thuộc",
        "trực",
    ]
)
STOP_WORDS = frozenset(
    [
        "có",
        "cần",
        "phải",
        "là",
        "được",
        "bị",
        "để",
        "đã",
        "sẽ",
        "nên",
        "chưa",
        "không",
        "cho",
        "với",
        "về",
        "theo",
        "trong",
        "tại",
        "từ",
        "đến",
        "trước",
        "sau",
        "khi",
        "nếu",
        "nhằm",
        "do",
        "vì",
        "như",
        "nào",
        "này",
        "đó",
        "kia",
        "thì",
        "mà",
        "bằng",
        "qua",
        "hoặc",
        "cũng",
        "vẫn",
        "còn",
        "đang",
        "rồi",
        "sớm",
        "hãy",
        "chịu",
        "sớm",
        "ngay",
        "cùng",
        "gồm",
        "nay",
        "đều",
        "chỉ",
        "tự",
        "vào",
        "trên",
        "dưới",
        "nhất",
        "hơn",
        "rất",
        "mới",
        "luôn",
        "mỗi",
        "hằng",
        "hàng",
        "từng",
        "ít",
        "tối",
        "định",
        "thường",
        "cử",
    ]
)
UNNAMED = re.compile(
    r"\b(?:liên\s+quan|có\s+liên\s+quan|khác|chức\s+năng)\b"
    r"|^(?:các\s+)?(?:sở|bộ|ban|phòng|cơ\s+quan|đơn\s+vị|ngành|địa\s+phương|tổ\s+chức|cá\s+nhân"
    r"|bộ\s+phận|cấp|nhà\s+thầu|tập\s+thể)"
    r"(?:(?:\s*[,-]\s*|\s+)(?:sở|ban|ngành|đơn\s+vị|địa\s+phương|phòng|đoàn\s+thể|tổ\s+chức|cơ\s+quan|cá\s+nhân"
    r"|tập\s+thể))*$"
    r"|^(?:các\s+)?(?:cấp|ngành)(?:,\s*(?:các\s+)?(?:ngành|cấp))?$"
)
