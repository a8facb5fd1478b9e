"""What a person was told: the list behind the bell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import aliased

from app.clock import now, today
from app.db import session
from app.models import (
    AgendaProposal,
    CoordinatingPart,
    Meeting,
    Minutes,
    MonthlyReport,
    Notice,
    Notification,
    Office,
    Proposal,
    Task,
    TaskSpan,
)
from app.queries.unit_names import UnitNames, unit_names
from app.queries.visibility import sees_task
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.meeting import MEETING
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row, ScalarSelect, Select

    from app.queries.standing import Standing

PAGE = 30


def told_to(
    standing: Standing, *, unread: bool = False, page: int = 1, size: int = PAGE
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return one page of what a person was told, the newest first, each with the title of what it is about.

    `led_by`: the unit that led the task when this was told; `seen`: the person may see the task (also where the line is
    about something else).
    """
    query = (
        _told(standing)
        .order_by(Notification.made_at.desc(), Notification.id.desc())
        .limit(size)
        .offset(size * (page - 1))
    )
    return session.execute(query.where(Notification.read_at.is_(None)) if unread else query).all()


def one_told(standing: Standing, notification_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return one thing told to this person, None where it is not theirs."""
    return session.execute(_told(standing).where(Notification.id == notification_id)).first()


def units_told(rows: Iterable[Row[*tuple[Any, ...]]]) -> UnitNames:
    """Return the names of the units that led the tasks of these lines, also of earlier days; at most one statement."""
    return unit_names({row.led_by for row in rows if row.led_by})


def _told(standing: Standing) -> Select[*tuple[Any, ...]]:
    person_id = standing.person_id
    minuted = aliased(Meeting)
    about = Notification.subject
    in_office = (Office.from_on <= today(), or_(Office.to_on.is_(None), Office.to_on >= today()))
    own_units = select(Office.unit_id).where(Office.person_id == person_id, *in_office)
    own_due = select(func.min(CoordinatingPart.due)).where(
        CoordinatingPart.task_id == Task.id, CoordinatingPart.unit_id.in_(own_units)
    )
    return (
        select(
            Notification.id, Notification.rule, about, Notification.subject_id, Notification.data, Notification.made_at,
            Notification.read_at, Notification.urgent,
            Task.code, Task.state, Task.current_due,
            func.coalesce(_led_then(), Task.lead_unit_id).label("led_by"),
            case((about == TASK.name, sees_task(standing)), else_=True).label("seen"),
            func.coalesce(
                Task.title, Notice.subject, Meeting.title, minuted.title, AgendaProposal.title, Proposal.title, ""
            ).label("title"),
            Notice.symbol, Minutes.meeting_id, MonthlyReport.committee_id, MonthlyReport.begins_on,
            MonthlyReport.ends_on, own_due.scalar_subquery().label("own_due"),
        )
        .outerjoin(Task, (about == TASK.name) & (Task.id == Notification.subject_id))
        .outerjoin(Notice, (about == NOTICE.name) & (Notice.id == Notification.subject_id))
        .outerjoin(Meeting, (about == MEETING.name) & (Meeting.id == Notification.subject_id))
        .outerjoin(Minutes, (about == MINUTES.name) & (Minutes.id == Notification.subject_id))
        .outerjoin(minuted, minuted.id == Minutes.meeting_id)
        .outerjoin(AgendaProposal, (about == AGENDA_PROPOSAL.name) & (AgendaProposal.id == Notification.subject_id))
        .outerjoin(Proposal, (about == PROPOSAL.name) & (Proposal.id == Notification.subject_id))
        .outerjoin(MonthlyReport, (about == MONTHLY_REPORT.name) & (MonthlyReport.id == Notification.subject_id))
        .where(Notification.person_id == person_id)
    )  # fmt: skip


def _led_then() -> ScalarSelect[int]:
    """Select the unit that led a line's task when the line was told."""
    then = (
        select(TaskSpan.lead_unit_id)
        .where(
            TaskSpan.task_id == Task.id, TaskSpan.began_at <= Notification.made_at,
            or_(TaskSpan.ended_at.is_(None), TaskSpan.ended_at > Notification.made_at),
        )
        .order_by(TaskSpan.seq.desc())
        .limit(1)
    )  # fmt: skip
    return then.correlate(Task, Notification).scalar_subquery()


def count_told(person_id: int) -> tuple[int, int]:
    """Return how much a person was told in all, and how much of it is unread."""
    query = select(func.count(), func.count() - func.count(Notification.read_at)).where(
        Notification.person_id == person_id
    )
    whole, unread = session.execute(query).one()
    return whole, unread


def mark_read(person_id: int, notification_id: int | None = None) -> None:
    """Note that a person has read one thing, or all that is unread (None)."""
    change = update(Notification).where(Notification.person_id == person_id, Notification.read_at.is_(None))
    if notification_id is not None:
        change = change.where(Notification.id == notification_id)
    session.execute(change.values(read_at=now()))
