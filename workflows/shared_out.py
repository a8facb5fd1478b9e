"""What parts and sub-tasks have in common: their task must be open, their days, and how their clock stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.kernel import Facts, Flag, Guard, Need, Words
from workflows.parts import day_in

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class SharedFacts(Facts):
    """What the table must know of a piece of a task; every default is the one that permits least."""

    task_open: bool = False
    """The task is neither over nor paused."""
    task_lives: bool = False
    """The task is not over; it may be paused."""
    task_due: date | None = None
    staff_may_report: bool = False


TASK_OPEN = Guard(
    "task_open",
    lambda facts, _given, _today: facts.task_open,
    Words(
        "Nhiệm vụ đã kết thúc hoặc đang tạm dừng nên phần việc này không chuyển bước được nữa.",
        "The task is over or paused, so this piece of it cannot move.",
    ),
)
TASK_LIVES = Guard(
    "task_lives",
    lambda facts, _given, _today: facts.task_lives,
    Words(
        "Nhiệm vụ đã kết thúc nên việc này khép lại cùng nhiệm vụ.",
        "The task is over, so this is closed with it.",
    ),
)
"""Once its task was completed or withdrawn, nothing beside it waits for anybody."""
DUE_NOT_GONE = Guard(
    "due_not_gone",
    lambda _facts, given, today: not given.get("due") or day_in(given, "due") >= today,
    Words("Thời hạn đã qua. Hãy chọn từ hôm nay trở đi.", "That day has passed. Choose today or a later day."),
    field="due",
)
AFTER_TASK = Flag(
    "after_task",
    lambda facts, given, _today: (
        bool(given.get("due")) and facts.task_due is not None and day_in(given, "due") > facts.task_due
    ),
    Words("Hạn của phần việc sau thời hạn của nhiệm vụ", "Due after the task itself"),
)
DUE = Need("due", "date", Words("Thời hạn", "Due date"), required=False)
RESULT = Need("result", "long_text", Words("Kết quả", "Result"))
CLOSED_WITH_TASK = Words("Khép cùng nhiệm vụ", "Closed with the task")
"""How a piece stands, to its readers, that was still open when its task was over."""
