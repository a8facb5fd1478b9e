"""The authority's own names found where they stand in a text, whatever their tones, short forms and dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.reading.normalise import SHORT_FORMS, fold, name_key, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"[\s,&/.\"“”'’()–—-]*")
_ENDS = re.compile(r"\s*(?:[,;\n]|$)")
_LONGEST = 20
_MOST_SPELLINGS = 16
_LOOSE = {"va": "và", "cac": "các", "cua": "của"}
"""Words that a key leaves out, and their tones: no name ends with one, but «Bộ phận một cửa» ends with another word."""


@dataclass(frozen=True)
class KnownNames:
    """The keys of names and aliases (see name_key), and every run of words that one of them begins with."""

    keys: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    _found: dict[int, int] = field(default_factory=dict, compare=False)
    """Where a name ends that begins at an offset, 0 for none: names are looked for at one place many times."""

    @classmethod
    def of(cls, keys: Iterable[str]) -> KnownNames:
        """Return the names with these keys; one of a single syllable names too little to be looked for."""
        wanted = frozenset(key for key in keys if " " in key or any(letter.isdigit() for letter in key))
        return cls(wanted, frozenset(part for key in wanted for each in _spelt(key) for part in _beginnings(each)))

    def end_at(self, text: str, pos: int, limit: int) -> int | None:
        """Return where the longest known name ends that begins at `pos`, None where none does."""
        if not self.keys:
            return None
        if pos not in self._found:
            self._found[pos] = self._longest(text, pos)
        end = self._found[pos]
        return end if pos < end <= limit else None

    def _longest(self, text: str, pos: int) -> int:
        found = 0
        word = _WORD.match(text, pos)
        for _ in range(_LONGEST):
            if word is None:
                break
            if not _is_loose(text, word):
                key = name_key(text[pos : word.end()])
                if key not in self.beginnings:
                    break
                found = word.end() if key in self.keys else found
            between = _INSIDE.match(text, word.end())
            word = _WORD.match(text, between.end()) if between else None
        return found


def _is_loose(text: str, word: re.Match[str]) -> bool:
    """Say whether a word is one that keys leave out; without its tone «cua» at the end of its piece is «cửa»."""
    meant = _LOOSE.get(fold(word.group()))
    if meant is None:
        return False
    said = plain(word.group())
    return said == meant or (said in _LOOSE and not _ENDS.match(text, word.end()))


def _spelt(key: str) -> Iterator[str]:
    """Give a key with each of its short forms as it is and written out."""
    spellings = [key]
    for long, short in SHORT_FORMS:
        if len(spellings) <= _MOST_SPELLINGS and re.search(rf"\b{short}\b", key):
            spellings += [re.sub(rf"\b{short}\b", long, each) for each in spellings]
    yield from spellings


def _beginnings(key: str) -> Iterator[str]:
    words = key.split()
    return (" ".join(words[:count]) for count in range(1, len(words) + 1))
