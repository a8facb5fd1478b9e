"""Clauses as they are read from a text: proposed with the words each suggestion comes from, and put in their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.clock import now, today
from app.db import session
from app.models import Conclusion
from app.queries.calendars import calendar_of
from app.queries.notices import group_members, names_gone, unit_names
from app.queries.paper_text import live_clauses
from workflows.conclusion import DRAFTED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.models import Notice
    from app.reading.model import Because, Reading, ReadItem

NEW_TASKS, CONTINUES, NONE_ARISES = "new_tasks", "continues", "none_arises"
"""What a clause leads to: tasks of its own, an open task that it carries on, or none."""
KEPT_DUE = "kept_due"
"""Under this name an issued clause remembers the due date of the task that it carries on, as it was then."""
PAST_DUE = "past_due"
"""Under this name a clause remembers a deadline in its words that was over when they were read."""
_NUMBER = re.compile(r"^\d+$")


def read_clauses(text: str, authority_id: int, document_on: date | None) -> Reading:
    """Return what a text proposes, matched with the authority's units and groups and counted by its calendar.

    :raises DomainError: empty, too long, or marked as a state secret (then nothing of it is kept).
    """
    from app.reading.reader import read_text  # noqa: PLC0415 -- its many patterns are slow to compile, and every start would pay

    units, groups = unit_names(authority_id)
    return read_text(
        text,
        units=units,
        groups=groups,
        gone=names_gone(authority_id),
        calendar=calendar_of(authority_id),
        document_on=document_on,
    )


def propose_clauses(notice: Notice, reading: Reading, *, after: int | None = None) -> list[Conclusion]:
    """Add a clause for each item that was read, behind the clause at position `after` (None: at the end)."""
    members = group_members(notice.authority_id)
    made = [_proposed(notice, item, members) for item in reading.items]
    insert_clauses(notice, made, after)
    return made


def document_day(notice: Notice) -> date:
    """Return the day from which a notice's words without a year count: an old one's own day, else today."""
    return (notice.issued_on if notice.historic else None) or today()


def _proposed(notice: Notice, item: ReadItem, members: Mapping[int, set[int]]) -> Conclusion:
    lead, is_task = item.lead, item.kind == "task"
    clause = blank_clause(notice, item.text)
    clause.section, clause.address, clause.kind = item.section or "", item.address, str(item.kind)
    clause.outcome = NEW_TASKS if is_task else NONE_ARISES
    clause.lead_text = lead.words if lead else ""
    clause.lead_unit_id = _id(lead.unit_id) if lead else None
    clause.lead_group_id = _id(lead.group_id) if lead and clause.lead_unit_id is None else None
    clause.coordinating_ids = sorted(_coordinating(item, members) - {clause.lead_unit_id or 0})
    clause.due_on, clause.due_text = item.due, item.due_text or ""
    clause.recurrence = str(item.recurrence) if item.recurrence else None
    clause.because = {name: _quoted(words) for name, words in item.because.items()}
    if item.past_due:
        day, words = item.past_due
        clause.because = {**clause.because, PAST_DUE: {"words": words, "day": day.isoformat()}}
    unmatched = [name.words for name in item.coordinating if name.unit_id is None and name.group_id is None]
    if unmatched:
        clause.because = {**clause.because, "unmatched": unmatched}
    return clause


def _quoted(because: Because) -> dict[str, str]:
    return {"words": because.words, "sure": str(because.sure)}


def _id(value: int | str | None) -> int | None:
    return int(value) if value is not None else None


def _coordinating(item: ReadItem, members: Mapping[int, set[int]]) -> set[int]:
    """Return the units that an item names as coordinating; a group stands for its units."""
    found = {int(name.unit_id) for name in item.coordinating if name.unit_id is not None}
    groups = [int(name.group_id) for name in item.coordinating if name.group_id is not None]
    return found.union(*(members.get(group, set()) for group in groups))


def reread(clause: Conclusion, text: str) -> Conclusion:
    """Return a new clause for a piece cut from another, with what the reader suggests for it."""
    reading = read_clauses(text, clause.authority_id, document_day(clause.notice))
    if len(reading.items) == 1:
        made = _proposed(clause.notice, reading.items[0], group_members(clause.authority_id))
        made.text = text
    else:
        made = blank_clause(clause.notice, text)
    made.section, made.address, made.proposal_id = clause.section, clause.address, clause.proposal_id
    return made


def blank_clause(notice: Notice, text: str) -> Conclusion:
    """Return a new clause of these words that nothing is known of; it has no place yet."""
    values: dict[str, Any] = {"section": "", "address": "", "lead_text": "", "because": {}, "coordinating_ids": []}
    return Conclusion(
        authority_id=notice.authority_id, notice_id=notice.id, state=DRAFTED, text=text, kind="task", outcome=NEW_TASKS,
        due_text="", made_at=now(), reviewed=False, **values,
    )  # fmt: skip


def insert_clauses(notice: Notice, made: list[Conclusion], after: int | None) -> None:
    """Put new clauses behind the one at position `after` (None: at the end), each under an address of its own."""
    order = live_clauses(notice)
    at = len(order) if after is None else sum(clause.position <= after for clause in order)
    taken = {clause.address for clause in order}
    for clause in made:
        clause.address = _free_address(clause.address, taken, len(taken))
        taken.add(clause.address)
    base = max((clause.position for clause in notice.conclusions), default=0)
    for offset, clause in enumerate(made, start=1):
        clause.position = base + offset
        notice.conclusions.append(clause)
    session.flush()
    renumber(notice, [*order[:at], *made, *order[at:]])


def _free_address(wanted: str, taken: set[str], count: int) -> str:
    """Return an address nobody has: the wanted one, else with a number behind it; for none, the next plain number."""
    if not wanted:
        start = max([int(address) for address in taken if _NUMBER.match(address)], default=count)
        return next(str(n) for n in range(start + 1, start + len(taken) + 2) if str(n) not in taken)
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)


def renumber(notice: Notice, order: list[Conclusion]) -> None:
    """Give the clauses the positions of this order; dropped ones go behind. No two share one on the way."""
    dropped = [clause for clause in notice.conclusions if clause not in order]
    wanted = {clause: position for position, clause in enumerate([*order, *dropped], start=1)}
    moving = [clause for clause, position in wanted.items() if clause.position != position]
    for clause in moving:
        clause.position = -wanted[clause]
    session.flush()
    for clause in moving:
        clause.position = wanted[clause]
    session.flush()
    notice.conclusions.sort(key=lambda clause: clause.position)
