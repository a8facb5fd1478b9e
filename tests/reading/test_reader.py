"""Single sentences: who leads, who helps, what kind, how often, and the words each was read from."""

from __future__ import annotations

from datetime import date

import pytest

from app.reading.model import Kind, ReadItem, Recurrence, UnitName
from app.reading.reader import read_text


def items(text: str) -> list[ReadItem]:
    return list(read_text(text).items)


def lead(text: str) -> list[str | None]:
    return [item.lead.words if item.lead else None for item in items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Giao Sở Tài chính chủ trì thẩm định.", ["Sở Tài chính"]),
        ("- Yêu cầu các phòng, ban rà soát.", ["các phòng, ban"]),
        ("- Đề nghị các đồng chí trong Ban Biên tập cần viết bài.", ["Ban Biên tập"]),
        ("- Kiện toàn Ban Biên tập trang tin.", [None]),
        ("- Ban hành quy chế sử dụng phần mềm.", [None]),
        ("- Tổ chức hội thi tin học cho thanh niên.", [None]),
        ("- Phòng, chống dịch bệnh phải được đẩy mạnh: rà soát các chốt.", [None]),
        ("- Văn phòng HĐND&UBND quận cập nhật danh bạ.", ["Văn phòng HĐND&UBND quận"]),
        (
            "- Phân công đồng chí Lê Văn Tám, Phó Chủ tịch xã phụ trách.",
            ["đồng chí Lê Văn Tám, Phó Chủ tịch xã"],
        ),
        ("- Đối với Công an xã: bố trí người trực.", ["Công an xã"]),
        (
            "- Đường truyền hội nghị do Trung tâm Công nghệ thông tin phụ trách, cần kiểm tra trước giờ họp.",
            ["Trung tâm Công nghệ thông tin"],
        ),
        ("- Thống nhất giao Phòng Nội vụ tổng hợp danh sách.", ["Phòng Nội vụ"]),
        ("- Cập nhật chuyên mục Cải cách hành chính (Phòng Nội vụ).", ["Phòng Nội vụ"]),
        ("- Giao Sở Nội vụ, Sở Tài chính rà soát biên chế.", ["Sở Nội vụ", "Sở Tài chính"]),
        ("- Giao Ban Tổ chức Huyện ủy thẩm định hồ sơ.", ["Ban Tổ chức Huyện ủy"]),
        ("- Phòng Vật tư - Thiết bị y tế: sửa máy thở.", ["Phòng Vật tư - Thiết bị y tế"]),
        ("- Phòng Giải phóng mặt bằng phối hợp vận động 02 hộ dân.", ["Phòng Giải phóng mặt bằng"]),
        ("- Bộ Xây dựng (Cục Đường bộ Việt Nam) chủ trì rà soát.", ["Bộ Xây dựng"]),
        ("- UBND các tỉnh Phú Hải, An Giao bàn giao mặt bằng.", ["UBND tỉnh Phú Hải", "UBND tỉnh An Giao"]),
        ("- Ủy ban nhân dân các tỉnh trong vùng di dời các hộ dân.", ["Ủy ban nhân dân các tỉnh trong vùng"]),
        ("- Tổ trưởng các tổ dân phố 1, 2, 5 rà soát.", ["Tổ trưởng các tổ dân phố 1, 2, 5"]),
        ("- Phó Chủ tịch phụ trách kinh tế chỉ đạo giải quyết đơn.", ["Phó Chủ tịch phụ trách kinh tế"]),
        ("Kết luận:\n- Các doanh nghiệp viễn thông phủ sóng 5G.", ["Các doanh nghiệp viễn thông"]),
        ("- Đối với các địa phương, Chủ tịch UBND tỉnh đề nghị kiện toàn tổ công tác.", ["các địa phương"]),
        ("- Rà soát thủ tục mới (Văn phòng HĐND và UBND chủ trì, xong trước 10/3/2027);", ["Văn phòng HĐND và UBND"]),
        ("- Rà soát máy chủ.\nĐơn vị chủ trì: Đ/c Giàng Thị Máy", ["Đ/c Giàng Thị Máy"]),
        ("- Sở A bố trí kinh phí, Sở Nội vụ tham mưu biên chế và Phòng C trình ký.", ["Sở A", "Sở Nội vụ", "Phòng C"]),
        ("- Giao Ủy ban MTTQ giám sát, còn Công an xã xử lý.", ["Ủy ban MTTQ", "Công an xã"]),
        ("- Yêu cầu Phòng A chỉ đạo Phòng Kinh tế, Công an xã kiểm tra.", ["Phòng A"]),
        (
            "Kết luận:\n+ Phòng Kinh tế:\n* Lập danh sách hộ.\n+ Kế toán: đối chiếu công nợ.",
            ["Phòng Kinh tế", "Kế toán"],
        ),
        ("- Hàng tuần, vào chiều thứ Sáu, các ngành gửi báo cáo.", ["các ngành"]),
        ("- Các Bộ: Tài chính, Tư pháp có ý kiến bằng văn bản.", ["Bộ Tài chính", "Bộ Tư pháp"]),
        ("1. Đối với UBND quận\n- Chỉ đạo Công an quận ra quân.", ["UBND quận"]),
        ("- Ban Quản lý công trình giao thông tỉnh lắp biển báo.", ["Ban Quản lý công trình giao thông tỉnh"]),
        ("- Giao Phó Giám đốc Bạch Ngọc Sơn theo dõi dự án.", ["Phó Giám đốc Bạch Ngọc Sơn"]),
        ("1. Công an xã\n- Cấp căn cước lưu động tại 03 bản.", ["Công an xã"]),
        ("- Các sở: Tài chính, Tư pháp rà soát.", ["Sở Tài chính", "Sở Tư pháp"]),
        ("- Sở Nội vụ (chủ trì), Sở Tài chính (phối hợp) xây dựng đề án.", ["Sở Nội vụ"]),
        ("- Đồng ý chủ trương: giao Trung tâm A vận hành.", ["Trung tâm A"]),
        ("- Giao Sở Nội vụ rà soát biên chế; Sở Tài chính bố trí kinh phí.", ["Sở Nội vụ", "Sở Tài chính"]),
        ("1. Văn phòng UBND xã\n- Cập nhật lịch công tác.\n- Báo cáo kết quả.", ["Văn phòng UBND xã"] * 2),
        ("Giao Phòng Kinh tế thực hiện các nhiệm vụ sau:\n- Rà soát hộ kinh doanh.", ["Phòng Kinh tế"]),
    ],
)
def test_the_lead_is_read(text: str, expected: list[str | None]) -> None:
    assert lead(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Sở A chủ trì, phối hợp với Sở Tài chính và các cơ quan liên quan rà soát.", ["Sở Tài chính"]),
        ("- Giao Bộ Y tế phối hợp với các Bộ Tài chính, Công an xây dựng đề án.", ["Bộ Tài chính", "Bộ Công an"]),
        (
            "- Giao Bộ Y tế phối hợp với các Bộ: Kế hoạch và Đầu tư, Khoa học và Công nghệ rà soát.",
            ["Bộ Kế hoạch và Đầu tư", "Bộ Khoa học và Công nghệ"],
        ),
        ("- Giao Phòng Nội vụ chủ trì, Công an phường phối hợp kiểm tra.", ["Công an phường"]),
        ("- Văn phòng phối hợp với các đơn vị liên quan kiểm tra.", []),
        ("- Tăng cường phối hợp trong công tác kiểm tra.", []),
    ],
)
def test_named_helpers_are_read(text: str, expected: list[str]) -> None:
    assert [named.words for named in items(text)[0].coordinating] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- Rà soát tài khoản thư công vụ.", Kind.TASK),
        ("- Về máy chủ: cần lập phương án thay thế.", Kind.TASK),
        ("- Đồng ý chủ trương thuê dịch vụ.", Kind.CONCLUSION),
        ("- Chuyển đổi số phải lấy người dân làm trung tâm.", Kind.CONCLUSION),
        ("- Ban Chỉ đạo biểu dương các đơn vị nộp bài đúng hạn.", Kind.INFORMATION),
        ("- Tỷ lệ hồ sơ trực tuyến đạt 80%.", Kind.INFORMATION),
        ("- Chủ tịch UBND tỉnh biểu dương nỗ lực của các sở.", Kind.INFORMATION),
        ("- Thứ trưởng phê bình Cục A chậm trình dự thảo.", Kind.INFORMATION),
        ("- Nhắc nhở khoa Ngoại còn để sót hồ sơ.", Kind.INFORMATION),
        ("- Các bộ, ngành phải coi đây là nhiệm vụ cấp bách.", Kind.CONCLUSION),
        ("- Nơi nào để hồ sơ quá hạn thì người đứng đầu chịu trách nhiệm.", Kind.CONCLUSION),
        ("- Ông Tư lưu ý các khu phố lập danh sách.", Kind.TASK),
    ],
)
def test_the_kind_is_read(text: str, kind: Kind) -> None:
    assert [item.kind for item in items(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Báo cáo hàng tuần.", Recurrence.WEEKLY),
        ("- Báo cáo vào thứ Sáu hằng tuần.", Recurrence.WEEKLY),
        ("- Báo cáo trước ngày 25 hằng tháng.", Recurrence.MONTHLY),
        ("- Định kỳ hàng tháng báo cáo.", Recurrence.MONTHLY),
        ("- Viết 02 bài/tháng.", Recurrence.MONTHLY),
        ("- Tổng hợp định kỳ hằng quý.", Recurrence.QUARTERLY),
        ("- Kiểm tra mỗi năm một lần.", Recurrence.YEARLY),
        ("- Xây dựng kế hoạch hằng năm.", None),
        ("- Xây dựng lại mẫu báo cáo hàng tháng của Ban Chỉ đạo.", None),
        ("- Kiểm tra lỗi phần mềm, gắn với kết quả đánh giá cán bộ hàng tháng.", None),
        ("- Rà soát hồ sơ tháng 5/2026.", None),
        ("- Kiểm tra ít nhất 03 đơn vị/quý.", Recurrence.QUARTERLY),
        ("- Đề ra giải pháp cho từng tháng, từng quý.", None),
    ],
)
def test_recurrence_is_read(text: str, expected: Recurrence | None) -> None:
    assert items(text)[0].recurrence is expected


