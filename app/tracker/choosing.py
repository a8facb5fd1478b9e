"""Which sheet of a workbook is the tracker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.tracker.heads import find_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.tracker.sheet import Sheet

_FEW = 4


def likeliest(sheets: Sequence[Sheet]) -> int:
    """Return the place of the sheet that looks most like a tracker: visible, with its columns, of the newest year.

    Offices keep one sheet a year, and the year before is the longer one; among equals columns and rows decide.
    """

    def likeness(at: int) -> tuple[bool, bool, int, int, int, int]:
        sheet = sheets[at]
        head = find_head(sheet)
        fields = {each.field for each in head.columns.values()}
        is_tracker = {"title", "lead"} <= fields and len(fields) >= _FEW
        year = (head.year or 0) if is_tracker else 0
        return not sheet.hidden, is_tracker, year, len(head.columns), len(sheet.rows), -at

    return max(range(len(sheets)), key=likeness)
