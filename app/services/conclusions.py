"""Clauses of a draft: added, corrected one by one, split, merged, moved about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm.attributes import flag_modified

from app.clock import today
from app.db import session
from app.errors import ChangedMeanwhileError, DomainError
from app.queries.paper_text import live_clauses
from app.reading.normalise import clean
from app.reading.secrecy import refuse_marked
from app.services.clause_proposals import (
    CONTINUES,
    NEW_TASKS,
    NONE_ARISES,
    blank_clause,
    document_day,
    insert_clauses,
    propose_clauses,
    read_clauses,
    renumber,
    reread,
)
from app.services.continuing import continued_task, follow_clause_written
from app.services.moves import make_move
from workflows.conclusion import DRAFTED
from workflows.notice import DRAFTING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app import access
    from app.figures import Figure
    from app.models import Conclusion, Notice, Task

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class ClauseOrder:
    """What the secretary says of a clause: its words and the order that its tasks get."""

    text: str
    address: str
    section: str
    kind: str
    outcome: str
    lead_unit_id: int | None = None
    lead_group_id: int | None = None
    coordinating_ids: Sequence[int] = ()
    due_on: date | None = None
    no_due_reason: str = ""
    recurrence: str | None = None
    priority: str = "normal"
    deliverable: str = ""
    evidence_rule: str = "none"
    target_value: Figure | None = None
    target_unit: str = ""
    continues_task_id: int | None = None
    done_on: date | None = None
    """Of an old notice: the day on which the clause's tasks were done before it was entered."""
    done_result: str = ""
    reviewed: bool = False


def open_draft(notice: Notice) -> None:
    """Hold the notice's row and count its version: who would submit what was seen before is told to look again.

    :raises DomainError: its text is no longer a draft.
    """
    session.refresh(notice, with_for_update=True)
    if notice.state != DRAFTING:
        raise DomainError(
            "Thông báo không còn là dự thảo nên không sửa được. Hãy rút về (hoặc bỏ ký) rồi sửa.",
            "The notice is no longer a draft. Take it back (or unsign it) and edit then.",
        )
    flag_modified(notice, "subject")


def add_clauses(notice: Notice, text: str, *, after: int | None = None) -> list[Conclusion]:
    """Add what was typed: the clauses it holds, or the text as one clause where nothing is cut from it."""
    open_draft(notice)
    reading = read_clauses(text, notice.authority_id, document_day(notice))
    if reading.items:
        made = propose_clauses(notice, reading, after=after)
        for each in made:
            # Her own words, to which the reader added neither unit nor date: there is nothing to look over.
            each.reviewed = not each.because
        return made
    clause = blank_clause(notice, reading.text.strip())
    clause.reviewed = True
    insert_clauses(notice, [clause], after)
    return [clause]


def write_clause(clause: Conclusion, order: ClauseOrder, *, version: int) -> None:
    """Save what the secretary said of a clause.

    :raises ChangedMeanwhileError: somebody saved this clause since `version`.
    :raises DomainError: with the field that cannot stay so.
    """
    _check_version(clause, version)
    open_draft(clause.notice)
    continued = _check(clause, order)
    clause.text = order.text.strip()
    clause.address = _anchor(order.address) or clause.address
    clause.section, clause.kind, clause.outcome = order.section.strip(), order.kind, order.outcome
    continuing = order.outcome == CONTINUES
    clause.continues_task_id = order.continues_task_id if continuing else None
    clause.lead_unit_id = order.lead_unit_id
    clause.lead_group_id = order.lead_group_id if order.lead_unit_id is None else None
    clause.coordinating_ids = sorted(set(order.coordinating_ids) - {order.lead_unit_id})
    clause.due_on, clause.no_due_reason = order.due_on, order.no_due_reason.strip()
    clause.recurrence, clause.priority = order.recurrence or None, order.priority
    clause.deliverable, clause.evidence_rule = order.deliverable.strip(), order.evidence_rule
    clause.target_value, clause.target_unit = order.target_value, order.target_unit.strip()
    done = clause.notice.historic and order.outcome == NEW_TASKS
    clause.done_on = order.done_on if done else None
    clause.done_result = order.done_result.strip() if done and order.done_on else ""
    clause.reviewed = order.reviewed
    if continued is not None:
        follow_clause_written(clause, continued)
    # Also when nothing changed: saving says "I have seen it", and orders two who save at once.
    flag_modified(clause, "reviewed")


def split_clause(clause: Conclusion, text: str, *, version: int) -> list[Conclusion]:
    """Cut a clause at the blank lines of `text`; the first piece keeps its order, the others are read anew."""
    _check_version(clause, version)
    open_draft(clause.notice)
    pieces = [piece.strip() for piece in _BLANK_LINE.split(clean(text)) if piece.strip()]
    if len(pieces) < 2:  # noqa: PLR2004 -- one piece is no cut
        raise DomainError(
            "Chưa biết tách ở đâu. Hãy xuống dòng hai lần (để một dòng trống) tại chỗ cần tách rồi bấm lại.",
            "Where to split is not marked. Leave an empty line at the place, then press again.",
            field="text",
        )
    refuse_marked(clean(text))
    clause.text, clause.reviewed = pieces[0], False
    made = [reread(clause, piece) for piece in pieces[1:]]
    insert_clauses(clause.notice, made, clause.position)
    return [clause, *made]


