"""Issuing a notice: its clauses come into force, its tasks go out, what it replaces is settled.

Everything runs in the transaction of the `issue` move: either the number is taken and all tasks are out, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.clause_places import called, cited, cited_first
from app.clock import start_of
from app.db import session
from app.errors import DomainError
from app.models import Conclusion, Notice, Task, TaskSpan
from app.queries.notice_order import supplements_of
from app.queries.paper_text import live_clauses
from app.services.clause_proposals import CONTINUES, KEPT_DUE, NEW_TASKS
from app.services.moves import RefusedMoveError, make_move
from app.services.numbering import take_task_codes
from app.services.task_orders import Order, draft_task
from workflows import conclusion
from workflows.replaced import WITHDRAW
from workflows.task import DRAFT, ENTER_DONE, OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.access import Actor

UNDATED = "Văn bản không ghi thời hạn"
"""Why an old task that is done has no due date, where nobody said it."""


def issue_clauses(notice: Notice) -> None:
    """Bring the notice's clauses into force."""
    for clause in live_clauses(notice):
        make_move(clause, "issue")


def drop_clauses(notice: Notice) -> None:
    """Drop the clauses of a dropped draft, and with each its draft tasks."""
    for clause in live_clauses(notice):
        make_move(clause, "drop")


def drop_tasks(clause: Conclusion) -> None:
    """Drop the draft tasks of a dropped clause."""
    for task in session.scalars(select(Task).where(Task.conclusion_id == clause.id, Task.state == DRAFT)):
        make_move(task, "drop")


def assign_tasks(notice: Notice, actor: Actor | None) -> list[Task]:
    """Make and assign one task for each lead unit, one for each unit of a group; carry on the tasks continued.

    Tasks of an old notice that were done before it was entered go into the history as done; `actor` records them.
    """
    clauses = live_clauses(notice)
    orders = [(clause, unit) for clause in clauses if clause.outcome == NEW_TASKS for unit in leads_of(clause)]
    day = _issue_day(notice)
    codes = take_task_codes(notice.authority_id, day.year, len(orders)) if orders else []
    made = []
    for (clause, unit), code in zip(orders, codes, strict=True):
        task = draft_task(clause, _order(clause, unit), committee_id=notice.committee_id, code=code)
        session.flush()
        if notice.historic and clause.done_on:
            _enter_done(task, clause, day, actor)
        else:
            make_move(task, "assign")
            if notice.historic:
                date_back(task, day)
        made.append(task)
    for clause in clauses:
        if clause.outcome == CONTINUES:
            _carry_on(clause)
    return made


def _carry_on_from(old: Notice, clause: Conclusion, settled: set[int]) -> dict[int, int]:
    """Carry on the replaced notice's task that a clause says it continues; return its old clause with the new one."""
    if clause.outcome != CONTINUES or clause.continues_task_id in settled:
        return {}
    task = session.get_one(Task, clause.continues_task_id)
    earlier = session.get(Conclusion, task.conclusion_id) if task.conclusion_id else None
    if earlier is None or earlier.notice_id != old.id:
        return {}
    _carry_on(clause)
    return {earlier.id: clause.id}


def _enter_done(task: Task, clause: Conclusion, day: date, actor: Actor | None) -> None:
    task.assigned_at = start_of(day)
    try:
        make_move(task, ENTER_DONE, {"done_on": clause.done_on, "result": clause.done_result}, actor=actor)
    except RefusedMoveError as error:
        vi, en = error.sentence
        raise DomainError(
            f"{cited_first(clause.address)}: {vi}", f"{cited_first(clause.address, english=True)}: {en}"
        ) from error


def leads_of(clause: Conclusion) -> list[int]:
    """Return the units that each get a task of their own: the lead unit, or every unit of the group."""
    if clause.lead_unit_id is not None:
        return [clause.lead_unit_id]
    if clause.lead_group is not None and clause.lead_group.units:
        return [unit.id for unit in clause.lead_group.units if unit.abolished_on is None]
    raise DomainError(
        f"Kết luận tại {cited(clause.address)} chưa có đơn vị chủ trì, hoặc nhóm được giao không còn đơn vị nào. "
        "Hãy bỏ ký, bổ sung rồi trình ký lại.",
        f"{cited_first(clause.address, english=True)} has no lead unit, or its group has no units left. "
        "Unsign, complete and submit it.",
    )


def date_back(task: Task, day: date) -> None:
    """Let a task of an old notice stand as assigned at 00:00 of the day its notice was issued.

    Shown, counted and put into the monthly account as of that day; the log keeps when it was entered, and reminders
    start from today, since its due date was given today (`Task.due_since`).
    """
    task.assigned_at = start_of(day)
    session.execute(
        update(TaskSpan)
        .where(TaskSpan.task_id == task.id, TaskSpan.ended_at.is_(None))
        .values(began_at=task.assigned_at)
        .execution_options(synchronize_session=False)
    )


