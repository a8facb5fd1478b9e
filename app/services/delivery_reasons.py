"""Why a mail has not gone: the few reasons, in words that say what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_ADDRESS = "no_address"
REFUSED = "refused"
BUSY = "busy"
UNREACHABLE = "unreachable"
LOGIN = "login"
SENDER = "sender"
EXPIRED = "expired"

REASONS: Mapping[str, Words] = {
    NO_ADDRESS: Words(
        "Người này chưa có địa chỉ thư điện tử. Hãy bổ sung ở mục Thiết lập – Người dùng, rồi gửi lại.",
        "This person has no mail address. Add it under Set-up – People, then send again.",
    ),
    REFUSED: Words(
        "Máy chủ thư không nhận địa chỉ hoặc nội dung này. Hãy kiểm tra địa chỉ của người nhận, rồi gửi lại.",
        "The mail server refuses this address or text. Check the recipient's address, then send again.",
    ),
    BUSY: Words(
        "Máy chủ thư tạm thời chưa nhận. Hệ thống sẽ tự gửi lại.",
        "The mail server does not take it for now. It is tried again by itself.",
    ),
    UNREACHABLE: Words(
        "Không kết nối được máy chủ thư. Hệ thống tự thử lại; nếu kéo dài, hãy nhờ quản trị xem SMTP_HOST, SMTP_PORT.",
        "The mail server cannot be reached. It is tried again; if it lasts, have SMTP_HOST and SMTP_PORT checked.",
    ),
    LOGIN: Words(
        "Máy chủ thư không nhận tài khoản gửi. Hãy báo quản trị kiểm tra SMTP_USER, SMTP_PASSWORD.",
        "The mail server refuses the sending account. Have SMTP_USER and SMTP_PASSWORD checked.",
    ),
    SENDER: Words(
        "Máy chủ thư không nhận địa chỉ gửi. Hãy báo quản trị kiểm tra MAIL_FROM.",
        "The mail server refuses the sender's address. Have MAIL_FROM checked.",
    ),
    EXPIRED: Words(
        "Liên kết đã dùng hoặc đã hết hạn trước khi gửi được. Hãy tạo liên kết mới.",
        "The link was used or ran out before it could be sent. Make a new one.",
    ),
}


def told(reason: str, detail: str = "") -> str:
    """Return a reason as it is kept, with what the server said."""
    return f"{reason}: {' '.join(detail.split())[:300]}" if detail else reason


def explain(kept: str) -> tuple[Words | None, str]:
    """Return the words for a kept reason (None for none), and what the server said."""
    reason, _, detail = kept.partition(": ")
    return REASONS.get(reason), detail