def merge_clause(clause: Conclusion, actor: access.Actor) -> Conclusion:
    """Put a clause's words behind those of the clause above it, whose order stays; return that one.

    :raises DomainError: there is none above.
    """
    _check_there(clause)
    open_draft(clause.notice)
    above = [other for other in live_clauses(clause.notice) if other.position < clause.position]
    if not above:
        raise DomainError(
            "Đây là kết luận đầu tiên, không có kết luận phía trên để gộp.",
            "This is the first clause; there is none above to merge it with.",
        )
    target = above[-1]
    target.text = f"{target.text.rstrip()} {clause.text.lstrip()}"
    target.coordinating_ids = sorted({*target.coordinating_ids, *clause.coordinating_ids} - {target.lead_unit_id})
    # What the clause ordered is lost but for its words: that must be looked at. Words without an order lose nothing.
    target.reviewed = target.reviewed and clause.reviewed and clause.outcome == NONE_ARISES
    make_move(clause, "drop", actor=actor)
    return target


def place_clause(clause: Conclusion, step: int) -> None:
    """Move a clause up (-1) or down (1) by one place; at the end it stays."""
    _check_there(clause)
    open_draft(clause.notice)
    order = live_clauses(clause.notice)
    at = order.index(clause)
    to = max(0, min(len(order) - 1, at + step))
    order.insert(to, order.pop(at))
    renumber(clause.notice, order)


def _check_version(clause: Conclusion, version: int) -> None:
    _check_there(clause)
    if clause.version != version:
        raise ChangedMeanwhileError


def _check_there(clause: Conclusion) -> None:
    if clause.state != DRAFTED:
        raise ChangedMeanwhileError


def _check(clause: Conclusion, order: ClauseOrder) -> Task | None:
    """Refuse what cannot stay so; return the task that the clause is to continue."""
    if not order.text.strip():
        raise DomainError(
            "Kết luận không được để trống. Hãy nhập nội dung, hoặc xóa kết luận này.",
            "A clause cannot be empty. Type its text, or delete the clause.",
            field="text",
        )
    refuse_marked(clean(order.text))
    taken = {other.address for other in live_clauses(clause.notice) if other is not clause}
    if _anchor(order.address) in taken:
        raise DomainError(
            f"Đã có kết luận khác mang số mục «{_anchor(order.address)}». Hãy chọn số mục khác.",
            f"Another clause is called “{_anchor(order.address)}”. Choose another address.",
            field="address",
        )
    if order.outcome in {NEW_TASKS, CONTINUES}:
        _check_due(clause, order)
    if order.outcome == NEW_TASKS and clause.notice.historic:
        check_done(clause.notice, order.done_on, order.done_result)
    return continued_task(clause, order.continues_task_id) if order.outcome == CONTINUES else None


def _anchor(address: str) -> str:
    """Return an address without blanks: it is also the clause's place in the page's address (#II.3.b)."""
    return "".join(address.split()).rstrip(".")


def _check_due(clause: Conclusion, order: ClauseOrder) -> None:
    if order.due_on is not None and order.due_on < today() and not clause.notice.historic:
        raise DomainError(
            f"Thời hạn {order.due_on:%d/%m/%Y} đã qua. Hãy chọn từ hôm nay trở đi, hoặc bỏ thời hạn và nêu lý do.",
            f"The due date {order.due_on:%d/%m/%Y} has passed. Choose today or later, or leave it out and say why.",
            field="due_on",
        )
    if order.due_on is not None and order.no_due_reason.strip() and order.outcome == NEW_TASKS:
        raise DomainError(
            "Vừa có thời hạn vừa có lý do không có hạn. Hãy giữ một trong hai.",
            "There is both a due date and a reason for none. Keep one of the two.",
            field="no_due_reason",
        )


def check_done(notice: Notice, day: date | None, result: str) -> None:
    """Refuse a day or result that work done before an old notice was entered cannot have."""
    if day is None and result.strip():
        raise DomainError(
            "Đã ghi kết quả thì hãy ghi cả ngày hoàn thành.",
            "There is a result; type the day of completion, too.",
            field="done_on",
        )
    if day is None:
        return
    if not result.strip():
        raise DomainError(
            "Hãy ghi kết quả trong một dòng, ví dụ: đã trình UBND phường tại Báo cáo số 45/BC-VHXH.",
            "Write the result in one line.",
            field="done_result",
        )
    if day > today():
        raise DomainError(
            "Ngày hoàn thành không được sau hôm nay. Việc chưa xong thì để trống ô này.",
            "It cannot have been completed after today. Leave the field empty for what is not done yet.",
            field="done_on",
        )
    if notice.issued_on is not None and day < notice.issued_on:
        raise DomainError(
            f"Ngày hoàn thành không được trước ngày ban hành thông báo ({notice.issued_on:%d/%m/%Y}).",
            f"It cannot have been completed before the notice was issued ({notice.issued_on:%d/%m/%Y}).",
            field="done_on",
        )
