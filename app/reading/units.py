"""The grammar of unit names: where one begins, where it ends, and how a list of them is told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.reading import lexicon
from app.reading.names import SYLLABLES
from app.reading.sentences import trim

if TYPE_CHECKING:
    from app.reading.page import Page

_REACH = 260
"""No unit name is longer (letters); it also bounds the work on hostile text."""
_FREE_WORDS = 6
_QUANTIFIER = re.compile(rf"(?:(?:{lexicon.QUANTIFIERS})\s+)+")
_LONG_HEAD = re.compile(rf"(?:{lexicon.LONG_HEADS})(?!\w)")
_SHORT_HEAD = re.compile(
    rf"(?:{lexicon.SHORT_HEADS})(?!\w)(?!\s+(?:hành|chức|họp|chống|ngừa|cháy|hợp|nghị|kết|cáo|hội\b"
    rf"|mạch))"
)
_FOLLOWER = re.compile(rf"\s*[:,]?\s*(?:(?:{lexicon.SHORT_HEAD_FOLLOWERS})\b|\d)")
_NO_HEAD = re.compile(
    r"(?:ban\s+hành|phòng\s*,|phòng\s+(?:chống|họp|ngừa)|trường\s+hợp|tổ\s+chức(?!\s+(?:đảng|tín\s+dụng|xã\s+hội"
    r"|chính\s+trị))|hội\s+(?:nghị|thảo"
    r"|trường|thi)|báo\s+cáo|văn\s+phòng\s+phẩm|đoàn\s+kết|bộ\s+(?:tiêu\s+chí|thủ\s+tục|máy"
    r"|chỉ\s+số|câu\s+hỏi)|vụ\s+việc"
    r"|xã\s+hội(?!\s+\w+\s+trưởng)|bản\s+(?:đồ|tin|cam\s+kết|quyền)|thành\s+phố\s+thông\s+minh|thông\s+tin"
    r"|cơ\s+quan\s+điện\s+tử|đơn\s+vị\s+tính|ngành\s+nghề|khối\s+lượng|tổ\s+hợp"
    r"|nhóm\s+(?:nhiệm\s+vụ|giải\s+pháp|chỉ\s+tiêu)"
    r"|doanh\s+nghiệp\s+(?:công\s+nghệ\s+)?số\b|chính\s+quyền\s+(?:số|điện\s+tử|địa\s+phương\s+hai\s+cấp))"
)
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>[,;:.()\"\[\]?!…|+]|\s-\s|-)|(?P<and>&|và(?!\w))"
    r"|(?P<word>[^\s,;:.()\"\[\]?!…|&+-]+))"
)
_NO_VERB = re.compile(
    r"(?:giao\s+(?:thông|dịch)|thi\s+đua|lưu\s+trữ|trả\s+kết\s+quả|tiếp\s+(?:công\s+)?dân|quản\s+lý\s+(?:dự\s+án|đô\s+thị|thị\s+trường|nhà\s+nước)"
    r"|tư\s+vấn|tổ\s+chức\s+(?:cán\s+bộ|chính\s+trị|đảng"
    r"|hành\s+chính|xã\s+hội))"
)
_IN_NOUN = re.compile(
    r"(?<!\w)(?:(?:công|chương|quy|quá|lịch|giáo|hành)\s+trình|việc\s+làm|(?:máy|giới)\s+tính|ngoại\s+giao"
    r"|(?:đào|sáng|chế)\s+tạo|(?:thành|độc|công|quốc|dân)\s+lập)(?!\w)"
)
"""Nouns whose second syllable is a verb elsewhere."""
_SECOND = {"định", "thường", "bị", "bằng"}
"""Stop words that are also second syllables: «Kiểm định», «Bình thường», «Thiết bị»."""
_OFFICE = re.compile(r"(?:phó\s+)?(?:chủ\s+tịch|trưởng|bí\s+thư|giám\s+đốc|chánh|phó\s+\w+)\b")
_TRAILING = re.compile(r"[\s,&-]+(?:và)?$|\s+(?:và|của|các|(?<!trực\s)thuộc)$")
_GROUND = re.compile(
    r"\s+(?:trên\s+địa\s+bàn|có\s+tên|được\s+giao|được\s+phân\s+công|theo\s+chức\s+năng"
    r"|căn\s+cứ)\b.*",
    re.DOTALL,
)
_SCOPE = re.compile(
    r"(?:trong|thuộc)\s+(?:(?:toàn\s+)?(?:vùng|khu\s+vực|cả\s+nước)(?:\s+dự\s+án)?|toàn\s+(?:tỉnh|huyện|quận|thành\s+phố|xã|phường))(?!\w)"
)
"""Words that say which of them, and belong to the name: «UBND các tỉnh trong vùng»."""
_BRACKET = re.compile(
    r"\s*\((?=(?:cục|vụ|qua|cơ\s+quan|đơn\s+vị|phòng|chi\s+cục|sở|văn\s+phòng|tổng\s+cục|ban|trung\s+tâm|bộ\s+phận"
    r"|chủ\s+trì\)|phối\s+hợp\)))"
    r"[^()\n]{3,90}\)(?=\s*[\w,])"
)
"""A part of the unit, or its standing, named behind it in brackets."""
_ONE_MORE_NUMBER = re.compile(r"\d{1,2}(?=\s*[,;.]|\s+[^\W\d]|$)(?!\s*[,.]\d{3})")
_IN_CHARGE = re.compile(rf"\s+phụ\s+trách\s+[^\W\d]+(?:[\s-]+[^\W\d]+){{0,5}}?(?=\s+(?:cần|phải|{lexicon.ACTIONS})\b)")
"""What an officer is in charge of: «Phó Chủ tịch phụ trách kinh tế chỉ đạo …»."""
_AROUND = re.compile(
    r"\s+(?:trên\s+(?:toàn\s+)?địa\s+bàn(?:\s+(?:quận|huyện|phường|xã|tỉnh|thành\s+phố|toàn\s+quốc"
    r"|[^,;.:]{1,30}?))?(?=\s+(?:cần|phải|có\b)|\s|$))"
)


@dataclass(frozen=True)
class Phrase:
    """A unit's name in a text: the offsets of its words; `name` is how it reads where a list shares one head."""

    start: int
    end: int
    name: str
    next: int
    """Where reading may go on behind it."""

    @property
    def unnamed(self) -> bool:
        """Say whether it names nobody: «các đơn vị liên quan»."""
        return bool(lexicon.UNNAMED.search(self.name.lower()))


