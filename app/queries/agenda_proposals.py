"""What is proposed for agendas: of a meeting, of a unit, on the secretary's desk; and for which meetings one may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.clock import start_of
from app.db import session
from app.models import AgendaProposal, Attachment, Attendance, CoordinatingPart, Meeting, Task
from workflows.agenda_proposal import AGENDA_PROPOSAL, OPEN, PROPOSE
from workflows.meeting import CLOSED, HELD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from app.queries.standing import Standing

PAPER = "paper"
SHOWN = 60


def meetings_to_propose_for(standing: Standing, day: date) -> Sequence[Meeting]:
    """Return the meetings ahead that this person's units have to do with, soonest first.

    Those of committees in which the person sits or which gave the units work, and those to which the person is invited.
    """
    if not (standing.units or standing.committees):
        return []
    query = (
        select(Meeting)
        .where(
            Meeting.authority_id == standing.authority_id,
            Meeting.state.in_(PROPOSE.sources),
            Meeting.starts_at >= start_of(day),
            _concerns(standing),
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(SHOWN)
    )
    return session.scalars(query).all()


def _concerns(standing: Standing) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [Meeting.committee_id.in_(standing.committees)]
    if standing.units:
        led = select(Task.committee_id).where(Task.lead_unit_id.in_(standing.units))
        part = (
            select(Task.committee_id)
            .join(CoordinatingPart, CoordinatingPart.task_id == Task.id)
            .where(CoordinatingPart.unit_id.in_(standing.units))
        )
        invited = select(Attendance.meeting_id).where(
            or_(Attendance.person_id == standing.person_id, Attendance.unit_id.in_(standing.units))
        )
        ways += [Meeting.committee_id.in_(led), Meeting.committee_id.in_(part), Meeting.id.in_(invited)]
    return or_(*ways)


def proposals_for(meeting: Meeting) -> list[tuple[AgendaProposal, bool]]:
    """Return what is proposed for a meeting: what waits first, withdrawn ones left out.

    A meeting ahead shows what still waits from those of its committee that are over, too. Each comes with whether a
    meeting is planned behind its own.
    """
    asked = AgendaProposal.meeting_id == meeting.id
    if meeting.state in PROPOSE.sources:
        asked |= _left_by(meeting)
    own, behind = aliased(Meeting), aliased(Meeting)
    planned = select(behind.id).where(
        behind.committee_id == own.committee_id, behind.starts_at > own.starts_at, behind.state.in_(PROPOSE.sources)
    )
    query = _proposals().add_columns(planned.exists()).join(own, own.id == AgendaProposal.meeting_id).where(asked)
    found = [(row[0], bool(row[1])) for row in session.execute(query.order_by(AgendaProposal.id))]
    waiting = [one for one in found if one[0].state in OPEN]
    return [*waiting, *(one for one in found if one[0].state not in OPEN and (one[0].answer or one[0].item_id))]


def proposals_left_by(meeting: Meeting) -> Sequence[AgendaProposal]:
    """Return what still waits for its answer though its own meeting, before this one of the committee, is over."""
    return session.scalars(_proposals().where(_left_by(meeting)).order_by(AgendaProposal.id)).all()


def _left_by(meeting: Meeting) -> ColumnElement[bool]:
    over = select(Meeting.id).where(
        Meeting.committee_id == meeting.committee_id,
        Meeting.starts_at < meeting.starts_at,
        Meeting.state.in_(CLOSED | {HELD}),
    )
    return AgendaProposal.state.in_(OPEN) & AgendaProposal.meeting_id.in_(over)


def proposals_by(standing: Standing, *, unit_id: int | None = None, limit: int = SHOWN) -> Sequence[AgendaProposal]:
    """Return what this person or the person's units proposed (or one of them), the newest first."""
    mine = AgendaProposal.author_id == standing.person_id
    whose = AgendaProposal.unit_id == unit_id if unit_id else or_(mine, AgendaProposal.unit_id.in_(standing.units))
    query = (
        _proposals()
        .where(AgendaProposal.authority_id == standing.authority_id, whose)
        .order_by(AgendaProposal.id.desc())
        .limit(limit)
    )
    return session.scalars(query).all()


def proposals_waiting(committee_ids: frozenset[int]) -> Sequence[AgendaProposal]:
    """Return what waits for the secretary of some committees, the soonest meeting first.

    Also where the meeting is over or cancelled: whoever proposed it is owed an answer.
    """
    # Few are open and meetings are many: without the inner selection SQLite walks through the meetings.
    few = select(AgendaProposal.id).where(AgendaProposal.state.in_(OPEN))
    query = (
        _proposals()
        .join(Meeting, Meeting.id == AgendaProposal.meeting_id)
        .where(AgendaProposal.id.in_(few), Meeting.committee_id.in_(committee_ids))
        .order_by(Meeting.starts_at, AgendaProposal.id)
        .limit(SHOWN)
    )
    return session.scalars(query).all()


def _proposals() -> Select[AgendaProposal]:
    return select(AgendaProposal).options(
        joinedload(AgendaProposal.meeting).joinedload(Meeting.committee),
        joinedload(AgendaProposal.unit),
        joinedload(AgendaProposal.author),
    )


def planned_behind(meeting: Meeting) -> Meeting | None:
    """Return the next meeting of the same committee that is planned behind this one, None where there is none."""
    query = (
        select(Meeting)
        .where(
            Meeting.committee_id == meeting.committee_id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state.in_(PROPOSE.sources),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
    )
    return session.scalars(query).first()


def papers_of_proposals(proposal_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """Return the papers that came with proposed items, by the items' ids."""
    found: dict[int, list[Attachment]] = {proposal_id: [] for proposal_id in proposal_ids}
    if not found:
        return found
    query = select(Attachment).where(came_with(proposal_ids)).options(joinedload(Attachment.file))
    for paper in session.scalars(query.order_by(Attachment.id)):
        found[paper.subject_id].append(paper)
    return found


def came_with(proposal_ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition for the papers that came with proposed items."""
    return and_(
        Attachment.subject == AGENDA_PROPOSAL.name,
        Attachment.subject_id.in_(proposal_ids),
        Attachment.role == PAPER,
    )
