"""A clean text beside its lower-case view, letter for letter as long, so that one offset serves both."""

from __future__ import annotations

from dataclasses import dataclass

from app.reading.normalise import clean, plain, squeeze


@dataclass(frozen=True)
class Page:
    """The text as written and the view that patterns are matched against."""

    text: str
    plain: str

    @classmethod
    def of(cls, text: str) -> Page:
        """Return the page of any text."""
        cleaned = clean(text)
        return cls(cleaned, plain(cleaned))

    def words(self, start: int, end: int) -> str:
        """Return the words as written, on one line."""
        return squeeze(self.text[start:end])