def read_phrase(page: Page, start: int, end: int) -> Phrase | None:
    """Return the unit named at `start`, or None: by grammar, or longer as one of the authority's own names."""
    found = _by_grammar(page, start, end)
    pos = found.start if found else _skip_blank(page, start, end)
    known = page.known.end_at(page.text, pos, end)
    if known and (found is None or known > found.end):
        return _cut(page, pos, known, end)
    return found


def _by_grammar(page: Page, start: int, end: int) -> Phrase | None:
    """Return the unit that begins at `start` with a head noun (a title of respect before it is passed over)."""
    limit = min(end, start + _REACH)
    pos = _skip_blank(page, start, limit)
    honorific = lexicon.HONORIFIC.match(page.plain, pos, limit)
    person = honorific.end() if honorific else pos
    if honorific and page.text[person : person + 1].isupper() and not _head(page, person, limit):
        return _cut(page, pos, _tail(page, person, person, limit), limit)
    quantifier = _QUANTIFIER.match(page.plain, person, limit)
    head = _head(page, quantifier.end() if quantifier else person, limit, plural=bool(quantifier))
    if head is None:
        return _people(page, honorific, limit)
    stop = _tail(page, person, head, limit)
    field = _IN_CHARGE.match(page.plain, stop, limit) if _OFFICE.match(page.plain, person, stop) else None
    return _cut(page, person, field.end() if field else stop, limit)


def _people(page: Page, honorific: re.Match[str] | None, limit: int) -> Phrase | None:
    """Return «các đồng chí» where nothing more says who they are."""
    if not honorific or not honorific.group().startswith("các đồng chí"):
        return None
    end = honorific.start() + len("các đồng chí")
    return _cut(page, honorific.start(), end, limit)


def begins_name(page: Page, start: int, end: int) -> bool:
    """Say whether a unit's head noun stands at `start`."""
    return _head(page, start, end) is not None


def read_name(page: Page, start: int, end: int) -> Phrase | None:
    """Return the capitalised name at `start` that has no head of its own, or None."""
    pos = _skip_blank(page, start, end)
    if not page.text[pos : pos + 1].isupper():
        return None
    return _cut(page, pos, _tail(page, pos, pos, min(end, pos + _REACH)), end)


def _head(page: Page, pos: int, limit: int, *, plural: bool = False) -> int | None:
    """Return where the head noun at `pos` ends, None when no unit's name begins here."""
    chain = lexicon.GROUP_CHAIN.match(page.plain, pos, limit)
    if chain and _common(page.text[pos : chain.end()]) and not page.text[chain.end() :][:2].strip()[:1].isupper():
        return chain.end()
    if _NO_HEAD.match(page.plain, pos, limit):
        return None
    long = _LONG_HEAD.match(page.plain, pos, limit)
    if long:
        return long.end()
    short = _SHORT_HEAD.match(page.plain, pos, limit)
    if not short:
        return None
    following = page.text[short.end() : short.end() + 3].lstrip(" \n")
    if plural or following[:1].isupper() or following[:1] == ":" or _FOLLOWER.match(page.plain, short.end(), limit):
        return short.end()
    return None


