"""What follows from the answer to a proposed agenda item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.models import Attachment
from app.queries.agenda import role_of
from app.queries.agenda_proposals import papers_of_proposals, planned_behind
from app.services.agenda import add_item, place_item
from app.services.effects_tell import tell_about
from app.services.moves import Move, handles
from app.services.telling import people_of_unit
from workflows import effects as then
from workflows.meeting import MEETING

if TYPE_CHECKING:
    from app.models import AgendaProposal


@handles(then.TAKE_ON_AGENDA)
def take_on_agenda(move: Move) -> None:
    """Make it an item of its meeting's agenda, with presenter, minutes and papers, at the place that was given."""
    proposal: AgendaProposal = move.item
    meeting = proposal.meeting
    presenter = proposal.presenter or (proposal.unit.name if proposal.unit else proposal.author.full_name)
    item = add_item(meeting, proposal.title, presenter, proposal.minutes)
    for paper in papers_of_proposals([proposal.id])[proposal.id]:
        session.add(
            Attachment(
                authority_id=meeting.authority_id, subject=MEETING.name, subject_id=meeting.id, role=role_of(item.id),
                file_id=paper.file_id, person_id=paper.person_id, at=paper.at,
            )
        )  # fmt: skip
    if move.given.get("position"):
        place_item(meeting, item, int(move.given["position"]))
    proposal.item_id = item.id


@handles(then.MOVE_TO_NEXT_MEETING)
def move_to_next_meeting(move: Move) -> None:
    """Let it wait for the committee's next meeting, with its words and papers."""
    proposal: AgendaProposal = move.item
    behind = planned_behind(proposal.meeting)
    if behind is not None:
        proposal.meeting = behind
        move.notes["data"] = {"meeting": behind.id}


@handles(then.TELL_PROPOSING_UNIT)
def tell_proposing_unit(move: Move) -> None:
    """Tell whoever proposed it, and the unit's head and contacts."""
    proposal: AgendaProposal = move.item
    unit = people_of_unit(proposal.unit_id, move.today) if proposal.unit_id else []
    tell_about(move, [proposal.author_id, *unit])
