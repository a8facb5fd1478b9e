"""What may be wrong with a workbook as such, each with the way out."""

from __future__ import annotations

from app.errors import DomainError, TooLargeError

MAX_FILE = 10 * 2**20
MAX_UNPACKED = 150 * 2**20
MAX_ROWS = 6_000
MAX_COLUMNS = 60
MAX_TEXT = 12_000_000
"""Characters of a whole workbook; a single cell is never cut."""


class FileTooLargeError(TooLargeError):
    """The file is larger than MAX_FILE, or unpacks to more than a tracker can be."""

    def __init__(self) -> None:
        """Say the limit and the way out."""
        super().__init__(
            f"Tệp Excel quá lớn (tối đa {MAX_FILE // 2**20} MB, tính cả khi mở ra). "
            "Hãy bỏ ảnh, chỉ giữ trang tính có sổ theo dõi rồi lưu thành tệp mới.",
            f"The workbook is too large ({MAX_FILE // 2**20} MB, also unpacked). "
            "Take the pictures out, keep only the sheet with the tracker, and save it as a new file.",
            field="file",
        )


class TooHeavyError(TooLargeError):
    """Reading took more time or memory than any tracker needs, and was stopped."""

    def __init__(self) -> None:
        """Say that it was stopped, and the way out."""
        super().__init__(
            "Đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng lại. "
            "Hãy chép riêng trang tính có sổ theo dõi sang một tệp mới rồi chọn lại.",
            "Reading this file took too much time or memory and was stopped. "
            "Copy the sheet with the tracker alone into a new file and choose that.",
            field="file",
        )


class NoWorkbookError(DomainError):
    """The file is no XLSX and no CSV that can be read."""

    def __init__(self) -> None:
        """Say what it may be instead, and the way out."""
        super().__init__(
            "Đây không phải tệp .xlsx hoặc .csv đọc được (có thể là .xls cũ, tệp đặt mật khẩu hoặc tệp đổi đuôi). "
            "Hãy mở tệp bằng Excel, lưu thành .xlsx không mật khẩu rồi chọn lại.",
            "This is no readable .xlsx or .csv file (an old .xls, a protected or a renamed one?). "
            "Open it in Excel, save it as .xlsx without a password, and choose it again.",
            field="file",
        )


class LostLettersError(DomainError):
    """A text was saved in an encoding that has no Vietnamese letters: they are gone for good."""

    def __init__(self) -> None:
        """Say how to save it so that they stay."""
        super().__init__(
            "Tệp CSV này đã mất chữ có dấu khi lưu (thành dấu «?»). Hãy mở lại tệp gốc, lưu thành .xlsx hoặc "
            "«CSV UTF-8» rồi chọn lại.",
            "This CSV lost its Vietnamese letters when it was saved (they became “?”). Open the original again, save "
            "it as .xlsx or as “CSV UTF-8”, and choose that.",
            field="file",
        )


class OldLettersError(DomainError):
    """A text holds letters that only an old font shows as Vietnamese (VNI), or of a set nobody can tell."""

    def __init__(self) -> None:
        """Say how to save it so that every reader knows its letters."""
        super().__init__(
            "Chữ trong tệp CSV này lưu theo bảng mã không nhận ra (có thể là phông cũ VNI). Hãy chuyển sang "
            "Unicode, lưu thành .xlsx hoặc «CSV UTF-8» rồi chọn lại.",
            "The letters of this CSV are in an encoding that is not known (an old font such as VNI?). "
            "Convert them to Unicode, save it as .xlsx or as “CSV UTF-8”, and choose that.",
            field="file",
        )


class OpenQuoteError(DomainError):
    """A quotation mark opens a cell of a CSV and nothing closes it: all rows below would be one cell."""

    def __init__(self, line: int) -> None:
        """Say in which line, counted from 1, it opens."""
        super().__init__(
            f"Dòng {line} của tệp CSV có dấu ngoặc kép mở mà không đóng nên không đọc được các dòng sau. "
            "Hãy sửa dòng đó, hoặc lưu tệp thành .xlsx rồi chọn lại.",
            f"In line {line} of the CSV a quotation mark opens and never closes, so the rows below cannot be read. "
            "Mend that line, or save the file as .xlsx, and choose it again.",
            field="file",
        )


class TooManyRowsError(TooLargeError):
    """A sheet has more filled rows than MAX_ROWS."""

    def __init__(self) -> None:
        """Say the limit and the way out."""
        shown = f"{MAX_ROWS:,}".replace(",", ".")
        super().__init__(
            f"Trang tính có hơn {shown} dòng. Hãy chia sổ thành nhiều tệp, ví dụ mỗi năm một tệp, rồi nhập lần lượt.",
            f"The sheet has more than {shown} rows. Split the tracker, say by years, and bring the parts in turn.",
            field="file",
        )
