"""Proposing an item for an agenda: by a unit, or by a member of the committee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clock import day_of, now
from app.db import session
from app.models import AgendaProposal
from app.queries.agenda_proposals import PAPER, proposals_left_by
from app.queries.paper_facts import meeting_facts
from app.services.attaching import attach_files
from app.services.births import allowed, begin
from app.services.moves import make_move
from workflows.agenda_proposal import AGENDA_PROPOSAL, PROPOSE, PROPOSED, may_propose
from workflows.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app import access
    from app.errors import Sentence
    from app.models import Meeting, Person
    from app.queries.standing import Standing


@dataclass(frozen=True)
class Proposed:
    """What is proposed; `unit_id` None for a member of the committee who speaks for no unit."""

    unit_id: int | None
    title: str
    reason: str
    presenter: str
    minutes: int | None


def proposing_roles(standing: Standing, meeting: Meeting, unit_id: int | None) -> frozenset[Role]:
    """Return as what a person proposes: for a unit its head or its staff, else the seat in the committee."""
    roles = set()
    if unit_id is None:
        roles |= {Role.MEMBER} if meeting.committee_id in standing.member_of else set()
        roles |= {Role.DEPUTY} if meeting.committee_id in standing.deputy_of else set()
    elif unit_id in standing.head_of:
        roles.add(Role.LEAD_HEAD)
    elif unit_id in standing.staff_of:
        roles.add(Role.LEAD_STAFF)
    return frozenset(roles)


def propose_item(meeting: Meeting, proposed: Proposed, papers: Iterable[int], actor: access.Actor) -> AgendaProposal:
    """Propose an item for a meeting's agenda with its papers (stored files), and tell the secretary.

    The caller has seen to it that the meeting concerns this person (`meetings_to_propose_for`).

    :raises RefusedMoveError: the table refuses, with its sentence (the last day has passed, the meeting has begun).
    """
    at, roles = now(), proposing_roles(actor.standing, meeting, proposed.unit_id)
    verdict = allowed(may_propose(meeting_facts(meeting), day_of(at), roles))
    proposal = AgendaProposal(
        authority_id=meeting.authority_id, meeting_id=meeting.id, meeting=meeting, author_id=actor.person.id,
        state=PROPOSED, made_at=at, **vars(proposed),
    )  # fmt: skip
    given, data = {"reason": proposed.reason}, {"meeting": meeting.id, "unit": proposed.unit_id}
    begin(proposal, verdict, given, actor=actor, roles=roles, data=data, reason=proposed.reason)
    add_papers(proposal, papers, actor.person)
    return proposal


def add_papers(proposal: AgendaProposal, file_ids: Iterable[int], person: Person) -> list[Sentence]:
    """Attach stored files as papers of the proposed item; return a hint for each that was there already."""
    subject = AGENDA_PROPOSAL.name
    return attach_files(file_ids, subject=subject, subject_id=proposal.id, role=PAPER, person=person).hints


def bring_proposals(meeting: Meeting, actor: access.Actor) -> int:
    """Let what waits for a meeting that is over wait for the next one, as the secretary would; return how many came.

    They come when the committee's next meeting is planned, and when what was left over is put onto its agenda.
    """
    waiting = proposals_left_by(meeting) if meeting.state in PROPOSE.sources else []
    for proposal in waiting:
        make_move(proposal, "put_off", actor=actor)
    return len(waiting)


def set_last_day(meeting: Meeting, day: date | None) -> None:
    """Set the last day for proposing items; None goes back to the last day for an ordinary invitation."""
    meeting.proposals_until = day
    session.flush()
