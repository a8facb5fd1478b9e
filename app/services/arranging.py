"""Arranging several tasks alike: what is left empty stays as each task has it; units are added, or taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.errors import DomainError
from workflows.kernel import Need
from workflows.task import TASK
from workflows.task_rules import COORDINATING_UNITS
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.models import Task

ARRANGE, PRIORITY = "arrange", "priority"
UNITS_OFF = Need(
    "units_off", "units", Words("Thôi phối hợp", "Units taken off"), required=False,
    help=Words(
        "Đơn vị chọn ở đây được bỏ khỏi từng nhiệm vụ mà đơn vị đang phối hợp, trừ nơi đơn vị đã gửi kết quả.",
        "Units chosen here are taken off each task with which they help, but where they have sent a result.",
    ),
)  # fmt: skip
"""Only on the form for several tasks: the form of one task holds the units that it keeps."""
_HELP = {
    COORDINATING_UNITS.name: Words(
        "Đơn vị chọn ở đây được thêm vào từng nhiệm vụ. Để trống thì mỗi nhiệm vụ giữ nguyên các đơn vị đang có.",
        "Units chosen here are added to each task. Left empty, each task keeps the units it has.",
    ),
    PRIORITY: Words(
        "Để trống thì mỗi nhiệm vụ giữ nguyên mức đang có.", "Left empty, each task keeps the priority it has."
    ),
}
_LABELS = {COORDINATING_UNITS.name: Words("Thêm đơn vị phối hợp", "Units added")}
_ROW = TASK.by_event[ARRANGE][0]
_units, *_others = (
    replace(need, required=False, help=_HELP.get(need.name, need.help), label=_LABELS.get(need.name, need.label))
    for need in _ROW.needs
)
ARRANGE_ALIKE = replace(_ROW, needs=(_units, UNITS_OFF, *_others))
"""The move's row as it stands on the form for several tasks."""


def check_alike(given: Mapping[str, Any]) -> None:
    """Refuse a form for several tasks in which nothing was chosen, or a unit both to add and to take off.

    :raises DomainError: with a sentence for the field that is to be looked at.
    """
    more, off = given.get(COORDINATING_UNITS.name) or [], given.get(UNITS_OFF.name) or []
    if not more and not off and not given.get(PRIORITY):
        raise DomainError(
            "Hãy chọn đơn vị phối hợp cần thêm hoặc bỏ, hoặc mức ưu tiên mới.",
            "Choose units to add or to take off, or another priority.",
            field=PRIORITY,
        )
    if {*more} & {*off}:
        raise DomainError(
            "Có đơn vị vừa thêm vừa bỏ. Hãy để đơn vị đó ở một ô.",
            "A unit is both to be added and taken off. Leave it in one of the fields.",
            field=UNITS_OFF.name,
        )


def given_alike(task: Task, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the move is given for one task: its units with those added and without those taken off, its priority.

    What a unit has sent stays on the task, and so does the unit.
    """
    off = {*(given.get(UNITS_OFF.name) or [])}
    present = [part.unit_id for part in task.coordinating if part.unit_id not in off or part.result]
    more = [unit for unit in given.get(COORDINATING_UNITS.name) or [] if unit not in {*present, task.lead_unit_id}]
    rest = {name: value for name, value in given.items() if name != UNITS_OFF.name}
    return {**rest, COORDINATING_UNITS.name: [*present, *more], PRIORITY: given.get(PRIORITY) or task.priority}


def changes_alike(task: Task, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what would change in one task, by the names under which its log will keep it.

    Beside it, `units_kept` are the units that were to be taken off but have sent their result.
    """
    wanted, off = given_alike(task, given), {*(given.get(UNITS_OFF.name) or [])}
    present = [part.unit_id for part in task.coordinating]
    added = [unit for unit in wanted[COORDINATING_UNITS.name] if unit not in present]
    removed = [unit for unit in present if unit not in wanted[COORDINATING_UNITS.name]]
    kept = [unit for unit in present if unit in off and unit not in removed]
    return {
        "units_added": added, "units_removed": removed, "units_kept": kept,
        "old_priority": task.priority, PRIORITY: wanted[PRIORITY],
    }  # fmt: skip


def is_changed(changes: Mapping[str, Any]) -> bool:
    """Tell whether anything would change in a task."""
    return bool(changes["units_added"] or changes["units_removed"]) or changes["old_priority"] != changes[PRIORITY]
