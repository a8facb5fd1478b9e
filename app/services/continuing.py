"""A clause that carries an open task on: which one it may be, and what a superseding draft says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.errors import DomainError
from app.models import Task
from app.queries.paper_text import live_clauses
from workflows.replaced import AMEND, KEEP
from workflows.task import OPEN, TASK

if TYPE_CHECKING:
    from app.models import Conclusion

FIELD = "continues_task_id"


def continued_task(clause: Conclusion, task_id: int | None) -> Task:
    """Return the open task that a clause is to continue.

    :raises DomainError: none was chosen, it is closed or another committee's, or another clause continues it.
    """
    if not task_id:
        raise DomainError(
            "Hãy chọn nhiệm vụ đang mở mà kết luận này tiếp tục.",
            "Choose the open task that this clause continues.",
            field=FIELD,
        )
    found, committee = session.get(Task, task_id), clause.notice.committee
    if found is None or found.committee_id != committee.id:
        raise DomainError(
            f"Nhiệm vụ đã chọn không phải của {committee.name}. Kết luận chỉ tiếp tục được nhiệm vụ của chính ban này;"
            " hãy chọn lại.",
            f"The task chosen is not one of {committee.name}. A clause continues only its own committee's tasks; choose"
            " again.",
            field=FIELD,
        )
    if found.state not in OPEN:
        state = TASK.by_name[found.state].label
        raise DomainError(
            f"Nhiệm vụ {found.code} đã kết thúc ({state.vi.lower()}) nên không tiếp tục được. Hãy chọn nhiệm vụ đang"
            " mở, hoặc chọn «Giao nhiệm vụ mới».",
            f"Task {found.code} is closed ({state.en.lower()}) and cannot be continued. Choose an open one, or “new"
            " task”.",
            field=FIELD,
        )
    if any(other.continues_task_id == task_id for other in live_clauses(clause.notice) if other is not clause):
        raise DomainError(
            f"Một kết luận khác đã tiếp tục nhiệm vụ {found.code}. Hãy gộp hai kết luận hoặc chọn nhiệm vụ khác.",
            f"Another clause of this notice continues task {found.code}. Merge the two or choose another.",
            field=FIELD,
        )
    return found


def follow_clause_written(clause: Conclusion, task: Task) -> None:
    """Let what is said of a replaced task follow the clause that continues it: the date typed there is its new one."""
    row = next((row for row in clause.notice.replaced if row.task_id == task.id), None)
    if row is None:
        return
    amended = clause.due_on is not None and clause.due_on != task.current_due
    row.clause_id, row.treatment = clause.id, AMEND if amended else KEEP
    row.new_due = clause.due_on if amended else None
