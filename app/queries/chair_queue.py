"""What waits for a ruling, in two statements however much waits; what its cards say is in `ruling_details`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Date,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from app.db import UTCDateTime, fetch, session
from app.models import (
    Committee,
    Conclusion,
    Event,
    Extension,
    Meeting,
    Minutes,
    MonthlyReport,
    Notice,
    Task,
)
from workflows import conclusion, minutes, monthly_report, notice
from workflows.extension import REQUESTED
from workflows.task import AWAITS_RULING, CONTESTED, OPEN, TASK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row, Select

    from app.queries.standing import Standing

CAP = 300
"""So many tasks are looked at; a queue that long is not read anyway, and the page says that there are more."""


def tasks_awaiting(standing: Standing) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what judges the tasks of the person's committees that await a ruling, each with its pending extension.

    The earliest due dates come first, at most CAP of them. Who may rule is not judged here; what a card says beside
    is read by `told_of` for those that are drawn.
    """
    waiting = _waiting(standing).subquery("waiting")
    query = (
        select(*_JUDGED)
        # First of all joins: PostgreSQL keeps to the order of so many, and would else join every task before it looks.
        .select_from(waiting)
        .join(Task, Task.id == waiting.c.id)
        .join(Committee, Committee.id == Task.committee_id)
        .outerjoin(Extension, and_(Extension.task_id == Task.id, Extension.state == literal_column(f"'{REQUESTED}'")))
        .order_by(Task.current_due.asc().nulls_last(), Task.id)
    )
    return fetch(query, {}).all()


def _asked_at() -> ColumnElement[Any]:
    """Select when a ruling on the task was asked for: what happened to it since gives the chair no more time."""
    asking = case(
        (Task.state == literal_column(f"'{CONTESTED}'"), literal_column("'contest'")), else_=literal_column("'propose'")
    )
    last = (
        select(func.max(Event.at))
        .where(Event.subject == TASK.name, Event.subject_id == Task.id, Event.event == asking)
        .correlate(Task)
        .scalar_subquery()
    )
    return func.coalesce(last, Task.last_moved_at)


_JUDGED = (
    Task.id, Task.state, Task.left_state, Task.version, Task.priority, Task.committee_id, Task.lead_unit_id,
    Committee.secretary_may_confirm, Task.current_due, Task.reported_on, Task.reporter_id, Task.report_recorder_id,
    Task.card, _asked_at().label("asked_at"), Extension.id.label("extension_id"),
    Extension.version.label("extension_version"),
    Extension.requested_due, Extension.author_id, Extension.recorder_id, Extension.made_at.label("extension_made_at"),
)  # fmt: skip


def _waiting(standing: Standing) -> Select[int]:
    """Select the ids of the first tasks that wait, by short index ranges, before any row is read in full.

    One condition with OR would read every open task. Of what waits by its state, which may be much, each committee
    gives its first CAP in the order of its index.
    """
    authority = Task.authority_id == standing.authority_id
    asked = select(Extension.task_id).where(
        Extension.authority_id == standing.authority_id, Extension.state == literal_column(f"'{REQUESTED}'")
    )
    found = union(
        *(
            _earliest(authority, Task.committee_id == committee, Task.state == literal_column(f"'{state}'"), dated)
            for committee in sorted(standing.committees)
            for state in sorted(AWAITS_RULING)
            for dated in (Task.current_due.is_not(None), Task.current_due.is_(None))
        ),
        # The committee alone, for it stands in the index of cards: with the authority SQLite reads every task instead.
        select(Task.id, Task.current_due).where(
            Task.committee_id.in_(standing.committees), Task.state.in_(OPEN), Task.card != literal_column("''")
        ),
        select(Task.id, Task.current_due).where(
            Task.authority_id + 0 == standing.authority_id,
            Task.committee_id.in_(standing.committees),
            Task.id.in_(asked),
        ),
    ).subquery()
    return select(found.c.id).order_by(found.c.current_due.asc().nulls_last(), found.c.id).limit(CAP)


