"""What was found, in the words around it: a piece of a text with the hits marked, everything escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from app.search_words import BETWEEN, PHRASES, WORD
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

AROUND = 11
"""Words before the first hit."""
LENGTH = 34
"""Words of a piece."""


class _Hit(NamedTuple):
    """A run of words that was found: the first and the last word of it, and which phrase it is."""

    first: int
    last: int
    phrase: int


def marked(text: str, phrases: str) -> Markup:
    """Return a whole text with the hits marked.

    :param phrases: as `search_words.phrases_of` gives them.
    """
    words = list(WORD.finditer(text))
    folded = [_folded(word[0]) for word in words]
    return _draw(text, [(words[hit.first].start(), words[hit.last].end()) for hit in _hits(folded, phrases)])


def holds_all(text: str, phrases: str) -> bool:
    """Tell whether a text holds everything that was searched for."""
    found = {hit.phrase for hit in _hits([_folded(word) for word in WORD.findall(text)], phrases)}
    return len(found) == len([phrase for phrase in phrases.split(PHRASES) if phrase])


def snippet(text: str, phrases: str, length: int = LENGTH) -> Markup:
    """Return the piece of a text that holds the most of what was searched for; empty where it holds nothing of it."""
    words = list(WORD.finditer(text))
    hits = _hits([_folded(word[0]) for word in words], phrases)
    if not hits:
        return Markup()
    begin = max(0, _best(hits, length) - AROUND)
    end = min(len(words), begin + length)
    begin = max(0, min(begin, end - length))
    start = words[begin].start() if begin else 0
    stop = words[end - 1].end() if end < len(words) else len(text)
    spans = [
        (words[hit.first].start() - start, words[hit.last].end() - start)
        for hit in hits
        if hit.first >= begin and hit.last < end
    ]
    before, after = "… " if begin else "", " …" if end < len(words) else ""
    return before + _draw(text[start:stop], spans) + after


def _best(hits: Sequence[_Hit], length: int) -> int:
    """Return the word at which the piece with the most different phrases begins."""
    counted = [
        (len({other.phrase for other in hits if hit.first <= other.first < hit.first + length - AROUND}), -hit.first)
        for hit in hits[:40]
    ]
    return -max(counted)[1]


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word)


def _hits(folded: list[str], phrases: str) -> list[_Hit]:
    """Return where the phrases stand, in the order of the text, none over another."""
    found: list[_Hit] = []
    wanted = [phrase.split(BETWEEN) for phrase in phrases.split(PHRASES) if phrase]
    begins = tuple(run[0] for run in wanted)
    at = 0
    while at < len(folded):
        if not folded[at].startswith(begins):
            at += 1
            continue
        fitting = [(len(run), number) for number, run in enumerate(wanted) if _fits(folded, at, run)]
        if not fitting:
            at += 1
            continue
        size, number = max(fitting)
        found.append(_Hit(at, at + size - 1, number))
        at += size
    return found


def _fits(folded: list[str], at: int, run: list[str]) -> bool:
    if len(run) == 1:
        return folded[at].startswith(run[0])
    part = folded[at : at + len(run)]
    return part[:-1] == run[:-1] and len(part) == len(run) and part[-1].startswith(run[-1])


def _draw(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    drawn: list[str] = []
    at = 0
    for start, end in spans:
        drawn += escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"
        at = end
    return Markup("".join([*drawn, escape(text[at:])]))  # noqa: S704 -- each piece of the text is escaped
