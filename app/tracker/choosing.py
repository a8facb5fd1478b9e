"""Which sheet of a workbook is the tracker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.tracker.heads import find_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.tracker.sheet import Sheet


def likeliest(sheets: Sequence[Sheet]) -> int:
    """Return the place of the sheet that looks most like a tracker: known columns, visible, then most rows."""
    return max(
        range(len(sheets)),
        key=lambda at: (not sheets[at].hidden, len(find_head(sheets[at]).columns), len(sheets[at].rows), -at),
    )
