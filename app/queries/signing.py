"""Who signs a committee's papers, and how the office above the name is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import case, or_, select

from app.db import session
from app.models import Membership, Person
from app.queries.kinds import COMMITTEE_KINDS, OTHER, SEATS

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee, InvitationPaper, Meeting

PARTY = "party"
LENT = {"TL.": "T/L", "TUQ.": "T/UQ"}
"""Signing for the chair, by order and by authorisation: as the state writes it, and the Party."""


@dataclass(frozen=True)
class Signature:
    """The lines above the name, in capitals, and the name; empty while nobody has signed."""

    lines: list[str] = field(default_factory=list)
    name: str = ""


def signers_of(committee: Committee, day: date) -> list[tuple[int, str]]:
    """Return who may sign the committee's papers on a day, the chair first: id, name with the office."""
    query = (
        select(Person.id, Person.full_name, Membership.title, Membership.office)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.committee_id == committee.id,
            Membership.office.in_(("chair", "deputy")),
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
        )
        .order_by(case((Membership.office == "chair", 0), else_=1), Membership.rank)
    )
    return [(row.id, f"{row.full_name}, {row.title or SEATS[row.office].vi}") for row in session.execute(query)]


def chair_on(committee: Committee, day: date) -> int | None:
    """Return who chairs the committee on a day; None where the seat is empty."""
    query = (
        select(Membership.person_id)
        .where(
            Membership.committee_id == committee.id,
            Membership.office == "chair",
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
        )
        .order_by(Membership.rank)
    )
    return session.scalars(query).first()


def signer_of(
    meeting: Meeting, chosen: InvitationPaper | None, day: date, presider_id: int | None = None
) -> int | None:
    """Return who signs the invitation: as chosen, else whoever presides if chair or deputy, else the chair.

    :param presider_id: who presided as the call said, where that is known.
    """
    able = [person for person, _name in signers_of(meeting.committee, day)]
    wanted = (chosen.signer_id if chosen else None, presider_id or meeting.presider_id, *able[:1])
    return next((person for person in wanted if person in able), None)


def signature_of(committee: Committee, signer_id: int | None, day: date, capacity: str = "TM.") -> Signature:
    """Return how a paper of the committee is signed on a day; without a signer, as its chair would.

    State: TM. for the body, KT. where a deputy signs, TL. and TUQ. for the chair by `capacity` (Decree 30/2020,
    annex I, II.7); Party: T/M, K/T, T/L. An empty capacity gives the signer's own office alone.
    """
    query = (
        select(Person.full_name, Membership.office, Membership.title)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.committee_id == committee.id,
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
        )
        .order_by(case((Membership.office == "chair", 0), (Membership.office == "deputy", 1), else_=2), Membership.rank)
    )
    chair = session.execute(query.where(Membership.office == "chair")).first()
    signer = session.execute(query.where(Person.id == signer_id)).first() if signer_id else None
    for_body, for_chair = ("T/M", "K/T") if committee.profile == PARTY else ("TM.", "KT.")
    body = committee.issuing_body if committee.kind == OTHER else COMMITTEE_KINDS[committee.kind].vi
    chair_title = (chair.title if chair and chair.title else SEATS["chair"].vi).upper()
    lines = [f"{for_body} {body.upper()}"]
    if signer is None:
        return Signature([*lines, chair_title])
    if capacity in LENT:
        lines = [f"{LENT[capacity] if committee.profile == PARTY else capacity} {chair_title}"]
    elif not capacity:
        lines = []
    elif signer.office == "deputy":
        lines.append(f"{for_chair} {chair_title}")
    return Signature([*lines, (signer.title or SEATS[signer.office].vi).upper()], signer.full_name)
