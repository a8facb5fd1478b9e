"""What a superseding draft does with the open tasks of the notice that it replaces, and which clauses carry them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.clause_places import cited, cited_first
from app.clock import today
from app.db import session
from app.errors import DomainError
from app.models import Notice, ReplacedTask
from app.queries.paper_facts import replaced_tasks
from app.queries.paper_text import live_clauses
from app.services.clause_proposals import CONTINUES, NEW_TASKS
from app.services.conclusions import open_draft
from workflows.replaced import AMEND, WITHDRAW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.models import Conclusion, Task


@dataclass(frozen=True)
class Treatment:
    """What becomes of an open task of the replaced notice: kept or amended under a new clause, or withdrawn by it."""

    treatment: str
    clause_id: int
    new_due: date | None = None


def settle_replaced(notice: Notice, treatments: Mapping[int, Treatment]) -> list[Conclusion]:
    """Say for open tasks of the replaced notice what becomes of each; tasks left out stay undecided.

    A clause under which a task is kept or amended continues it from now on, and gives no new task beside it; those
    of which that is new are returned.

    :raises DomainError: an amended date is missing or lies in the past; a clause is not of this draft; what is said of
        a task contradicts the clause that continues it.
    """
    open_draft(notice)
    forget_treatments(notice)
    clauses = {clause.id: clause for clause in live_clauses(notice)}
    known = {task.id: task for task in replaced_tasks(notice)}
    for task_id, said in treatments.items():
        task, clause = known.get(task_id), clauses.get(said.clause_id)
        if task is None or clause is None:
            raise DomainError(
                "Với mỗi nhiệm vụ, hãy chọn kết luận của dự thảo này làm căn cứ.",
                "For each task choose a clause of this draft that it rests on.",
                field=f"clause-{task_id}",
            )
        _check(notice, task, said, clauses.values())
        notice.replaced.append(
            ReplacedTask(
                authority_id=notice.authority_id,
                task_id=task_id,
                treatment=said.treatment,
                clause_id=said.clause_id,
                new_due=said.new_due if said.treatment == AMEND else None,
            )
        )
    session.flush()
    return _tie(notice, clauses)


def forget_treatments(notice: Notice) -> None:
    """Take back what was said of replaced tasks; a clause that continued one for that reason gives tasks anew."""
    said = {row.task_id: row.clause_id for row in notice.replaced if row.treatment != WITHDRAW}
    for clause in live_clauses(notice):
        if clause.continues_task_id and said.get(clause.continues_task_id) == clause.id:
            clause.outcome, clause.continues_task_id = NEW_TASKS, None
            clause.due_on = _day_said(clause) or clause.due_on
    notice.replaced.clear()
    session.flush()


def _check(notice: Notice, task: Task, said: Treatment, clauses: Iterable[Conclusion]) -> None:
    late = said.new_due is not None and said.new_due < today() and not notice.historic
    if said.treatment == AMEND and (said.new_due is None or late):
        raise DomainError(
            f"Nhiệm vụ {task.code}: hãy nhập thời hạn mới từ hôm nay trở đi.",
            f"Task {task.code}: type a new due date, today or later.",
            field=f"due-{task.id}",
        )
    carrier = next((clause for clause in clauses if clause.continues_task_id == task.id), None)
    if carrier is None:
        return
    place = carrier.address
    at, first, first_en = cited(place), cited_first(place), cited_first(place, english=True)
    if said.treatment == WITHDRAW:
        raise DomainError(
            f"{first} đang tiếp tục nhiệm vụ {task.code} nên không thu hồi được. Hãy chọn «Giữ», hoặc sửa {at} trước.",
            f"{first_en} continues task {task.code}, so it cannot be withdrawn. Keep it, or correct the clause first.",
            field=f"treatment-{task.id}",
        )
    if carrier.id != said.clause_id:
        raise DomainError(
            f"{first} đang tiếp tục nhiệm vụ {task.code}. Hãy chọn {at} cho nhiệm vụ này, hoặc sửa mục đó trước.",
            f"{first_en} continues task {task.code}. Choose that clause, or correct it first.",
            field=f"clause-{task.id}",
        )


def _tie(notice: Notice, clauses: Mapping[int, Conclusion]) -> list[Conclusion]:
    """Let each clause that would give a new task continue the first task kept under it; return those."""
    tied = []
    for row in notice.replaced:
        clause = clauses[row.clause_id]
        if row.treatment == WITHDRAW:
            continue
        if clause.outcome == NEW_TASKS:
            _note_day(clause)
            clause.outcome, clause.continues_task_id, clause.no_due_reason = CONTINUES, row.task_id, ""
            clause.due_on = row.new_due
            tied.append(clause)
        elif clause.continues_task_id == row.task_id:
            clause.due_on = row.new_due
    session.flush()
    return tied


def _note_day(clause: Conclusion) -> None:
    """Remember which day the clause itself named: its task may keep another, and the clause be untied again."""
    if clause.due_on is not None:
        words = clause.because.get("due") or {"words": f"{clause.due_on:%d/%m/%Y}", "sure": "high"}
        clause.because = {**clause.because, "due": {**words, "day": clause.due_on.isoformat()}}


def _day_said(clause: Conclusion) -> date | None:
    said = clause.because.get("due", {}).get("day")
    return date.fromisoformat(said) if said else None
