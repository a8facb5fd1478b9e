"""What became of the mail about a thing told: tone and words for a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from app.models.ledger import DIGEST, FAILED, PENDING, SENDING, SENT
from app.queries.deliveries import IN_APP, WAITING
from app.services.delivery_reasons import explain
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Row

LABELS: Mapping[str, Words] = {
    WAITING: Words("Chờ gửi", "Waiting"),
    SENT: Words("Đã gửi", "Sent"),
    FAILED: Words("Không gửi được", "Failed"),
    IN_APP: Words("Chỉ báo trong hệ thống", "In the product alone"),
}
"""The fates by which a list is narrowed."""
_STATES: Mapping[str | None, tuple[str, Words, str]] = {
    None: ("grey", Words("Chờ soạn thư", "Not in a mail yet"), "clock"),
    PENDING: ("blue", Words("Chờ gửi", "Waiting"), "clock"),
    SENDING: ("blue", Words("Đang gửi", "Being sent"), "send"),
    SENT: ("green", Words("Đã gửi", "Sent"), "circle-check"),
    FAILED: ("red", Words("Không gửi được", "Failed"), "alert-triangle"),
}
_AGAIN = ("amber", Words("Chờ gửi lại", "To be tried again"), "refresh")
_IN_APP = ("grey", LABELS[IN_APP], "bell")
_KINDS = (Words("bản tin trong ngày", "the day's digest"), Words("thư riêng", "a mail of its own"))


class Fate(NamedTuple):
    """A mail's standing as a list shows it; `reason` and what the server said where it has not gone."""

    tone: str
    words: Words
    icon: str
    kind: Words | None
    reason: Words | None
    detail: str
    retrying: bool
    can_retry: bool


def fate_of(row: Row[Any]) -> Fate:
    """Return how the mail about one thing told fares (a row of `app.queries.deliveries.told`)."""
    reason, detail = explain(row.last_error) if row.last_error else (None, "")
    if not row.by_mail:
        tone, words, icon = _IN_APP
    elif row.state == PENDING and row.last_error:
        tone, words, icon = _AGAIN
    else:
        tone, words, icon = _STATES[row.state]
    kind = _KINDS[row.kind != DIGEST] if row.kind else None
    return Fate(tone, words, icon, kind, reason, detail, row.state == PENDING and row.attempts > 0, row.state == FAILED)
