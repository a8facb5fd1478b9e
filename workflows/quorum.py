"""How many members a meeting needs to conclude, where its committee sets a quorum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

NONE, HALF, TWO_THIRDS, THREE_QUARTERS = "", "half", "two_thirds", "three_quarters"
QUORUMS: Mapping[str, Words] = {
    NONE: Words("Không quy định", "Not set"),
    HALF: Words("Quá nửa số thành viên", "More than half of the members"),
    TWO_THIRDS: Words("Ít nhất hai phần ba số thành viên", "At least two thirds of the members"),
    THREE_QUARTERS: Words("Ít nhất ba phần tư số thành viên", "At least three quarters of the members"),
}
"""Every rule and its words; a committee's own regulation (quy chế) says which."""


def needed(rule: str, members: int) -> int:
    """Return how many of so many members must be there; 0 where no quorum is set."""
    if rule == HALF:
        return members // 2 + 1
    if rule == TWO_THIRDS:
        return -(-members * 2 // 3)
    if rule == THREE_QUARTERS:
        return -(-members * 3 // 4)
    return 0
