"""What an official paper says, apart from how it is set: the one description that both writers take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

DRAFT = "DỰ THẢO"
"""What stands across every page of a paper that is not issued yet."""


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(words: str) -> str:
    """Return words without what no document can hold: control characters that came along with a pasted text."""
    return _UNWRITABLE.sub("", words)


def writable_all(value: Any) -> Any:  # noqa: ANN401 -- JSON
    """Return JSON with every text in it writable."""
    if isinstance(value, dict):
        return {key: writable_all(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [writable_all(part) for part in value]
    return writable(value) if isinstance(value, str) else value


class Level(StrEnum):
    """What a paragraph of the text is, by the outline of the decree: I. → 1. → a) → -."""

    SECTION = "section"
    """«I. VỀ …»: a heading in capitals."""
    TITLE = "title"
    """«1. Về …»: a number with a title of its own."""
    HEADING = "heading"
    """A heading without a number."""
    TEXT = "text"
    ITEM = "item"
    """«1. Giao …», «a) …»."""
    DASH = "dash"
    LABEL = "label"
    """What an item does not say in its own words: «Đơn vị chủ trì: …»."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `marker` is its number as printed («1.», «a)», «-»), empty for none."""

    level: Level
    text: str
    marker: str = ""

    @property
    def words(self) -> str:
        """The paragraph as it is read: its number, then its text."""
        return f"{self.marker} {self.text}" if self.marker else self.text


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its width in millimetres, and whether its cells are centred."""

    head: str
    width: float
    centred: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a heading row that comes again on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Annex:
    """A «Phụ lục» on pages of its own, counted from 1. `name`: «Phụ lục», or «Phụ lục I» where there are several."""

    name: str
    title: str
    attached_to: str
    table: Table


@dataclass(frozen=True)
class Signature:
    """The lines above the name, in capitals, and the name; a name may be missing while nobody has signed."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Head:
    """Boxes 1 to 5b and 10b of the decree. `symbol` and `place_and_day` are whole lines; a missing one is empty.

    `about` is the «V/v …» of an official letter, `urgency` one of KHẨN, THƯỢNG KHẨN, HỎA TỐC.
    """

    party: bool
    superior: str
    issuer: str
    symbol: str
    place_and_day: str
    about: str = ""
    urgency: str = ""


KEPT_LINES = 2
_LINE = 85
"""Letters that surely do not fit on one line of the text."""


def _lines_at_least(paragraph: Paragraph) -> int:
    return 1 + len(paragraph.words) // _LINE


def _enough(paragraphs: tuple[Paragraph, ...], wanted: int = KEPT_LINES) -> int:
    """Return how many of the last paragraphs hold so many lines."""
    lines = 0
    for count, paragraph in enumerate(reversed(paragraphs), 1):
        lines += _lines_at_least(paragraph)
        if lines >= wanted:
            return count
    return len(paragraphs)


@dataclass(frozen=True)
class Official:
    """An official paper. `kind` is the type in capitals (empty for an official letter), `subject` its trích yếu.

    `left_signature` is the secretary's on minutes; `tables` stand between the text and its closing lines.
    """

    head: Head
    kind: str
    subject: str
    text: tuple[Paragraph, ...]
    signature: Signature
    recipients: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    table: Table | None = None
    closing: tuple[Paragraph, ...] = ()
    left_signature: Signature | None = None
    annexes: tuple[Annex, ...] = ()
    draft: bool = False

    @property
    def kept_with_signature(self) -> tuple[int, int]:
        """How many of the last paragraphs of the text and of its closing stay on the page of the signature.

        At least two lines of the text, so that a signature never stands alone on a page.
        """
        closing = _enough(self.closing)
        said = sum(_lines_at_least(one) for one in self.closing)
        return (0 if said >= KEPT_LINES or self.table else _enough(self.text, KEPT_LINES - said)), closing

    @property
    def title(self) -> str:
        """What the file is called inside itself: type and subject."""
        return " ".join(part for part in (self.kind, self.subject or self.head.about) if part)
