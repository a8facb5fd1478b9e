"""The two languages of the product, side by side, for whatever a table shows to a person."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One text in Vietnamese (first) and English (complete)."""

    vi: str
    en: str

    def of(self, language: str) -> str:
        """Give the English text for "en" (also "en-GB"), else the Vietnamese one."""
        return self.en if language.startswith("en") else self.vi

    @property
    def complete(self) -> bool:
        """Say whether both languages hold a text."""
        return bool(self.vi.strip() and self.en.strip())
