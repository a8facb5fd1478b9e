"""Asking for a later due date: the birth of an extension request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import day_of, now
from app.models import Extension, Task
from app.queries.facts import task_facts
from app.services.births import allowed, begin
from app.services.moves import Recorded, roles_for, stood_in_for
from workflows.extension import REQUESTED, may_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app import access


def request_extension(
    task: Task, given: Mapping[str, Any], *, actor: access.Actor, behalf: Recorded | None = None
) -> Extension:
    """File a unit's request for a later due date and tell who rules on it.

    :raises RefusedMoveError: the table refuses, with its sentence.
    :raises ForbiddenError: somebody other than the secretary records it for the unit.
    :raises ChangedMeanwhileError: another request was filed at the same moment.
    """
    at, roles = now(), roles_for(task, None, actor, behalf)
    facts = task_facts(task)
    verdict = allowed(may_request(facts, given, day_of(at), roles))
    away = None if behalf else stood_in_for(verdict.transition, task, facts, actor)
    flags = [flag.name for flag in verdict.flags]
    extension = Extension(
        authority_id=task.authority_id,
        task_id=task.id,
        task=task,
        state=REQUESTED,
        requested_due=given["new_due"],
        due_before=task.current_due,
        reason=given["reason"],
        timing=flags[0] if flags else "",
        author_id=(behalf.person if behalf else actor.person).id,
        recorder_id=actor.person.id if behalf else None,
        made_at=at,
    )
    data = {"new_due": str(given["new_due"]), "flags": flags}
    reason = str(given["reason"])
    begin(extension, verdict, given, actor=actor, roles=roles, data=data, reason=reason, behalf=behalf, stands_for=away)
    return extension
