"""What the Word and PDF files of the corpus say: paragraphs, counted lists, tables and tracked changes.

Over 300 lines: they are documents, one after the other.
"""

from __future__ import annotations

from tests.reading.made import W

CENTRE = '<w:jc w:val="center"/>'
LISTS = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def run(words: str, properties: str = "") -> str:
    """Return words in one run."""
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{words}</w:t></w:r>'


def text(*lines: str, properties: str = "", font: str = "") -> str:
    """Return paragraphs, one a line."""
    given = properties and f"<w:pPr>{properties}</w:pPr>"
    fonts = font and f'<w:rFonts w:ascii="{font}"/>'
    return "".join(f"<w:p>{given}{run(line, fonts)}</w:p>" for line in lines)


def item(level: int, words: str, number: int = 1) -> str:
    """Return a paragraph that Word numbers by itself."""
    return text(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell's lines are its paragraphs."""
    cells = ("".join(f"<w:tc>{text(*cell.split('|'))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def inserted(words: str) -> str:
    """Return words put in while changes were tracked."""
    return f"<w:ins>{run(words)}</w:ins>"


def deleted(words: str) -> str:
    """Return words struck out while changes were tracked."""
    return f"<w:del><w:r><w:delText>{words}</w:delText></w:r></w:del>"


WARD = (
    table(
        (
            "ỦY BAN NHÂN DÂN|PHƯỜNG BÌNH SƠN|Số: 112/TB-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Bình Sơn, ngày 14 tháng 8 năm 2026",
        )
    )
    + text(
        "THÔNG BÁO",
        "Kết luận của đồng chí Lục Thanh Bình, Chủ tịch UBND phường",
        "tại hội nghị giao ban công tác tháng 8 năm 2026",
        properties=CENTRE,
    )
    + text(
        "Ngày 12 tháng 8 năm 2026, tại Phòng họp số 1, đồng chí Lục Thanh Bình, Chủ tịch UBND phường chủ trì hội nghị "
        "giao ban công tác tháng 8. Sau khi nghe Văn phòng HĐND và UBND báo cáo, ý kiến của các đại biểu, đồng chí "
        "Chủ tịch UBND phường kết luận:"
    )
    + item(0, "Kết quả công tác tháng 7")
    + item(1, "Thu ngân sách đạt 62,4% dự toán; giải quyết 1.284 hồ sơ, 99,1% đúng hạn.")
    + item(1, "Một số tổ dân phố còn để rác thải tồn đọng, chưa xử lý dứt điểm kiến nghị của cử tri.")
    + item(0, "Nhiệm vụ trọng tâm tháng 8, tháng 9")
    + item(1, "Phòng Kinh tế, Hạ tầng và Đô thị")
    + item(2, "Phối hợp với Công an phường giải tỏa 06 điểm lấn chiếm vỉa hè đường Lê Hồng Phong trước ngày 25/8/2026;")
    + item(2, "Hoàn thiện hồ sơ xin chủ trương đầu tư Trường Mầm non Hoa Sen, trình HĐND phường tại kỳ họp cuối năm.")
    + item(1, "Giao Phòng Văn hóa - Xã hội:")
    + item(0, "Tổ chức tặng quà cho người có công dịp 02/9, hoàn thành trước ngày 30/8;", 2)
    + item(0, "Chủ trì cùng Trạm Y tế phường phun hóa chất diệt muỗi đợt 2 tại 12 khu dân cư.", 2)
    + item(
        1,
        "Trung tâm Phục vụ hành chính công niêm yết mã QR tra cứu hồ sơ; định kỳ hằng tuần công khai danh sách hồ sơ "
        "trễ hạn trên trang thông tin điện tử phường.",
    )
    + item(1, "Nhất trí chủ trương thí điểm “Ngày thứ Bảy vì dân” tại bộ phận một cửa.")
    + text(
        "Yêu cầu các phòng, ban, đơn vị nghiêm túc triển khai thực hiện./.",
    )
    + table(("Nơi nhận:|- TT Đảng ủy;|- Lưu: VT.", "TL. CHỦ TỊCH|CHÁNH VĂN PHÒNG"))
)

ANNEX = (
    table(("BAN CHỈ ĐẠO 57|TỈNH LẠC SƠN|Số: 41-TB/BCĐ", "Lạc Sơn, ngày 20 tháng 5 năm 2026"))
    + text("THÔNG BÁO", "Kết luận phiên họp thứ sáu của Ban Chỉ đạo 57 tỉnh", properties=CENTRE)
    + text(
        "Ngày 18/5/2026, đồng chí Vi Đức Hạnh, Bí thư Tỉnh ủy, Trưởng Ban Chỉ đạo chủ trì phiên họp thứ sáu. Đồng chí "
        "Trưởng Ban Chỉ đạo kết luận như sau:",
        "1. Cơ bản thống nhất nội dung báo cáo của Cơ quan Thường trực.",
        "2. Giao các cơ quan, đơn vị thực hiện các nhiệm vụ tại Phụ lục kèm theo, hằng tháng báo cáo kết quả trước ngày 15.",
        "Nơi nhận:",
        "- Các thành viên Ban Chỉ đạo,",
        "- Lưu VPTU.",
        "PHỤ LỤC",
        "Danh mục nhiệm vụ giao tại phiên họp thứ sáu",
    )
    + table(
        ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"),
        ("A", "Về thể chế", "", "", "", ""),
        (
            "1",
            "Tham mưu nghị quyết về cơ chế thử nghiệm có kiểm soát",
            "Sở Khoa học và Công nghệ",
            "Sở Tư pháp, Sở Tài chính",
            "Quý III/2026",
            "Nghị quyết",
        ),
        ("2", "Rà soát, bãi bỏ văn bản không còn phù hợp", "Sở Tư pháp", "", "Trước ngày 30/6/2026", "Báo cáo"),
        ("B", "Về hạ tầng số", "", "", "", ""),
        (
            "3",
            "Phủ sóng di động 5G tại trung tâm các xã",
            "Viễn thông Lạc Sơn; Viettel Lạc Sơn",
            "UBND các xã, phường",
            "31/12/2026",
            "",
        ),
        ("4", "Giám sát an toàn thông tin 24/7", "Công an tỉnh", "", "Thường xuyên", ""),
    )
)

MINUTES = (
    text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", properties=CENTRE)
    + text("BIÊN BẢN", "Họp xét duyệt dự toán Ban Quản lý di tích Đền Mẫu", properties=CENTRE)
    + text(
        "Thời gian: 9 giờ 00, ngày 07 tháng 4 năm 2026",
        "Địa điểm: Nhà khách UBND xã Thượng Lâm",
        "Chủ trì: Ông Bế Văn Sáng, Chủ tịch UBND xã",
        "Thư ký: Bà Nông Thị Hiền",
        "I. NỘI DUNG",
        "Bà Nông Thị Hiền trình bày dự toán tu bổ; tổng kinh phí đề nghị 1,2 tỷ đồng.",
        "II. KẾT LUẬN",
    )
    + f"<w:p>{run('1. Ban Quản lý di tích chỉnh sửa dự toán, nộp Phòng Kinh tế ')}{deleted('trước ngày 15/4/2026')}"
    f"{inserted('trước ngày 20/4/2026')}{run('.')}</w:p>"
    + f"<w:p>{run('2. Phòng Kinh tế thẩm định ')}{inserted('trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ')}"
    f"{run('; kế toán xã bố trí nguồn từ quỹ công đức.')}</w:p>"
    + f"<w:p>{deleted('3. Giao Công an xã lắp camera.')}</w:p>"
    + text(
        "3. Thống nhất mời tư vấn giám sát độc lập.",
        "4. Mặt trận Tổ quốc xã vận động nhân dân đóng góp ngày công, mỗi tháng một lần thông báo công khai thu chi.",
        "Cuộc họp kết thúc hồi 11 giờ cùng ngày.",
        "THƯ KÝ                         CHỦ TRÌ",
    )
)

OLD_CODE = text("ban biªn tËp trang th«ng tin ®iÖn tö huyÖn", "Th«ng b¸o", properties=CENTRE, font=".VnTimeH") + text(
    "Ngµy 05/3/2012, ®ång chÝ NguyÔn V¨n T¸, Tr­ëng Ban Biªn tËp chñ tr× häp Ban Biªn tËp th¸ng 3 vµ kÕt luËn nh­ sau:",
    "1. V¨n phßng HuyÖn ñy göi lÞch c«ng t¸c tuÇn tr­íc 15 giê thø S¸u hµng tuÇn.",
    "2. Phßng Gi¸o dôc vµ §µo t¹o chñ tr×, phèi hîp víi HuyÖn ®oµn viÕt bµi vÒ g­¬ng häc sinh nghÌo v­ît khã, göi Ban "
    "Biªn tËp tr­íc ngµy 20/3/2012.",
    "3. §ång ý chi tr¶ nhuËn bót quý I theo b¶ng kª.",
    font=".VnTime",
)

TWO_HEADS = (
    text("UBND XÃ TÂN HIỆP", "Số: 77/TB-UBND", "Tân Hiệp, ngày 03 tháng 12 năm 2026")
    + text("THÔNG BÁO", "Kết luận giao ban và phân công nhiệm vụ tháng 12/2026", properties=CENTRE)
    + text(
        "Ngày 01/12/2026, ông Sùng A Lử, Chủ tịch UBND xã chủ trì giao ban, kết luận và phân công nhiệm vụ tháng 12 như sau:"
    )
    + table(
        ("TT", "Nội dung công việc", "Bộ phận thực hiện", "Bộ phận thực hiện", "Thời hạn", "Ghi chú"),
        ("TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời hạn", "Ghi chú"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("1", "Tổng hợp báo cáo kinh tế - xã hội năm 2026", "Văn phòng HĐND và UBND", "Các phòng", "10/12", ""),
        (
            "2",
            "Chi trả trợ cấp xã hội tháng 12|Lập danh sách tăng, giảm",
            "Phòng Văn hóa - Xã hội",
            "Bưu điện xã",
            "Trước ngày 08/12/2026",
            "",
        ),
        ("3", "Trực tuyến đào tạo kỹ năng số cho cán bộ thôn", "Đ/c Giàng Thị Máy", "", "Trong tháng 12", ""),
        ("4", "Tuần tra bảo vệ rừng mùa khô", "Ban Chỉ huy Quân sự xã", "Công an xã, các thôn", "Hằng tuần", ""),
    )
    + text("Các bộ phận chủ động triển khai, vướng mắc báo cáo Chủ tịch UBND xã xem xét.")
)

WORDS = {
    "38_docx_danh_so_tu_dong": WARD,
    "39_docx_phu_luc_sau_noi_nhan": ANNEX,
    "40_docx_bien_ban_theo_doi_sua": MINUTES,
    "41_docx_bang_ma_cu": OLD_CODE,
    "42_docx_bang_hai_tang_tieu_de": TWO_HEADS,
}

HEAD = """#set text(size: 12pt)
#grid(columns: (1fr, 1.35fr), align: center, [{left}], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\
*Độc lập - Tự do - Hạnh phúc* \\ _{place}_])
#set text(size: 14pt)
"""
MINISTRY = (
    HEAD.format(left="BỘ XÂY DỰNG \\ Số: 5521/TB-BXD", place="Hà Nội, ngày 09 tháng 7 năm 2026")
    + r"""
#align(center)[*THÔNG BÁO* \ *Kết luận của Thứ trưởng Quách Hải Đăng tại cuộc họp giao ban \
các dự án đường bộ cao tốc tháng 7/2026*]

Ngày 06/7/2026, tại trụ sở cơ quan Bộ, Thứ trưởng Quách Hải Đăng chủ trì cuộc họp giao ban các dự án đường bộ cao tốc. Sau khi nghe báo cáo của Cục Kinh tế - Quản lý đầu tư xây dựng và ý kiến các đại biểu, Thứ trưởng kết luận như sau:

1\. Đánh giá cao nỗ lực của các Ban Quản lý dự án, nhà thầu đã tổ chức thi công "3 ca, 4 kíp"; giá trị giải ngân 6 tháng đạt 48,7% kế hoạch, cao hơn bình quân chung cả nước.

2\. Về công tác giải phóng mặt bằng: Đề nghị UBND các tỉnh Phú Hải, An Giao đẩy nhanh tiến độ chi trả tiền bồi thường, bàn giao toàn bộ mặt bằng sạch trước ngày 31/8/2026; giao Ban Quản lý dự án 9 cử cán bộ thường trực tại hiện trường, hằng tuần báo cáo Bộ những vướng mắc phát sinh.

3\. Về vật liệu xây dựng thông thường:

a) Cục Kinh tế - Quản lý đầu tư xây dựng chủ trì, phối hợp với Viện Kinh tế xây dựng hướng dẫn các địa phương công bố giá vật liệu sát giá thị trường, hoàn thành trong tháng 7/2026.

b) Các nhà thầu chủ động tìm nguồn cát thay thế, không chờ đợi mỏ mới.

4\. Đối với gói thầu XL-03, yêu cầu Ban Quản lý dự án 9 điều chuyển khối lượng của nhà thầu chậm tiến độ cho nhà thầu khác theo quy định của hợp đồng, báo cáo Thứ trưởng trước 17 giờ 00 ngày 15/7/2026.

5\. Cục Đường bộ Việt Nam rà soát, bổ sung hệ thống trạm dừng nghỉ; nghiên cứu ứng dụng hệ thống giao thông thông minh, trình Bộ trong Quý IV/2026.

6\. Văn phòng Bộ tổng hợp kết quả thực hiện Thông báo số 4410/TB-BXD ngày 08/5/2026, báo cáo tại cuộc họp giao ban tháng 8.

Thừa lệnh Bộ trưởng, Văn phòng Bộ thông báo để các cơ quan, đơn vị biết, triển khai thực hiện./.

#set text(size: 11pt)
#grid(columns: (1fr, 1fr), [*_Nơi nhận:_* \ - Bộ trưởng (để b/c); \ - Các đơn vị dự họp; \ - Lưu: VT, KTQLXD.], align(center)[*TL. BỘ TRƯỞNG* \ *CHÁNH VĂN PHÒNG* \ \ Tống Văn Lâm])
"""
)
TASKS = (
    HEAD.format(
        left="UBND PHƯỜNG ĐÔNG KINH \\ *VĂN PHÒNG* \\ Số: 19/TB-VP", place="Đông Kinh, ngày 27 tháng 10 năm 2026"
    )
    + r"""
#align(center)[*THÔNG BÁO* \ *Kết luận của Chủ tịch UBND phường tại phiên họp UBND phường tháng 10/2026*]

Ngày 26/10/2026, bà Hà Thị Kim Oanh, Chủ tịch UBND phường chủ trì phiên họp UBND phường tháng 10/2026. Chủ tịch UBND phường kết luận, giao nhiệm vụ cụ thể như sau:

#set text(size: 12pt)
#set par(first-line-indent: 0pt, justify: false)
#table(columns: (1cm, 1fr, 3.6cm, 3.2cm, 2.6cm), [*TT*], [*Nội dung nhiệm vụ*], [*Đơn vị chủ trì*], [*Đơn vị phối hợp*], [*Thời hạn*],
[1], [Xây dựng kịch bản điều hành thu ngân sách quý IV, khai thác nguồn thu từ đấu giá quyền sử dụng đất], [Phòng Kinh tế, Hạ tầng và Đô thị], [Thuế cơ sở 7], [05/11/2026],
[2], [Số hóa 100% kết quả giải quyết thủ tục hành chính còn hiệu lực], [Trung tâm Phục vụ hành chính công], [Phòng Văn hóa - Xã hội], [15/12/2026],
[3], [Kiểm tra an toàn phòng cháy, chữa cháy các khu nhà trọ], [Công an phường], [Các tổ dân phố], [Trong tháng 11/2026],
[4], [Báo cáo công tác tiếp công dân], [Văn phòng HĐND và UBND], [], [Ngày 20 hằng tháng])
"""
)
PROSE = (
    HEAD.format(
        left="ĐẢNG BỘ TỈNH KỲ ANH \\ *ĐẢNG ỦY PHƯỜNG VŨNG ÁNG* \\ Số 33-TB/ĐU",
        place="Vũng Áng, ngày 11 tháng 9 năm 2026",
    )
    + r"""
#align(center)[*THÔNG BÁO* \ *kết luận của Ban Thường vụ Đảng ủy về công tác chuẩn bị khai giảng và đầu năm học*]

Ngày 03/9/2026, Ban Thường vụ Đảng ủy họp, nghe báo cáo công tác chuẩn bị năm học 2026-2027 do đồng chí Mạc Thị Xuyến, Bí thư Đảng ủy chủ trì. Sau khi thảo luận, Ban Thường vụ thống nhất kết luận:

Ban Thường vụ ghi nhận các trường đã chuẩn bị chu đáo; tuy nhiên cơ sở vật chất Trường Tiểu học Kỳ Lợi xuống cấp, 04 phòng học bị thấm dột.

Giao Ủy ban nhân dân phường bố trí kinh phí sửa chữa 04 phòng học, hoàn thành trước ngày 30/9/2026; kiểm soát chặt chẽ các khoản thu đầu năm. Ủy ban Kiểm tra Đảng ủy giám sát việc thực hiện các khoản thu tại ít nhất 02 trường, báo cáo Ban Thường vụ trong tháng 11/2026. Đảng ủy Công an phường lãnh đạo công tác bảo đảm an ninh, phân luồng giao thông khu vực cổng trường giờ cao điểm. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường và Hội Khuyến học vận động quỹ học bổng, trao trước Tết Nguyên đán.

Ban Thường vụ yêu cầu các chi bộ trường học đưa nội dung này vào sinh hoạt chi bộ tháng 10.

Văn phòng Đảng ủy theo dõi, đôn đốc việc thực hiện Thông báo này.

#set text(size: 11pt)
#grid(columns: (1fr, 1fr), [_Nơi nhận:_ \ - Thường trực Đảng ủy, \ - Các chi bộ trường học, \ - Lưu Văn phòng.], align(center)[*T/M BAN THƯỜNG VỤ* \ *PHÓ BÍ THƯ*])
"""
)
PDFS = {"43_pdf_bo_giao_ban": MINISTRY, "44_pdf_bang_nhiem_vu": TASKS, "45_pdf_dang_van_xuoi": PROSE}
