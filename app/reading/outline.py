"""The outline of a text: its lines joined into blocks, each with its marker, its place and its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from app.reading.normalise import CAPITALS
from app.reading.sentences import trim

_ROMAN, _UPPER, _NUMBER, _CLAUSE, _LETTER, _ROUND, _DASH, _PLUS, _DEEP, _PLAIN = 0, 0, 1, 3, 4, 5, 6, 7, 8, 9
_MARKERS = (
    (_ROMAN, re.compile(r"(?P<label>[IVX]{1,6})\s*[.)/:-]\s*(?=[^\s\d.])")),
    (_NUMBER, re.compile(r"(?P<label>[IVX]{1,6}(?:\.\d{1,2}){1,3})(?:\s*[.)/:-]\s*|\s+)(?=[^\s\d.,%])")),
    (_UPPER, re.compile(r"(?P<label>[A-H])\s*[.)/-]\s+(?=\w{2})")),
    (_CLAUSE, re.compile(r"[Kk]hoản\s+(?P<label>\d{1,2})\s*[.)/:-]\s*(?=[^\s\d.,%])")),
    (
        _NUMBER,
        re.compile(
            r"(?:(?:Mục|Phần|Điều)\s+)?(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:\.-"
            r"|[.)/:-])\s*(?=[^\s\d.,%])"
        ),
    ),
    (_NUMBER, re.compile(r"(?P<label>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s+(?=[A-ZĐ])")),
    (
        _NUMBER,
        re.compile(
            r"(?P<label>(?:Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))|(?:Một|Hai|Ba|Bốn|Năm|Sáu"
            r"|Bảy)\s+là)\s*[,:]\s*"
        ),
    ),
    (_LETTER, re.compile(r"(?P<label>[a-zđ])\s*[.)/]\s*(?=[^\s\d.])")),
    (_ROUND, re.compile(r"\((?P<label>\d{1,2}|[a-zđ]|i{1,3}|iv|vi{0,3})\)\s*(?=\S)")),
    (_DASH, re.compile(r"(?P<label>[-–—•●▪○‣■□◦*])+\s*(?=[^\s\d*=_–—-]|\d)")),
    (_PLUS, re.compile(r"(?P<label>[+])\s*(?=\S)")),
)
_INLINE_BULLET = re.compile(rf"(?<=[:;.])[ ]+(?=[-–+•][ ]*[{CAPITALS}][^\n])")
_INLINE_NUMBER = re.compile(rf"(?<=[:;.])[ ]+(?=(\d{{1,2}})[.)/][ ]*[{CAPITALS}])")
_ROMAN_PATH = re.compile(r"[IVX]+\.\d")
_NUMBER_PATH = re.compile(r"\d+\.\d")
_RULE = re.compile(r"[\s\-–—_=*|.·•#~]*")
_CLOSED = re.compile(r"(?:[.;:!?…]|\./\.)[\"”’)]*\s*$")
_WRAP = 45
_NEXT_LINE = 2
_WRAPPED_LINES = 4


@dataclass
class Block:
    """A paragraph, bullet or heading; start and end are the offsets of its words without the marker."""

    start: int
    end: int
    rank: int = _PLAIN
    marker: str = ""
    label: str = ""
    after_gap: bool = False
    parent: Block | None = None
    children: list[Block] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        """Say whether the block begins with a number, a letter or a bullet."""
        return self.rank != _PLAIN

    @property
    def numbered(self) -> bool:
        """Say whether the block begins with a number or a letter."""
        return self.rank < _DASH

    @property
    def bullet(self) -> bool:
        """Say whether the block begins with a dash, a dot or a plus."""
        return _DASH <= self.rank <= _DEEP

    @property
    def address(self) -> str:
        """Return the place of the block in the outline («II.3.b»); see `_label_bullets` for bullets.

        A number written out in full («2.1», «II.1») already holds the numbers it stands under.
        """
        above = None if _ROMAN_PATH.match(self.label) else self.parent
        while above and _NUMBER_PATH.match(self.label) and not above.label.strip("0123456789."):
            above = above.parent
        return ".".join(part for part in (above.address if above else "", self.label) if part)


def outline(text: str) -> list[Block]:
    """Return the blocks of clean text in order, each knowing the block it stands under."""
    blocks = _joined(text)
    stack: list[Block] = []
    intro: Block | None = None
    for block in blocks:
        if block.bullet:
            block.rank = _bullet_rank(text, stack, block)
        keep = _DASH if block.rank == _PLAIN else block.rank
        while stack and stack[-1].rank >= keep:
            stack.pop()
        block.parent = stack[-1] if stack else None
        if not block.marked:
            intro = block if text[block.end - 1] == ":" else None
        elif intro and block.parent is intro.parent:
            block.parent = intro
        if block.parent:
            block.parent.children.append(block)
        if block.marked:
            stack.append(block)
    _label_bullets(blocks)
    return blocks


def _bullet_rank(text: str, stack: list[Block], block: Block) -> int:
    """Return how deep a bullet stands: beside one of its own kind, else under another that ends with a colon."""
    same = next((above for above in reversed(stack) if above.bullet and above.marker[:1] == block.marker[:1]), None)
    if same:
        return same.rank
    top = stack[-1] if stack else None
    return min(top.rank + 1, _DEEP) if top and top.bullet and text[top.end - 1] == ":" else block.rank


def _label_bullets(blocks: list[Block]) -> None:
    """Call each bullet by its turn: «II.3.2», or «II.3.-2» where numbered blocks stand beside it."""
    numbered = {id(block.parent) for block in blocks if block.numbered}
    turns: dict[int, int] = {}
    for block in blocks:
        if block.bullet:
            turn = turns[id(block.parent)] = turns.get(id(block.parent), 0) + 1
            block.label = f"-{turn}" if id(block.parent) in numbered else str(turn)


def _joined(text: str) -> list[Block]:
    """Return the lines as blocks, a wrapped line joined to the one it continues."""
    blocks: list[Block] = []
    gap = True
    lines = _lines(text)
    wrapped = _is_wrapped(text, lines)
    for start, end in lines:
        if _RULE.fullmatch(text, start, end):
            gap = True
            continue
        block = _marked(text, start, end)
        last = blocks[-1] if blocks else None
        if last and not block.marked and not gap and _continues(text, last, block, wrapped=wrapped):
            last.end = end
        else:
            block.after_gap = gap
            blocks.append(block)
        gap = False
    return blocks


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell a text cut at a column: many lines go on in lower case on the next one."""
    pairs = [(a, b) for a, b in pairwise(lines) if b[0] - a[1] <= _NEXT_LINE and a[1] - a[0] >= _WRAP and b[0] < b[1]]
    going_on = sum(text[b[0]].islower() and not _CLOSED.search(text, max(a[0], a[1] - 6), a[1]) for a, b in pairs)
    return going_on >= _WRAPPED_LINES and going_on * 4 >= len(pairs)


