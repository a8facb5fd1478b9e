"""What those invited to a meeting answered, and what may be answered now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from app.services.moves import offers_for
from workflows.invitation import INVITATION
from workflows.meeting import CONVENED
from workflows.roles import Role

if TYPE_CHECKING:
    from app.access import Actor
    from app.models import Attendance, Meeting
    from workflows.kernel import State, Transition

SEE_ALL = frozenset({Role.SECRETARY, Role.CHAIR, Role.DEPUTY, Role.PRESIDER})


class Answer(NamedTuple):
    """One invited person's answer; `stale`: given before what changed last; `rows`: what this reader may answer."""

    row: Attendance
    state: State
    stale: bool
    rows: list[Transition]
    mine: bool


def answers_for(meeting: Meeting, actor: Actor, roles: frozenset[Role]) -> list[Answer]:
    """Return the answers this reader may see: all of them to who runs the meeting, to others their own."""
    if meeting.called_at is None:
        return []
    everything = bool(roles & SEE_ALL)
    return [
        Answer(
            row,
            INVITATION.by_name[row.state],
            row.answered_at is not None and row.answered_at < meeting.called_at,
            offers_for(row, actor) if meeting.state == CONVENED else [],
            row.person_id == actor.person.id,
        )
        for row in meeting.attendances
        if everything or row.person_id == actor.person.id
    ]


def counted(answers: list[Answer]) -> list[tuple[State, int]]:
    """Return how many gave each answer, in the table's order."""
    found = Counter(answer.row.state for answer in answers)
    return [(state, found[state.name]) for state in INVITATION.states if found[state.name]]
