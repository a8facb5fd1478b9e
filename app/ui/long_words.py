"""Long texts in two parts: what is read at once, and what opens when asked for."""

from __future__ import annotations

LINES, LETTERS = 10, 900
"""About so much is shown at once: ten lines of a card."""
LITTLE = 200
"""So few letters more are not worth opening."""


def parted(text: str | None) -> tuple[str, str]:
    """Return the beginning of a text, cut between words, and the rest; the rest is empty where the text is short."""
    text = (text or "").strip()
    lines = text.split("\n")
    whole_lines = len("\n".join(lines[:LINES]))
    if whole_lines <= LETTERS:
        place = whole_lines
    else:
        between = max(text.rfind(space, LETTERS // 2, LETTERS) for space in " \n")
        place = between if between >= 0 else LETTERS  # a word longer than the room there is is cut through
    if len(text) - place <= LITTLE and len(lines) <= LINES + 2:
        return text, ""
    return text[:place].rstrip(), text[place:].lstrip()
