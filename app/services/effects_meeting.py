"""What follows from the moves of meetings and minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.clock import day_of, start_of
from app.models import Meeting, Minutes
from app.services.effects_tell import tell_about
from app.services.moves import Move, handles
from workflows import effects as then

if TYPE_CHECKING:
    from datetime import date


@handles(then.STAMP_HELD)
def stamp_held(move: Move) -> None:
    """Note when the meeting ended: now, or on the day typed for a meeting entered later."""
    meeting: Meeting = move.item
    held_on: date | None = move.given.get("held_on")
    if held_on is None:
        meeting.held_at = meeting.ends_at = move.at
        return
    meeting.historic = meeting.historic or held_on < move.today
    if day_of(meeting.starts_at) != held_on:
        clock = meeting.starts_at - start_of(day_of(meeting.starts_at))
        meeting.starts_at = start_of(held_on) + clock
        meeting.ends_at = None
    meeting.held_at = meeting.ends_at or meeting.starts_at + timedelta(hours=2)


@handles(then.TELL_PRESIDER)
def tell_presider(move: Move) -> None:
    """Tell whoever presided."""
    meeting = move.item.meeting if isinstance(move.item, Minutes) else move.item
    if meeting.presider_id:
        tell_about(move, [meeting.presider_id])


@handles(then.TELL_INVITEES)
def tell_invitees(move: Move) -> None:
    """Tell everybody who is invited and has an account."""
    meeting: Meeting = move.item
    tell_about(
        move, [row.person_id for row in meeting.attendances if row.person_id], urgent=bool(meeting.urgent_reason)
    )
