"""The minutes of the meeting before, as the next meeting confirms them: «Thông qua biên bản phiên trước»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app import access
from app.queries.minutes import next_begun
from app.services.moves import look_at, offers_for
from workflows.meeting import AHEAD
from workflows.minutes import MINUTES, OUTCOMES

if TYPE_CHECKING:
    from app.models import Meeting, Minutes, MinutesConfirmation
    from app.queries.meetings_before import PreviousMinutes
    from workflows.kernel import State, Transition, Words
    from workflows.minutes import MinutesFacts

CONFIRM, UNCONFIRM = "confirm", "unconfirm"


@dataclass(frozen=True)
class MinutesBefore:
    """The meeting before this one with its minutes; `row`: the move that confirms them or takes that back."""

    meeting: Meeting
    minutes: Minutes | None
    state: State | None
    confirmation: MinutesConfirmation | None
    outcome: Words | None
    row: Transition | None
    facts: MinutesFacts | None


def minutes_before_of(meeting: Meeting, found: PreviousMinutes | None, actor: access.Actor) -> MinutesBefore | None:
    """Return what a meeting's page shows of the minutes before; None where there are none, or not for this person."""
    if found is None or not access.may_see(actor.standing, found.minutes or found.meeting):
        return None
    if found.minutes is None:
        return None if found.meeting.from_old_papers else MinutesBefore(found.meeting, *[None] * 6)
    confirmed = found.confirmation
    # A meeting that has not begun confirms nothing; of those that have, the next one does.
    here = None if confirmed or meeting.state in AHEAD else next_begun(found.meeting)
    at_home = (confirmed.meeting_id if confirmed else here.id if here else None) == meeting.id
    sight = look_at(found.minutes, actor.standing) if at_home else None
    rows = offers_for(found.minutes, actor, sight) if sight else []
    wanted = UNCONFIRM if confirmed else CONFIRM
    return MinutesBefore(
        meeting=found.meeting,
        minutes=found.minutes,
        state=MINUTES.by_name[found.minutes.state],
        confirmation=confirmed,
        outcome=dict(OUTCOMES)[confirmed.outcome] if confirmed else None,
        row=next((row for row in rows if row.event == wanted), None),
        facts=cast("MinutesFacts", sight.facts) if sight else None,
    )
