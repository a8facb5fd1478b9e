"""What follows from the moves of a proposal: submissions kept, its place on an agenda, the ruling and its task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.errors import DomainError
from app.models import Meeting
from app.queries.proposals import items_of, meetings_for
from app.services import agenda
from app.services.attaching import attach_files, note_attached
from app.services.effects_tell import tell_about
from app.services.moves import Move, handles
from app.services.proposals import ANSWER, assign_from_proposal, keep_submission
from app.services.task_orders import Order
from app.services.telling import people_of_unit
from workflows import effects as then
from workflows.proposal import PROPOSAL

if TYPE_CHECKING:
    from app.models import Proposal


@handles(then.KEEP_SUBMISSION)
def keep_text(move: Move) -> None:
    """Keep the text as it was submitted."""
    author = move.author
    if author is None:
        raise RuntimeError("a proposal is submitted by somebody")
    kept = keep_submission(move.item, author, move.at, str(move.given.get("changes") or ""))
    move.notes.setdefault("data", {})["submission"] = kept.number


@handles(then.PUT_ON_AGENDA)
def put_on_agenda(move: Move) -> None:
    """Add an item to the agenda of the meeting that was chosen."""
    proposal: Proposal = move.item
    wanted = int(move.given["meeting"])
    meeting = next((one for one in meetings_for(proposal) if one.id == wanted), None)
    if meeting is None:
        raise DomainError(
            "Cuộc họp này không nhận thêm tờ trình (đã họp, đã hủy hoặc đã có tờ trình này). Hãy chọn cuộc họp khác.",
            "This meeting takes no more proposals (over, cancelled, or it has this one). Choose another.",
            field="meeting",
        )
    item = agenda.add_item(meeting, proposal.title, proposal.unit.name, None)
    item.proposal_id = proposal.id
    move.notes.setdefault("data", {})["meeting_title"] = meeting.title


@handles(then.LEAVE_AGENDA)
def leave_agenda(move: Move) -> None:
    """Take it off agendas that lie ahead, but not off the one that was chosen now."""
    for item in items_of(move.item.id):
        agenda.remove_item(session.get_one(Meeting, item.meeting_id), item, with_proposal=True)


@handles(then.STAMP_RULING)
def stamp_ruling(move: Move) -> None:
    """Note when it was ruled on and by whom."""
    author = move.author
    move.item.ruled_at, move.item.ruled_by_id = move.at, author.id if author else None


@handles(then.ASSIGN_PROPOSED)
def assign_proposed(move: Move) -> None:
    """Assign the task that was typed with the approval, to the proposing unit unless another was chosen."""
    text = str(move.given.get("task") or "").strip()
    if not text:
        return
    proposal: Proposal = move.item
    lead = int(move.given.get("task_unit") or proposal.unit_id)
    task = assign_from_proposal(proposal, Order(text=text, lead_unit_id=lead, due_on=move.given["task_due"]))
    move.notes.setdefault("data", {})["task_code"] = task.code


@handles(then.KEEP_HIGHER_ANSWER)
def keep_higher_answer(move: Move) -> None:
    """Keep the higher body's document (its number and day are filled from the form)."""
    if move.actor is None:
        return
    if sent := [int(file_id) for file_id in move.given.get("answer_copy") or []]:
        person = move.actor.person
        attached = attach_files(sent, subject=PROPOSAL.name, subject_id=move.item.id, role=ANSWER, person=person)
        note_attached(move, "answer_copy", attached)


@handles(then.TELL_PROPOSER)
def tell_proposer(move: Move) -> None:
    """Tell the unit that proposes, and who wrote it."""
    tell_about(move, [*people_of_unit(move.item.unit_id, move.today), move.item.author_id])
