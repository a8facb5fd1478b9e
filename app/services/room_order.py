"""The order and the numbers of clauses typed in the room: I. for an item of the agenda, then 1., a), -."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.errors import DomainError
from app.models import AgendaItem, Conclusion, ItemNotes
from app.queries.paper_text import live_clauses
from app.queries.room import key_of
from app.services.clause_proposals import renumber
from workflows.conclusion import DROPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Notice

DEEPEST = 2
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of clauses, as documents of state count them: without f, j, w and z."""
_MARKED = re.compile(r"[IVXLC]+\.\s+(?P<words>\S.*)", re.DOTALL)


def leave_item(item: AgendaItem) -> None:
    """Let go of an item that is taken off the agenda; dropped clauses of it and empty notes are no reason to stay.

    :raises DomainError: something was typed under it in the room.
    """
    notes = session.scalars(select(ItemNotes).where(ItemNotes.item_id == item.id)).first()
    clauses = session.scalars(select(Conclusion).where(Conclusion.agenda_item_id == item.id)).all()
    if (notes and notes.text.strip()) or any(clause.state != DROPPED for clause in clauses):
        raise DomainError(
            "Nội dung này đã có phần ghi tại phòng họp nên không bỏ được. Hãy bỏ phần thảo luận và kết luận trước.",
            "Something was typed under this item in the room, so it stays. Take out its notes and conclusions first.",
        )
    if notes:
        session.delete(notes)
    for clause in clauses:
        clause.agenda_item_id = None
    session.flush()


def stand_under(notice: Notice, made: Sequence[Conclusion], item_id: int | None) -> None:
    """Put clauses that came from elsewhere under their item; a notice that is not typed by items stays as it is."""
    others = [clause for clause in live_clauses(notice) if clause not in made]
    if item_id is None or (others and not any(clause.agenda_item_id for clause in others)):
        return
    for clause in made:
        clause.agenda_item_id = item_id
    number_clauses(notice)


def deeper(before: Conclusion | None) -> int:
    """Return how deep a clause may stand behind another: one step below it, the first not at all."""
    return 0 if before is None else min(before.depth + 1, DEEPEST)


def number_clauses(notice: Notice, item_id: int | None = None, wanted: Sequence[tuple[str, int]] = ()) -> None:
    """Put the clauses in the order of the agenda and number them; `wanted`: the new order and depths under one item.

    With one item alone its clauses are 1, 2, 3; with several each item is a section. Clauses of no item come last and
    keep their numbers. A heading that was changed on the notice's page keeps its words.
    """
    items = session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == notice.meeting_id).order_by(AgendaItem.position)
    ).all()
    clauses = live_clauses(notice)
    groups = {item.id: [one for one in clauses if one.agenda_item_id == item.id] for item in items}
    if wanted and item_id in groups:
        groups[item_id] = _rearranged(groups[item_id], wanted)
    others = [one for one in clauses if one.agenda_item_id not in groups]
    renumber(notice, [*(clause for group in groups.values() for clause in group), *others])
    used = [item for item in items if groups[item.id]]
    taken = {one.address for one in others}
    alone = len(used) == 1 and not others
    for number, item in enumerate(used, start=1):
        roman = "" if alone else to_roman(number)
        for clause, address in zip(groups[item.id], _addresses(groups[item.id]), strict=True):
            found = _MARKED.fullmatch(clause.section)
            words = (found["words"] if found else clause.section) or item.title
            clause.section = f"{roman}. {words}" if roman else ""
            clause.address = _free(f"{roman}.{address}" if roman else address, taken)
            taken.add(clause.address)
    session.flush()


def _rearranged(group: list[Conclusion], wanted: Sequence[tuple[str, int]]) -> list[Conclusion]:
    by_key = {key_of(clause): clause for clause in group}
    named = [(by_key[key], depth) for key, depth in wanted if key in by_key]
    for clause, depth in named:
        clause.depth = min(max(depth, 0), DEEPEST)
    order = [clause for clause, _depth in named]
    for at, clause in enumerate(group):
        if clause not in order:
            order.insert(order.index(group[at - 1]) + 1 if at else 0, clause)
    return order


def _addresses(group: Sequence[Conclusion]) -> list[str]:
    """Return the numbers below the item's; a clause stands at most one step below the one before it."""
    counts, found, before = [0, 0, 0], [], -1
    for clause in group:
        depth = min(clause.depth, before + 1)
        clause.depth = before = depth
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (DEEPEST - depth)
        letter = LETTERS[(counts[1] - 1) % len(LETTERS)]
        found.append(".".join((str(counts[0]), letter, str(counts[2]))[: depth + 1]))
    return found


def _free(wanted: str, taken: set[str]) -> str:
    return (
        wanted if wanted not in taken else next(f"{wanted}-{n}" for n in range(2, 9999) if f"{wanted}-{n}" not in taken)
    )


def to_roman(number: int) -> str:
    """Return a number up to 89 in Roman figures."""
    tens, ones = divmod(number, 10)
    figures = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "L" * (tens // 5) + "X" * (tens % 5) + figures[ones] if tens != 4 else f"XL{figures[ones]}"  # noqa: PLR2004 -- forty
