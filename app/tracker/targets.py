"""Which target a cell gives: «52 máy», «1.250 hồ sơ», «37,5km», «100%»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.errors import Sentence
from app.figures import read_figure

if TYPE_CHECKING:
    from app.figures import Figure

LONGEST_UNIT = 60
_TARGET = re.compile(rf"(?P<figure>\d(?:[\d.,]*\d)?)\s*(?P<unit>(?:[^\W\d_]|%)[^\d\n]{{0,{LONGEST_UNIT - 1}}})?")


def read_target(text: str) -> tuple[Figure, str] | None:
    """Return the figure, above 0, and what it is counted in (empty where nothing is said); None where none is told."""
    found = _TARGET.fullmatch(text.strip())
    figure = read_figure(found["figure"]) if found else None
    if found is None or not figure:
        return None
    return figure, " ".join((found["unit"] or "").split()).rstrip(".;,")


def unread_target(text: str) -> Sentence:
    """Say that a cell gives no target that could be read."""
    return Sentence(
        f"Chưa đọc được chỉ tiêu «{text.strip()[:60]}». Hãy ghi số rồi đơn vị tính, ví dụ 52 máy.",
        f"No target can be read in “{text.strip()[:60]}”. Write the number, then its unit, such as 52 tablets.",
    )
