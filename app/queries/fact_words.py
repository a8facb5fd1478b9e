"""What the form of a move says of its item: words among the facts that its table knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.figures import exact, in_english, in_vietnamese
from app.reading.dead_days import dead_days
from workflows.task import TASK
from workflows.words import Words

if TYPE_CHECKING:
    from app.figures import Figure
    from app.models import CoordinatingPart, Task


def due_in_title(task: Task) -> Words | None:
    """Say that the title names a due date of the task, which would be wrong with another one."""
    days = [day for day in (task.current_due, task.original_due) if day]
    named = "; ".join(dead_days(task.title, days, None)) if days else ""
    if not named:
        return None
    label = TASK.by_event["reword"][0].label
    return Words(
        f"Tên nhiệm vụ đang ghi {named} và không tự đổi theo. Sau khi đổi thời hạn, thư ký bấm «{label.vi}».",
        f"The title says {named} and does not change by itself. Afterwards the secretary presses “{label.en}”.",
    )


def target_said(of: Task | CoordinatingPart, task: Task, shared: Figure = 0) -> Words | None:
    """Say what is to be reached in which unit, and what was reached last.

    :param shared: what other units' own targets take of a task's; the lead unit's figure is counted against the rest.
    """
    if of.target_value is None:
        return None
    last = of.measure
    unit = f" {task.target_unit}" if task.target_unit else ""
    rest = exact(of.target_value - shared)
    whole_vi, whole_en = f"{in_vietnamese(of.target_value)}{unit}", f"{in_english(of.target_value)}{unit}"
    vi, en = f"Chỉ tiêu: {whole_vi}", f"Target: {whole_en}"
    if shared and rest > 0:
        vi = f"Chỉ tiêu phần của đơn vị chủ trì: {in_vietnamese(rest)}{unit} (cả nhiệm vụ: {whole_vi})"
        en = f"Target of the lead unit's part: {in_english(rest)}{unit} (the whole task: {whole_en})"
    return Words(
        vi + ("." if last is None else f"; lần trước đã đạt {in_vietnamese(last)}."),
        en + ("." if last is None else f"; {in_english(last)} reached last time."),
    )
