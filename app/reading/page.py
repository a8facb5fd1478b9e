"""A clean text beside its lower-case view, letter for letter as long, so that one offset serves both."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.reading.known import KnownNames
from app.reading.normalise import clean, plain, squeeze


@dataclass(frozen=True)
class Page:
    """The text as written and the view that patterns are matched against."""

    text: str
    plain: str
    known: KnownNames = field(default_factory=KnownNames)
    """The authority's own names, found before grammar looks for any."""

    @classmethod
    def of(cls, text: str, known: KnownNames | None = None) -> Page:
        """Return the page of any text."""
        cleaned = clean(text)
        return cls(cleaned, plain(cleaned), known or KnownNames())

    def words(self, start: int, end: int) -> str:
        """Return the words as written, on one line."""
        return squeeze(self.text[start:end])
