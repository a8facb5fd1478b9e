"""Whom a move tells: rows of the same transaction, mailed later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.db import session
from app.models import Attendance, CoordinatingPart, Explanation, Extension, Person, SubTask, Task, Unit
from app.queries.facts import SUBJECTS
from app.services.effects_task import task_of
from app.services.moves import ASKED, Move, handles
from app.services.telling import people_of_committee, people_of_unit, tell
from workflows import effects as then

if TYPE_CHECKING:
    from collections.abc import Iterable


HAND_OVER = "hand_over"


def tell_about(move: Move, people: Iterable[int], *, urgent: bool = False) -> None:
    """Tell people about a move; its author knows already. The slot is the event, so each move tells once."""
    if move.event is None:
        return
    author = move.actor.person.id if move.actor else None
    name, event = move.subject.workflow.name, move.row.event
    about = _about(move.item)
    tell(
        (person for person in people if person != author),
        authority_id=move.item.authority_id,
        rule=f"{name}.{event}",
        subject=SUBJECTS[type(about)].workflow.name,
        subject_id=about.id,
        slot=f"{name}-{move.item.id}-{move.event.seq}",
        data={"reason": move.event.reason, "by": move.author.full_name if move.author else "", **_whom(move)},
        urgent=urgent,
    )


def _whom(move: Move) -> dict[str, str]:
    """Return the person or unit that the move is about, where its words leave it out; nothing otherwise."""
    item = move.item
    person: int | None = None
    if isinstance(item, CoordinatingPart):
        return {"whom": item.unit.name}
    if isinstance(item, SubTask):
        if item.sub_unit_id is not None:
            return {"whom": session.get_one(Unit, item.sub_unit_id).name}
        person = item.person_id
    elif move.row.event == HAND_OVER:
        person = item.owner_id
    return {"whom": session.get_one(Person, person).full_name} if person is not None else {}


def _about(item: Any) -> Any:  # noqa: ANN401 -- any subject
    """Return what people know the item by: what stands beside a task by the task, an invitation by its meeting."""
    if isinstance(item, Extension | CoordinatingPart | SubTask | Explanation):
        return item.task
    return item.meeting if isinstance(item, Attendance) else item


@handles(then.TELL_LEAD)
def tell_lead(move: Move) -> None:
    """Tell the lead unit's head and contacts, and the person in charge."""
    people = move.people.get(then.TELL_LEAD) or lead_people(move)
    tell_about(move, people, urgent=task_of(move).priority == "urgent")


def lead_people(move: Move) -> list[int]:
    """Return those people."""
    task = task_of(move)
    return people_of_unit(task.lead_unit_id, move.today, owner=task.owner_id)


ASKED[then.TELL_LEAD] = lead_people


@handles(then.TELL_OLD_LEAD)
def tell_old_lead(move: Move) -> None:
    """Tell the unit that led the task until now."""
    if move.notes.get("old_lead"):
        tell_about(move, people_of_unit(move.notes["old_lead"], move.today))


@handles(then.TELL_COORDINATORS)
def tell_coordinators(move: Move) -> None:
    """Tell the coordinating units."""
    for part in task_of(move).coordinating:
        tell_about(move, people_of_unit(part.unit_id, move.today))


@handles(then.TELL_CONFIRMER, then.TELL_RULERS)
def tell_rulers(move: Move) -> None:
    """Tell the chair, and the deputies in charge of the unit."""
    tell_about(move, people_of_committee(_committee_id(move), move.today, "chair", "deputy"))


@handles(then.TELL_SECRETARY)
def tell_secretary(move: Move) -> None:
    """Tell the committee's secretary."""
    tell_about(move, people_of_committee(_committee_id(move), move.today, "secretary"))


def _committee_id(move: Move) -> int:
    if isinstance(move.item, Task | Extension | CoordinatingPart | SubTask | Explanation):
        return task_of(move).committee_id
    committee_id: int = getattr(move.item, "committee_id", None) or move.item.meeting.committee_id
    return committee_id
