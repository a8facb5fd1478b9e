"""How urgently a paper is to be delivered: the three marks that may be printed on it."""

from __future__ import annotations

from workflows.words import Words

NONE = ""
URGENT = "urgent"
VERY_URGENT = "very_urgent"
FLASH = "flash"

LEVELS = {
    URGENT: Words("Khẩn", "Urgent"),
    VERY_URGENT: Words("Thượng khẩn", "Very urgent"),
    FLASH: Words("Hỏa tốc", "Flash"),
}
"""Each mark with what it is called, the least urgent first (Decree 30/2020/NĐ-CP, article 21 and annex I, box 10b)."""


def stamp(level: str) -> str:
    """Return the mark as it is printed, in capitals and always in Vietnamese; empty for none."""
    return LEVELS[level].vi.upper() if level else ""
