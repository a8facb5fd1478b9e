"""A text's blocks cut into clauses, each with its kind, the heading it stands under and who may lead it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.reading import lexicon
from app.reading.cutting import cut_pieces
from app.reading.errors import CLAUSE_LIMIT, TooManyClausesError
from app.reading.headings import concludes, holds_its_list, is_furniture, is_heading
from app.reading.kinds import END, Sort, find_trigger, rules, sort_sentence
from app.reading.labels import LATER_LABEL, Clause, in_annex, is_label, name_units
from app.reading.owners import bare_subject, directs_somebody, find_coordinating, find_leads, heading_owner, skip_intro
from app.reading.roles import Role, role_of_heading
from app.reading.sentences import split_sentences, trim

if TYPE_CHECKING:
    from app.reading.outline import Block
    from app.reading.page import Page
    from app.reading.units import Phrase

_FEW = 8
_NAME_ALONE = 70
_SHORTEST = 6
"""Letters; fewer say nothing."""
_LONG = 20_000
_BEFORE_TRIGGER = re.compile(
    r"(?:,?\s*(?:và|đồng\s+thời))?\s*(?:đã\s+)?(?:(?:phát\s+biểu|kết\s+luận|cho\s+ý\s+kiến"
    r"|có\s+ý\s+kiến|cho(?=\s*$)|có(?=\s*$)|ý\s+kiến|thống\s+nhất|tham\s+gia)[,\s]*(?:và\s+)?)*$"
)


@dataclass
class _Walk:
    """What has been passed so far on the way down the page."""

    page: Page
    after: bool
    announced: bool
    pieces: int = 0
    free_section: str | None = None
    free_role: Role | None = None
    section: dict[int, str] = field(default_factory=dict)
    role: dict[int, Role] = field(default_factory=dict)
    owner: dict[int, Phrase] = field(default_factory=dict)
    swallowed: set[int] = field(default_factory=set)
    ended: bool = False
    """The recipients are passed: only the rows of an annex of tasks are still read."""
    repeated: Clause | None = None
    """The clause of the text that the row of the annex says again, with what its labels add."""


def read_clauses(page: Page, blocks: list[Block], body: int) -> list[Clause]:
    """Return the clauses of the page in order, from the offset at which its body begins."""
    blocks = [block for block in blocks if block.start >= body]
    if len(blocks) > CLAUSE_LIMIT:
        raise TooManyClausesError
    announced = any(_trigger(page, block) or concludes(page, block) for block in blocks)
    walk = _Walk(page, after=not announced, announced=announced)
    found: list[Clause] = []
    blocks = blocks[: _last_words(page, blocks)]
    for index, block in enumerate(blocks):
        if END.match(page.plain, block.start, block.end) and (not block.marked or block.bullet):
            walk.ended = walk.ended or bool(found and walk.after)
            continue
        nxt = blocks[index + 1] if index + 1 < len(blocks) else None
        if walk.ended and (_says_again(walk, block, found) or not in_annex(page, block, nxt)):
            continue
        if id(block) in walk.swallowed or is_furniture(page, block):
            continue
        if found and is_label(page, block):
            if LATER_LABEL.search(page.plain, block.start, block.end):
                found[-1].end = block.end
            else:
                found[-1].labels.append((block.start, block.end))
            name_units(page, found[-1], block)
            continue
        found += _block_clauses(walk, block, nxt)
    return found


def _last_words(page: Page, blocks: list[Block]) -> int:
    """Return how many blocks are left without the source or the writer named alone at the very end."""
    fewest, most = 3, 8
    last = blocks[-1] if len(blocks) >= fewest else None
    if last is None or last.marked or last.end - last.start > _NAME_ALONE or page.text[last.end - 1] in ".;:!?…/":
        return len(blocks)
    named = len(page.text[last.start : last.end].split()) <= most and page.text[last.start].isupper()
    closed = page.text[blocks[-2].end - 1] in ".…/" and not blocks[-2].marked
    acts = lexicon.ACTION.match(page.plain, last.start, last.end)
    return (
        len(blocks) - 1
        if named and closed and not acts and not directs_somebody(page, last.start, last.end)
        else len(blocks)
    )


def _says_again(walk: _Walk, block: Block, found: list[Clause]) -> bool:
    """Say whether a row of the annex repeats a clause of the text; its labels go to that clause if it has no lead."""
    page = walk.page
    if not is_label(page, block):
        words = _key(page, block.start, block.end)
        walk.repeated = next((clause for clause in found if _key(page, clause.start, clause.end) == words), None)
    elif walk.repeated and not walk.repeated.leads:
        walk.repeated.labels.append((block.start, block.end))
        name_units(page, walk.repeated, block)
    return walk.repeated is not None


def _key(page: Page, start: int, end: int) -> str:
    return " ".join(page.plain[start:end].split()).rstrip(" .;,")


def _trigger(page: Page, block: Block) -> tuple[int, int] | None:
    return find_trigger(page, block.start, min(block.end, block.start + _LONG))


def _block_clauses(walk: _Walk, block: Block, nxt: Block | None) -> list[Clause]:
    page, start = walk.page, block.start
    found: list[Clause] = []
    trigger = _trigger(page, block)
    if trigger:
        found += _before_trigger(walk, block, trigger)
        walk.after = True
        walk.free_role = None
        owner = heading_owner(page, trigger[0], trigger[1])
        if owner:
            walk.owner[id(block)] = owner
        start = trigger[1]
    elif is_heading(page, block, nxt) and not is_label(page, nxt):
        _enter(walk, block)
        return []
    end = _open_heading(walk, block) if not trigger or start < block.end else block.end
    start, end = trim(page.text, start, end)
    if start < end:
        found += _clauses(walk, block, start, end)
    return found


def _before_trigger(walk: _Walk, block: Block, trigger: tuple[int, int]) -> list[Clause]:
    """Return what a block reports before «… kết luận như sau:»."""
    page = walk.page
    stop = trigger[0]
    tail = _BEFORE_TRIGGER.search(page.plain, max(block.start, stop - 80), stop)
    stop = tail.start() if tail else stop
    role = Role.BEFORE if not walk.after else _role(walk, block)
    found = _clauses(walk, block, *trim(page.text, block.start, stop), role=role) if stop > block.start else []
    return [clause for clause in found if len(page.text[clause.start : clause.end].split()) >= _FEW]


def _enter(walk: _Walk, block: Block) -> None:
    """Remember what a heading gives to what stands under it: its words, its role, its owner."""
    page = walk.page
    words = page.words(block.start, block.end).rstrip(" :")
    role = role_of_heading(page, block.start, block.end)
    if concludes(page, block):
        walk.after = True
        role = Role.WORK
    owner = heading_owner(page, block.start, block.end)
    if owner:
        walk.owner[id(block)] = owner
    if block.marked or block.children:
        if block.numbered:
            walk.section[id(block)] = f"{block.marker} {words}"
        if role:
            walk.role[id(block)] = role
    else:
        walk.free_section, walk.free_role = words, role


def _open_heading(walk: _Walk, block: Block) -> int:
    """Return where the block's own clauses end: before a last sentence that only opens the list under it."""
    page = walk.page
    if not block.children or not page.text[: block.end].endswith(":"):
        return block.end
    start, end = split_sentences(page.text, block.start, block.end)[-1]
    if holds_its_list(page, block, start, end):
        last = block
        while last.children:
            walk.swallowed |= {id(child) for child in last.children}
            last = last.children[-1]
        return last.end
    owner = heading_owner(page, start, end)
    if owner:
        walk.owner[id(block)] = owner
    return start