def test_each_suggestion_keeps_the_words_it_was_read_from() -> None:
    reading = read_text("- Giao Sở Nội vụ phối hợp với Công an tỉnh báo cáo hằng quý, xong trước ngày 30/11/2026.")
    because = reading.items[0].because
    assert {name: each.words for name, each in because.items()} == {
        "lead": "Sở Nội vụ",
        "coordinating": "Công an tỉnh",
        "due": "trước ngày 30/11/2026",
        "recurrence": "hằng quý",
    }
    assert all(reading.text[each.start : each.end] == each.words for each in because.values())


def test_names_are_matched_with_the_authoritys_own() -> None:
    units = [
        UnitName(1, "Văn phòng HĐND và UBND phường", ("Văn phòng", "VP HĐND&UBND")),
        UnitName(2, "Phòng Văn hóa - Xã hội", ("VHXH",)),
        UnitName(3, "Ủy ban nhân dân phường"),
    ]
    groups = [UnitName(9, "Tổ dân phố", ("các tổ dân phố", "TDP"))]
    text = """- Giao văn phòng HĐND & UBND phường cập nhật danh bạ.
- Phòng Văn hoá – Xã hội phối hợp với các tổ dân phố tuyên truyền.
- Uỷ ban nhân dân phường báo cáo kết quả.
- Trưởng Phòng Văn hóa - Xã hội chịu trách nhiệm đôn đốc.
- Phòng Tư pháp rà soát sổ hộ tịch.
"""
    found = read_text(text, units=units, groups=groups).items
    assert [item.lead.unit_id if item.lead else None for item in found] == [1, 2, 3, 2, None]
    assert [named.group_id for named in found[1].coordinating] == [9]


