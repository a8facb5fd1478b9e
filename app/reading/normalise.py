"""Spellings made one: a clean text, and views of it, letter for letter as long, to match against."""

from __future__ import annotations

import re
import unicodedata

_VOWELS = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
CAPITALS = f"A-ZĐ{_VOWELS}"
"""The capital letters of Vietnamese, for a class in a pattern; in Unicode they do not stand together."""
SMALLS = f"a-zđ{_VOWELS.lower()}"
"""The small letters, likewise."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = dict.fromkeys(map(ord, "\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"), " ")
_MORE_SPACES = dict.fromkeys(map(ord, "\u200a\u202f\u205f\u3000"), " ")
_DASHES = str.maketrans(dict.fromkeys("–—‒―−‐‑", "-"))
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "."})
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_OLD_TONE = re.compile(r"(?:(?<!q)u([ỳýỷỹỵ])|o([àáảãạ])|o([èéẻẽẹ]))(?![^\W\d_])")
# A tone mark moved to the first vowel, as in «ủy», «hòa», «khỏe» for «uỷ», «hoà», «khoẻ».
_TONED = {"u": "ùúủũụ", "o": "òóỏõọ"}
_SPLIT_TONE = {**dict(zip("ỳýỷỹỵ", "y" * 5, strict=True)), **dict(zip("àáảãạ", "a" * 5, strict=True))}
_SPLIT_TONE |= dict(zip("èéẻẽẹ", "e" * 5, strict=True))
_TONE_ORDER = {letter: i for row in ("ỳýỷỹỵ", "àáảãạ", "èéẻẽẹ") for i, letter in enumerate(row)}
SHORT_FORMS = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("uy ban mat tran to quoc", "ubmttq"),
    ("uy ban mttq", "ubmttq"),
    ("mat tran to quoc", "mttq"),
    ("cong nghe thong tin", "cntt"),
    ("thong tin dien tu", "ttdt"),
    ("ban chi dao", "bcd"),
    ("ban bien tap", "bbt"),
    ("to dan pho", "tdp"),
    ("giai phong mat bang", "gpmb"),
    ("van hoa thong tin", "vhtt"),
    ("van hoa xa hoi", "vhxh"),
    ("pho chu tich", "pct"),
    ("bao hiem xa hoi", "bhxh"),
    ("thanh nien cong san", "tncs"),
)
"""Names that offices shorten, toneless, and how."""


class _LetterTable(dict[int, str]):
    """A table for str.translate that works out each letter once and never changes the length."""

    def __init__(self, *, bare: bool) -> None:
        super().__init__()
        self._bare = bare

    def __missing__(self, code: int) -> str:
        letter = chr(code).lower()
        letter = letter if len(letter) == 1 else chr(code)
        if self._bare:
            letter = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        self[code] = letter
        return letter


_LOWER = _LetterTable(bare=False)
_BARE = _LetterTable(bare=True)


def clean(text: str) -> str:
    """Return the text in NFC with plain blanks and line ends and no invisible characters; offsets are into this."""
    made = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", made).translate(_INVISIBLE).translate(_SPACES).translate(_MORE_SPACES)


def plain(text: str) -> str:
    """Return clean text in lower case, one dash, one kind of quote, tones placed the newer way; same length."""
    lower = text.translate(_DASHES).translate(_QUOTES).translate(_LOWER)
    return _OLD_TONE.sub(_move_tone, lower)


def fold(text: str) -> str:
    """Return clean text without case, tones and marks, đ as d; same length, so offsets hold."""
    return text.translate(_DASHES).translate(_QUOTES).translate(_BARE)


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one blank."""
    return " ".join(text.split())


def name_key(name: str) -> str:
    """Return a key under which spellings of one unit's name meet: «Uỷ ban nhân dân phường» and «UBND phường»."""
    words = squeeze(re.sub(r"[^a-z0-9 ]+", " ", fold(clean(name)).replace("&", " va ")))
    for long, short in SHORT_FORMS:
        words = words.replace(long, short)
    return squeeze(re.sub(r"\b(?:va|cac|dong chi|cua)\b", " ", words))


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.group(0)[0], match.group(0)[1]
    return _TONED[first][_TONE_ORDER[second]] + _SPLIT_TONE[second]