def _role(walk: _Walk, block: Block) -> Role:
    above: Block | None = block.parent
    while above:
        if id(above) in walk.role:
            role = walk.role[id(above)]
            return Role.WORK if role is Role.BEFORE and walk.after else role
        above = above.parent
    if walk.free_role and not (walk.free_role is Role.BEFORE and walk.after):
        return walk.free_role
    if not walk.announced and not block.marked:
        return Role.LOOSE
    return Role.WORK if walk.after else Role.BEFORE


def _section(walk: _Walk, block: Block) -> str | None:
    above: Block | None = block.parent
    while above:
        if id(above) in walk.section:
            return walk.section[id(above)]
        above = above.parent
    return walk.free_section


def _owner(walk: _Walk, block: Block) -> Phrase | None:
    above: Block | None = block
    while above:
        if id(above) in walk.owner:
            return walk.owner[id(above)]
        above = above.parent
    return None


def _clauses(walk: _Walk, block: Block, start: int, end: int, role: Role | None = None) -> list[Clause]:
    """Return the clauses of one block's words, sentences that go on about one thing joined."""
    page = walk.page
    role = role or _role(walk, block)
    section, address = _section(walk, block), block.address
    found: list[Clause] = []
    for a, b in cut_pieces(page, start, end):
        if b - a < _SHORTEST:
            continue
        walk.pieces += 1
        if walk.pieces > CLAUSE_LIMIT:
            raise TooManyClausesError
        sort = sort_sentence(page, a, b, role, first=not found)
        if sort is Sort.CONCLUSION and role is Role.WORK and _owner(walk, block) and _is_work(page, a, b):
            sort = Sort.TASK
        last = found[-1] if found else None
        if sort is Sort.NOTHING or (sort is Sort.MORE and not found):
            continue
        if sort is Sort.MORE and role is Role.BEFORE and last and last.sort is not Sort.INFORMATION:
            continue
        if last and _goes_on(page, last, sort, a, b):
            last.end = b
            continue
        found.append(Clause(a, b, sort, section, address))
    return [_owned(walk, block, found, index) for index in range(len(found))]


