"""Writing proposals, keeping each submission, and giving the tasks that come of an approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.clock import now, today
from app.db import session
from app.errors import ChangedMeanwhileError, DomainError
from app.models import AgendaItem, Attachment, Conclusion, Proposal, ProposalStep, ProposalSubmission
from app.queries.proposals import clauses_of
from app.queries.task_page import files_of
from app.reading.normalise import clean
from app.reading.secrecy import refuse_marked
from app.services.attaching import attach_files
from app.services.clause_proposals import NEW_TASKS, NONE_ARISES
from app.services.conclusions import add_clauses, open_draft
from app.services.history import write_event
from app.services.moves import make_move
from app.services.numbering import take_task_codes
from app.services.room_order import stand_under
from app.services.task_orders import Order, draft_task
from app.text import fold
from workflows.proposal import APPROVED, DRAFTING, EDITABLE, PROPOSAL, RULED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from app import access
    from app.errors import Sentence
    from app.models import Committee, Notice, Person, Task, Unit

PAPER = "paper"
"""As what the unit's papers are attached; the higher body's document is an "answer"."""
ANSWER = "answer"
TEXTS = ("title", "symbol", "necessity", "grounds", "content", "effectiveness", "funding")


@dataclass(frozen=True)
class Step:
    """One row of the roadmap; the texts are as typed where that was no plain day."""

    begins_on: date | None
    ends_on: date | None
    work: str
    begins_text: str = ""
    ends_text: str = ""


@dataclass(frozen=True)
class Draft:
    """What a unit writes in a proposal. `cost` in đồng; None says nothing about money."""

    title: str
    symbol: str = ""
    necessity: str = ""
    grounds: str = ""
    content: str = ""
    effectiveness: str = ""
    cost: int | None = None
    funding: str = ""
    steps: Sequence[Step] = ()


def write_proposal(committee: Committee, unit: Unit, draft: Draft, author: Person) -> Proposal:
    """Make the draft of a proposal.

    :raises ClassifiedTextError: the text is marked as a state secret; nothing of it is kept.
    """
    proposal = Proposal(
        authority_id=committee.authority_id, committee_id=committee.id, unit_id=unit.id, author_id=author.id,
        state=DRAFTING, title="", made_at=now(),
    )  # fmt: skip
    _fill(proposal, draft)
    session.add(proposal)
    session.flush()
    write_event(
        authority_id=proposal.authority_id, subject=PROPOSAL.name, subject_id=proposal.id, event="compose",
        from_state=None, to_state=proposal.state, at=now(), role="author", actor_id=author.id,
    )  # fmt: skip
    return proposal


def change_proposal(proposal: Proposal, committee: Committee, draft: Draft, *, version: int | None) -> None:
    """Save what the unit wrote; the committee may change while it is a draft.

    :raises ChangedMeanwhileError: somebody saved or moved it since `version`.
    :raises DomainError: it is not in the unit's hands now.
    """
    session.refresh(proposal, with_for_update=True)
    if version is not None and version != proposal.version:
        raise ChangedMeanwhileError
    check_editable(proposal)
    _fill(proposal, draft)
    if proposal.state == DRAFTING:
        proposal.committee_id = committee.id
    # Also when only the roadmap or the papers changed: who saves second is told.
    flag_modified(proposal, "title")
    session.flush()


def check_editable(proposal: Proposal) -> None:
    """Refuse to change a text that lies with the committee.

    :raises DomainError: it does.
    """
    if proposal.state not in EDITABLE:
        raise DomainError(
            "Tờ trình đã trình nên không sửa được. Nếu cần sửa, hãy nhắn thư ký bấm «Yêu cầu bổ sung».",
            "The proposal was submitted and cannot be edited. If it must be, the secretary asks for a supplement.",
        )


def _fill(proposal: Proposal, draft: Draft) -> None:
    said = [getattr(draft, name).strip() for name in TEXTS]
    refuse_marked(clean("\n".join([*said, *(step.work for step in draft.steps)])))
    for name, text in zip(TEXTS, said, strict=True):
        setattr(proposal, name, text)
    proposal.cost = draft.cost
    proposal.search_text = fold(f"{proposal.symbol} {proposal.title}")
    proposal.steps = []
    if proposal.id is not None:
        session.flush()
    proposal.steps = [
        ProposalStep(
            authority_id=proposal.authority_id, position=position, begins_on=step.begins_on, ends_on=step.ends_on,
            begins_text=step.begins_text, ends_text=step.ends_text, work=step.work,
        )
        for position, step in enumerate(draft.steps, start=1)
    ]  # fmt: skip


def add_papers(proposal: Proposal, file_ids: Sequence[int], person: Person) -> list[Sentence]:
    """Attach stored files as papers of the proposal; return a hint for each that was there already."""
    return attach_files(file_ids, subject=PROPOSAL.name, subject_id=proposal.id, role=PAPER, person=person).hints


def remove_papers(proposal: Proposal, attachment_ids: Sequence[int]) -> None:
    """Take papers off the proposal; a submission that names one keeps its name, the file stays in the store."""
    for attachment_id in attachment_ids:
        attachment = session.get(Attachment, attachment_id)
        held = attachment and (attachment.subject, attachment.subject_id, attachment.role)
        if attachment and held == (PROPOSAL.name, proposal.id, PAPER):
            session.delete(attachment)


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal's text as plain data: what a submission keeps and the papers are printed from."""
    return {
        **{name: getattr(proposal, name) for name in TEXTS},
        "cost": proposal.cost,
        "steps": [
            {
                "begins_on": _iso(step.begins_on),
                "ends_on": _iso(step.ends_on),
                "work": step.work,
                **({"begins_text": step.begins_text} if step.begins_text else {}),
                **({"ends_text": step.ends_text} if step.ends_text else {}),
            }
            for step in proposal.steps
        ],
        "papers": [line.file.name for line in reversed(files_of(PROPOSAL.name, proposal.id, PAPER))],
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def keep_submission(proposal: Proposal, by: Person, at: datetime, changes: str) -> ProposalSubmission:
    """Keep the text as it is submitted now; what the secretary said of an earlier one is no longer of this one."""
    proposal.submitted_at, proposal.submitted_by_id, proposal.opinion = at, by.id, ""
    kept = ProposalSubmission(
        authority_id=proposal.authority_id,
        number=len(proposal.submissions) + 1,
        at=at,
        by_id=by.id,
        changes=changes,
        content=content_of(proposal),
    )
    proposal.submissions.append(kept)
    return kept


def assign_from_proposal(proposal: Proposal, order: Order, actor: access.Actor | None = None) -> Task:
    """Make and assign a task that comes of an approved proposal; without an actor it is the approval's own effect.

    :raises DomainError: the proposal is not approved.
    :raises RefusedMoveError: the actor is neither chair nor secretary, or the order lacks a date.
    """
    if proposal.state != APPROVED:
        raise DomainError(
            "Chỉ giao nhiệm vụ từ tờ trình đã được phê duyệt.", "Tasks come only of a proposal that was approved."
        )
    code = take_task_codes(proposal.authority_id, today().year, 1)[0]
    task = draft_task(proposal, order, committee_id=proposal.committee_id, code=code)
    session.flush()
    make_move(task, "assign", actor=actor)
    return task


def say_in_notice(proposal: Proposal, notice: Notice) -> list[Conclusion]:
    """Put the ruling and its conditions into a draft notice: a clause that says it, and one for each condition.

    A condition that gives work without naming a unit is the proposing unit's; the secretary reviews each.

    :raises DomainError: nothing is ruled yet, or the ruling stands in a notice already.
    """
    if proposal.state not in RULED or clauses_of(proposal.id):
        raise DomainError(
            "Kết quả xem xét tờ trình chưa có, hoặc đã nằm trong một thông báo.",
            "The proposal is not ruled on yet, or the ruling stands in a notice already.",
        )
    open_draft(notice)
    made = add_clauses(notice, _ruling_words(proposal))
    for clause in made:
        clause.kind, clause.outcome, clause.reviewed = "conclusion", NONE_ARISES, True
    for line in proposal.conditions.splitlines():
        if line.strip():
            made += add_clauses(notice, line.strip())
    for clause in made:
        clause.proposal_id = proposal.id
        if clause.outcome == NEW_TASKS and clause.lead_unit_id is None and clause.lead_group_id is None:
            clause.lead_unit_id = proposal.unit_id
    session.flush()
    on_agenda = select(AgendaItem.id).where(
        AgendaItem.meeting_id == notice.meeting_id, AgendaItem.proposal_id == proposal.id
    )
    stand_under(notice, made, session.scalars(on_agenda).first())
    return made


def _ruling_words(proposal: Proposal) -> str:
    paper = f"Tờ trình số {proposal.symbol}" if proposal.symbol else "Tờ trình"
    of = f"{paper} của {proposal.unit.name}: {proposal.title.rstrip('.')}"
    if proposal.state == APPROVED:
        return f"Thống nhất phê duyệt theo {of}."
    return f"Không phê duyệt {of}; lý do: {proposal.ruling_reason.rstrip('.')}."