def test_the_authoritys_own_names_are_found_where_grammar_knows_no_unit() -> None:
    units = [
        UnitName(1, "Viện Kinh tế xây dựng"),
        UnitName(2, "Nhà máy nước Kim Long", ("NMN Kim Long",)),
        UnitName(3, "Văn phòng HĐND và UBND phường", ("VP HĐND&UBND",)),
    ]
    text = """Kết luận như sau:
- Sở Xây dựng phối hợp với Viện Kinh tế xây dựng công bố giá.
- Nhà máy nước Kim Long sửa đường ống trước ngày 30/11/2026.
- Giao NMN Kim Long báo cáo.
- Vp HDND & UBND rà soát lịch.
"""
    found = read_text(text, units=units).items
    assert [named.unit_id for named in found[0].coordinating] == [1]
    assert [item.lead.unit_id if item.lead else None for item in found[1:]] == [2, 2, 3]


def test_a_name_that_two_units_share_matches_neither() -> None:
    units = [UnitName(1, "Tổ dân phố 1", ("Tổ 1",)), UnitName(2, "Tổ 1 khu B", ("Tổ 1",))]
    found = read_text("- Giao Tổ 1 kiểm tra loa.", units=units).items[0]
    assert found.lead is not None
    assert found.lead.unit_id is None