def _is_work(page: Page, start: int, end: int) -> bool:
    """Say whether what stands under an owner is work for it: it neither rules nor says how things must be."""
    must = lexicon.ABSTRACT_MUST.search(page.plain, start, end)
    return not must and not rules(page, skip_intro(page, start, end), end) and page.text[start] != '"'


def _goes_on(page: Page, last: Clause, sort: Sort, start: int, end: int) -> bool:
    """Judge whether a piece belongs to the clause before it."""
    if sort is Sort.MORE:
        return True
    if sort is not last.sort or sort is Sort.TASK:
        return False
    if sort is Sort.CONCLUSION:
        return not lexicon.RULING.match(page.plain, skip_intro(page, start, end), end)
    turns = lexicon.TURN.match(page.plain, start, end) and lexicon.WEAKNESS.search(page.plain, start, end)
    return not turns


def _owned(walk: _Walk, block: Block, clauses: list[Clause], index: int) -> Clause:
    """Fill in who leads and helps; a clause without a lead takes the earlier sentence's or the heading's."""
    clause = clauses[index]
    if clause.sort is not Sort.TASK:
        return clause
    page = walk.page
    clause.leads = find_leads(page, clause.start, clause.end)
    if not clause.leads and _role(walk, block) is Role.WORK:
        clause.leads = bare_subject(page, clause.start, clause.end)
        clause.guessed = bool(clause.leads)
    over = _owner(walk, block)
    if over and lexicon.COMMANDS.match(page.plain, clause.start, clause.end):
        clause.leads, clause.inherited = [over], True
    if not clause.leads:
        before = clauses[index - 1] if index else None
        above = _owner(walk, block)
        if before and before.sort is Sort.TASK and before.leads:
            clause.leads, clause.inherited = before.leads[:1], True
        elif above:
            clause.leads, clause.inherited = [above], True
    clause.coordinating = find_coordinating(page, clause.start, clause.end, clause.leads)
    return clause
