"""Errors of the domain: each carries a sentence in the user's words that says what to do next."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """One sentence in Vietnamese and in English."""

    vi: str
    en: str


class DomainError(Exception):
    """Something the user can understand and mend; `status` is its HTTP status, `field` the form field it concerns."""

    status = 422

    def __init__(self, vi: str, en: str, *, field: str | None = None) -> None:
        """Keep the sentence in both languages."""
        super().__init__(vi)
        self.sentence = Sentence(vi, en)
        self.field = field


class NotFoundError(DomainError):
    """The thing is not there, or this person may not know that it is."""

    status = 404

    def __init__(self) -> None:
        """Say the one sentence that gives nothing away."""
        super().__init__(
            "Không tìm thấy mục này, hoặc bạn không có quyền xem. Hãy kiểm tra lại đường dẫn.",
            "This was not found, or you may not see it. Please check the link.",
        )


class ForbiddenError(DomainError):
    """This person may not do this."""

    status = 403


class ChangedMeanwhileError(DomainError):
    """Somebody else moved the item a moment earlier."""

    status = 409

    def __init__(self, vi: str = "", en: str = "") -> None:
        """Say what happened; the form keeps what was typed."""
        super().__init__(
            vi or "Mục này vừa được người khác thay đổi. Nội dung bạn nhập vẫn còn bên dưới: hãy xem lại rồi gửi lại.",
            en or "Somebody else has just changed this. What you typed is kept below: look again, then send it.",
        )


class TooLargeError(DomainError):
    """What was sent is larger than this place takes."""

    status = 413
