"""What the reader refuses, and what only looks as if it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import DomainError
from app.reading.errors import ClassifiedTextError, TextTooLongError, TooManyClausesError, UnreadableError
from app.reading.files import read_bytes, read_file
from app.reading.plain_text import decode
from app.reading.reader import read_text

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Giao Văn phòng rà soát hồ sơ trước ngày 30/11/2026.\n"


@pytest.mark.parametrize(
    ("marked", "marking"),
    [
        ("MẬT\n\nTHÔNG BÁO\n", "MẬT"),
        ("UBND TỈNH A      TỐI MẬT\n", "TỐI MẬT"),
        ("ỦY BAN NHÂN DÂN | TUYỆT MẬT | Số: 1\n", "TUYỆT MẬT"),
        ("Số: 05/BC-UBND (MẬT)\n", "MẬT"),
        ("Số: 05/BC-UBND MẬT\n", "MẬT"),
        ("Độ mật: Tối mật\n", "TỐI MẬT"),
        ("[ M Ậ T ]\n", "MẬT"),
        ("*Mật*\n", "MẬT"),
    ],
)
def test_a_marking_is_refused(marked: str, marking: str) -> None:
    with pytest.raises(ClassifiedTextError) as refusal:
        read_text(marked + BODY)
    assert refusal.value.marking == marking
    assert "Văn phòng rà soát" not in refusal.value.sentence.vi


@pytest.mark.parametrize(
    "innocent",
    [
        "Tăng cường bảo mật hệ thống, bảo vệ bí mật nhà nước.",
        "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Các đơn vị đổi mật khẩu thư công vụ.",
        "Không gửi tài liệu mật qua mạng.",
        "QUẢN LÝ VĂN BẢN MẬT VÀ CON DẤU",
        "Mật độ camera còn thấp.",
    ],
)
def test_the_word_in_prose_is_no_marking(innocent: str) -> None:
    assert read_text(f"{innocent}\n{BODY}").items


@pytest.mark.parametrize("nothing", ["", "  \n\t\n", "\ufeff\u200b\u00a0"])
def test_nothing_is_refused(nothing: str) -> None:
    with pytest.raises(UnreadableError, match="trống"):
        read_text(nothing)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "là ảnh"),
        (b"MZ\x90\x00\x03\x00", "EXE"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "kiểu cũ"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"Giao V\x00n ph\x00ng", "văn bản đọc được"),
        ("Giao Văn phòng rà soát".encode("cp1258", errors="replace") + b"\xd0\xfe", "UTF-8"),
        (bytes(range(1, 32)) * 30, "văn bản đọc được"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_bytes(data)


def test_text_in_older_or_wider_codes_is_read() -> None:
    assert decode(BODY.encode("utf-16-le")) == BODY
    old = "Giao V¨n phßng chñ tr×, phèi hîp víi c¸c ®¬n vÞ cña ph­êng b¸o c¸o c«ng viÖc vµ kÕt qu¶ trong ngµy."
    assert "Văn phòng chủ trì, phối hợp với các đơn vị của phường báo cáo công việc và kết quả" in decode(
        old.encode("latin-1")
    )
    with pytest.raises(UnreadableError, match="UTF-8"):
        decode("Giao Vaên phoøng ruø soaùt coâng vieäc cuûa caùc ñôn vò".encode("latin-1"))


def test_text_with_a_mark_in_front_is_read() -> None:
    assert decode(BODY.encode("utf-8-sig")) == BODY
    assert decode(BODY.encode("utf-16")) == BODY
    assert decode(b"MZ thu nghiem") == "MZ thu nghiem"


def test_too_much_is_refused(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("a" * 2_500_000, encoding="utf-8")
    with pytest.raises(TextTooLongError):
        read_file(long)
    with pytest.raises(TextTooLongError):
        read_text("ậ" * 400_000)
    with pytest.raises(TooManyClausesError):
        read_text(BODY * 6000)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"không có\.txt|không_có"):
        read_file(tmp_path / "không_có.txt")
    with pytest.raises(UnreadableError):
        read_file(tmp_path)


def test_every_refusal_speaks_both_languages() -> None:
    for error in (TextTooLongError(), TooManyClausesError(), ClassifiedTextError("MẬT"), UnreadableError.empty()):
        assert isinstance(error, DomainError)
        assert error.sentence.vi != error.sentence.en
