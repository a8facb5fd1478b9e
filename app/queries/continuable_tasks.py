"""Which open tasks a clause may continue: those that look like it first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Task, Unit
from app.text import fold
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Conclusion

LIKELY = 0.34
CANDIDATES = 400
OFFERED = 120
_SMALL = """va cac cua cho theo trong tren voi den la duoc co khi de ve thuc hien phoi hop chu tri don vi giao yeu cau
bao cao truoc ngay thang nam tiep tuc trien khai nhiem vu cong tac"""
_COMMON = frozenset(_SMALL.split())


class Candidate(NamedTuple):
    """An open task that a clause may continue; `likely` when words and unit say that it is the same."""

    task_id: int
    code: str
    title: str
    unit: str
    due: date | None
    score: float
    likely: bool


def continuable_tasks(clause: Conclusion) -> list[Candidate]:
    """Return open tasks of the clause's committee, those that look like the clause first."""
    rows = session.execute(
        select(Task.id, Task.code, Task.title, Task.search_text, Unit.name, Task.lead_unit_id, Task.current_due)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Task.authority_id == clause.authority_id,
            Task.committee_id == clause.notice.committee_id,
            Task.state.in_(OPEN),
        )
        .order_by(Task.id.desc())
        .limit(CANDIDATES)
    )
    words = _words(clause.text)
    found = []
    for task_id, code, title, text, unit, unit_id, due in rows:
        score = _likeness(words, _words(text)) + (0.15 if unit_id == clause.lead_unit_id else 0.0)
        found.append(Candidate(task_id, code, title, unit, due, score, score >= LIKELY))
    found.sort(key=lambda candidate: -candidate.score)
    chosen = [candidate for candidate in found[OFFERED:] if candidate.task_id == clause.continues_task_id]
    return [*found[:OFFERED], *chosen]


def likely_clause(task: Task, clauses: Sequence[Conclusion]) -> Conclusion | None:
    """Return the clause that reads most like a task, or None where none does."""
    scored = [(_likeness(_words(clause.text), _words(task.search_text)), clause) for clause in clauses]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= LIKELY else None


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:()«»\"'") for word in fold(text).split()) - _COMMON - {""}


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the shorter text's words the other holds, from 0 to 1; short texts say little."""
    if not one or not other:
        return 0.0
    return len(one & other) / max(5, min(len(one), len(other)))
