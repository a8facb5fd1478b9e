"""Running prose cut where somebody else begins to be told something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading import lexicon
from app.reading.lists import read_list
from app.reading.normalise import CAPITALS
from app.reading.owners import directs_somebody, find_leads, skip_intro
from app.reading.sentences import split_sentences, trim
from app.reading.units import read_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.reading.page import Page

_CUTS = 60
_TOO_LONG_TO_CUT = 6_000
_CUT = re.compile(
    r"(?:;|[,.]?\s+(?=(?:đồng\s+thời|và)?[,\s]*(?:giao|đề\s+nghị|yêu\s+cầu"
    r"|phân\s+công(?!\s+(?:lãnh\s+đạo|cán\s+bộ|công\s+chức|người|lực\s+lượng|nhiệm\s+vụ|rõ)))\s))\s*(?:(?:đồng\s+thời|và)\s*,?\s*)?"
)
_COMMA_CHAIR = re.compile(r"[,;]\s+(?=[^\s,;])")
_TAKES_CHAIR = re.compile(r"\s+(?:chủ\s+trì|chịu\s+trách\s+nhiệm)(?!\w)")
_TO = re.compile(r"\s*(?:nhiệm\s+vụ\s+)?(?:cho\s+)?")
_WORDS = 12
_NAME = 120
_START = re.compile(r"(?<!\w)\w+")
_TURNS = re.compile(rf",\s+(?:(?:và|còn|đồng\s+thời)\s+)?(?=[{CAPITALS}])|\s+(?:và|còn|đồng\s+thời)\s+(?=[{CAPITALS}])")
_WORKS = re.compile(
    rf"\s+(?:(?:cần|phải|sẽ|có\s+trách\s+nhiệm)\s+)?(?!phối\s+hợp|giao\b|đề\s+nghị|yêu\s+cầu)(?:{lexicon.ACTIONS})\b"
)
_UNDER = re.compile(r"\s*(?:khi|sau|trước|nếu|trường\s+hợp|căn\s+cứ|trên\s+cơ\s+sở|theo|để|nhằm|trong|với|do)(?!\w)")


def cut_pieces(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences one by one, those that direct several units cut between them."""
    for a, b in split_sentences(page.text, start, end):
        begin = a
        for cut_start, cut_end in _cuts(page, a, b):
            if _stands_alone(page, begin, cut_start):
                yield trim(page.text, begin, cut_start)
                begin = cut_end
        yield begin, b


def _cuts(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Return where, inside a sentence, somebody else begins to be told something."""
    if end - start > _TOO_LONG_TO_CUT:
        return []
    found = []
    for match in list(_CUT.finditer(page.plain, start + 12, end))[:_CUTS]:
        semicolon = match.group(0).lstrip().startswith(";")
        if semicolon and not (
            directs_somebody(page, match.end(), end) or lexicon.RULING.match(page.plain, match.end(), end)
        ):
            continue
        direct = lexicon.DIRECT.match(page.plain, match.end(), end)
        if not semicolon and not (
            direct and page.plain[match.start()] in ",." and read_list(page, _to(page, direct.end(), end), end)
        ):
            continue
        found.append((match.start(), match.end()))
    found += _chair_cuts(page, start, end)
    found += [cut for cut in _turn_cuts(page, start, end) if all(cut[1] != other[1] for other in found)]
    return sorted(found)


def _turn_cuts(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Return where another unit takes up the sentence: «Sở A bố trí kinh phí, Sở B tham mưu …», «… và Phòng C …»."""
    found = []
    body = skip_intro(page, start, end)
    for match in list(_TURNS.finditer(page.text, body + _WORDS, end))[:_CUTS]:
        phrase = read_phrase(page, match.end(), end)
        if phrase is None or phrase.unnamed or not _WORKS.match(page.plain, phrase.next, end):
            continue
        piece = page.plain.rfind(",", body, match.start()) + 1 or body
        if not _UNDER.match(page.plain, piece, match.start()) and not _names_unit(page, body, match.start()):
            found.append((match.start(), match.end()))
    return found


def _names_unit(page: Page, start: int, end: int) -> bool:
    """Say whether a unit's name ends right before: then a comma only goes on with a list of units."""
    words = _START.finditer(page.text, max(start, end - _NAME), end)
    return any(phrase.end >= end for phrase in (read_phrase(page, word.start(), end) for word in words) if phrase)


def _chair_cuts(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Return the commas behind which another unit takes the chair: «…, Sở B chủ trì …»."""
    found = []
    for match in list(_COMMA_CHAIR.finditer(page.plain, start + 12, end))[:_CUTS]:
        if "phối hợp" in page.plain[max(start, match.start() - 90) : match.start()]:
            continue
        named = read_list(page, match.end(), end)
        if len(named) == 1 and _TAKES_CHAIR.match(page.plain, named[0].next, end):
            found.append((match.start(), match.end()))
    return found


def _to(page: Page, pos: int, end: int) -> int:
    match = _TO.match(page.plain, pos, end)
    return match.end() if match else pos


def _stands_alone(page: Page, start: int, end: int) -> bool:
    """Judge whether the words before a cut say something of their own, not only who speaks or why."""
    start, end = trim(page.text, start, end)
    pos = skip_intro(page, start, end)
    if end - pos < _WORDS:
        return False
    modal = lexicon.MODAL.match(page.plain, pos, end)
    acts = lexicon.ACTION.match(page.plain, modal.end() if modal else pos, end)
    return bool(
        acts
        or lexicon.RULING.match(page.plain, pos, end)
        or find_leads(page, start, end)
        or lexicon.REPORT.search(page.plain, start, end)
    )
