"""A clause, and the lines under it that say who does it and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.reading.kinds import Sort
from app.reading.lists import read_list
from app.reading.owners import NAMED_LEAD, find_coordinating, one_by_one
from app.reading.units import Phrase

if TYPE_CHECKING:
    from app.reading.outline import Block
    from app.reading.page import Page

_LABEL = re.compile(
    r"(?:(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|cán\s+bộ|người)\s+(?:chủ\s+trì|phối\s+hợp|thực\s+hiện|phụ\s+trách)"
    r"|(?:trách\s+nhiệm|phân\s+công)(?:\s+thực\s+hiện)?|chủ\s+trì"
    r"|phối\s+hợp|thời\s+(?:gian|hạn)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?|hạn(?:\s+hoàn\s+thành)?|tiến\s+độ"
    r"|sản\s+phẩm(?:\s+đầu\s+ra)?|kết\s+quả\s+đầu\s+ra)\s*:(?=\s*\S)"
)
"""Lines that say of the clause above who, by when and what."""
LATER_LABEL = re.compile(rf"[;,.]\s*{_LABEL.pattern}")
"""A sentence of several labels is prose: it stays in the clause's words."""
_LOOSE_LABEL = re.compile(r"(?:tiến\s+độ|trách\s+nhiệm|phân\s+công|chủ\s+trì|phối\s+hợp|hạn)\s*:")
"""Labels that are also how a clause of its own begins."""
_BY_WHEN = re.compile(r"(?:thời\s+hạn|hạn|tiến\s+độ|thời\s+gian\s+(?:hoàn|thực))")


@dataclass
class Clause:
    """Words that become one item: where they stand, what they are, and who leads and helps as far as they say."""

    start: int
    end: int
    sort: Sort
    section: str | None
    address: str
    leads: list[Phrase] = field(default_factory=list)
    inherited: bool = False
    """The lead was supplied by a heading or an earlier sentence."""
    guessed: bool = False
    """The lead is what the clause begins with, before a verb that the reader does not know."""
    coordinating: list[Phrase] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)
    """Lines under it that say who does it and by when; they are no part of its words."""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Return where its words and its labels stand."""
        return [*self.labels, (self.start, self.end)]


def is_label(page: Page, block: Block | None) -> bool:
    """Say whether a line tells of the clause above who does it, or by when."""
    if block is None or block.numbered:
        return False
    found = _LABEL.match(page.plain, block.start, block.end)
    return found is not None and not (block.marked and _LOOSE_LABEL.match(found.group()))


def in_annex(page: Page, block: Block, nxt: Block | None) -> bool:
    """Say whether a block behind the recipients is a row of a table of tasks, its label, or a heading over rows."""
    over = [*block.children[:1], *(block.children[0].children[:1] if block.children else [])]
    return is_label(page, block) or is_label(page, nxt) or any(is_label(page, each) for each in over)


def name_units(page: Page, clause: Clause, label: Block) -> None:
    """Read the units of a label; a line that says who does it makes the clause a task."""
    leads = _labelled_leads(page, label.start, label.end)
    if leads:
        clause.leads, clause.inherited = leads, False
    if leads or _BY_WHEN.match(page.plain, label.start, label.end):
        clause.sort = Sort.TASK
    clause.coordinating += find_coordinating(page, label.start, label.end, clause.leads)


def _labelled_leads(page: Page, start: int, end: int) -> list[Phrase]:
    """Return who is named behind «Đơn vị chủ trì:», as written where the grammar does not know the name."""
    match = NAMED_LEAD.match(page.plain, start, end)
    if not match:
        return []
    found = read_list(page, match.end(), end)
    return one_by_one(page, found) if found else [Phrase(match.end(), end, page.words(match.end(), end), end)]
