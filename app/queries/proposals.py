"""Proposals: which ones a person may see, where one stands on an agenda, and what came of it.

Over 300 lines: what is asked of proposals stands together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, lazyload

from app.clock import start_of, today
from app.db import session
from app.models import (
    AgendaItem,
    Attendance,
    Committee,
    Conclusion,
    Meeting,
    Notice,
    Proposal,
    ProposalSubmission,
    Task,
    Unit,
)
from app.text import fold
from workflows import conclusion, notice, task
from workflows.meeting import AHEAD, CANCELLED, FILE_CLOSED, HELD, IN_SESSION
from workflows.proposal import APPROVED, EDITABLE, ON_AGENDA, REFERRED, SUBMITTED, SUPPLEMENT_REQUESTED, ProposalFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row, ScalarSelect, Select

    from app.queries.standing import Standing

PAGE = 30
MOST = 2000
"""So many rows a workbook takes."""
DESK = frozenset({SUBMITTED, ON_AGENDA, REFERRED, SUPPLEMENT_REQUESTED})
"""States that the secretary follows."""


def read_proposal(proposal_id: int) -> Proposal | None:
    """Return a proposal with what its page shows: committee, unit, author, steps, and how often it was sent."""
    one = joinedload
    query = (
        select(Proposal)
        .where(Proposal.id == proposal_id)
        .options(
            one(Proposal.committee),
            one(Proposal.unit),
            one(Proposal.author),
            one(Proposal.submitted_by),
            one(Proposal.ruled_by),
            one(Proposal.steps),
            one(Proposal.submissions).joinedload(ProposalSubmission.by),
        )
    )
    return session.scalars(query).unique().first()


def proposal_facts(proposal: Proposal, meetings: Sequence[Meeting] | None = None) -> ProposalFacts:
    """Return what the table must know of a proposal.

    :param meetings: those of `meetings_for`, where the caller has read them; None reads them.
    """
    return ProposalFacts(
        state=proposal.state,
        left_state=proposal.left_state,
        complete=all(text.strip() for text in (proposal.title, proposal.necessity, proposal.content)),
        cost_sourced=not proposal.cost or bool(proposal.funding.strip()),
        sent_before=proposal.submitted_at is not None,
        meetings_ahead=len(meetings_for(proposal) if meetings is None else meetings),
    )


def meetings_for(proposal: Proposal) -> Sequence[Meeting]:
    """Return the meetings onto whose agenda a proposal may be put: of its committee, ahead, another than now."""
    there = select(AgendaItem.meeting_id).where(AgendaItem.proposal_id == proposal.id)
    query = (
        select(Meeting)
        .where(
            Meeting.committee_id == proposal.committee_id,
            Meeting.state.in_(AHEAD),
            Meeting.starts_at >= start_of(today()),
            Meeting.id.not_in(there),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return session.scalars(query).all()


class Place(NamedTuple):
    """Where a proposal stands or stood on an agenda."""

    item: AgendaItem
    meeting: Meeting


def places_of(proposal_id: int) -> list[Place]:
    """Return the agendas on which a proposal stands or stood, the latest meeting first; cancelled ones left out."""
    query = (
        select(AgendaItem, Meeting)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.proposal_id == proposal_id, Meeting.state != CANCELLED)
        .options(lazyload(AgendaItem.tasks))
        .order_by(Meeting.starts_at.desc(), AgendaItem.id.desc())
    )
    return [Place(item, meeting) for item, meeting in session.execute(query)]


def items_of(proposal_id: int) -> Sequence[AgendaItem]:
    """Return the items by which a proposal stands on agendas of meetings that lie ahead."""
    query = (
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.proposal_id == proposal_id, Meeting.state.in_(AHEAD))
        .order_by(AgendaItem.id)
    )
    return session.scalars(query).all()


def tasks_of(proposal_id: int) -> Sequence[Task]:
    """Return the tasks that came of a proposal, oldest first; drafts and dropped ones left out."""
    query = (
        select(Task)
        .where(Task.proposal_id == proposal_id, Task.state.not_in({task.DRAFT, task.DROPPED}))
        .options(joinedload(Task.lead_unit))
        .order_by(Task.id)
    )
    return session.scalars(query).all()


def clauses_of(proposal_id: int) -> Sequence[Conclusion]:
    """Return the clauses of notices that say what was ruled on a proposal, in their order."""
    query = (
        select(Conclusion)
        .join(Notice, Notice.id == Conclusion.notice_id)
        .where(
            Conclusion.proposal_id == proposal_id,
            Conclusion.state != conclusion.DROPPED,
            Notice.state != notice.DROPPED,
        )
        .options(joinedload(Conclusion.notice))
        .order_by(Conclusion.notice_id, Conclusion.position)
    )
    return session.scalars(query).all()


def draft_notice_for(proposal_id: int) -> Notice | None:
    """Return the draft notice of the last meeting that had the proposal on its agenda, None where there is none."""
    query = (
        select(Notice)
        .join(AgendaItem, AgendaItem.meeting_id == Notice.meeting_id)
        .where(AgendaItem.proposal_id == proposal_id, Notice.state == notice.DRAFTING)
        .order_by(Notice.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def is_invited_with(person_id: int, proposal_id: int) -> bool:
    """Tell whether the person is asked to a meeting whose agenda holds the proposal."""
    query = (
        select(Attendance.id)
        .join(AgendaItem, AgendaItem.meeting_id == Attendance.meeting_id)
        .where(
            AgendaItem.proposal_id == proposal_id,
            or_(Attendance.person_id == person_id, Attendance.deputy_id == person_id),
        )
    )
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to."""

    q: str = ""
    committee_id: int | None = None
    unit_id: int | None = None
    state: str = ""
    page: int = 1


