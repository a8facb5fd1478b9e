"""Arranging several tasks alike: what is left empty stays as each task has it, and no unit is taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.errors import DomainError
from workflows.task import TASK
from workflows.task_rules import COORDINATING_UNITS
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.models import Task

ARRANGE, PRIORITY = "arrange", "priority"
_HELP = {
    COORDINATING_UNITS.name: Words(
        "Đơn vị chọn ở đây được thêm vào từng nhiệm vụ. Để trống thì mỗi nhiệm vụ giữ nguyên các đơn vị đang có. "
        "Muốn bỏ một đơn vị, hãy mở trang của nhiệm vụ.",
        "Units chosen here are added to each task. Left empty, each task keeps the units it has. "
        "To take a unit off, open the task's page.",
    ),
    PRIORITY: Words(
        "Để trống thì mỗi nhiệm vụ giữ nguyên mức đang có.", "Left empty, each task keeps the priority it has."
    ),
}
_ROW = TASK.by_event[ARRANGE][0]
ARRANGE_ALIKE = replace(
    _ROW, needs=tuple(replace(need, required=False, help=_HELP.get(need.name, need.help)) for need in _ROW.needs)
)
"""The move's row as it stands on the form for several tasks."""


def check_alike(given: Mapping[str, Any]) -> None:
    """Refuse a form for several tasks in which nothing was chosen.

    :raises DomainError: with a sentence for the field of the priority.
    """
    if not given.get(COORDINATING_UNITS.name) and not given.get(PRIORITY):
        raise DomainError(
            "Hãy chọn đơn vị phối hợp cần thêm hoặc mức ưu tiên mới.",
            "Choose units to add, or another priority.",
            field=PRIORITY,
        )


def given_alike(task: Task, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the move is given for one task: its units and those chosen, its priority or the one chosen."""
    present = [part.unit_id for part in task.coordinating]
    more = [unit for unit in given.get(COORDINATING_UNITS.name) or [] if unit not in {*present, task.lead_unit_id}]
    return {**given, COORDINATING_UNITS.name: [*present, *more], PRIORITY: given.get(PRIORITY) or task.priority}


def changes_alike(task: Task, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what would change in one task, by the names under which its log will keep it."""
    wanted, present = given_alike(task, given), {part.unit_id for part in task.coordinating}
    added = [unit for unit in wanted[COORDINATING_UNITS.name] if unit not in present]
    return {"units_added": added, "units_removed": [], "old_priority": task.priority, PRIORITY: wanted[PRIORITY]}


def is_changed(changes: Mapping[str, Any]) -> bool:
    """Tell whether anything would change in a task."""
    return bool(changes["units_added"]) or changes["old_priority"] != changes[PRIORITY]
