"""The numbers that invitations, minutes and reminder slips carry."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal_column, select, union_all

from app.db import session
from app.models import InvitationPaper, MonthlyReport, Notice, PaperNumber

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


def last_used_numbers(committee_id: int) -> dict[tuple[str, str], int]:
    """Return the highest number of each type and year or term that papers of the committee carry, in one statement."""
    ways = [
        select(kind.label("doc_type"), model.scope.label("scope"), func.max(model.number).label("used"))
        .where(model.committee_id == committee_id, model.scope.is_not(None), model.number.is_not(None))
        .group_by(model.scope, *by)
        for model, kind, by in (
            (Notice, Notice.doc_type, [Notice.doc_type]),
            (PaperNumber, PaperNumber.doc_type, [PaperNumber.doc_type]),
            (MonthlyReport, literal_column("'BC'"), []),
        )
    ]  # fmt: skip
    used: dict[tuple[str, str], int] = defaultdict(int)
    rows: Sequence[Any] = session.execute(union_all(*ways)).all()
    for doc_type, scope, number in rows:
        used[doc_type, scope] = max(used[doc_type, scope], number)
    return used