def settle_replaced(notice: Notice) -> None:
    """Keep, amend or withdraw each open task of the replaced notice as the draft says; then supersede its clauses.

    :raises DomainError: a task was opened again since, and the draft says nothing of it.
    """
    if notice.supersedes_id is None:
        return
    old = session.get_one(Notice, notice.supersedes_id)
    more = [one for one in supplements_of(old.id) if one.id != notice.id]
    heirs: dict[int, int] = {}
    for clause in live_clauses(notice):
        for earlier in (old, *more):
            heirs |= _carry_on_from(earlier, clause, {said.task_id for said in notice.replaced})
    for said in notice.replaced:
        task = session.get_one(Task, said.task_id)
        if task.state not in OPEN:
            continue
        heirs[task.conclusion_id or 0] = said.clause_id
        why = {"clause": str(said.clause_id), **_named(task.conclusion_id, said.clause_id)}
        if said.treatment == WITHDRAW:
            make_move(task, "withdraw", why)
        else:
            make_move(task, "follow_clause", {**why, "new_due": said.new_due})
    first = live_clauses(notice)[0].id
    for clause in live_clauses(old):
        if clause.state == conclusion.ISSUED:
            _check_left(clause)
            clause.superseded_by_id = heirs.get(clause.id, first)
            make_move(clause, "supersede")
    make_move(old, "supersede")
    for earlier in more:
        _supersede_settled(earlier, heirs)


def _named(old_id: int | None, new_id: int) -> dict[str, str]:
    """Return how the log names the clause that a task was given by, and the one that says what becomes of it."""
    clauses = {
        "from_clause": session.get(Conclusion, old_id) if old_id else None,
        "by_clause": session.get(Conclusion, new_id),
    }
    return {name: f"{one.notice.symbol} – {called(one.address)}" for name, one in clauses.items() if one}


def _supersede_settled(supplement: Notice, heirs: Mapping[int, int]) -> None:
    """Supersede those clauses of a supplement whose open tasks were settled; the rest of it stays in force."""
    live = [clause for clause in live_clauses(supplement) if clause.state == conclusion.ISSUED]
    for clause in live:
        _check_left(clause)
        if clause.id in heirs:
            clause.superseded_by_id = heirs[clause.id]
            make_move(clause, "supersede")
    if all(clause.state != conclusion.ISSUED for clause in live):
        make_move(supplement, "supersede")


def _check_left(clause: Conclusion) -> None:
    left = session.scalar(
        select(Task.code).where(Task.conclusion_id == clause.id, Task.state.in_(OPEN)).order_by(Task.id).limit(1)
    )
    if left is not None:
        raise DomainError(
            f"Nhiệm vụ {left} của thông báo bị thay thế đang mở mà dự thảo chưa nói giữ, điều chỉnh hay thu hồi. "
            "Hãy bỏ ký, bổ sung rồi trình ký lại.",
            f"Task {left} of what is replaced is open, and the draft does not say what becomes of it. "
            "Unsign, complete it and submit it again.",
        )


def _carry_on(clause: Conclusion) -> None:
    task = session.get(Task, clause.continues_task_id)
    if task is None or task.state not in OPEN:
        code = task.code if task else "?"
        raise DomainError(
            f"Nhiệm vụ {code} mà kết luận tại {cited(clause.address)} tiếp tục đã kết thúc. "
            "Hãy bỏ ký, chọn lại rồi trình ký lại.",
            f"Task {code}, which {cited(clause.address, english=True)} continues, is closed. "
            "Unsign, choose again and submit it.",
        )
    if clause.due_on is None and task.current_due is not None:
        # The annex names the date as it was when the notice went out, whatever becomes of it later.
        clause.because = {**clause.because, KEPT_DUE: task.current_due.isoformat()}
    if task.conclusion_id == clause.id:
        return  # what is said of the replaced notice's tasks has carried it on already
    earlier = session.get(Conclusion, task.conclusion_id) if task.conclusion_id else None
    new_due = clause.due_on if clause.due_on != task.current_due else None
    make_move(task, "follow_clause", {"clause": str(clause.id), "new_due": new_due})
    if earlier is not None:
        earlier.continued_by_id = clause.id


def _issue_day(notice: Notice) -> date:
    if notice.issued_on is None:
        message = "a notice is numbered and dated before its tasks go out"
        raise RuntimeError(message)
    return notice.issued_on


def _order(clause: Conclusion, unit: int) -> Order:
    return Order(
        text=clause.text,
        lead_unit_id=unit,
        lead_words=clause.lead_text,
        other_words=clause.because.get("coordinating", {}).get("words", ""),
        coordinating_ids=clause.coordinating_ids,
        due_on=clause.due_on,
        no_due_reason=clause.no_due_reason or (UNDATED if clause.done_on and not clause.recurrence else ""),
        recurrence=clause.recurrence,
        priority=clause.priority,
        deliverable=clause.deliverable,
        evidence_rule=clause.evidence_rule,
        target_value=clause.target_value,
        target_unit=clause.target_unit,
        historic=clause.notice.historic,
    )
