"""The secrecy markings MẬT, TỐI MẬT and TUYỆT MẬT, told from the same words in prose."""

from __future__ import annotations

import re

from app.reading.errors import ClassifiedTextError

# A marking stands alone: on its line, in a cell, in brackets, or behind the number of the document.
_LEVEL = r"(?:TUYỆT|TỐI)\s+MẬT|MẬT|M\s+Ậ\s+T"
_TITLED = r"(?:Tuyệt|Tối)\s+[Mm]ật|Mật"
_LABEL = r"(?:(?:ĐỘ|Độ|độ|MỨC ĐỘ|Mức độ|mức độ|DẤU|Dấu)\s+(?:MẬT|Mật|mật)\s*:?)"
_LINE = 400
_EDGE = r"[\s*_|.:;,\"“”'\[\](){}<>«»#=~-]*"
_ALONE = re.compile(rf"{_EDGE}{_LABEL}?{_EDGE}({_LEVEL}|{_TITLED}){_EDGE}")
_BRACKETED = re.compile(rf"[(\[|]\s*({_LEVEL})\s*[)\]|]")
_BEHIND_NUMBER = re.compile(rf"^\s*S[ốỐ]\s*:?\s*\S{{1,40}}(?:\s\S{{1,40}})?[\s,;-]+({_LEVEL})\s*$")
_LABELLED = re.compile(rf"\b{_LABEL}\s*({_LEVEL}|{_TITLED}|[ABC]\b)")
_CELL = re.compile(r"\s{2,}|\|")


def refuse_marked(text: str) -> None:
    """Raise ClassifiedTextError when clean text carries a marking; «bảo mật», «bí mật» in prose carry none."""
    for line in text.split("\n"):
        if "ậ" not in line.lower():
            continue
        marking = _marking(line)
        if marking:
            raise ClassifiedTextError(" ".join(marking.split()).upper().replace("M Ậ T", "MẬT"))


def _marking(line: str) -> str | None:
    found = _BRACKETED.search(line) or _BEHIND_NUMBER.match(line) or _LABELLED.search(line)
    if found:
        return found.group(1)
    cells = [line, *_CELL.split(line)] if len(line) <= _LINE else []
    alone = next((match for match in map(_ALONE.fullmatch, cells) if match), None)
    return alone.group(1) if alone else None
