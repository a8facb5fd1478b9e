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
    """The file is no XLSX that can be read."""

    def __init__(self) -> None:
        """Say what it may be instead, and the way out."""
        super().__init__(
            "Đây không phải tệp Excel .xlsx đọc được (có thể là .xls cũ, .csv, tệp đặt mật khẩu hoặc tệp đổi đuôi). "
            "Hãy mở tệp bằng Excel, lưu thành .xlsx không mật khẩu rồi chọn lại.",
            "This is no readable .xlsx file (an old .xls, a .csv, a protected or a renamed one?). "
            "Open it in Excel, save it as .xlsx without a password, and choose it again.",
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
