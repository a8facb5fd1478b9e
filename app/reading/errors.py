"""What the reader refuses, each with the sentence that says what to do next."""

from __future__ import annotations

from app.errors import DomainError, TooLargeError

LIMIT = 1_000_000
"""The longest text that is read, in bytes of UTF-8 (about 400 pages)."""
CLAUSE_LIMIT = 5000
"""The most lines, and the most sentences, that are read: far beyond any notice, and soon over."""


class UnreadableError(DomainError):
    """What was given is no text that can be read."""

    @classmethod
    def empty(cls) -> UnreadableError:
        """Nothing, or blanks alone."""
        return cls(
            "Văn bản trống: chưa có nội dung để đọc. Hãy dán nội dung thông báo, biên bản hoặc bài viết.",
            "The text is empty: there is nothing to read. Paste the notice, the minutes or the article.",
        )

    @classmethod
    def not_text(cls, kind: str = "") -> UnreadableError:
        """Bytes of another kind of file; `kind` names it where it is known («PNG»)."""
        of = f" (bên trong là tệp {kind})" if kind else ""
        is_kind = f" (it holds a {kind} file)" if kind else ""
        return cls(
            f"Tệp này không phải văn bản thuần{of}. Hãy lưu nội dung thành tệp .txt mã UTF-8 rồi đọc lại.",
            f"This file is not plain text{is_kind}. Save its text as a .txt file in UTF-8 and read that.",
        )

    @classmethod
    def not_utf8(cls) -> UnreadableError:
        """Text in an older code page; guessing would spoil the accents unseen."""
        return cls(
            "Tệp không dùng bảng mã UTF-8 (có thể là TCVN3, VNI hoặc Windows-1258), đọc sẽ sai dấu. "
            "Hãy mở tệp, chọn lưu với mã UTF-8 rồi đọc lại.",
            "The file is not in UTF-8 (perhaps TCVN3, VNI or Windows-1258); its accents would be read wrong. "
            "Open it, save it as UTF-8 and read that.",
        )

    @classmethod
    def unnamed(cls) -> UnreadableError:
        """Say that no file was named."""
        return cls(
            "Chưa cho biết tệp cần đọc. Ví dụ: python3 run.py read thong-bao.txt",
            "No file was named. For example: python3 run.py read notice.txt",
        )

    @classmethod
    def nothing_to_score(cls, path: str) -> UnreadableError:
        """Say that the folder holds no text with its answer beside it."""
        return cls(
            f"Thư mục “{path}” không có tệp .txt nào kèm tệp .json cùng tên để chấm điểm.",
            f"The folder “{path}” holds no .txt file with a .json file of the same name to score against.",
        )

    @classmethod
    def missing(cls, path: str) -> UnreadableError:
        """There is no such file."""
        return cls(
            f"Không tìm thấy tệp “{path}”. Hãy kiểm tra lại đường dẫn.",
            f"There is no file “{path}”. Please check the path.",
        )

    @classmethod
    def not_a_file(cls, path: str) -> UnreadableError:
        """Say that it is a folder, a device, or a file that may not be opened."""
        return cls(
            f"Không đọc được “{path}”: đây không phải tệp, hoặc bạn không có quyền mở. Hãy chọn một tệp văn bản khác.",
            f"“{path}” cannot be read: it is not a file, or you may not open it. Choose another text file.",
        )


class TextTooLongError(TooLargeError):
    """The text is longer than LIMIT."""

    def __init__(self) -> None:
        """Say the limit and the way out."""
        super().__init__(
            "Văn bản quá dài: giới hạn là 1 MB chữ (khoảng 400 trang). Hãy chia thành từng văn bản rồi đọc lần lượt.",
            "The text is too long: the limit is 1 MB of text (about 400 pages). Split it and read the parts.",
        )


class TooManyClausesError(TooLargeError):
    """The text falls into more lines or sentences than any notice has."""

    def __init__(self) -> None:
        """Say that this is hardly one document."""
        super().__init__(
            f"Văn bản có hơn {CLAUSE_LIMIT} dòng hoặc câu, khó là một thông báo hay biên bản. "
            "Hãy tách lấy phần kết luận rồi đọc lại.",
            f"The text has more than {CLAUSE_LIMIT} lines or sentences; it is hardly one notice. "
            "Take out the part with the conclusions and read that.",
        )


class ClassifiedTextError(DomainError):
    """The text carries a marking of state secrecy; such texts stay out of the application."""

    def __init__(self, marking: str) -> None:
        """Name the marking that was seen and say that nothing was kept."""
        super().__init__(
            f"Văn bản có dấu chỉ độ mật “{marking}”. Hệ thống không tiếp nhận văn bản mật; "
            "nội dung không được lưu lại. Hãy xử lý văn bản này theo quy định về bảo vệ bí mật nhà nước.",
            f"The text is marked “{marking}” (state secret). Classified texts are not accepted here; nothing was kept. "
            "Handle it under the rules for protecting state secrets.",
        )
        self.marking = marking
