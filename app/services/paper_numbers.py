"""Invitations, minutes and reminder slips get their numbers, gap-free as notices do."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.clock import now
from app.db import session
from app.errors import DomainError
from app.models import InvitationPaper, PaperNumber
from app.queries.calls import planned_call, written
from app.queries.paper_facts import EXTERNAL, numbering_mode
from app.queries.paper_numbers import INVITATION, MINUTES, invitation_of, number_of, subject_of
from app.services.numbering import enter_number, take_number

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee, Meeting, Minutes, Person


def number_invitation(meeting: Meeting, on: date, by: Person | None) -> None:
    """Give the invitation its number as the call goes out; it waits where the clerk gives the numbers."""
    _number_if_own(meeting.committee, INVITATION, meeting.id, on, by)


def number_minutes(minutes: Minutes, on: date, by: Person | None) -> None:
    """Give minutes their number as they are approved; those entered from old papers keep what the paper says."""
    meeting = minutes.meeting
    if not meeting.historic and number_of(MINUTES, meeting.id, meeting.committee_id) is None:
        _number_if_own(meeting.committee, MINUTES, meeting.id, on, by)


def number_paper(  # noqa: PLR0913 -- of whom, of what, about what, when, by whom: all named
    committee: Committee, doc_type: str, subject_id: int, *, on: date, by: Person | None, typed: str = ""
) -> PaperNumber:
    """Give a paper its number: the next of the own series, or the clerk's as it was typed.

    :raises DomainError: the clerk's number is missing, cannot be read or is used; or no term is set.
    """
    outside = numbering_mode(committee.id, doc_type) == EXTERNAL
    taken = enter_number(committee, doc_type, on, typed) if outside else take_number(committee, doc_type, on)
    row = PaperNumber(
        authority_id=committee.authority_id, committee_id=committee.id, doc_type=doc_type, scope=taken.scope,
        number=taken.number, symbol=taken.symbol, issued_on=on, subject=subject_of(doc_type), subject_id=subject_id,
        taken_by_id=by.id if by else None, made_at=now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def dress_invitation(meeting: Meeting, urgency: str, signer_id: int | None) -> None:
    """Keep the mark of urgency and the signer of an invitation."""
    kept = _kept(meeting)
    kept.urgency, kept.signer_id = urgency, signer_id


def keep_call(meeting: Meeting) -> None:
    """Keep what a call that goes out now says: the paper with its number prints that from now on."""
    _kept(meeting).sent = written(planned_call(meeting))


def keep_unless_kept(meeting: Meeting) -> None:
    """Keep the same of a call that went out before words were kept; to be asked before the meeting changes."""
    if meeting.called_at is not None and _kept(meeting).sent is None:
        keep_call(meeting)


def keep_invited(meeting: Meeting) -> None:
    """Keep who is invited after somebody was called or called off alone; the rest stays as it was sent."""
    kept = _kept(meeting)
    if kept.sent is not None:
        kept.sent = {**kept.sent, "invited": planned_call(meeting).invited}


def _kept(meeting: Meeting) -> InvitationPaper:
    kept = invitation_of(meeting.id)
    if kept is None:
        kept = InvitationPaper(authority_id=meeting.authority_id, meeting_id=meeting.id)
        session.add(kept)
    return kept


def _number_if_own(committee: Committee, doc_type: str, subject_id: int, on: date, by: Person | None) -> None:
    """Take a number where the committee counts itself; a missing term must not stop the call or the approval."""
    if numbering_mode(committee.id, doc_type) == EXTERNAL:
        return
    with suppress(DomainError):
        number_paper(committee, doc_type, subject_id, on=on, by=by)
