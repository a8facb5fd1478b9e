"""Who may find what: the conditions of each kind of thing, as its own page judges, with parameters for the person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.models import (
    AgendaItem,
    AgendaProposal,
    Attendance,
    Conclusion,
    CoordinatingPart,
    Directive,
    Meeting,
    Minutes,
    Notice,
    Proposal,
    Task,
)
from app.queries.task_statuses import CONDITIONS, Days
from app.queries.visibility import tasks_within
from workflows import notice
from workflows.minutes import APPROVED
from workflows.task import DROPPED

AUTHORITY: Any = bindparam("authority")
COMMITTEES: Any = bindparam("committees", expanding=True)
UNITS: Any = bindparam("units", expanding=True)
"""Units whose work the person may see."""
OWN_UNITS: Any = bindparam("own_units", expanding=True)
"""Units in which the person holds an office."""
PEOPLE: Any = bindparam("people", expanding=True)
ME: Any = bindparam("me")


def visible_task() -> ColumnElement[bool]:
    """Return the condition of the list of tasks, every state but drafts."""
    nothing = Days(None, None, None, None, None)
    return and_(tasks_within(AUTHORITY, COMMITTEES, UNITS), CONDITIONS["all"](nothing))


def visible_notice() -> ColumnElement[bool]:
    """Return the condition of `access.may_see`: of the committee, presided over, or one that gave own units work."""
    presided = select(Meeting.id).where(Meeting.presider_id.in_(PEOPLE))
    # Asked of each notice that was found, clause by clause: all that ever was given to a unit may be very much.
    clause, given = aliased(Conclusion), aliased(Task)
    helped = select(CoordinatingPart.id).where(
        CoordinatingPart.task_id == given.id, CoordinatingPart.unit_id.in_(UNITS)
    )
    touched = (
        select(clause.id)
        .join(given, given.conclusion_id == clause.id)
        .where(clause.notice_id == Notice.id, or_(given.lead_unit_id.in_(UNITS), helped.exists()))
        .correlate(Notice)
    )
    return and_(
        Notice.authority_id == AUTHORITY,
        Notice.state != notice.DROPPED,
        or_(
            Notice.committee_id.in_(COMMITTEES),
            Notice.meeting_id.in_(presided),
            and_(Notice.issued_on.is_not(None), touched.exists()),
        ),
    )


def visible_minutes() -> ColumnElement[bool]:
    """Return the condition: of the committee or presided over; approved ones also for who was asked to the meeting."""
    asked = select(Attendance.meeting_id).where(or_(Attendance.person_id == ME, Attendance.deputy_id == ME))
    return and_(
        Minutes.authority_id == AUTHORITY,
        or_(
            Meeting.committee_id.in_(COMMITTEES),
            Meeting.presider_id.in_(PEOPLE),
            and_(Minutes.state == APPROVED, Minutes.meeting_id.in_(asked)),
        ),
    )


def visible_proposal() -> ColumnElement[bool]:
    """Return the condition: own units' ones, and submitted ones of own committees or of a meeting one is asked to."""
    asked = (
        select(AgendaItem.proposal_id)
        .join(Attendance, Attendance.meeting_id == AgendaItem.meeting_id)
        .where(AgendaItem.proposal_id.is_not(None), or_(Attendance.person_id == ME, Attendance.deputy_id == ME))
    )
    sent = and_(Proposal.submitted_at.is_not(None), or_(Proposal.committee_id.in_(COMMITTEES), Proposal.id.in_(asked)))
    return and_(Proposal.authority_id == AUTHORITY, or_(Proposal.unit_id.in_(UNITS), sent))


def visible_agenda_proposal() -> ColumnElement[bool]:
    """Return the condition of `access.may_see`, with `Meeting` joined: of the committee, presided, of own units."""
    return or_(
        Meeting.committee_id.in_(COMMITTEES),
        Meeting.presider_id.in_(PEOPLE),
        AgendaProposal.unit_id.in_(OWN_UNITS),
        AgendaProposal.author_id == ME,
    )


def visible_directive() -> ColumnElement[bool]:
    """Return the condition: of own committees, or ordering a task that one may see, whose page cites it.

    A paper whose tasks were all taken out again, as with an import that was undone, leads nowhere.
    """
    ordered = select(Task.id).where(Task.directive_id == Directive.id, visible_task())
    taken_out = select(Task.id).where(Task.directive_id == Directive.id, Task.state == DROPPED)
    given = select(Task.id).where(Task.directive_id == Directive.id, Task.state != DROPPED)
    kept = or_(given.exists(), ~taken_out.exists())
    return or_(and_(Directive.committee_id.in_(COMMITTEES), kept), ordered.exists())
