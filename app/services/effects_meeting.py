"""What follows from the moves of meetings and minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.clock import day_of, start_of
from app.models import Attendance, Meeting, Minutes
from app.queries.choices import person_named
from app.queries.meetings import began_at
from app.services.effects_tell import tell_about
from app.services.meeting_calls import CANCEL, REQUEST, ask_again, open_call, send_call, send_deputy_call
from app.services.meeting_opening import refresh_beginning, usual_beginning
from app.services.moves import Move, handles
from app.services.paper_numbers import keep_call, keep_unless_kept, number_invitation
from app.services.telling import people_of_committee
from workflows import effects as then
from workflows.invitation import DEPUTISED, UNANSWERED
from workflows.kernel import SAME

if TYPE_CHECKING:
    from datetime import date


@handles(then.STAMP_HELD)
def stamp_held(move: Move) -> None:
    """Note when the meeting ended: now, or on the day typed for a meeting entered later."""
    meeting: Meeting = move.item
    keep_unless_kept(meeting)
    held_on: date | None = move.given.get("held_on")
    if held_on is None:
        meeting.held_at = meeting.ends_at = move.at
        # It may have begun, and even ended, before the hour for which it was called.
        meeting.starts_at = min(meeting.starts_at, began_at(meeting) or move.at)
        return
    meeting.historic = meeting.historic or held_on < move.today
    planned_on = day_of(meeting.starts_at)
    if planned_on != held_on:
        before = usual_beginning(meeting)
        meeting.starts_at = start_of(held_on) + (meeting.starts_at - start_of(planned_on))
        meeting.ends_at = None
        meeting.title = meeting.title.replace(f"{planned_on:%d/%m/%Y}", f"{held_on:%d/%m/%Y}")
        refresh_beginning(meeting, before)
    meeting.held_at = meeting.ends_at or meeting.starts_at + timedelta(hours=2)


@handles(then.TELL_PRESIDER)
def tell_presider(move: Move) -> None:
    """Tell whoever presided; where that is nobody with an account, the chair, who then owes the ruling."""
    meeting = move.item.meeting if isinstance(move.item, Minutes) else move.item
    presider = meeting.presider_id
    tell_about(move, [presider] if presider else people_of_committee(meeting.committee_id, move.today, "chair"))


@handles(then.TELL_INVITEES)
def tell_invitees(move: Move) -> None:
    """Tell everybody who is invited and has an account; of a meeting of the past nobody was invited here."""
    meeting: Meeting = move.item
    if not meeting.historic:
        tell_about(move, [row.person_id for row in meeting.attendances if row.person_id])


@handles(then.TELL_CALL)
def tell_call(move: Move) -> None:
    """Send the invitation, or what changed of it; a call after a postponement asks everybody again."""
    meeting: Meeting = move.item
    if move.row.target != SAME:
        ask_again(meeting)
        if not meeting.historic:
            number_invitation(meeting, move.today, move.author)
    _call(move, REQUEST)


@handles(then.TELL_CALLED_OFF)
def tell_called_off(move: Move) -> None:
    """Take the meeting out of everybody's calendar, and end the links by which they answered."""
    _call(move, CANCEL)


def _call(move: Move, method: str) -> None:
    meeting: Meeting = move.item
    if meeting.historic or move.event is None:
        return
    open_call(meeting, move.at)
    if method == REQUEST:
        keep_call(meeting)
    by = move.author.full_name if move.author else ""
    slot = f"{move.subject.workflow.name}-{meeting.id}-{move.event.seq}"
    said = str(move.given.get("change") or move.event.reason)
    send_call(meeting, meeting.attendances, event=move.row.event, method=method, slot=slot, reason=said, by=by)


@handles(then.KEEP_ANSWER)
def keep_answer(move: Move) -> None:
    """Note when it was answered, and who of the authority is the deputy; asked again, there is no answer."""
    row: Attendance = move.item
    row.answered_at = None if row.state == UNANSWERED else move.at
    deputy = person_named(row.authority_id, row.deputy_name) if row.state == DEPUTISED else None
    row.deputy_id = deputy.id if deputy else None


@handles(then.TELL_DEPUTY)
def tell_deputy(move: Move) -> None:
    """Send the invitation on to a deputy who has an account."""
    row: Attendance = move.item
    if row.deputy_id and move.event:
        send_deputy_call(row, slot=f"deputy-{row.id}-{move.event.seq}")
