"""The numbers that invitations, minutes and reminder slips carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import InvitationPaper, PaperNumber

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

INVITATION, MINUTES, SLIP = "GM", "BB", "PĐĐ"


def number_of(doc_type: str, subject_id: int, committee_id: int) -> PaperNumber | None:
    """Return the number of a paper of a type about a meeting or a unit: the latest where there are several."""
    return next(iter(numbers_of(doc_type, subject_id, committee_id, 1)), None)


def numbers_of(doc_type: str, subject_id: int, committee_id: int, most: int = 20) -> Sequence[PaperNumber]:
    """Return the numbers given to papers of a type about a meeting or a unit, the latest first."""
    query = (
        select(PaperNumber)
        .where(
            PaperNumber.subject == subject_of(doc_type),
            PaperNumber.subject_id == subject_id,
            PaperNumber.doc_type == doc_type,
            PaperNumber.committee_id == committee_id,
        )
        .order_by(PaperNumber.id.desc())
        .limit(most)
    )
    return session.scalars(query).all()


def slip_number(unit_id: int, committee_id: int, on: date) -> PaperNumber | None:
    """Return the number of the slip to a unit that bears this day; yesterday's slip said something else."""
    found = number_of(SLIP, unit_id, committee_id)
    return found if found and found.issued_on == on else None


def subject_of(doc_type: str) -> str:
    """Return what a paper of a type is about: a unit, or a meeting."""
    return "unit" if doc_type == SLIP else "meeting"


def invitation_of(meeting_id: int) -> InvitationPaper | None:
    """Return what was chosen for a meeting's invitation, None where nothing was."""
    return session.scalars(select(InvitationPaper).where(InvitationPaper.meeting_id == meeting_id)).first()
