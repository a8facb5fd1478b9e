"""Headings of agenda items in the text of minutes: recognised whatever their number, and whether words stand below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"^\s*(?:[ivx]{1,6}|\d{1,2})[.)]\s*")
_PRESENTED = re.compile(r"\s*\([^()]*trinh bay\)$")
# The minutes are an official Vietnamese paper: these words are its text, not the screen's.
NOT_DISCUSSED = "Chưa thảo luận, chuyển sang phiên họp sau."
_EMPTY = re.compile(r"-? ?(?:.* trinh bay|y kien thao luan|ket luan cua nguoi chu tri|ket luan)?:?")


def plain_heading(line: str) -> str:
    """Return a line without its number, tones, and whoever presents it, to be compared."""
    return " ".join(_PRESENTED.sub("", _NUMBER.sub("", fold(line)).strip()).split()).rstrip(".:;")


def said_under(text: str, title: str, titles: Iterable[str]) -> bool | None:
    """Tell whether words stand below the heading of an item; None where the text has no such heading."""
    others = {plain_heading(one) for one in titles}
    found = None
    for line in text.splitlines():
        plain = plain_heading(line)
        if plain in others:
            if found is False:
                return False
            found = False if plain == plain_heading(title) else None
        elif found is False and _says(line):
            return True
    return found


def _says(line: str) -> bool:
    said = " ".join(fold(line).split())
    return bool(said) and _EMPTY.fullmatch(said) is None and said != " ".join(fold(NOT_DISCUSSED).split())
