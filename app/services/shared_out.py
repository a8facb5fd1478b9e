"""Sharing a task out inside the lead unit, and asking it why the task is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import day_of, now
from app.models import Explanation, SubTask, Task
from app.queries.calendars import clock_of
from app.queries.facts import task_facts
from app.services.births import allowed, begin
from app.services.effects_shared import check_doer
from app.services.moves import Recorded, roles_for, stood_in_for
from workflows.explanation import ASKED, may_ask
from workflows.sub_task import GIVEN, may_give

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app import access


def give_sub_task(task: Task, given: Mapping[str, Any], *, actor: access.Actor) -> SubTask:
    """Give a piece of a task to a person of the lead unit or to one of its sub-units, and tell whoever got it.

    :raises RefusedMoveError: the table refuses, with its sentence.
    :raises DomainError: the person or the sub-unit does not belong to the lead unit.
    """
    at, roles = now(), roles_for(task, None, actor, None)
    facts = task_facts(task)
    verdict = allowed(may_give(facts, given, day_of(at), roles))
    away = stood_in_for(verdict.transition, task, facts, actor)
    check_doer(task, given, day_of(at))
    sub_task = SubTask(
        authority_id=task.authority_id,
        task_id=task.id,
        task=task,
        state=GIVEN,
        work=given["work"],
        person_id=given.get("person"),
        sub_unit_id=given.get("sub_unit"),
        author_id=actor.person.id,
        due=given.get("due"),
        made_at=at,
    )
    due = given.get("due")
    data = {name: given[name] for name in ("work", "person", "sub_unit") if given.get(name)}
    data |= {"due": due.isoformat()} if due else {}
    work = str(given["work"])
    begin(sub_task, verdict, given, actor=actor, roles=roles, data=data, reason=work, stands_for=away)
    return sub_task


def ask_explanation(
    task: Task, given: Mapping[str, Any], *, actor: access.Actor, behalf: Recorded | None = None
) -> Explanation:
    """Ask the lead unit of an overdue task why it is late, and tell it by when to answer.

    :raises RefusedMoveError: the table refuses, with its sentence.
    :raises ChangedMeanwhileError: somebody else asked at the same moment.
    """
    at, roles = now(), roles_for(task, None, actor, behalf)
    day = day_of(at)
    facts = task_facts(task)
    verdict = allowed(may_ask(facts, given, day, roles))
    away = None if behalf else stood_in_for(verdict.transition, task, facts, actor)
    explanation = Explanation(
        authority_id=task.authority_id,
        task_id=task.id,
        task=task,
        unit_id=task.lead_unit_id,
        state=ASKED,
        author_id=(behalf.person if behalf else actor.person).id,
        question=given["question"],
        answer_by=given["answer_by"],
        days_late=clock_of(task.committee).days_late(task.current_due, day) if task.current_due else 0,
        made_at=at,
    )
    data = {"answer_by": given["answer_by"].isoformat(), "unit": task.lead_unit_id}
    question = str(given["question"])
    begin(
        explanation, verdict, given, actor=actor, roles=roles, data=data, reason=question, behalf=behalf,
        stands_for=away,
    )  # fmt: skip
    return explanation
