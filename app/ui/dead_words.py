"""What a task's page says where its title, or what was ordered, still names a due date that was moved since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.reading.dead_days import dead_days
from workflows.task import OPEN, TASK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.models import Task
    from app.queries.task_page import HistoryLine


class DeadWords(NamedTuple):
    """The words with a day that is gone: in the title, which can be corrected, and in the words of the source."""

    title: str
    source: str


def dead_words(task: Task, ordered: str, lines: Iterable[HistoryLine]) -> DeadWords | None:
    """Return what an open task still says of an earlier due date; None where it says nothing.

    :param ordered: the words of the source; `lines` the task's events, which keep each date before.
    """
    if task.state not in OPEN:
        return None
    kept = (line.data.get("due_before") for line in lines if line.subject == TASK.name)
    gone = {date.fromisoformat(str(day)) for day in kept if day} | ({task.original_due} if task.original_due else set())
    found = DeadWords(*("; ".join(dead_days(text, gone, task.current_due)) for text in (task.title, ordered)))
    return found if any(found) else None
