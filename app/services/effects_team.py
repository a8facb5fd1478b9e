"""Who has a task: its lead unit, the person in charge, the units that coordinate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from app.db import session
from app.errors import DomainError
from app.figures import exact
from app.models import CoordinatingPart, Explanation, Task
from app.queries.choices import people_in_office
from app.services.measures import check_target, kept_in_log
from app.services.moves import Move, handles
from app.services.spans import lead_on
from app.text import fold
from workflows import effects as then
from workflows.deadlines import is_overdue
from workflows.evidence import columns_of
from workflows.explanation import OPEN as EXPLAINS
from workflows.task_rules import COORDINATING_UNITS, EVIDENCE_RULE, TARGET, TARGET_UNIT, TITLE

if TYPE_CHECKING:
    from datetime import date


@handles(then.CHANGE_LEAD)
def change_lead(move: Move) -> None:
    """Give the task to another lead unit; the history keeps the old one, and who had it when it fell due."""
    task: Task = move.item
    unit_id = int(move.given["lead_unit"])
    data = move.notes.setdefault("data", {})
    data["old_lead"] = task.lead_unit_id
    if task.late_from is not None and is_overdue(task.state, task.late_from, task.reported_on, move.today):
        data["late_lead"], data["late_due"] = lead_on(task, task.late_from), str(task.current_due)
    move.notes["old_lead"] = task.lead_unit_id
    task.lead_unit_id = unit_id
    task.owner_id = None
    # What still waits for an answer goes along with a unit that goes into another.
    waits = update(Explanation).where(Explanation.task_id == task.id, Explanation.state.in_(EXPLAINS))
    session.execute(waits.values(unit_id=unit_id))
    session.execute(
        delete(CoordinatingPart).where(CoordinatingPart.task_id == task.id, CoordinatingPart.unit_id == unit_id)
    )


@handles(then.CHANGE_OWNER)
def change_owner(move: Move) -> None:
    """Put another person of the lead unit in charge.

    :raises DomainError: the person holds no office in the lead unit today.
    """
    task: Task = move.item
    check_in_office(int(move.given["person"]), task.lead_unit_id, move.today)
    move.notes["old_owner"] = task.owner_id
    move.notes.setdefault("data", {})["old_owner"] = task.owner_id
    task.owner_id = int(move.given["person"])


def check_in_office(person_id: int, unit_id: int, day: date) -> None:
    """Refuse somebody who holds no office in a unit on a day.

    :raises DomainError: with a sentence for the field `person`.
    """
    if person_id not in people_in_office(unit_id, day):
        raise DomainError(
            "Người được chọn không còn công tác tại đơn vị này. Hãy chọn người khác.",
            "The person chosen holds no office in this unit any more. Choose another.",
            field="person",
        )


@handles(then.SET_TITLE)
def set_title(move: Move) -> None:
    """Call the task otherwise; the words of its source stay below, and the log keeps the title before."""
    task: Task = move.item
    before = task.title
    move.notes.setdefault("data", {})["old_title"] = before
    task.title = str(move.given[TITLE.name])
    task.detail = task.detail or before
    task.search_text = fold(f"{task.code} {task.title} {task.detail} {task.deliverable}")


@handles(then.SET_EVIDENCE)
def set_evidence(move: Move) -> None:
    """Ask for other evidence with the report; the log keeps what was asked before."""
    task: Task = move.item
    move.notes.setdefault("data", {})["old_evidence"] = task.asked_evidence
    task.evidence_rule, task.evidence_kind = columns_of(str(move.given[EVIDENCE_RULE.name]))


@handles(then.SET_TARGET)
def set_target(move: Move) -> None:
    """Give the task another target, or none; the log keeps the target before.

    :raises DomainError: units have reported or been given more, and nobody has said that it is meant so.
    """
    task: Task = move.item
    check_target(move, task)
    move.notes.setdefault("data", {}).update(
        old_target=kept_in_log(task.target_value), old_target_unit=task.target_unit
    )
    wanted = move.given.get(TARGET.name)
    task.target_value = None if wanted in {None, ""} else exact(wanted)
    task.target_unit = "" if task.target_value is None else str(move.given.get(TARGET_UNIT.name) or "")


@handles(then.ARRANGE_TASK)
def arrange_task(move: Move) -> None:
    """Save coordinating units and priority."""
    task: Task = move.item
    before, old_priority = {part.unit_id for part in task.coordinating}, task.priority
    if move.given.get("priority"):
        task.priority = move.given["priority"]
    wanted = {int(unit) for unit in move.given.get(COORDINATING_UNITS.name) or []} - {task.lead_unit_id}
    for part in list(task.coordinating):
        # What a unit has sent stays on the task, even when it is not asked for more.
        if part.unit_id not in wanted and not part.result:
            task.coordinating.remove(part)
    kept = {part.unit_id for part in task.coordinating}
    move.notes["new_units"] = sorted(wanted - kept)
    task.coordinating.extend(
        CoordinatingPart(authority_id=task.authority_id, unit_id=unit) for unit in sorted(wanted - kept)
    )
    move.notes.setdefault("data", {}).update(
        units_added=sorted(wanted - kept), units_removed=sorted(before - kept), old_priority=old_priority
    )