def _continues(text: str, last: Block, block: Block, *, wrapped: bool) -> bool:
    """Judge whether a line without a marker goes on with the one before it."""
    if _CLOSED.search(text, max(last.start, last.end - 6), last.end):
        return wrapped and text[last.end - 1] not in ".:;" and text[block.start].islower()
    if text[block.start].islower() or text[last.end - 1] in ",-–":
        return True
    line = text.rfind("\n", 0, last.end) + 1
    return wrapped and last.end - max(line, last.start) >= _WRAP and not text[block.start : block.end].isupper()


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the lines, and the bullets and numbers written one after the other on one line, as offsets."""
    found = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        cuts = [begin, *_inline_cuts(text, begin, end), end]
        found += [trim(text, a, b) for a, b in pairwise(cuts)]
        begin = end + 1
    return found


def _inline_cuts(text: str, start: int, end: int) -> list[int]:
    bullets = [match.end() for match in _INLINE_BULLET.finditer(text, start, end)]
    numbers: list[int] = []
    for match in _INLINE_NUMBER.finditer(text, start, end):
        if int(match.group(1)) == len(numbers) + 1:
            numbers.append(match.end())
    return sorted({*bullets, *(numbers if len(numbers) > 1 else [])})


def _marked(text: str, start: int, end: int) -> Block:
    for rank, pattern in _MARKERS:
        match = pattern.match(text, start, end)
        if match:
            label = " ".join(match["label"].split())
            deeper = label.count(".") - bool(_ROMAN_PATH.match(label)) if rank == _NUMBER else 0
            return Block(match.end(), end, rank + deeper, match.group(0).strip(), label)
    return Block(start, end)
