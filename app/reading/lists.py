"""Units named one after the other: «các Bộ A, B», «Sở A, Sở B và Phòng C»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading.normalise import CAPITALS
from app.reading.units import Phrase, begins_name, read_name, read_phrase

if TYPE_CHECKING:
    from app.reading.page import Page

_MOST = 40
_MINISTRIES = {"bộ", "sở", "phòng"}
_FIELDS = {"Công an", "Tư pháp", "Thanh tra"}
"""Fields of a ministry or department that are units by themselves, too."""
_GROUP = re.compile(
    r"(?P<who>[^\W\d_][^,;:]{1,40}?)\s+các\s+(?P<what>tỉnh|huyện|quận|xã|phường|thị trấn|thành phố|thị xã)$"
)
_PLACES = re.compile(
    r"(?P<who>[^\W\d_][^,;:]{1,40}?)\s+các\s+(?P<what>tỉnh|huyện|quận|xã|phường|thị trấn|thành phố|thị xã)\s+"
    rf"(?P<place>[{CAPITALS}][^,;:]*)$"
)
_JOINT = re.compile(r"\s*(?:,|;|:|&|và\b|cùng(?:\s+với)?\b|với\b)(?:\s*(?:và|cùng(?:\s+với)?)\b)?\s*")


def read_list(page: Page, start: int, end: int, *, loose: bool = False) -> list[Phrase]:
    """Return the units named one after the other from `start`: «các Bộ A, B», «Sở A, Sở B và Phòng C».

    `loose` takes the first capitalised name, too, where the place alone says that it is a unit's («VNPT huyện»).
    """
    found: list[Phrase] = []
    shared = ""
    pos = start
    while len(found) < _MOST:
        phrase = read_phrase(page, pos, end)
        if phrase and shared.lower() in _MINISTRIES and phrase.name in _FIELDS:
            phrase = Phrase(phrase.start, phrase.end, f"{shared.capitalize()} {phrase.name}", phrase.next)
        elif phrase:
            phrase, places = _of_places(phrase)
            shared = places or _shared_head(page, phrase, end) or ("" if _has_own_head(page, phrase) else shared)
        elif shared or (loose and not found):
            phrase = _headless(page, pos, end, shared)
        if phrase is None:
            break
        if shared and (phrase.name.lower() in {shared.lower(), f"các {shared}".lower()} or _GROUP.match(phrase.name)):
            pos = phrase.next  # «các Bộ: A, B»: the names follow
        else:
            found.append(_with_head(phrase, shared))
            pos = phrase.next
        joint = _JOINT.match(page.plain, pos, end)
        if not joint:
            break
        pos = joint.end()
    return found


def _of_places(phrase: Phrase) -> tuple[Phrase, str]:
    """Return «UBND các tỉnh A» as «UBND tỉnh A», with the head that the places behind it share."""
    match = _PLACES.match(phrase.name)
    if not match:
        return phrase, ""
    head = f"{match['who']} {match['what']}"
    return Phrase(phrase.start, phrase.end, f"{head} {match['place']}", phrase.next), head


def _with_head(phrase: Phrase, shared: str) -> Phrase:
    """Return «các Bộ Tài chính» as «Bộ Tài chính» where the plural serves a list."""
    bare = re.sub(r"^[Cc]ác\s+", "", phrase.name) if shared else phrase.name
    return Phrase(phrase.start, phrase.end, bare, phrase.next)


def _shared_head(page: Page, phrase: Phrase, end: int) -> str:
    """Return the head that the names behind may share: Bộ for «các Bộ A, B» and «các Bộ: A, B»."""
    group = _GROUP.match(phrase.name)
    if group and re.match(rf"\s*:\s*[{CAPITALS}]", page.text[phrase.end : min(end, phrase.end + 4)]):
        return f"{group['who']} {group['what']}"
    match = re.match(
        r"(?:[Cc]ác)\s+([Bb]ộ|[Ss]ở|[Pp]hòng|[Bb]an|[Hh]ội|[Tt]rường|[Tt]ập đoàn|[Xx]ã|[Pp]hường"
        r"|[Tt]ỉnh|UBND\s+(?:các\s+)?(?:xã|phường|tỉnh|huyện))\b\s*(\S?)",
        phrase.name,
    )
    if not match:
        return ""
    colon = page.text[phrase.end : min(end, phrase.end + 2)].strip().startswith(":")
    proper = match.group(2).isupper()
    return match.group(1) if (colon or proper) else ""


def _has_own_head(page: Page, phrase: Phrase) -> bool:
    return begins_name(page, phrase.start, phrase.next) or phrase.name.lower().startswith("các ")


def _headless(page: Page, start: int, end: int, head: str) -> Phrase | None:
    name = read_name(page, start, end)
    return (
        Phrase(name.start, name.end, f"{head[:1].upper()}{head[1:]} {name.name}".strip(), name.next) if name else None
    )
