"""An import is taken out again: as a whole, or what nobody has worked on since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from app.clock import day_of, now
from app.db import session
from app.errors import DomainError
from app.figures import in_english, in_vietnamese
from app.models import Notification, Task
from app.queries.facts import facts_of_tasks
from app.queries.touched import tasks_touched
from app.queries.trackers import rows_of, signed_since
from app.services.batches import batch
from app.services.history import last_lines
from app.services.moves import Sight, make_move
from app.services.spans import forget_spans
from app.services.trackers import NEW
from workflows.task import TASK, UNDO_ENTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.access import Actor
    from app.models import TrackerImport
    from app.queries.touched import Touched

_NAMED = 5
_STEP = 25
_TOGETHER = 250


def undo_import(
    made: TrackerImport, actor: Actor, *, rest: bool = False, told: Callable[[int, int], None] | None = None
) -> int:
    """Take out again all tasks of an import, or (`rest`) those with which nothing has happened; return how many.

    :param told: is called with how many tasks are done, of how many.
    :raises DomainError: not imported, undone already, or something has happened with one of them since.
    """
    if made.kind != NEW or made.imported_at is None or made.undone_at is not None:
        raise DomainError(
            "Không có gì để hoàn tác. Hãy tải lại trang.", "There is nothing to undo. Load the page again."
        )
    ids = [task_id for row in rows_of(made.id) for task_id in row.task_ids]
    touched = tasks_touched(ids)
    stay = {task.id for task in touched}
    left = [task_id for task_id in ids if task_id not in stay]
    if touched and not (rest and left):
        raise _touched(touched, left)
    signed = signed_since(made.committee_id, day_of(made.imported_at))
    if signed is not None:
        raise DomainError(
            f"Không hoàn tác được: báo cáo của kỳ đến {signed:%d/%m/%Y} đã ký có tính các nhiệm vụ này. "
            "Hãy thu hồi riêng nhiệm vụ nhập nhầm.",
            f"This cannot be undone: the signed report up to {signed:%d/%m/%Y} counts these tasks. "
            "Withdraw what was wrong one by one.",
        )
    made.undone_at, made.undone_by_id = now(), actor.person.id
    reason = f"Hoàn tác lần nhập «{made.file.name}» ({actor.person.full_name})"
    _take_out(left, reason, told)
    return len(left)


def _take_out(left: Sequence[int], reason: str, told: Callable[[int, int], None] | None) -> None:
    """Undo the entry of these tasks, and what people were told of it."""
    for start in range(0, len(left), _TOGETHER):
        part = left[start : start + _TOGETHER]
        tasks = session.scalars(select(Task).where(Task.id.in_(part)).order_by(Task.id)).all()
        facts = facts_of_tasks(tasks)
        forget_spans(part)
        with batch(part, last_lines(TASK.name, part)):
            for done, task in enumerate(tasks, start + 1):
                make_move(task, UNDO_ENTRY, {"reason": reason}, sight=Sight(facts[task.id], None))
                if told and done % _STEP == 0:
                    told(done, len(left))
        session.execute(
            delete(Notification)
            .where(Notification.subject == TASK.name, Notification.subject_id.in_(part))
            .execution_options(synchronize_session=False)
        )


def _touched(touched: Sequence[Touched], left: Sequence[int]) -> DomainError:
    named, more = ", ".join(task.code for task in touched[:_NAMED]), max(0, len(touched) - _NAMED)
    vi = f" và {in_vietnamese(more)} nhiệm vụ khác" if more else ""
    en = f" and {in_english(more)} others" if more else ""
    way = (
        (
            f"Có thể hoàn tác {in_vietnamese(len(left))} nhiệm vụ còn lại.",
            f"The other {in_english(len(left))} can still be undone.",
        )
        if left
        else ("Hãy thu hồi riêng nhiệm vụ nhập nhầm.", "Withdraw what was wrong one by one.")
    )
    return DomainError(
        f"Không hoàn tác cả lần nhập được: {named}{vi} đã có người xử lý sau khi nhập. {way[0]}",
        f"The whole cannot be undone: something was done with {named}{en} since. {way[1]}",
    )
