"""Proposed agenda items as a meeting's page shows them: each with its papers and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app import access
from app.queries.agenda import papers_and_proposed
from app.queries.agenda_proposals import proposals_for
from app.queries.paper_facts import agenda_proposal_facts
from app.services.moves import Sight, offers_for
from workflows.agenda_proposal import AGENDA_PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class Proposed(NamedTuple):
    """What a meeting's page shows of its agenda besides the items: proposals, and the papers by their role."""

    rows: list[ProposedItem]
    papers: Mapping[str, list[Attachment]]


def proposed_for(meeting: Meeting, actor: access.Actor) -> Proposed:
    """Return what is proposed for a meeting's agenda, and what waits from those that are over, as far as seen."""
    rows = [(row, planned) for row, planned in proposals_for(meeting) if access.may_see(actor.standing, row)]
    papers, proposed = papers_and_proposed(meeting.id, [row.id for row, _planned in rows])
    return Proposed(
        [_item(row, proposed[row.id], actor, agenda_proposal_facts(row, planned=planned)) for row, planned in rows],
        papers,
    )


def proposed_item(row: AgendaProposal, papers: list[Attachment], actor: access.Actor) -> ProposedItem:
    """Return one proposal as it is shown to a person."""
    return _item(row, papers, actor, agenda_proposal_facts(row))


def _item(
    row: AgendaProposal, papers: list[Attachment], actor: access.Actor, facts: AgendaProposalFacts
) -> ProposedItem:
    roles, moves = access.roles_of(actor.standing, row), offers_for(row, actor, Sight(facts, None))
    owed = [move.event for move in moves if move.duty & roles]
    return ProposedItem(row, AGENDA_PROPOSAL.by_name[row.state], facts, papers, moves, owed)
