"""What a secretary must see to: meetings and papers with what they lack, who is late, the month. Eight statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import defer, joinedload

from app.clock import day_of
from app.db import session
from app.models import (
    AgendaItem,
    Attendance,
    Conclusion,
    Meeting,
    Minutes,
    MonthlyReport,
    Notice,
    ReplacedTask,
    Task,
    UnitGroup,
)
from app.queries.agenda_proposals import proposals_waiting
from app.queries.calendars import calendar_of
from app.queries.desk_tasks import HeadlessUnit, LateUnit, desk_tasks
from app.queries.meeting_series import series_without_next
from app.queries.overview import committees_with_period
from app.queries.paper_facts import CAME, INVITED
from workflows import conclusion, deadlines, notice
from workflows.meeting import CANCELLED, FILE_CLOSED, MeetingFacts
from workflows.minutes import APPROVED
from workflows.monthly_report import OPEN as REPORT_OPEN
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row, ScalarSelect

    from app.models import AgendaProposal, MeetingSeries
    from app.queries.overview import CommitteePeriod
    from app.queries.standing import Standing

MEETINGS = 12


@dataclass(frozen=True)
class DeskMeeting:
    """A meeting whose file is open, with what its checklist asks."""

    meeting: Meeting
    minutes: Minutes | None
    facts: MeetingFacts
    topics: int
    invited: int
    notices: list[Notice] = field(default_factory=list)


class Draft(NamedTuple):
    """A notice not yet issued, its clauses, and how many tasks of what it replaces are not settled."""

    notice: Notice
    clauses: list[tuple[Conclusion, str | None]]
    unsettled: int


@dataclass(frozen=True)
class Desk:
    """All that the desk shows, as it was read."""

    committees: list[CommitteePeriod]
    meetings: list[DeskMeeting]
    drafts: list[Draft]
    numbers: dict[str, int]
    late_units: list[LateUnit]
    late: list[Row[*tuple[Any, ...]]]
    to_check: list[Row[*tuple[Any, ...]]]
    to_advise: list[Row[*tuple[Any, ...]]]
    reports: Sequence[MonthlyReport]
    proposals: Sequence[AgendaProposal]
    series: list[tuple[MeetingSeries, date | None]]
    headless: list[HeadlessUnit]


def read_desk(standing: Standing, today: date) -> Desk:
    """Return what the secretary of some committees must see to."""
    committees = committees_with_period(standing.secretary_of, today)
    ids = frozenset(running.committee.id for running in committees)
    meetings = _meetings(standing, ids)
    notices = _notices(standing, ids, [row[0].id for row in meetings])
    clauses = _clauses([paper.id for paper, _count in notices if paper.state in notice.OPEN])
    of_meeting: dict[int | None, list[Notice]] = defaultdict(list)
    for paper, _count in notices:
        of_meeting[paper.meeting_id].append(paper)
    parts = desk_tasks(standing, ids, today)
    return Desk(
        committees,
        [_desk_meeting(row, of_meeting[row[0].id]) for row in meetings],
        [Draft(paper, clauses[paper.id], count) for paper, count in notices if paper.state in notice.OPEN],
        parts.numbers,
        parts.late_units,
        parts.late,
        parts.to_check,
        parts.to_advise,
        _reports(committees),
        proposals_waiting(ids),
        series_without_next(ids, today),
        parts.headless,
    )


def _meetings(standing: Standing, committees: frozenset[int]) -> Sequence[Any]:
    """Select the meetings whose file is not closed, with what each lacks counted beside it."""
    query = (
        select(
            Meeting, Minutes,
            _count(AgendaItem).label("topics"),
            _count(Attendance).label("invited"),
            _count(Attendance, Attendance.status == INVITED).label("unmarked"),
            _count(Attendance, Attendance.status.in_(CAME)).label("came"),
        )
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.authority_id == standing.authority_id,
            Meeting.committee_id.in_(committees),
            Meeting.state.not_in({FILE_CLOSED, CANCELLED}),
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MEETINGS)
    )  # fmt: skip
    return session.execute(query).all()


def _count(model: type[AgendaItem | Attendance], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(model).where(model.meeting_id == Meeting.id, *conditions)
    return query.correlate(Meeting).scalar_subquery()


def _desk_meeting(row: Any, notices: list[Notice]) -> DeskMeeting:  # noqa: ANN401 -- a row of the query
    meeting, minutes, topics, invited, unmarked, came = row
    starts_on = day_of(meeting.starts_at)
    facts = MeetingFacts(
        state=meeting.state,
        left_state=meeting.left_state,
        starts_on=starts_on,
        has_place=bool(meeting.place.strip() or meeting.link.strip()),
        has_presider=bool(meeting.presider_id or meeting.presider_name.strip()),
        presider_needed=not meeting.historic,
        has_agenda=bool(topics),
        invitee_count=invited,
        convene_by=deadlines.convene_by(starts_on, calendar_of(meeting.authority_id)),
        attendance_recorded=bool(came and not unmarked),
        minutes_approved=minutes is not None and minutes.state == APPROVED,
        notice_issued=any(paper.state in notice.OFFICIAL for paper in notices),
    )
    return DeskMeeting(meeting, minutes, facts, topics, invited, notices)


def _notices(standing: Standing, committees: frozenset[int], meetings: list[int]) -> list[tuple[Notice, int]]:
    """Select drafts and the notices of some meetings, each with the open tasks it replaces and has not settled."""
    clause = select(Conclusion.id).where(Conclusion.notice_id == Notice.supersedes_id).correlate(Notice)
    settled = (
        select(ReplacedTask.task_id)
        .join(Conclusion, Conclusion.id == ReplacedTask.clause_id)
        .where(ReplacedTask.notice_id == Notice.id, Conclusion.state != conclusion.DROPPED)
        .correlate(Notice)
    )
    continued = select(Conclusion.continues_task_id).where(
        Conclusion.notice_id == Notice.id,
        Conclusion.state != conclusion.DROPPED,
        Conclusion.continues_task_id.is_not(None),
    )
    said = Task.id.in_(settled) | Task.id.in_(continued.correlate(Notice))
    unsettled = (
        select(func.count())
        .select_from(Task)
        .where(Task.conclusion_id.in_(clause), Task.state.in_(OPEN), ~said)
        .correlate(Notice)
        .scalar_subquery()
    )
    query = (
        select(Notice, case((Notice.supersedes_id.is_not(None), unsettled), else_=0))
        .options(joinedload(Notice.signer))
        .where(
            # Two short ranges: one condition with OR would read every notice of the committees.
            Notice.id.in_(
                select(Notice.id)
                .where(
                    Notice.authority_id == standing.authority_id,
                    Notice.committee_id.in_(committees),
                    Notice.state.in_(notice.OPEN),
                )
                .union(select(Notice.id).where(Notice.meeting_id.in_(meetings), Notice.committee_id.in_(committees)))
            ),
        )
        .options(joinedload(Notice.meeting), joinedload(Notice.committee))
        .order_by(Notice.id)
    )
    return [(paper, count) for paper, count in session.execute(query)]


def _clauses(notices: Iterable[int]) -> dict[int, list[tuple[Conclusion, str | None]]]:
    """Select the live clauses of drafts, each with the state of the task it continues."""
    query = (
        select(Conclusion, Task.state)
        .outerjoin(Task, Task.id == Conclusion.continues_task_id)
        .where(Conclusion.notice_id.in_(list(notices)), Conclusion.state != conclusion.DROPPED)
        .options(joinedload(Conclusion.lead_group).joinedload(UnitGroup.units))
        .order_by(Conclusion.notice_id, Conclusion.position)
    )
    found: dict[int, list[tuple[Conclusion, str | None]]] = defaultdict(list)
    for clause, state in session.execute(query).unique():
        found[clause.notice_id].append((clause, state))
    return found


def _reports(committees: list[CommitteePeriod]) -> Sequence[MonthlyReport]:
    """Return the reports of the running and the previous periods, and those still open, oldest first."""
    begins = {day for running in committees for day in (running.period.start, running.before.start)}
    query = (
        select(MonthlyReport)
        .where(
            MonthlyReport.committee_id.in_([running.committee.id for running in committees]),
            or_(MonthlyReport.begins_on.in_(begins), MonthlyReport.state.in_(REPORT_OPEN)),
        )
        .options(defer(MonthlyReport.figures))
        .order_by(MonthlyReport.begins_on)
    )
    return session.scalars(query).all()
