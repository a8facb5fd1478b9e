"""What a unit shares out and owes: the pieces of one task, and what waits for a unit's people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, and_, cast, false, func, literal, literal_column, not_, null, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.clock import start_of
from app.db import session
from app.models import Comment, CoordinatingPart, Explanation, Person, SubTask, Task, Unit
from workflows import coordinating_part, explanation, sub_task
from workflows.coordinating_part import COORDINATING_PART, DELIVERED, RETURNED
from workflows.explanation import EXPLANATION
from workflows.extension import EXTENSION
from workflows.sub_task import DONE, SUB_TASK
from workflows.task import COMPLETED, OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from app.models import Extension
    from app.queries.standing import Standing

MOST = 100


def pieces_of(task_id: int) -> tuple[list[SubTask], list[Explanation]]:
    """Return the sub-tasks of a task and the explanations asked of its unit, with their people, in one statement.

    Sub-tasks in the order in which they were given, explanations the newest first.
    """
    given = select(literal(SUB_TASK.name).label("kind"), SubTask.id.label("id")).where(SubTask.task_id == task_id)
    asked = select(literal(EXPLANATION.name), Explanation.id).where(Explanation.task_id == task_id)
    both = given.union_all(asked).subquery()
    query = (
        select(SubTask, Explanation)
        .select_from(both)
        .outerjoin(SubTask, and_(both.c.kind == SUB_TASK.name, SubTask.id == both.c.id))
        .outerjoin(Explanation, and_(both.c.kind == EXPLANATION.name, Explanation.id == both.c.id))
        .options(
            joinedload(SubTask.person), joinedload(SubTask.sub_unit), joinedload(Explanation.author),
            joinedload(Explanation.answered_by), joinedload(Explanation.unit),
        )
        .order_by(both.c.id)
    )  # fmt: skip
    rows = session.execute(query).all()
    return [one for one, _other in rows if one is not None], [one for _other, one in reversed(rows) if one is not None]


def explained_since(committee_id: int, begins_on: date) -> Sequence[Explanation]:
    """Return what was asked of a committee's units, or answered by them, from a day on, in the order of asking.

    What was withdrawn is left out. The day is Vietnamese.
    """
    first = start_of(begins_on)
    query = (
        select(Explanation)
        .join(Task, Task.id == Explanation.task_id)
        .where(
            Task.committee_id + 0 == committee_id,  # from the explanations, which are few
            Explanation.state != explanation.WITHDRAWN,
            or_(Explanation.made_at >= first, Explanation.answered_at >= first),
        )
        .options(joinedload(Explanation.task))
        .order_by(Explanation.id)
    )
    return session.scalars(query).all()


def events_beside(
    parts: Sequence[CoordinatingPart],
    sub_tasks: Sequence[SubTask],
    explanations: Sequence[Explanation],
    extensions: Sequence[Extension],
) -> dict[str, list[int]]:
    """Return the ids of what has a log beside a task, by workflow; a part nobody has touched has none."""
    return {
        EXTENSION.name: [one.id for one in extensions],
        COORDINATING_PART.name: [one.id for one in parts if one.version > 1],
        SUB_TASK.name: [one.id for one in sub_tasks],
        EXPLANATION.name: [one.id for one in explanations],
    }


def comments_of(task_id: int) -> Sequence[Comment]:
    """Return what people said beside a task, the oldest first; withdrawn ones too."""
    query = select(Comment).where(Comment.task_id == task_id).order_by(Comment.at, Comment.id)
    return session.scalars(query.options(joinedload(Comment.person))).all()


class Owed(NamedTuple):
    """One thing that waits for people of a unit: its kind (a workflow's name) and state, its task, what it asks."""

    kind: str
    state: str
    id: int
    task_id: int
    code: str
    title: str
    text: str
    due: date | None
    who: str


def owed_in(standing: Standing, unit_id: int) -> list[Owed]:
    """Return what waits for this person in a unit besides whole tasks, the most urgent first; at most MOST.

    Explanations asked of the unit, sub-tasks given to the person or the unit, parts that were asked in words or sent
    back; and, for who leads, parts and sub-tasks that wait to be taken.
    """
    leads = unit_id in standing.head_of
    ways = [
        _explanations(unit_id),
        _own_sub_tasks(standing, unit_id),
        _own_parts(unit_id),
        _to_take(SubTask, SUB_TASK.name, DONE, standing, unit_id, leads=leads),
        _to_take(CoordinatingPart, COORDINATING_PART.name, DELIVERED, standing, unit_id, leads=leads),
    ]
    rows = [Owed(*row) for row in session.execute(union_all(*ways).limit(MOST))]
    return sorted(rows, key=lambda one: (one.kind != EXPLANATION.name, one.due is None, one.due or 0, one.id))


def _columns(kind: str, piece: Any, text: Any, due: Any, who: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- columns
    return (
        literal(kind).label("kind"), piece.state.label("state"), piece.id.label("id"), Task.id.label("task_id"),
        Task.code.label("code"), Task.title.label("title"), text.label("text"), due.label("due"), who.label("who"),
    )  # fmt: skip


def _explanations(unit_id: int) -> Select[Any]:
    return (
        select(*_columns(EXPLANATION.name, Explanation, Explanation.question, Explanation.answer_by, Person.full_name))
        .join(Task, Task.id == Explanation.task_id)
        .join(Person, Person.id == Explanation.author_id)
        .where(
            Explanation.unit_id == unit_id,
            Explanation.state.in_(explanation.OWED),
            Task.lead_unit_id + 0 == unit_id,
            # Of a task that was completed late the monthly report still quotes the unit's word.
            Task.state.in_(OPEN | {COMPLETED}),
        )
    )


def _own_sub_tasks(standing: Standing, unit_id: int) -> Select[Any]:
    mine = and_(SubTask.person_id.in_(standing.people), Task.lead_unit_id + 0 == unit_id)
    return (
        select(*_columns(SUB_TASK.name, SubTask, SubTask.work, SubTask.due, Person.full_name))
        .join(Task, Task.id == SubTask.task_id)
        .join(Person, Person.id == SubTask.author_id)
        .where(SubTask.state.in_(sub_task.AWAITS_DOER), Task.state.in_(OPEN), or_(mine, SubTask.sub_unit_id == unit_id))
    )


def _own_parts(unit_id: int) -> Select[Any]:
    asked = or_(CoordinatingPart.work != "", CoordinatingPart.due.is_not(None), CoordinatingPart.state == RETURNED)
    return (
        select(
            *_columns(COORDINATING_PART.name, CoordinatingPart, CoordinatingPart.work, CoordinatingPart.due, Unit.name)
        )
        .join(Task, Task.id == CoordinatingPart.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            CoordinatingPart.unit_id == unit_id,
            CoordinatingPart.state.in_(coordinating_part.AWAITS_UNIT),
            Task.state.in_(OPEN),
            asked,
        )
    )


def _to_take(  # noqa: PLR0913 -- one question of two tables
    model: type[SubTask | CoordinatingPart], kind: str, state: str, standing: Standing, unit_id: int, *, leads: bool
) -> Select[Any]:
    whose: ColumnElement[bool] = Task.lead_unit_id + 0 == unit_id
    if not leads:
        whose = and_(whose, Task.owner_id.in_(standing.people))
    if model is SubTask:
        whose = and_(whose, _not_own_work(standing))
    return (
        select(*_columns(kind, model, model.result, cast(null(), Date), func.coalesce(Person.full_name, "")))
        .join(Task, Task.id == model.task_id)
        .outerjoin(Person, Person.id == model.delivered_by_id)
        # Written out, because a partial index holds these: the pieces come first, their tasks are looked up.
        .where(model.state == literal_column(f"'{state}'"), Task.state.in_(OPEN), whose if standing.units else false())
    )


def _not_own_work(standing: Standing) -> ColumnElement[bool]:
    """Return the condition for sub-tasks that the person may take: not those he does, unless as head he gave them."""
    does = or_(
        func.coalesce(SubTask.person_id, 0).in_(standing.people),
        func.coalesce(SubTask.sub_unit_id, 0).in_(standing.units),
        func.coalesce(SubTask.delivered_by_id, 0).in_(standing.people),
    )
    heads = (standing.own or standing).head_of
    return or_(not_(does), and_(SubTask.author_id == standing.person_id, Task.lead_unit_id.in_(heads)))
