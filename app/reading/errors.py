"""What the reader refuses, each with the sentence that says what to do next."""

from __future__ import annotations

from app.errors import DomainError, Sentence, TooLargeError

LIMIT = 1_000_000
"""The longest text that is read, in bytes of UTF-8 (about 400 pages)."""
FILE_LIMIT = 25 * 1024 * 1024
"""The largest file that is opened, in bytes."""
PAGE_LIMIT = 150
"""The most pages of a PDF that are read."""
CLAUSE_LIMIT = 5000
"""The most lines, and the most sentences, that are read: far beyond any notice, and soon over."""

_TAKEN = Sentence(
    "Hãy chọn tệp Word (.docx), PDF có lớp chữ, HTML hoặc văn bản (.txt); hoặc chép nội dung và dán vào khung.",
    "Choose a Word file (.docx), a PDF with a text layer, HTML or plain text (.txt); or copy the text and paste it.",
)
_WITHOUT_LETTERS = Sentence(
    "Hãy xin tệp Word hoặc tệp PDF xuất thẳng từ máy tính của nơi ban hành; hoặc nhận dạng chữ (OCR) bản quét, soát "
    "lại rồi dán nội dung vào khung.",
    "Ask the issuer for the Word file or the PDF made by the computer; or run OCR on the scan, check the text and "
    "paste it.",
)


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
            f"Tệp này không phải loại văn bản đọc được{of}. {_TAKEN.vi}",
            f"This is no kind of text that can be read{is_kind}. {_TAKEN.en}",
            field="file",
        )

    @classmethod
    def picture(cls, kind: str) -> UnreadableError:
        """Say that a photograph or a scan holds no letters."""
        return cls(
            f"Tệp này là ảnh ({kind}), không có chữ để đọc. {_WITHOUT_LETTERS.vi}",
            f"This file is a picture ({kind}); it holds no letters to read. {_WITHOUT_LETTERS.en}",
            field="file",
        )

    @classmethod
    def scanned(cls) -> UnreadableError:
        """Say that a PDF holds pictures of pages, or letters without their meaning."""
        return cls(
            f"Tệp PDF này là bản quét, hoặc chữ bên trong không chép ra được. {_WITHOUT_LETTERS.vi}",
            f"This PDF is a scan, or its letters cannot be copied out. {_WITHOUT_LETTERS.en}",
            field="file",
        )

    @classmethod
    def older_word(cls, kind: str) -> UnreadableError:
        """Name a file of an older Word, or of another writing program."""
        return cls(
            f"Đây là tệp soạn thảo kiểu cũ ({kind}). Hãy mở bằng Word hoặc LibreOffice, chọn “Lưu thành” loại .docx, "
            "rồi chọn lại tệp .docx đó.",
            f"This is a file of an older kind ({kind}). Open it in Word or LibreOffice, save it as .docx, choose that.",
            field="file",
        )

    @classmethod
    def locked(cls) -> UnreadableError:
        """Say that it opens with a password only."""
        return cls(
            "Tệp được đặt mật khẩu nên không mở được. Hãy mở tệp bằng mật khẩu, lưu một bản không đặt mật khẩu rồi "
            "chọn lại; hoặc chép nội dung và dán vào khung.",
            "The file is protected by a password. Open it with the password, save a copy without one and choose that; "
            "or copy the text and paste it.",
            field="file",
        )

    @classmethod
    def broken(cls, kind: str) -> UnreadableError:
        """Say that it is damaged, or not what its beginning says."""
        return cls(
            f"Tệp {kind} này bị hỏng hoặc không đúng định dạng. Hãy mở tệp trên máy, lưu lại thành tệp mới rồi chọn "
            "lại; hoặc chép nội dung và dán vào khung.",
            f"This {kind} file is damaged or not well formed. Open it, save it as a new file and choose that; or copy "
            "the text and paste it.",
            field="file",
        )

    @classmethod
    def unsafe(cls) -> UnreadableError:
        """Say that it holds what no letter of an office holds: entities that fetch or grow."""
        return cls(
            "Tệp chứa nội dung bất thường có thể gây hại nên không được mở. Hãy chép nội dung văn bản và dán vào "
            "khung; nếu tệp nhận từ nơi khác, hãy báo bộ phận công nghệ thông tin.",
            "The file holds something unusual that could do harm, so it was not opened. Copy its text and paste it; if "
            "it came from elsewhere, tell your IT people.",
            field="file",
        )

    @classmethod
    def not_utf8(cls) -> UnreadableError:
        """Text in an older code page; guessing would spoil the accents unseen."""
        return cls(
            "Tệp không dùng bảng mã UTF-8 (có thể là VNI hoặc Windows-1258), đọc sẽ sai dấu. "
            "Hãy mở tệp, chọn lưu với mã UTF-8 rồi đọc lại.",
            "The file is not in UTF-8 (perhaps VNI or Windows-1258); its accents would be read wrong. "
            "Open it, save it as UTF-8 and read that.",
            field="file",
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


class FileTooLargeError(TooLargeError):
    """The file is larger than FILE_LIMIT, or unpacks to more than a letter can be."""

    def __init__(self) -> None:
        """Say the limit and the way out."""
        super().__init__(
            f"Tệp quá lớn: giới hạn là {FILE_LIMIT // 2**20} MB, tính cả khi mở ra. Hãy bỏ bớt ảnh, hoặc chỉ giữ phần "
            "kết luận rồi lưu thành tệp mới; hoặc chép nội dung và dán vào khung.",
            f"The file is too large: the limit is {FILE_LIMIT // 2**20} MB, also unpacked. Take the pictures out or "
            "keep only the conclusions in a new file; or copy the text and paste it.",
            field="file",
        )


class TooManyPagesError(TooLargeError):
    """The PDF has more pages than PAGE_LIMIT."""

    def __init__(self, pages: int) -> None:
        """Say how many there are and the way out."""
        super().__init__(
            f"Tệp PDF có {pages} trang, nhiều hơn giới hạn {PAGE_LIMIT} trang. Hãy tách lấy các trang có phần kết luận "
            "(khi in chọn “Lưu dưới dạng PDF” và ghi số trang) rồi chọn lại.",
            f"The PDF has {pages} pages, more than the limit of {PAGE_LIMIT}. Take out the pages with the conclusions "
            "(print them to a PDF) and choose that.",
            field="file",
        )


class TooHeavyError(TooLargeError):
    """Reading the file took more time or memory than any letter needs, and was stopped."""

    def __init__(self) -> None:
        """Say that it was stopped, and the way out."""
        super().__init__(
            "Đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng lại. Hãy mở tệp, chép phần kết luận và dán "
            "vào khung; hoặc lưu phần đó thành tệp mới rồi chọn lại.",
            "Reading this file took too much time or memory and was stopped. Open it, copy the conclusions and paste "
            "them; or save that part as a new file.",
            field="file",
        )


class RefusedError(DomainError):
    """What the reading process refused, in its own words."""

    def __init__(self, vi: str, en: str, status: int) -> None:
        """Keep the sentence and its status."""
        super().__init__(vi, en, field="file")
        self.status = status
