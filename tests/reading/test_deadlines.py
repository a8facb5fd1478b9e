"""Deadlines in all their wordings, and the dates that are none."""

from __future__ import annotations

from datetime import date

import pytest

from app.reading.deadlines import Anchor, find_due
from app.reading.page import Page
from workflows.workdays import Calendar

ISSUED = date(2026, 11, 2)


def due(
    words: str, issued: date | None = ISSUED, met: date | None = None, calendar: Calendar | None = None
) -> date | None:
    page = Page.of(words)
    found = find_due(page, 0, len(page.text), Anchor(issued, met, calendar))
    return found.on if found else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Phòng A báo cáo kết quả trước ngày 30/12/2026.", date(2026, 12, 30)),
        ("Phòng A hoàn thiện hồ sơ trước ngày 20 tháng 12 năm 2026", date(2026, 12, 20)),
        ("rà soát xong trước 15/12/2026", date(2026, 12, 15)),
        ("rà soát máy tính bảng trước ngày 15/12/2026", date(2026, 12, 15)),
        ("báo cáo số liệu tính đến ngày 30/11/2026 trước ngày 05/12/2026", date(2026, 12, 5)),
        ("rà soát, gửi báo cáo trước ngày 20.12.2026", date(2026, 12, 20)),
        ("báo cáo kết quả trước ngày 30/11.", date(2026, 11, 30)),
        ("báo cáo kết quả trước ngày 15/01", date(2027, 1, 15)),
        ("sửa chữa thiết bị, xong trong tháng 3/2027.", date(2027, 3, 31)),
        ("tổ chức tập huấn trong tháng 2 năm 2028;", date(2028, 2, 29)),
        ("hoàn thành việc kiểm kê trong tháng 11.", date(2026, 11, 30)),
        ("trình phê duyệt trong tháng 1", date(2027, 1, 31)),
        ("chuyển đổi xong trong năm 2027", date(2027, 12, 31)),
        ("ban hành quy chế trong quý I/2027", date(2027, 3, 31)),
        ("ban hành quy chế trong Quý II năm 2027.", date(2027, 6, 30)),
        ("nộp hồ sơ chậm nhất 15/12/2026", date(2026, 12, 15)),
        ("nộp hồ sơ chậm nhất là ngày 15 tháng 12", date(2026, 12, 15)),
        ("gửi số liệu trước 16 giờ 00 ngày 05/12/2026", date(2026, 12, 5)),
        ("thực hiện từ ngày 10/11/2026 đến hết ngày 25/11/2026", date(2026, 11, 25)),
        ("Thời hạn: 31/12/2026", date(2026, 12, 31)),
        ("hoàn thành trước cuối tháng 12/2026", date(2026, 12, 31)),
        ("báo cáo ngay trong tháng này.", date(2026, 11, 30)),
        ("gửi dự thảo trước 10/12, trình ký trước 20/12", date(2026, 12, 20)),
        ("Trong năm 2027, Phòng A chủ trì thay thế máy chủ", date(2027, 12, 31)),
        ("gửi báo cáo Thường trực ngày 06/11.", date(2026, 11, 6)),
        ("trình Chủ tịch ký trong tuần này", date(2026, 11, 8)),
        ("cân đối kinh phí trong tuần.", date(2026, 11, 8)),
        ("rà soát xong trong tuần tới", date(2026, 11, 15)),
        ("kiểm tra trong tháng 11 và tháng 12/2026.", date(2026, 12, 31)),
        ("lập hồ sơ (hạn 30/11/2026)", date(2026, 11, 30)),
        ("phấn đấu đến 31/12/2026 đạt 95% kế hoạch", date(2026, 12, 31)),
        ("báo cáo trước 30-11-2026", date(2026, 11, 30)),
        ("hoàn thành trong quý I-2027.", date(2027, 3, 31)),
        ("nộp hồ sơ trong vòng mười ngày kể từ ngày ban hành thông báo", date(2026, 11, 12)),
    ],
)
def test_the_last_day_the_words_allow(words: str, expected: date) -> None:
    assert due(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "thực hiện Quyết định số 12/QĐ-UBND ngày 05/3/2020",
        "tuyên truyền kỷ niệm ngày 27/7",
        "kết nối 26/31 cơ sở dữ liệu",
        "thực hiện Đề án giai đoạn 2026-2030",
        "hoàn thiện kế hoạch năm 2027 của Ban Chỉ đạo",
        "hoàn thành kế hoạch năm 2027",
        "phấn đấu để công tác tuyên truyền trong tháng 12/2026 đạt hiệu quả",
        "chuẩn bị các điều kiện tổ chức hội nghị trong tháng 12/2026",
        "xử lý số hồ sơ phát sinh trước ngày 01/01/2026",
        "tính đến ngày 30/12/2026 có 5 đơn vị đạt",
        "thay máy tính bảng cấp từ năm 2012",
        "rà soát các nhiệm vụ trong tháng 12/2026 đã giao",
        "gửi báo cáo trước ngày 25 hằng tháng",
        "triển khai sau khi Đề án được phê duyệt",
        "trước mắt rà soát, trước hết là 15 hồ sơ",
        "rà soát các nhiệm vụ có thời hạn hoàn thành trong năm 2027",
        "các tiêu chí đăng ký hoàn thành trong năm 2027",
        "sơ kết mô hình sau 06 tháng thực hiện",
        "hoàn thành các chỉ tiêu trong hai tháng còn lại",
        "báo cáo tại hội nghị ngày 20/12/2026",
        "trình Tờ trình số 88/TTr-UBND ngày 10/12/2026",
        "khắc phục sự cố trong ngày 18/10",
        "trước 16 giờ 00 ngày thứ Sáu hằng tuần",
        "vào sáng thứ 2 tuần đầu của tháng",
    ],
)
def test_false_friends_give_no_day(words: str) -> None:
    assert due(words) is None


def test_words_without_a_day_are_kept() -> None:
    page = Page.of("Triển khai thí điểm sau khi Đề án được phê duyệt.")
    found = find_due(page, 0, len(page.text), Anchor(ISSUED))
    assert found is not None
    assert page.words(found.start, found.end) == "sau khi Đề án được phê duyệt"


def test_working_days_count_on_the_calendar_from_the_meeting() -> None:
    words = "gửi báo cáo trong thời hạn 05 ngày làm việc kể từ ngày kết thúc cuộc họp"
    met = date(2026, 11, 20)
    assert due(words, met=met, calendar=Calendar(frozenset({date(2026, 11, 24)}))) == date(2026, 11, 30)
    assert due(words, met=met) == date(2026, 11, 27)


def test_days_counted_from_something_unknown_give_no_day() -> None:
    assert due("thẩm định trong thời hạn 07 ngày kể từ ngày nhận đủ hồ sơ") is None
    assert due("báo cáo trong 10 ngày kể từ ngày ban hành thông báo") == date(2026, 11, 12)
    assert due("báo cáo trong 02 tháng kể từ ngày ban hành thông báo") == date(2027, 1, 2)


def test_without_any_day_to_count_from_a_year_must_be_written() -> None:
    assert due("báo cáo trước ngày 30/11", issued=None) is None
    assert due("báo cáo trước ngày 30/11/2026", issued=None) == date(2026, 11, 30)
    assert due("báo cáo trước ngày 31/02/2027") is None
