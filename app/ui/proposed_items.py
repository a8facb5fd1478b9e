"""Proposed agenda items as a meeting's page shows them: each with its papers and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app import access
from app.queries.agenda_proposals import papers_of_proposals, proposals_for
from app.queries.paper_facts import agenda_proposal_facts
from app.services.moves import offers_for
from workflows.agenda_proposal import AGENDA_PROPOSAL

if TYPE_CHECKING:
    from app.models import AgendaProposal, Attachment, Meeting
    from workflows.agenda_proposal import AgendaProposalFacts
    from workflows.kernel import State, Transition


@dataclass(frozen=True)
class ProposedItem:
    """One proposal with its state, papers and moves; `duties` are those this person owes."""

    row: AgendaProposal
    state: State
    facts: AgendaProposalFacts
    papers: list[Attachment]
    moves: list[Transition]
    duties: list[str]


def proposed_for(meeting: Meeting, actor: access.Actor) -> list[ProposedItem]:
    """Return what is proposed for a meeting's agenda, and what waits from those that are over, as far as seen."""
    rows = [row for row in proposals_for(meeting) if access.may_see(actor.standing, row)]
    papers = papers_of_proposals([row.id for row in rows])
    return [proposed_item(row, papers[row.id], actor) for row in rows]


def proposed_item(row: AgendaProposal, papers: list[Attachment], actor: access.Actor) -> ProposedItem:
    """Return one proposal as it is shown to a person."""
    roles, moves = access.roles_of(actor.standing, row), offers_for(row, actor)
    owed = [move.event for move in moves if move.duty & roles]
    return ProposedItem(row, AGENDA_PROPOSAL.by_name[row.state], agenda_proposal_facts(row), papers, moves, owed)
