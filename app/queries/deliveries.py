"""Who was told what and when, and how the mail about it fares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, func, or_, select

from app.db import session
from app.models import (
    AgendaProposal,
    Delivery,
    JobRun,
    Meeting,
    Message,
    Minutes,
    MonthlyReport,
    Notice,
    Notification,
    Person,
    Proposal,
    Task,
)
from app.models.ledger import FAILED, PENDING, SENDING, SENT
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.meeting import MEETING
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select

    from app.queries.standing import Standing

PAGE = 50
COUNTED = 2000
"""So many rows are counted; beyond them a list says "more than"."""
ACCOUNT_RULES = "account."
LEDGER = "seal"

IN_APP, WAITING = "in_app", "waiting"
FATES: Mapping[str, ColumnElement[bool]] = {
    SENT: Delivery.state == SENT,
    WAITING: and_(Notification.by_mail, or_(Notification.message_id.is_(None), Delivery.state.in_((PENDING, SENDING)))),
    FAILED: Delivery.state == FAILED,
    IN_APP: ~Notification.by_mail,
}
"""What can have become of the mail about a thing told; IN_APP: it was told in the product alone."""


@dataclass(frozen=True)
class ToldFilter:
    """What a list of things told is narrowed to."""

    fate: str = ""
    q: str = ""
    task_id: int | None = None


def told(standing: Standing, wanted: ToldFilter, page: int = 1) -> Sequence[Row[Any]]:
    """Return a page of what was told, the newest first: who, what, and how its mail fares. `page` begins at 1."""
    query = (
        select(
            Notification.id, Notification.rule, Notification.subject, Notification.subject_id, Notification.data,
            Notification.made_at, Notification.read_at, Notification.urgent, Notification.by_mail,
            Notification.person_id, Person.full_name, Person.email, Task.code, Task.title, Message.kind,
            Message.made_at.label("written_at"), Delivery.id.label("delivery_id"), Delivery.state, Delivery.attempts,
            Delivery.sent_at, Delivery.next_try_at, Delivery.last_error,
        )
    )  # fmt: skip
    rows = _joined(query).where(*_conditions(standing, wanted)).order_by(Notification.id.desc())
    return session.execute(rows.limit(PAGE).offset((page - 1) * PAGE)).all()


def count_told(standing: Standing, wanted: ToldFilter) -> int:
    """Return how many rows the list has, COUNTED at most."""
    some = _joined(select(Notification.id)).where(*_conditions(standing, wanted)).limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def visible_delivery(standing: Standing, delivery_id: int) -> Delivery | None:
    """Return a delivery of a message that says something this person may see the telling of."""
    query = (
        select(Delivery)
        .join(Notification, Notification.message_id == Delivery.message_id)
        .outerjoin(Task, _about(TASK.name, Task))
        .where(Delivery.id == delivery_id, _visible(standing))
        .limit(1)
    )
    return session.scalars(query).first()


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Notification)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(Task, _about(TASK.name, Task))
        .outerjoin(Message, Message.id == Notification.message_id)
        .outerjoin(Delivery, Delivery.message_id == Message.id)
    )


def _about(name: str, model: type[Task]) -> ColumnElement[bool]:
    return and_(Notification.subject == name, model.id == Notification.subject_id)


def _conditions(standing: Standing, wanted: ToldFilter) -> list[ColumnElement[bool]]:
    if wanted.task_id is not None:  # the caller has loaded the task, which is the permission
        found = [Notification.subject == TASK.name, Notification.subject_id == wanted.task_id]
    else:
        found = [_visible(standing)]
    if wanted.fate in FATES:
        found.append(FATES[wanted.fate])
    if wanted.q:
        found.append(Person.full_name.icontains(wanted.q, autoescape=True))
    return found


def _visible(standing: Standing) -> ColumnElement[bool]:
    """Return the condition: about a committee whose secretary asks; about accounts, for an administrator."""
    ways: list[ColumnElement[bool]] = []
    if standing.secretary_of:
        mine = standing.secretary_of
        papers = {
            NOTICE.name: select(Notice.id).where(Notice.committee_id.in_(mine)),
            MEETING.name: select(Meeting.id).where(Meeting.committee_id.in_(mine)),
            MONTHLY_REPORT.name: select(MonthlyReport.id).where(MonthlyReport.committee_id.in_(mine)),
            PROPOSAL.name: select(Proposal.id).where(Proposal.committee_id.in_(mine)),
            MINUTES.name: select(Minutes.id)
            .join(Meeting, Meeting.id == Minutes.meeting_id)
            .where(Meeting.committee_id.in_(mine)),
            AGENDA_PROPOSAL.name: select(AgendaProposal.id)
            .join(Meeting, Meeting.id == AgendaProposal.meeting_id)
            .where(Meeting.committee_id.in_(mine)),
        }
        ways = [Task.committee_id.in_(mine), Notification.subject == LEDGER]
        ways += [(Notification.subject == name) & Notification.subject_id.in_(ids) for name, ids in papers.items()]
    if standing.is_admin:
        ways += [Notification.rule.startswith(ACCOUNT_RULES), Notification.subject == LEDGER]
    return and_(Notification.authority_id == standing.authority_id, or_(*ways) if ways else false())


@dataclass(frozen=True)
class PostHealth:
    """How the post of an authority fares: mails waiting and failed, since when, and when the deliverer last ran."""

    waiting: int
    failed: int
    oldest_at: datetime | None
    last_run: JobRun | None


def post_health(authority_id: int) -> PostHealth:
    """Return how many mails wait or have failed, and when the scheduler last looked."""
    waiting, oldest = session.execute(
        select(func.count(), func.min(Message.made_at))
        .select_from(Delivery)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.state.in_((PENDING, SENDING)), Delivery.authority_id == authority_id)
    ).one()
    failed = session.scalar(select(func.count()).where(Delivery.state == FAILED, Delivery.authority_id == authority_id))
    return PostHealth(waiting, failed or 0, oldest, session.get(JobRun, "deliver_mail"))
