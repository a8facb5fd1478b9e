"""Who is named behind an «@» in a comment, made to stand out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

MENTION = Markup('<strong class="named">{}</strong>')


def with_mentions(text: str, names: Iterable[str]) -> Markup:
    """Return a text with each «@Họ tên» of `names` marked, typed with tones or without; the longest name counts."""
    if "@" not in text:
        return escape(text)
    folded = "".join((fold(letter) or " ")[0] for letter in text)  # letter by letter: places must stay the same
    wanted = sorted({fold(name) for name in names if name}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    found, end, pieces = re.finditer(rf"@ *(?:{'|'.join(map(re.escape, wanted))})(?!\w)", folded), 0, Markup()
    for one in found:
        pieces += escape(text[end : one.start()]) + MENTION.format(text[one.start() : one.end()])
        end = one.end()
    return pieces + escape(text[end:])
