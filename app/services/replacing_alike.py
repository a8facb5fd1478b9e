"""Which clause of a superseding draft says again what an open task was given by: chosen at first, hers to change."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from app.clock import today
from app.db import session
from app.models import Conclusion
from app.queries.notices import led_by_another
from app.queries.paper_facts import replaced_tasks
from app.queries.paper_text import live_clauses
from app.services.clause_proposals import NEW_TASKS
from app.services.replacing import Treatment, settle_replaced
from app.text import fold
from workflows.conclusion import DRAFTED
from workflows.replaced import AMEND, KEEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.models import Notice, Task

ALIKE = 0.8
"""From this share of common words on, in their order, a clause is the old one with something changed in it."""
SAME = 1.0
_WORD = re.compile(r"\w+")


def suggest_replaced(notice: Notice) -> int:
    """Keep each open task of the replaced notice under the clause that says it again; return how many were placed.

    The task goes on with the lead and the due date it has now; where the clause was given another date than the old
    one had, that is the task's new date. Nothing of it is looked over: the clauses stay to be reviewed one by one.
    """
    chosen: dict[int, Treatment] = {}
    taken: dict[int, int] = {}
    clauses = [clause for clause in live_clauses(notice) if clause.state == DRAFTED and not clause.continues_task_id]
    words = {clause.id: _words(clause.text) for clause in clauses}
    carried = {clause.continues_task_id for clause in live_clauses(notice)}
    for task in replaced_tasks(notice):
        old = session.get(Conclusion, task.conclusion_id) if task.conclusion_id else None
        if old is None or task.id in carried:
            continue
        free = [clause for clause in clauses if taken.get(clause.id, old.id) == old.id]
        clause = _alike(old, task, free, words)
        if clause is not None:
            taken[clause.id] = old.id
            _fill_from(clause, old, task)
            chosen[task.id] = _treatment(clause, old, task)
    if chosen:
        settle_replaced(notice, chosen)
    return len(chosen)


def _alike(
    old: Conclusion, task: Task, clauses: Iterable[Conclusion], words: dict[int, Sequence[str]]
) -> Conclusion | None:
    """Return the clause in the same words, else in nearly the same and with the same lead; the task's own first."""
    wanted, best, found = _words(old.text), (ALIKE, False), None
    for clause in clauses:
        matcher = SequenceMatcher(None, wanted, words[clause.id], autojunk=False)
        if matcher.quick_ratio() < ALIKE:
            continue
        likeness, another = matcher.ratio(), led_by_another(clause, task)
        if another and likeness < SAME:
            continue
        rank = (likeness, not another)
        if rank > best:
            best, found = rank, clause
    return found


def _fill_from(clause: Conclusion, old: Conclusion, task: Task) -> None:
    """Give a clause what the old one ordered and its words do not say: that it is work, and whose."""
    clause.kind, clause.outcome = old.kind, NEW_TASKS
    if clause.lead_unit_id is None and clause.lead_group_id is None:
        clause.lead_group_id = old.lead_group_id
        clause.lead_unit_id = None if old.lead_group_id else task.lead_unit_id
    clause.coordinating_ids = clause.coordinating_ids or [
        unit for unit in old.coordinating_ids if unit != clause.lead_unit_id
    ]
    clause.deliverable = clause.deliverable or old.deliverable


def _treatment(clause: Conclusion, old: Conclusion, task: Task) -> Treatment:
    due = clause.due_on
    if due is None or due < today() or due in {task.current_due, old.due_on} or _words(clause.text) == _words(old.text):
        return Treatment(KEEP, clause.id)
    return Treatment(AMEND, clause.id, due)


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(fold(text))