@dataclass(frozen=True)
class Register:
    """One page of the register and how many proposals there are in all."""

    rows: Sequence[Proposal]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def visible_proposals(standing: Standing) -> ColumnElement[bool]:
    """Return the condition: of the person's units, or ended ones they carry on, or submitted to own committees."""
    ours = and_(Proposal.committee_id.in_(standing.committees), Proposal.submitted_at.is_not(None))
    return and_(Proposal.authority_id == standing.authority_id, or_(Proposal.unit_id.in_(standing.seen_units), ours))


def register_of(standing: Standing, wanted: Wanted) -> Register:
    """Return a page of the proposals this person may see, the last submitted first, drafts before them."""
    query = _narrowed(standing, wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = _ordered(query).limit(PAGE).offset((wanted.page - 1) * PAGE)
    return Register(session.scalars(rows).all(), total)


def all_of(standing: Standing, wanted: Wanted) -> Sequence[Proposal]:
    """Return what the register holds on all its pages, MOST at the most."""
    return session.scalars(_ordered(_narrowed(standing, wanted)).limit(MOST)).all()


def _narrowed(standing: Standing, wanted: Wanted) -> Select[Proposal]:
    query = select(Proposal).where(visible_proposals(standing))
    if wanted.committee_id:
        query = query.where(Proposal.committee_id == wanted.committee_id)
    if wanted.unit_id:
        query = query.where(Proposal.unit_id == wanted.unit_id)
    if wanted.state:
        query = query.where(Proposal.state == wanted.state)
    for word in fold(wanted.q).split()[:8]:
        query = query.where(Proposal.search_text.contains(word, autoescape=True))
    return query


def _ordered(query: Select[Proposal]) -> Select[Proposal]:
    return query.options(joinedload(Proposal.unit), joinedload(Proposal.committee)).order_by(
        Proposal.submitted_at.is_not(None), Proposal.submitted_at.desc(), Proposal.id.desc()
    )


def committees_to_ask(authority_id: int) -> Sequence[Committee]:
    """Return the committees to which a proposal may be submitted."""
    query = select(Committee).where(Committee.authority_id == authority_id, Committee.active)
    return session.scalars(query.order_by(Committee.name)).all()


def proposing_units(standing: Standing) -> Sequence[Unit]:
    """Return the units for which this person writes proposals."""
    query = select(Unit).where(Unit.id.in_(standing.units), Unit.abolished_on.is_(None))
    return session.scalars(query.order_by(Unit.position, Unit.id)).all()


class DeskLine(NamedTuple):
    """A proposal that the secretary follows, and the meeting on whose agenda it stands or stood last."""

    proposal: Proposal
    meeting: Meeting | None


def desk_proposals(standing: Standing) -> list[DeskLine]:
    """Return what waits in the committees whose secretary this is: to review, to put on, to follow up. One statement.

    Approved ones are there while their conditions stand in no notice and gave no task.
    """
    named = select(Conclusion.id).where(Conclusion.proposal_id == Proposal.id, Conclusion.state != conclusion.DROPPED)
    given = select(Task.id).where(Task.proposal_id == Proposal.id)
    followed = and_(Proposal.state == APPROVED, Proposal.conditions != "", ~named.exists(), ~given.exists())
    query = (
        select(Proposal, Meeting)
        .select_from(Proposal)
        .outerjoin(AgendaItem, AgendaItem.id == _last_item())
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Proposal.authority_id == standing.authority_id,
            Proposal.committee_id.in_(standing.secretary_of),
            or_(Proposal.state.in_(DESK), followed),
        )
        .options(joinedload(Proposal.unit), joinedload(Proposal.committee))
        .order_by(Proposal.submitted_at, Proposal.id)
    )
    return [DeskLine(proposal, meeting) for proposal, meeting in session.execute(query)]


