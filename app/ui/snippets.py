"""What was found, in the words around it: a piece of a text with the hits marked, everything escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from app.search_words import MAX_WORDS, WORD, toned_key
from app.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

AROUND = 11
"""Words before the first hit."""
LENGTH = 34
"""Words of a piece."""


class Phrase(NamedTuple):
    """One word as it was searched for, a code such as NV-2026-7 as three: without tones, and the keys of those with."""

    run: tuple[str, ...]
    keys: tuple[str, ...]
    """For each word of the run its key, empty where it was typed without tone and mark."""


class _Hit(NamedTuple):
    """A run of words that was found: the first and the last word of it, which phrase it is, with its very tones."""

    first: int
    last: int
    phrase: int
    exact: bool


def wanted_of(asked: str) -> tuple[Phrase, ...]:
    """Return what is searched for word by word, as `search_words.phrases_of` cuts it, with the tones typed."""
    found = []
    for word in asked.split()[:MAX_WORDS]:
        run, toned = WORD.findall(fold(word)), WORD.findall(nfc(word).lower())
        keys = [toned_key(each) for each in toned] if len(toned) == len(run) else [""] * len(run)
        if run:
            found.append(Phrase(tuple(run), tuple(keys)))
    return tuple(found)


def marked(text: str, phrases: Sequence[Phrase]) -> Markup:
    """Return a whole text with the hits marked: those with the tones that were typed, where it holds any, else all."""
    words = list(WORD.finditer(text))
    hits = _hits([word[0] for word in words], phrases)
    return _draw(text, [(words[hit.first].start(), words[hit.last].end()) for hit in hits])


def holds_all(text: str, phrases: Sequence[Phrase]) -> bool:
    """Tell whether a text holds everything that was searched for, with the tones that were typed."""
    return len({hit.phrase for hit in _hits(WORD.findall(text), phrases) if hit.exact}) == len(phrases)


def snippet(text: str, phrases: Sequence[Phrase], length: int = LENGTH) -> Markup:
    """Return the piece of a text that holds the most of what was searched for; empty where it holds nothing of it."""
    words = list(WORD.finditer(text))
    hits = _hits([word[0] for word in words], phrases)
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


def _hits(words: list[str], phrases: Sequence[Phrase]) -> list[_Hit]:
    """Return where the phrases stand, in the order of the text, none over another.

    Where a phrase stands with the tones that were typed, places where only its letters stand are none of it.
    """
    found: list[_Hit] = []
    folded = [_folded(word) for word in words]
    begins = tuple(phrase.run[0] for phrase in phrases)
    at = 0
    while at < len(folded):
        if not folded[at].startswith(begins):
            at += 1
            continue
        fitting = [
            (len(phrase.run), _is_exact(words[at : at + len(phrase.run)], phrase), number)
            for number, phrase in enumerate(phrases)
            if _fits(folded, at, phrase.run)
        ]
        if not fitting:
            at += 1
            continue
        size, exact, number = max(fitting)
        found.append(_Hit(at, at + size - 1, number, exact))
        at += size
    told = {hit.phrase for hit in found if hit.exact}
    return [hit for hit in found if hit.exact or hit.phrase not in told]


def _fits(folded: list[str], at: int, run: tuple[str, ...]) -> bool:
    if len(run) == 1:
        return folded[at].startswith(run[0])
    part = tuple(folded[at : at + len(run)])
    return part[:-1] == run[:-1] and len(part) == len(run) and part[-1].startswith(run[-1])


def _is_exact(words: Sequence[str], phrase: Phrase) -> bool:
    """Tell whether words that fit have the tones and marks that were typed; what was typed without has no wish."""
    return all(not key or _begins(_key(word), key) for word, key in zip(words, phrase.keys, strict=True))


def _begins(whole: str, key: str) -> bool:
    """Tell whether a word's key begins as another and has its tone, which stands last: «kiể» begins «kiểm»."""
    tone = key[-1] if key[-1] in _TONES else ""
    return whole.startswith(key.removesuffix(tone)) and (whole[-1:] if whole[-1:] in _TONES else "") == tone


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    return toned_key(nfc(word).lower())


_TONES = frozenset("12345")
"""How a key ends whose word has a tone; marks are 6 to 9."""


def _draw(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    drawn: list[str] = []
    at = 0
    for start, end in spans:
        drawn += escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"
        at = end
    return Markup("".join([*drawn, escape(text[at:])]))  # noqa: S704 -- each piece of the text is escaped
