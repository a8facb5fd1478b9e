"""Which text the bytes of a file spell: UTF-8, UTF-16, or the Vietnamese set of Windows (1258)."""

from __future__ import annotations

import codecs
import re
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_OUR_LETTERS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
"""The marks of Vietnamese letters, tones among them."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LOST = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])(?![\w%-]*=)")
"""A question mark inside a word; in an address it begins «?id=3»."""
_FEW = 3


def decoded(content: bytes) -> str | None:
    """Return the text, without the mark of its encoding; None for what is no text that we can tell.

    Windows' 1258 has no mark: it is taken only where every letter is one that Vietnamese has, so that the fonts of
    other times (TCVN3, VNI), whose letters only look right in their own font, are told apart from it.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\x00" in content:
        return None
    text = _strictly(content, "utf-8")
    return text if text is not None else _of_windows(content)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _of_windows(content: bytes) -> str | None:
    text = _strictly(content, "cp1258")
    if text is None or _CONTROL.search(content):
        return None
    text = unicodedata.normalize("NFC", text)
    return text if all(map(_is_ours, set(text))) else None


def _is_ours(letter: str) -> bool:
    """Say whether a sign may stand in a Vietnamese text: no letter of another alphabet, no mark without its letter."""
    if letter.isascii() or letter in "đĐ":
        return True
    if unicodedata.combining(letter):
        return False
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    return not letter.isalpha() or (base.isascii() and _OF_OUR_LETTERS.issuperset(marks))


def is_text(content: bytes) -> bool:
    """Say whether these are letters of any encoding, be it one that we cannot tell."""
    return decoded(content) is not None or not _CONTROL.search(content)


def has_lost_letters(text: str) -> bool:
    """Say whether letters were lost for good when the file was saved: «Nhi?m v? ???c giao»."""
    return len(_LOST.findall(text)) >= _FEW
