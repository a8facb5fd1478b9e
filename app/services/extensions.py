"""Asking for a later due date: the birth of an extension request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from app.clock import day_of, now
from app.db import session
from app.errors import ChangedMeanwhileError
from app.models import Extension, Task
from app.queries.facts import SUBJECTS, task_facts
from app.services.history import write_event
from app.services.moves import HANDLERS, Move, Recorded, RefusedMoveError, roles_for
from workflows.extension import EXTENSION, REQUEST, REQUESTED, may_request
from workflows.kernel import Refused

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

    Over 40 lines: its steps belong under one eye, in the order in which they happen.
    """
    at = now()
    verdict = may_request(task_facts(task), given, day_of(at), roles_for(task, None, actor, behalf))
    if isinstance(verdict, Refused):
        raise RefusedMoveError(verdict)
    author = behalf.person if behalf else actor.person
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
        author_id=author.id,
        recorder_id=actor.person.id if behalf else None,
        made_at=at,
    )
    session.add(extension)
    try:
        session.flush()
    except IntegrityError as error:
        raise ChangedMeanwhileError from error
    move = Move(SUBJECTS[Extension], extension, REQUEST, given, at, actor, behalf)
    move.event = write_event(
        authority_id=task.authority_id,
        subject=EXTENSION.name,
        subject_id=extension.id,
        event=REQUEST.event,
        from_state=None,
        to_state=REQUESTED,
        at=at,
        role="lead_head",
        actor_id=actor.person.id,
        on_behalf_of_id=behalf.person.id if behalf else None,
        reason=str(given["reason"]),
        data={"new_due": str(given["new_due"]), "flags": flags} | ({"basis_of_record": behalf.basis} if behalf else {}),
    )
    for effect in verdict.effects:
        HANDLERS[effect](move)
    return extension
