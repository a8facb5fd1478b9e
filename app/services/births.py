"""How an item begins: judged by the facts of the item beside which it stands, logged and told like any move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import session
from app.errors import ChangedMeanwhileError
from app.queries.facts import SUBJECTS
from app.services.history import write_event
from app.services.moves import HANDLERS, Move, Recorded, RefusedMoveError
from workflows.kernel import Accepted, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app import access
    from workflows.roles import Role


def allowed(verdict: Accepted | Refused) -> Accepted:
    """Return a verdict that allows.

    :raises RefusedMoveError: the table refuses, with its sentence.
    """
    if isinstance(verdict, Refused):
        raise RefusedMoveError(verdict)
    return verdict


def begin(  # noqa: PLR0913 -- what a beginning is made of, all named at the call
    item: Any,  # noqa: ANN401 -- any subject of a workflow
    verdict: Accepted,
    given: Mapping[str, Any],
    *,
    actor: access.Actor,
    roles: frozenset[Role],
    data: Mapping[str, Any],
    reason: str,
    behalf: Recorded | None = None,
    stands_for: int | None = None,
) -> Move:
    """Add a new item, write its first event and tell whom the table names; `data` is what the event keeps.

    :param stands_for: the absent person for whom the actor stands in, if it is that person's to begin.
    :raises ChangedMeanwhileError: another of which there may be but one began at the same moment.
    """
    birth = verdict.transition
    _add(item)
    subject = SUBJECTS[type(item)]
    move = Move(subject, item, birth, given, now(), actor, behalf, stands_for)
    role = next((str(permit.role) for permit in birth.who if permit.role in roles), "")
    about = {"authority_id": item.authority_id, "subject": subject.workflow.name, "subject_id": item.id}
    move.event = write_event(
        **about,
        event=birth.event,
        from_state=None,
        to_state=item.state,
        at=move.at,
        role=role,
        actor_id=actor.person.id,
        on_behalf_of_id=behalf.person.id if behalf else stands_for,
        reason=reason,
        data=dict(data) | ({"basis_of_record": behalf.basis} if behalf else {}),
    )
    for effect in verdict.effects:
        HANDLERS[effect](move)
    return move


def _add(item: Any) -> None:  # noqa: ANN401 -- any subject
    session.add(item)
    try:
        session.flush()
    except IntegrityError as error:
        raise ChangedMeanwhileError from error
