"""What follows from the moves of minutes: each submission is kept, and how the next meeting confirmed them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.db import session
from app.errors import DomainError
from app.models import MinutesConfirmation, MinutesVersion
from app.queries.minutes import confirmation_of, next_begun
from app.services.moves import Move, handles
from workflows import effects as then

if TYPE_CHECKING:
    from app.models import Minutes


@handles(then.KEEP_VERSION)
def keep_version(move: Move) -> None:
    """Keep the text as it was submitted, numbered from 1; the minutes' own version orders who submits."""
    minutes: Minutes = move.item
    last = session.scalar(select(func.max(MinutesVersion.number)).where(MinutesVersion.minutes_id == minutes.id))
    author = move.author
    minutes.submitted_by_id = author.id if author else None
    session.add(
        MinutesVersion(
            authority_id=minutes.authority_id,
            minutes_id=minutes.id,
            minutes=minutes,
            number=(last or 0) + 1,
            text=minutes.text,
            digest=sha256(minutes.text.encode()).hexdigest(),
            submitted_at=move.at,
            submitted_by_id=minutes.submitted_by_id,
        )
    )


@handles(then.KEEP_CONFIRMATION)
def keep_confirmation(move: Move) -> None:
    """Note the meeting that confirmed the minutes and the correction; the text is left as it was approved.

    :raises DomainError: the meeting that had begun was called off in between.
    """
    minutes: Minutes = move.item
    meeting = next_begun(minutes.meeting)
    if meeting is None:
        raise DomainError(
            "Phiên họp sau chưa bắt đầu. Hãy bắt đầu phiên họp rồi ghi lại.",
            "The next meeting has not begun. Start it, then record this again.",
        )
    recorder = move.actor.person if move.actor else None
    confirmation = MinutesConfirmation(
        authority_id=minutes.authority_id,
        minutes_id=minutes.id,
        minutes=minutes,
        meeting_id=meeting.id,
        outcome=str(move.given["outcome"]),
        note=str(move.given.get("correction") or "").strip(),
        confirmed_at=move.at,
        recorded_by_id=recorder.id if recorder else None,
    )
    session.add(confirmation)
    move.notes["data"] = {"meeting": meeting.id}


@handles(then.DROP_CONFIRMATION)
def drop_confirmation(move: Move) -> None:
    """Take back how the minutes were confirmed; the event keeps the meeting, the outcome and the correction."""
    minutes: Minutes = move.item
    kept = confirmation_of(minutes.id)
    if kept is not None:
        move.notes["data"] = {"meeting": kept.meeting_id, "outcome": kept.outcome, "correction": kept.note}
        session.delete(kept)
