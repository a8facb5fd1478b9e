"""Which tasks of an import somebody has worked on since, and what was done last: these cannot be taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import literal, select

from app.db import session
from app.models import Comment, CoordinatingPart, Event, Explanation, Extension, Person, SubTask, Task
from app.queries.task_lines import chunks
from workflows.coordinating_part import COORDINATING_PART
from workflows.explanation import EXPLANATION
from workflows.extension import EXTENSION
from workflows.sub_task import SUB_TASK
from workflows.task import DROPPED, TASK

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Select

COMMENT = "comment"
_BESIDE = ((Extension, EXTENSION.name), (SubTask, SUB_TASK.name), (Explanation, EXPLANATION.name), (Comment, COMMENT))


class Touched(NamedTuple):
    """A task and what was done with it last: a move of `subject` (its name and when, by whom), or that it is there."""

    id: int
    code: str
    subject: str
    event: str = ""
    at: datetime | None = None
    person: str | None = None


def tasks_touched(ids: Collection[int]) -> list[Touched]:
    """Return those of these tasks with which anything happened since they were entered, by their codes' order.

    What an undo has taken out already is left out.
    """
    found: dict[int, Touched] = {}
    for part in chunks(sorted(ids)):
        for query in _queries(part):
            for row in session.execute(query):
                task = Touched(*row)
                known = found.get(task.id)
                if known is None or known.at is None or (task.at is not None and task.at >= known.at):
                    found[task.id] = task
    return sorted(found.values())


def _queries(part: Collection[int]) -> list[Select[*tuple[Any, ...]]]:
    """Return what is asked of some tasks, the plain facts first, then the moves, the last of them at the end."""
    ours = Task.id.in_(part), Task.state != DROPPED
    beside = [
        select(Task.id, Task.code, literal(name), literal(""), literal(None), literal(None)).where(
            *ours, Task.id.in_(select(model.task_id).where(model.task_id.in_(part)))
        )
        for model, name in _BESIDE
    ]
    columns = Task.id, Task.code, Event.subject, Event.event, Event.at, Person.full_name
    moved = (
        select(*columns)
        .join(Event, (Event.subject == TASK.name) & (Event.subject_id == Task.id) & (Event.seq > 1))
        .outerjoin(Person, Person.id == Event.actor_id)
    )
    moved_part = (
        select(*columns)
        .join(CoordinatingPart, CoordinatingPart.task_id == Task.id)
        .join(Event, (Event.subject == COORDINATING_PART.name) & (Event.subject_id == CoordinatingPart.id))
        .outerjoin(Person, Person.id == Event.actor_id)
    )
    return [*beside, *(query.where(*ours).order_by(Event.at, Event.id) for query in (moved_part, moved))]