def _earliest(*conditions: ColumnElement[bool]) -> Select[int, date | None]:
    first = (
        select(Task.id, Task.current_due).where(*conditions).order_by(Task.current_due, Task.id).limit(CAP).subquery()
    )
    return select(first.c.id, first.c.current_due)


def papers_awaiting(standing: Standing) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return notices and monthly reports to sign and minutes to approve: of the committees, or presided over."""
    return session.execute(union_all(_notices(standing), _minutes(standing), _reports(standing))).all()


def _notices(standing: Standing) -> Select[*tuple[Any, ...]]:
    live = and_(Conclusion.notice_id == Notice.id, Conclusion.state != conclusion.DROPPED)
    clauses = select(func.count()).where(live).correlate(Notice).scalar_subquery()
    earlier = aliased(Notice)
    return (
        select(
            literal(notice.NOTICE.name).label("kind"), Notice.id, Notice.version, Notice.committee_id,
            Committee.short_name.label("committee"), Notice.subject.label("title"), Meeting.presider_id,
            Notice.signer_id, Notice.meeting_id, func.coalesce(Meeting.held_at, Meeting.ends_at).label("held_at"),
            clauses.label("clauses"), Notice.supersedes_id, or_(Notice.historic, Meeting.historic).label("historic"),
            earlier.id.label("earlier_id"), earlier.symbol.label("earlier"), earlier.issued_on.label("earlier_on"),
            Notice.urgency,
            _none(Date).label("begins_on"), _none(Date).label("ends_on"), _none(UTCDateTime).label("drafted_at"),
            _none(JSON).label("figures"),
        )
        .select_from(Notice)
        .join(Committee, Committee.id == Notice.committee_id)
        .outerjoin(Meeting, Meeting.id == Notice.meeting_id)
        .outerjoin(earlier, earlier.id == func.coalesce(Notice.supersedes_id, Notice.supplements_id))
        .where(
            Notice.authority_id == standing.authority_id,
            Notice.committee_id.in_(standing.committees),
            Notice.state == notice.SUBMITTED,
        )
    )  # fmt: skip


def _minutes(standing: Standing) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(minutes.MINUTES.name), Minutes.id, Minutes.version, Meeting.committee_id, Committee.short_name,
            Meeting.title, Meeting.presider_id, _none(Integer), Meeting.id,
            func.coalesce(Meeting.held_at, Meeting.starts_at), literal(0), _none(Integer), Meeting.historic,
            *_NO_EARLIER, _none(Date), _none(Date), _none(UTCDateTime), _none(JSON),
        )
        .select_from(Minutes)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(
            Minutes.authority_id == standing.authority_id,
            Minutes.state == minutes.SUBMITTED,
            or_(Meeting.committee_id.in_(standing.committees), Meeting.presider_id == standing.person_id),
        )
    )  # fmt: skip


def _reports(standing: Standing) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(monthly_report.MONTHLY_REPORT.name), MonthlyReport.id, MonthlyReport.version,
            MonthlyReport.committee_id, Committee.short_name, literal(""), _none(Integer), MonthlyReport.signer_id,
            _none(Integer), _none(UTCDateTime), literal(0), _none(Integer), literal(False),  # noqa: FBT003 -- a column
            *_NO_EARLIER,
            MonthlyReport.begins_on, MonthlyReport.ends_on, MonthlyReport.drafted_at, MonthlyReport.figures,
        )
        .join(Committee, Committee.id == MonthlyReport.committee_id)
        .where(
            MonthlyReport.authority_id == standing.authority_id,
            MonthlyReport.committee_id.in_(standing.committees),
            MonthlyReport.state == monthly_report.SUBMITTED,
        )
    )  # fmt: skip


def _none(kind: Any) -> Any:  # noqa: ANN401 -- a column type
    """Return an empty column; PostgreSQL must know its type."""
    return cast(null(), kind())


_NO_EARLIER = (_none(Integer), _none(Text), _none(Date), literal(""))
"""The columns of the earlier notice, and of how urgent a paper is, in papers that have none."""