def test_a_unit_that_is_gone_is_not_taken_for_one_whose_name_begins_it() -> None:
    units = [UnitName(1, "Phòng Kinh tế"), UnitName(2, "Phòng Hạ tầng và Đô thị")]
    gone = ["Phòng Kinh tế, Hạ tầng và Đô thị", "P. KTHTĐT", "Phòng Kinh tế"]
    text = (
        "1. Phòng Kinh tế, Hạ tầng và Đô thị lập danh mục, xong trước ngày 20/12/2026.\n"
        "2. Phòng Kinh tế, phối hợp Phòng Hạ tầng và Đô thị rà soát, xong trước ngày 21/12/2026."
    )
    old, new = read_text(text, units=units, gone=gone).items
    assert old.lead is not None
    assert (old.lead.words, old.lead.unit_id) == ("Phòng Kinh tế, Hạ tầng và Đô thị", None)
    assert new.lead is not None
    assert (new.lead.unit_id, [one.unit_id for one in new.coordinating]) == (1, [2]), "a living unit keeps its name"


def test_spaces_accents_and_dashes_of_any_kind_are_one() -> None:
    decomposed = "- Giao Văn pho\u0300ng\u00a0UBND xa\u0303 xây dựng kế hoạch."
    assert lead(decomposed) == ["Văn phòng UBND xã"]


def test_the_document_day_given_by_the_caller_supplies_the_year() -> None:
    text = "- Giao Văn phòng báo cáo trước ngày 30/11."
    assert read_text(text, document_on=date(2026, 10, 1)).items[0].due == date(2026, 11, 30)
    assert read_text(text).items[0].due is None


def test_closing_recipients_and_captions_are_no_items() -> None:
    text = """Chiều 02/11/2026, Ban Chỉ đạo họp. Đồng chí Mai Thanh Tùng chủ trì.
Đồng chí Mai Thanh Tùng kết luận như sau:
1. Giao Văn phòng rà soát hồ sơ.
Văn phòng thông báo để các đơn vị biết, thực hiện./.
Nơi nhận:
- Phòng Nội vụ (thực hiện);
- Lưu: VT.
"""
    assert [item.text for item in items(text)] == ["Giao Văn phòng rà soát hồ sơ."]


