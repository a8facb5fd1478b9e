"""Reminds of what stands beside a task: an open part of its unit, a sub-task of whoever does it, by its own due day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select

from app.clock import start_of
from app.db import session
from app.models import CoordinatingPart, SubTask, Task
from app.queries.reminder_people import offices_on
from app.services.telling import tell
from workflows import coordinating_part, sub_task
from workflows.coordinating_part import COORDINATING_PART
from workflows.reminders import OWNER, PIECE
from workflows.sub_task import SUB_TASK
from workflows.task import AWAITS_RULING, AWAITS_UNIT, TASK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.queries.reminder_people import Offices
    from app.queries.reminders_due import Window


class Due(NamedTuple):
    """One piece of which somebody is reminded: a part (`unit_id`), or a sub-task of a person or a sub-unit."""

    kind: str
    id: int
    task_id: int
    work: str
    due: date
    person_id: int | None
    unit_id: int | None


def remind_of_pieces(authority_id: int, day: date, windows: list[Window]) -> None:
    """Write the reminders of pieces that fall on a day: on the days, and by the rules, of a task's person in charge.

    A piece is told for each rule and due day once; days before it was given are not made up for. Its rule's name
    differs from that of its task, so that whoever has both hears of both.
    """
    held: Offices | None = None
    for each in windows:
        if each.field != "current_due" or each.audience != OWNER:
            continue
        for piece in _pieces(authority_id, each):
            held = held or offices_on(authority_id, day)
            tell(
                _hearers(held, piece),
                authority_id=authority_id,
                rule=f"{piece.kind}{PIECE}.{each.rule}",
                subject=TASK.name,
                subject_id=piece.task_id,
                slot=f"{piece.kind}-{piece.id}-{piece.due.isoformat()}",
                data={"reason": piece.work, "due": piece.due.isoformat()},
            )


def _hearers(held: Offices, piece: Due) -> set[int]:
    """Return the person, or the head and contact of the unit, each with who stands in today."""
    if piece.person_id is not None:
        people = [piece.person_id] if piece.person_id in held.alive else []
    else:
        people = held.answering(piece.unit_id, "head", "contact") if piece.unit_id is not None else []
    return {*people, *(held.substitutes[one] for one in people if one in held.substitutes)}


def _pieces(authority_id: int, each: Window) -> Iterator[Due]:
    """Yield the open pieces that a window holds."""
    part = (CoordinatingPart.id, CoordinatingPart.task_id, CoordinatingPart.work, CoordinatingPart.due)
    parts = select(*part, CoordinatingPart.unit_id).where(
        CoordinatingPart.state.in_(coordinating_part.AWAITS_UNIT),
        *_fits(CoordinatingPart.due, each),
        or_(CoordinatingPart.asked_at.is_(None), CoordinatingPart.asked_at < start_of(each.fired_on)),
    )
    for found, task_id, work, due, unit in session.execute(_of_open(parts, CoordinatingPart, authority_id)):
        yield Due(COORDINATING_PART.name, found, task_id, work, due, None, unit)
    piece = (SubTask.id, SubTask.task_id, SubTask.work, SubTask.due, SubTask.person_id, SubTask.sub_unit_id)
    sub_tasks = select(*piece).where(
        SubTask.state.in_(sub_task.AWAITS_DOER),
        *_fits(SubTask.due, each),
        SubTask.made_at < start_of(each.fired_on),
    )
    for row in session.execute(_of_open(sub_tasks, SubTask, authority_id)):
        yield Due(SUB_TASK.name, *row)


def _of_open(query: Any, model: type[CoordinatingPart | SubTask], authority_id: int) -> Any:  # noqa: ANN401 -- a SELECT
    # The sum hides the authority from SQLite, which would else begin with its open tasks: pieces are few.
    running = Task.authority_id + 0 == authority_id, Task.state.in_(sorted(AWAITS_UNIT | AWAITS_RULING))
    return query.join(Task, Task.id == model.task_id).where(model.authority_id == authority_id, *running)


def _fits(due: Any, each: Window) -> list[ColumnElement[bool]]:  # noqa: ANN401 -- a column
    return [*([due >= each.first] if each.first else []), due <= each.last]