def _last_item() -> ScalarSelect[int | None]:
    """Select the latest item by which a proposal stands or stood on an agenda; cancelled meetings do not count."""
    item, meeting = aliased(AgendaItem), aliased(Meeting)
    return (
        select(func.max(item.id))
        .join(meeting, meeting.id == item.meeting_id)
        .where(item.proposal_id == Proposal.id, meeting.state != CANCELLED)
        .correlate(Proposal)
        .scalar_subquery()
    )


def proposals_awaiting(standing: Standing) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the proposals on agendas of meetings that have begun, in the person's committees, the oldest first.

    Who may rule is not judged here.
    """
    query = (
        select(
            Proposal.id, Proposal.version, Proposal.title, Proposal.symbol, Proposal.committee_id,
            Committee.short_name.label("committee"), Proposal.unit_id, Unit.name.label("unit"), Proposal.author_id,
            Proposal.submitted_by_id, Proposal.cost, Proposal.funding, Proposal.opinion, Proposal.necessity,
            Proposal.content, Meeting.id.label("meeting_id"), Meeting.title.label("meeting"), Meeting.starts_at,
        )
        .select_from(Proposal)
        .join(AgendaItem, AgendaItem.id == _last_item())
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Unit, Unit.id == Proposal.unit_id)
        .join(Committee, Committee.id == Proposal.committee_id)
        .where(
            Proposal.authority_id == standing.authority_id,
            Proposal.committee_id.in_(standing.committees),
            Proposal.state == ON_AGENDA,
            Meeting.state.in_({IN_SESSION, HELD, FILE_CLOSED}),
        )
        .order_by(Meeting.starts_at, Proposal.id)
    )  # fmt: skip
    return session.execute(query).all()


def own_proposals(standing: Standing, unit_id: int) -> Sequence[Proposal]:
    """Return a unit's proposals that ask something of it: sent back for a supplement, then drafts."""
    query = (
        select(Proposal)
        .where(
            Proposal.authority_id == standing.authority_id,
            Proposal.unit_id == unit_id,
            Proposal.state.in_(EDITABLE),
        )
        .order_by(Proposal.state.desc(), Proposal.id)
    )
    return session.scalars(query).all()
