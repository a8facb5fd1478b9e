"""What follows from the moves of parts, sub-tasks and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.db import session
from app.errors import DomainError
from app.models import CoordinatingPart, Explanation, SubTask
from app.queries.choices import sub_units_of
from app.services.effects_task import attach_evidence, task_of
from app.services.effects_team import check_in_office
from app.services.effects_tell import tell_about
from app.services.measures import check_measure, kept_in_log, measure_in
from app.services.moves import Move, handles, make_move
from app.services.telling import people_of_committee, people_of_unit, with_substitutes
from workflows import effects as then
from workflows.explanation import OPEN as EXPLAINS
from workflows.sub_task import OPEN, PERSON, SUB_UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.models import Task


@handles(then.CLOSE_SUB_TASKS)
def close_sub_tasks(move: Move) -> None:
    """Withdraw what the unit had shared out of a task that it has no more."""
    query = select(SubTask).where(SubTask.task_id == move.item.id, SubTask.state.in_(OPEN)).order_by(SubTask.id)
    for sub_task in session.scalars(query).all():
        make_move(sub_task, "withdraw", {"remark": str(move.given.get("reason") or "")})


@handles(then.CLOSE_EXPLANATIONS)
def close_explanations(move: Move) -> None:
    """Withdraw what the unit was asked to explain of a task that it has no more."""
    query = select(Explanation).where(Explanation.task_id == move.item.id, Explanation.state.in_(EXPLAINS))
    for explanation in session.scalars(query.order_by(Explanation.id)).all():
        make_move(explanation, "withdraw")


@handles(then.ASK_PART)
def ask_part(move: Move) -> None:
    """Start the coordinating unit's clock (what is asked and by when is filled from the form)."""
    part: CoordinatingPart = move.item
    part.asked_at = move.at
    part.delivered_on = part.delivered_by_id = None


@handles(then.DROP_ASKED)
def drop_asked(move: Move) -> None:
    """Let the unit owe nothing any more: no day, no figure, no clock; what was asked stays to be read."""
    part: CoordinatingPart = move.item
    data = move.notes.setdefault("data", {})
    data["old_due"] = part.due.isoformat() if part.due else None
    data["old_target"] = kept_in_log(part.target_value)
    part.due = part.target_value = part.asked_at = None


@handles(then.STAMP_DELIVERED)
def stamp_delivered(move: Move) -> None:
    """Note what was sent, when and by whom, and keep its evidence with the task."""
    piece: CoordinatingPart | SubTask = move.item
    author = move.author
    piece.result = str(move.given["result"])
    piece.delivered_on = move.today
    piece.delivered_by_id = author.id if author else None
    if isinstance(piece, CoordinatingPart) and (measure := measure_in(move)) is not None:
        check_measure(move, piece)
        piece.measure, piece.measured_on = measure, move.today
        move.notes.setdefault("data", {})["measured_unit"] = piece.unit_id
    attach_evidence(move)


@handles(then.MARK_UNDELIVERED)
def mark_undelivered(move: Move) -> None:
    """Treat the result as never sent: the clock goes on; the log keeps what it said."""
    piece: CoordinatingPart | SubTask = move.item
    piece.delivered_on = piece.delivered_by_id = None


@handles(then.STAMP_EXPLAINED)
def stamp_explained(move: Move) -> None:
    """Keep the unit's answer with its instant."""
    explanation: Explanation = move.item
    author = move.author
    explanation.answer = str(move.given["explanation"])
    explanation.answered_at = move.at
    explanation.answered_by_id = author.id if author else None


@handles(then.TELL_PART_UNIT)
def tell_part_unit(move: Move) -> None:
    """Tell the coordinating unit whose part it is."""
    tell_about(move, people_of_unit(move.item.unit_id, move.today), urgent=task_of(move).priority == "urgent")


@handles(then.TELL_DOER)
def tell_doer(move: Move) -> None:
    """Tell who was given the sub-task, and who had it before where that changed."""
    piece: SubTask = move.item
    before = {move.notes["old_person"]} if move.notes.get("old_person") else set()
    tell_about(move, before | set(doers_of(piece, move)))


def doers_of(piece: SubTask, move: Move) -> list[int]:
    """Return the people who do a sub-task: the person, or those who answer for the sub-unit."""
    if piece.person_id is not None:
        return list(with_substitutes([piece.person_id], move.today))
    return people_of_unit(piece.sub_unit_id, move.today) if piece.sub_unit_id is not None else []


@handles(then.TELL_GIVER)
def tell_giver(move: Move) -> None:
    """Tell who gave the sub-task, and who is in charge of the task; else the lead unit."""
    piece: SubTask = move.item
    task = task_of(move)
    takers = {person for person in (piece.author_id, task.owner_id) if person is not None} - {piece.person_id}
    # Who does the work does not take it: where nobody else was told, those who answer for the unit are.
    tell_about(move, takers or people_of_unit(task.lead_unit_id, move.today))


@handles(then.TELL_OWNERS)
def tell_owners(move: Move) -> None:
    """Tell the old and the new person in charge."""
    task: Task = move.item
    tell_about(move, {person for person in (task.owner_id, move.notes.get("old_owner")) if person is not None})


@handles(then.TELL_ASKER)
def tell_asker(move: Move) -> None:
    """Tell who asked for the explanation, and the secretary."""
    explanation: Explanation = move.item
    secretaries = people_of_committee(task_of(move).committee_id, move.today, "secretary")
    tell_about(move, {explanation.author_id, *secretaries})


@handles(then.CHANGE_DOER)
def change_doer(move: Move) -> None:
    """Give the sub-task to somebody else of the unit, or to another sub-unit."""
    piece: SubTask = move.item
    check_doer(task_of(move), move.given, move.today)
    if move.given.get(PERSON.name) != piece.person_id:
        move.notes["old_person"] = piece.person_id
    piece.person_id, piece.sub_unit_id = move.given.get(PERSON.name), move.given.get(SUB_UNIT.name)
    piece.due = move.given.get("due")


def check_doer(task: Task, given: Mapping[str, Any], day: date) -> None:
    """Refuse a person who is not in office in the lead unit, and a unit that does not belong to it.

    :raises DomainError: with the field that is wrong.
    """
    if given.get(PERSON.name):
        check_in_office(int(given[PERSON.name]), task.lead_unit_id, day)
    elif given.get(SUB_UNIT.name) not in sub_units_of(task.lead_unit_id):
        raise DomainError(
            "Bộ phận được chọn không trực thuộc đơn vị chủ trì. Hãy chọn lại.",
            "The unit chosen does not belong to the lead unit. Choose again.",
            field=SUB_UNIT.name,
        )