def _tail(page: Page, start: int, pos: int, limit: int) -> int:
    """Return where the name ends whose head ends at `pos`: before a verb, a stop word, an unknown word or a mark."""
    free, safe = 0, pos
    begun = False  # the word before began with a capital: this syllable may be its second
    while pos < limit:
        whole = _whole_words(page, _skip_blank(page, pos, limit), limit)
        if whole:
            pos, safe, begun = whole, whole, False
            continue
        token = _TOKEN.match(page.text, pos, limit)
        if not token or (not token["word"] and not _joins(page, token, start, limit)):
            break
        if not token["word"]:
            pos = token.end()
            continue
        at = token.start("word")
        capital = page.text[at].isupper() or page.text[at].isdigit()
        second = begun and page.plain[at : token.end()] in _SECOND
        if not capital and not second and (token["word"].lower() in lexicon.STOP_WORDS or _is_verb(page, at, limit)):
            return pos if free <= _FREE_WORDS else safe
        if not capital and not begun and page.plain[at : token.end()] not in SYLLABLES:
            return pos
        begun = capital and page.text[at : token.end()].istitle()
        compound = lexicon.ACTION.match(page.plain, at, limit) if capital else None
        pos = max(token.end(), compound.end() if compound else 0)  # «Phòng Giải phóng mặt bằng», «Ban Giám sát»
        settled = capital or page.plain[at:pos] in lexicon.PLACE_WORDS
        safe, free = (pos, free) if settled else (safe, free + 1)
        if free > _FREE_WORDS:
            return safe
    return pos


def _whole_words(page: Page, pos: int, limit: int) -> int | None:
    """Return where words end that a name holds as they are: «kế hoạch và đầu tư», «các xã, phường», «trong vùng»."""
    known = lexicon.COMPOUND.match(page.plain, pos, limit) or _group_chain(page, pos, limit)
    known = known or _SCOPE.match(page.plain, pos, limit)
    return known.end() if known else None


def _group_chain(page: Page, pos: int, limit: int) -> re.Match[str] | None:
    """Return common nouns that name one group inside a name: «UBND các xã, phường»."""
    chain = lexicon.GROUP_CHAIN.match(page.plain, pos, limit)
    return chain if chain and _common(page.text[pos : chain.end()]) else None


def _common(words: str) -> bool:
    """Say whether the words are common nouns: in small letters, but for the first and for short forms (NLĐ)."""
    return all(
        word.islower() or (len(word) > 1 and word.isupper()) or i == 0
        for i, word in enumerate(re.findall(r"\w+", words))
    )


def _is_verb(page: Page, at: int, limit: int) -> bool:
    """Say whether a lower-case verb begins here that is no part of a name («ban chỉ đạo», «đơn vị quản lý»)."""
    nouns = _IN_NOUN.finditer(page.plain, max(0, at - 8), at + 6)
    if _NO_VERB.match(page.plain, at, limit) or any(noun.start() < at < noun.end() for noun in nouns):
        return False
    return bool(lexicon.ACTION.match(page.plain, at, limit))


def _joins(page: Page, token: re.Match[str], start: int, limit: int) -> bool:
    """Judge whether a dash, an «and» or a mark goes on inside one name."""
    mark = (token["mark"] or "").strip()
    nxt = _skip_blank(page, token.end(), limit)
    following = page.text[nxt : nxt + 1]
    if mark == "-":
        glued = page.text[token.end() - 1] == "-" and not page.text[token.start() : token.start() + 1].isspace()
        lower = following.islower() and not _is_verb(page, nxt, limit) and page.text[token.start() - 1].islower()
        return (
            following.isupper()
            or glued
            or lower
            or bool(lexicon.COMPOUND.match(page.plain, nxt, limit))
            or _head(page, nxt, limit) is not None
        )
    if token["and"]:
        return following.isupper() and _head(page, nxt, limit) is None and not _person(page, nxt)
    if mark == "," and page.text[token.start() - 1].isdigit() and _ONE_MORE_NUMBER.match(page.text, nxt, limit):
        return True  # «các tổ dân phố 1, 2, 5»
    if mark == ",":
        role = _OFFICE.match(page.plain, nxt, limit)
        return bool(role) and _is_person(page, start)
    return False


def _is_person(page: Page, start: int) -> bool:
    """Say whether the words at `start` are a person's name: a title of respect stands before them."""
    return (
        bool(re.search(r"(?:đồng\s+chí|đ/c|ông|bà)\s+$", page.plain[max(0, start - 14) : start]))
        and page.text[start].isupper()
    )


def _person(page: Page, pos: int) -> bool:
    return bool(lexicon.HONORIFIC.match(page.plain, pos))


def _cut(page: Page, start: int, stop: int, limit: int) -> Phrase | None:
    """Return the phrase without loose ends such as «và» or «trên địa bàn phường»."""
    words = page.text[start:stop]
    trailing = _TRAILING.search(words)
    while trailing:
        words = words[: trailing.start()]
        trailing = _TRAILING.search(words)
    start, end = trim(page.text, start, start + len(words))
    if end <= start:
        return None
    after = _AROUND.match(page.plain, end, limit) or _BRACKET.match(page.plain, end)
    return Phrase(start, end, page.words(start, end), after.end() if after else max(end, start))


def _skip_blank(page: Page, pos: int, limit: int) -> int:
    while pos < limit and page.text[pos].isspace():
        pos += 1
    return pos
