"""Vietnamese text as the search index keeps it: words without tones, and each toned word as one plain key.

Both are plain Latin letters and digits, so that every engine and locale cuts them into the same words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.text import fold, nfc

MAX_WORDS = 12
MAX_TEXT = 200_000
"""Letters of one text that are indexed; no minutes are longer."""
BETWEEN, PHRASES = " ", "|"
WORD = re.compile(r"[^\W_]+")
# The numbers of the VNI keyboard: one for each tone and each mark, so that two spellings of a word are one key.
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_MARKS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}


_CODE = re.compile(r"nv[\s.-]*(?:(?P<year>20\d\d)[\s./-]+)?0*(?P<number>\d{1,6})", re.IGNORECASE)


def whole_code(asked: str, year: int) -> str:
    """Return the code that somebody means by «nv 18», «nv-2026-18» or «NV18», of this year where none is said.

    What is no code alone comes back as it is.
    """
    found = _CODE.fullmatch(asked.strip())
    return f"NV-{found['year'] or year}-{found['number']}" if found else asked


_SYMBOL = re.compile(r"(?<!\S)\d{1,5}[a-z]?/[^\s–—]+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:[ivxlc]{1,6}|\d{1,3}|[a-z])(?:\.(?:\d{1,3}|[a-zđ]))*", re.IGNORECASE)
_AROUND = frozenset(
    ["muc", "khoan", "diem", "ket", "luan", "thong", "bao", "van", "ban", "so", "tai", "cua", "tb", "kl"]
)
"""Words that people write around a clause's address and its paper's symbol."""


def clause_named(asked: str) -> tuple[str, str] | None:
    """Return symbol and address of a clause named as on cards, «02/TB-BCĐ – 2.3», «mục 2.3 02/TB-BCĐ»; else None."""
    symbol = _SYMBOL.search(asked)
    if symbol is None:
        return None
    rest = f"{asked[: symbol.start()]} {asked[symbol.end() :]}"
    tokens = (token.strip(".,;:()«»") for token in re.split(r"[\s–—-]+", rest))
    told = [token for token in tokens if token and fold(token) not in _AROUND]
    if len(told) != 1 or not _ADDRESS.fullmatch(told[0]):
        return None
    return symbol[0].strip(".,;:()«»"), told[0]


def words_of(text: str) -> str:
    """Return a text's words without tones: what is found by toneless typing."""
    return BETWEEN.join(WORD.findall(fold(text[:MAX_TEXT])))


def toned_words_of(text: str) -> str:
    """Return the keys of a text's words that carry a tone or a mark, each once."""
    keys = (toned_key(word) for word in WORD.findall(nfc(text[:MAX_TEXT]).lower()))
    return BETWEEN.join(dict.fromkeys(key for key in keys if key))


def phrases_of(asked: str) -> str:
    """Return what is searched for as phrases, "|" between them: each word of it, a code such as NV-2026-7 as three.

    Empty where there is neither letter nor digit. Only letters, digits, blanks and bars: no engine reads more into it.
    """
    runs = (WORD.findall(word) for word in fold(asked).split()[:MAX_WORDS])
    return PHRASES.join(BETWEEN.join(run) for run in runs if run)


def toned_phrases_of(asked: str) -> str:
    """Return the keys of the words that were typed with a tone or a mark, "|" between them; empty where none was."""
    keys = (toned_key(word) for word in WORD.findall(nfc(asked).lower())[:MAX_WORDS])
    return PHRASES.join(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=8192)
def toned_key(word: str) -> str:
    """Return a lower-case word as letters and the numbers of its marks and tone; empty where it has none.

    «hội» is ho6i5, «đường» d9u7o7ng2; hòa and hoà are both hoa2.
    """
    letters, tone = [], ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter]
        elif letter == "đ":
            letters.append("d9")
        elif letter in _MARKS:
            letters.append(_MARKS[letter])
        elif not unicodedata.combining(letter):
            letters.append(letter)
    key = "".join(letters) + tone
    return key if key != word and key.isascii() else ""
