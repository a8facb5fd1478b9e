"""Where one sentence ends and the next begins, in prose that is often badly spaced."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[.!?…]+|\./\.)[\"”’)\]]*(?P<gap>\s*)")
_SHORT = re.compile(
    r"(?:^|[\s(,;/-])(?:tp|t\.p|đ/c|ths|ts|pgs|gs|bs|ks|cn|tm|kt|tl|tuq|q|p|v\.v|st|tt|no|mr|ms|x"
    r"|h|t)$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[\s(])[A-ZĐ]$")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of text[start:end] as offsets, blanks at their edges left out."""
    found = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends_here(text, match, begin):
            found.append((begin, match.end() - len(match["gap"])))
            begin = match.end()
    found.append((begin, end))
    return [(a, b) for a, b in (trim(text, a, b) for a, b in found) if a < b]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of text[start:end] without blanks at either edge."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends_here(text: str, match: re.Match[str], begin: int) -> bool:
    """Judge a full stop by what stands on its sides: abbreviations, figures and glued words are none."""
    following = text[match.end()]
    mark = match.group(0).strip()
    before = text[max(begin, match.start() - 6) : match.start()]
    if mark == "." and (_SHORT.search(before) or _INITIAL.search(before)):
        return False
    opens = following.isupper() or following in '"“(-–+[' or following.isdigit()
    if match["gap"]:
        return opens
    glued = following.isupper() and (len(mark) > 1 or before[-1:].islower())
    return glued and text[match.end() + 1 : match.end() + 2].islower()