@pytest.mark.parametrize(
    ("opening", "chair"),
    [
        ("Chiều 02/11/2026, tại Hà Nội, Phó Thủ tướng Chính phủ Lý Gia Khánh chủ trì cuộc họp.", "Lý Gia Khánh"),
        ("Sáng 02/11/2026, dưới sự chủ trì của đồng chí Ma Thị Mỵ - Phó Bí thư, Ban Chỉ đạo họp.", "Ma Thị Mỵ"),
        ("Ngày 02/11/2026, Ban Chỉ đạo họp. Dự và chủ trì có đ/c Tô Văn Hoàn - Chủ tịch xã.", "Tô Văn Hoàn"),
        ("Ngày 02/11/2026, Ban Chỉ đạo tổ chức họp giao ban.", None),
    ],
)
def test_the_chair_is_read(opening: str, chair: str | None) -> None:
    reading = read_text(f"Ban Chỉ đạo họp giao ban\nNgày đăng 03/11/2026\n\n{opening}\n\n- Rà soát hồ sơ.\n")
    assert reading.meeting.chair == chair
    assert reading.meeting.date == date(2026, 11, 2)


def test_the_address_says_where_a_clause_stands() -> None:
    text = "II. NHIỆM VỤ\n1. Về hạ tầng\na) Rà soát đường truyền.\nb) Thay máy chủ:\n- Lập dự toán.\n"
    assert [item.address for item in items(text)] == ["II.1.a", "II.1.b.1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "KẾT LUẬN:\n2. Về hạ tầng\n2.1. Rà soát.\na) Lập dự toán.\n"
                "2.2. Thay máy:\n2.2.1. Đấu thầu.\n2.2.2. Lắp máy."
            ),
            ["2.1", "2.1.a", "2.2.1", "2.2.2"],
        ),
        ("II. NHIỆM VỤ\n1. Về hạ tầng\n1.1 Rà soát đường truyền.\n1.2 Thay máy chủ.\n", ["II.1.1", "II.1.2"]),
        ("II. NHIỆM VỤ\n2.1. Rà soát đường truyền.\n2.2. Thay máy chủ.\n", ["II.2.1", "II.2.2"]),
        ("II. NHIỆM VỤ\nII.1. Rà soát đường truyền.\nII.2 Thay máy chủ.\n", ["II.1", "II.2"]),
        ("II. NHIỆM VỤ\nII.1. Về hạ tầng\nII.1.1. Rà soát máy chủ.\nb) Lập dự toán.\n", ["II.1.1", "II.1.1.b"]),
        ("KẾT LUẬN:\n2. Về hạ tầng\n3.1. Rà soát đường truyền.\n- Lập dự toán.\n", ["3.1", "3.1.1"]),
        ("KẾT LUẬN:\nĐiều 4. Về hạ tầng\n4.1. Rà soát đường truyền.\n4.2. Thay máy chủ.\n", ["4.1", "4.2"]),
        ("KẾT LUẬN:\n2. Các đơn vị thực hiện:\nCụ thể là:\n2.1. Rà soát máy.\n2.2. Thay máy.\n", ["2.1", "2.2"]),
    ],
)
def test_a_number_written_out_in_full_is_the_address_itself(text: str, expected: list[str]) -> None:
    assert [item.address for item in items(text)] == expected


def test_an_assessment_among_the_clauses_is_information() -> None:
    text = "Kết luận\n1. Rà soát hồ sơ.\n2. Đánh giá chung: trong tháng 10, các đơn vị đã hoàn thành việc được giao.\n"
    found = items(text)[-1]
    assert (found.kind, found.due, found.lead) == (Kind.INFORMATION, None, None)
