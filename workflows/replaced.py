"""What a superseding notice may do with an open task of the notice that it replaces."""

from __future__ import annotations

from workflows.words import Words

KEEP = "keep"
AMEND = "amend"
WITHDRAW = "withdraw"

TREATMENTS = {
    KEEP: Words("Giữ, gắn với kết luận mới", "Keep, under a new clause"),
    AMEND: Words("Điều chỉnh thời hạn", "Amend the due date"),
    WITHDRAW: Words("Thu hồi", "Withdraw"),
}
"""What each is called."""
CARRIED = frozenset({KEEP, AMEND})
"""The task goes on under the new clause."""
