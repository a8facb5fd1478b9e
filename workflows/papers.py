"""Guards that every numbered paper shares: the text that was signed, the day it is issued."""

from __future__ import annotations

from datetime import date

from workflows.kernel import Guard, Words

UNCHANGED_TEXT = Guard(
    "unchanged_text",
    lambda facts, _given, _today: facts.text_matches,
    Words(
        "Nội dung đã khác với bản được ký. Hãy bỏ ký, sửa rồi trình ký lại.",
        "The text is no longer the one that was signed. Unsign it, correct it and submit it again.",
    ),
)
ISSUED_BY_NOW = Guard(
    "issued_by_now",
    lambda _facts, given, today: not isinstance(day := given.get("issued_on"), date) or day <= today,
    Words(
        "Ngày ban hành không được sau hôm nay. Hãy chọn lại.",
        "The day of issue cannot be after today. Choose another.",
    ),
    field="issued_on",
)
