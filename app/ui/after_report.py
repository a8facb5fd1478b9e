"""What is said where a due date may move, or has moved, after the unit reported: the report's word depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.formats import day, words
from app.ui.speech import gettext as _
from workflows.deadlines import days_words
from workflows.extension import GRANTED
from workflows.task import REPORTED
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.models import Extension, Task
    from workflows.deadlines import Clock

MOVED = Words("Thời hạn dời sau khi báo cáo", "Due date moved after the report")


def said_before_ruling(state: str, sent_on: date | None, due: date | None, asked: date, clock: Clock) -> str:
    """Return what granting a request does to a report that was sent already; empty where none waits.

    :param due: the task's due date now; `asked` the one that is asked for.
    """
    if state != REPORTED or sent_on is None or due is None:
        return ""
    late, then = clock.days_late(due, sent_on), clock.days_late(asked, sent_on)
    if not late:
        return _(
            "Đơn vị đã báo cáo hoàn thành ngày %(sent)s, trong hạn; gia hạn không làm thay đổi kết quả này.",
            sent=day(sent_on),
        )
    said = {"sent": day(sent_on), "late": _days(late, clock), "asked": day(asked)}
    if not then:
        return _(
            "Đơn vị đã báo cáo hoàn thành ngày %(sent)s, sau hạn %(late)s; đồng ý gia hạn đến %(asked)s thì thành"
            " báo cáo trong hạn.",
            **said,
        )
    return _(
        "Đơn vị đã báo cáo hoàn thành ngày %(sent)s, sau hạn %(late)s; đồng ý gia hạn đến %(asked)s thì vẫn là"
        " báo cáo sau hạn %(then)s.",
        **said,
        then=_days(then, clock),
    )


def due_at_report(task: Task, extensions: Iterable[Extension]) -> date | None:
    """Return the due date by which a report was sent, where a request granted later has moved it; else None."""
    if task.reported_at is None:
        return None
    granted = [one for one in extensions if one.state == GRANTED and one.ruled_at and one.ruled_at > task.reported_at]
    return min(granted, key=lambda one: one.id).due_before if granted else None


def said_of_moved(before: date | None, due: date | None, sent_on: date | None, clock: Clock) -> str:
    """Return that the due date was moved after the report, from when to when, and how late it came by the first.

    :param before: as `due_at_report` gives it; with None nothing is said.
    """
    if before is None or due is None or sent_on is None:
        return ""
    way = {"moved": words(MOVED), "before": day(before), "after": day(due)}
    late = clock.days_late(before, sent_on)
    if not late:
        return _("%(moved)s (%(before)s → %(after)s).", **way)
    return _(
        "%(moved)s (%(before)s → %(after)s); theo hạn trước, báo cáo sau hạn %(late)s.",
        **way,
        late=_days(late, clock),
    )


def _days(count: int, clock: Clock) -> str:
    return words(days_words(count, clock.count))
