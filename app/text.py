"""Vietnamese text: folding for search, and the order in which names are listed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHAPES = {"\u0306", "\u0302", "\u031b"}
_RANK = {letter: index for index, letter in enumerate(_LETTERS, start=1)}


def nfc(text: str) -> str:
    """Return text in Unicode NFC with no-break spaces made plain and line ends made one."""
    plain = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return unicodedata.normalize("NFC", plain)


def fold(text: str) -> str:
    """Return text without tones and marks, đ as d, lower case, runs of white space as one blank.

    «Máy tính bảng» and «may tinh bang» fold to the same; ủy and uỷ, hòa and hoà are one.
    """
    return _fold_name(text) if len(text) <= NAME else _fold(text)


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("\u00a0", " ").lower())
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


# Pickers fold the same names of units and people on every page.
NAME = 200
_fold_name = lru_cache(maxsize=4096)(_fold)


def sort_key(full_name: str) -> str:
    """Return a key that sorts people by given name, then family, then middle names, in Vietnamese order.

    The key compares bytewise, so that every database sorts alike. General practice in offices.
    """
    words = full_name.split()
    if not words:
        return ""
    ordered = [words[-1], words[0], *words[1:-1]] if len(words) > 1 else words
    return " ".join(_letters(word) + "." + _tones(word) for word in ordered)


def _letters(word: str) -> str:
    return "".join(f"{_RANK.get(letter, 0):02d}" for letter, _ in _split(word))


def _tones(word: str) -> str:
    return "".join(str(tone) for _, tone in _split(word))


def _split(word: str) -> list[tuple[str, int]]:
    """Return each letter of a word without its tone, and the tone's rank (0 ngang … 5 nặng)."""
    found = []
    for composed in unicodedata.normalize("NFC", word.lower()):
        marks = unicodedata.normalize("NFD", composed)
        shape = "".join(c for c in marks if c not in _TONES and (not unicodedata.combining(c) or c in _SHAPES))
        tone = next((_TONES.index(c) + 1 for c in marks if c in _TONES), 0)
        found.append((unicodedata.normalize("NFC", shape), tone))
    return found
