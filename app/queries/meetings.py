"""Meetings: the list, the next one, and the status of earlier conclusions that opens every agenda."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, func, join, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.clock import day_of, start_of
from app.db import session
from app.models import AgendaItem, Attendance, Committee, Conclusion, Event, Meeting, Minutes, Notice, Task, Unit
from app.queries.task_list import TaskFilter, where
from app.queries.task_statuses import status_condition
from workflows.meeting import AHEAD, CANCELLED, FILE_CLOSED, HELD, IN_SESSION, MEETING
from workflows.task import COMPLETED, OPEN, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select

    from app.queries.standing import Standing

LIMIT = 200


def began_at(meeting: Meeting) -> datetime | None:
    """Return the instant (UTC) at which a meeting was begun here, None where nobody said so."""
    query = (
        select(Event.at)
        .where(Event.subject == MEETING.name, Event.subject_id == meeting.id, Event.to_state == IN_SESSION)
        .order_by(Event.seq.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def committee_used_last(person_id: int) -> int | None:
    """Return the committee for which a person last planned or entered a meeting, None where there was none."""
    query = (
        select(Meeting.committee_id)
        .join(Event, (Event.subject == MEETING.name) & (Event.subject_id == Meeting.id))
        .where(Event.event == "plan", Event.actor_id == person_id)
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


class MeetingRow(NamedTuple):
    """What a list shows of a meeting."""

    meeting: Meeting
    committee: str
    agenda: int
    notices: int


def meetings_for(standing: Standing, *, committee_id: int | None = None, year: int | None = None) -> list[MeetingRow]:
    """Return the meetings this person may see (of the committees, or invited to), newest first."""
    agenda = select(func.count()).where(AgendaItem.meeting_id == Meeting.id).correlate(Meeting).scalar_subquery()
    notices = select(func.count()).where(Notice.meeting_id == Meeting.id).correlate(Meeting).scalar_subquery()
    me = standing.person_id
    invited = select(Attendance.meeting_id).where((Attendance.person_id == me) | (Attendance.deputy_id == me))
    query = (
        select(Meeting, Committee.short_name, agenda, notices)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(
            Meeting.authority_id == standing.authority_id,
            or_(Meeting.committee_id.in_(standing.committees), Meeting.id.in_(invited)),
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(LIMIT)
    )
    if committee_id:
        query = query.where(Meeting.committee_id == committee_id)
    if year:
        first, after = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
        query = query.where(Meeting.starts_at >= first, Meeting.starts_at < after)
    return [MeetingRow(*row) for row in session.execute(query)]


Papers = tuple[Minutes | None, list[Notice]]
"""The minutes of a meeting, None while nobody began them, and its notices."""


def read_meeting(meeting_id: int) -> tuple[Meeting, Papers] | None:
    """Return a meeting with what its page shows: committee, presider, agenda and whence its items come, invitees."""
    whence = joinedload(Meeting.agenda).joinedload(AgendaItem.carried_from)
    query = _with_papers(meeting_id).options(
        joinedload(Meeting.committee),
        joinedload(Meeting.presider),
        whence.joinedload(AgendaItem.meeting),
        whence.lazyload(AgendaItem.tasks),
        # So many rows as tasks stand on the agenda: not worth a statement of their own.
        joinedload(Meeting.agenda).joinedload(AgendaItem.tasks),
        selectinload(Meeting.attendances),
    )
    rows = session.execute(query).unique().all()
    return (rows[0][0], _papers(rows)) if rows else None


def minutes_of_meeting(meeting_id: int) -> Minutes | None:
    """Return the minutes of a meeting, or None while nobody began them."""
    return session.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id)).first()


def notices_of_meeting(meeting_id: int) -> Sequence[Notice]:
    """Return the notices drafted or issued from a meeting."""
    return session.scalars(select(Notice).where(Notice.meeting_id == meeting_id).order_by(Notice.id)).all()


def papers_of_meeting(meeting_id: int) -> Papers:
    """Return the papers of a meeting in one statement."""
    return _papers(session.execute(_with_papers(meeting_id)).all())


def _with_papers(meeting_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Meeting, Minutes, Notice)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .outerjoin(Notice, Notice.meeting_id == Meeting.id)
        .where(Meeting.id == meeting_id)
        .order_by(Notice.id)
    )


def _papers(rows: Sequence[Row[*tuple[Any, ...]]]) -> Papers:
    minutes = next((row[1] for row in rows), None)
    return minutes, [row[2] for row in rows if row[2] is not None]


def meeting_before(committee_id: int, instant: datetime, *, but: int | None = None) -> Meeting | None:
    """Return the last meeting of a committee that was held before an instant."""
    query = (
        select(Meeting)
        .where(
            Meeting.committee_id == committee_id,
            Meeting.starts_at < instant,
            Meeting.state.in_({HELD, FILE_CLOSED}),
            Meeting.id != (but or 0),
        )
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def next_meetings(standing: Standing, committees: frozenset[int], since: datetime, limit: int = 5) -> Sequence[Meeting]:
    """Return the coming meetings of some committees, soonest first."""
    query = (
        select(Meeting)
        .where(
            Meeting.authority_id == standing.authority_id,
            Meeting.committee_id.in_(committees),
            Meeting.state.in_(AHEAD),
            Meeting.starts_at >= since,
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.starts_at)
        .limit(limit)
    )
    return session.scalars(query).all()


def open_business(committees: frozenset[int], *, limit: int = 20) -> Sequence[Meeting]:
    """Return the meetings that were held and whose file is still open, oldest first."""
    query = (
        select(Meeting)
        .where(Meeting.committee_id.in_(committees), Meeting.state.not_in(AHEAD | {FILE_CLOSED, CANCELLED}))
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.starts_at)
        .limit(limit)
    )
    return session.scalars(query).all()


@dataclass(frozen=True)
class ClauseStanding:
    """A clause of an earlier notice and how its tasks stand."""

    clause: Conclusion
    notice: Notice
    tasks: list[tuple[Task, str]] = field(default_factory=list)


@dataclass(frozen=True)
class EarlierConclusions:
    """Item 1 of every agenda: what became of what was concluded before."""

    since: date | None
    counts: dict[str, int]
    filters: dict[str, TaskFilter]
    clauses: list[ClauseStanding]
    more: int


SHOWN = 60
_PARTS = ("completed", "in-progress", "reported", "awaiting-acceptance", "overdue", "open")


def earlier_conclusions(meeting: Meeting, last: Meeting | None, standing: Standing, today: date) -> EarlierConclusions:
    """Return how the conclusions before a meeting stand today; done ones since the last meeting before it.

    Every number carries the filter of the list it opens.
    """
    since = day_of(last.starts_at) if last else None
    base = TaskFilter(committee=meeting.committee_id, assigned_to=day_of(meeting.starts_at))
    done = TaskFilter(committee=meeting.committee_id, assigned_to=day_of(meeting.starts_at), completed_from=since)
    filters = {name: (done if name == "completed" else base).with_status(name) for name in _PARTS}
    counts, clauses = _counted(base, done, standing, today, _clauses(meeting, since))
    return EarlierConclusions(since, counts, filters, clauses[:SHOWN], max(0, len(clauses) - SHOWN))


def _counted(
    base: TaskFilter, done: TaskFilter, standing: Standing, today: date, listed: ColumnElement[bool]
) -> tuple[dict[str, int], list[ClauseStanding]]:
    """Count each part (those done are among the others, and narrower) and list the clauses, in one statement."""
    held = {name: status_condition(name, standing, today) for name in _PARTS}
    held["completed"] &= where(done.with_status("all"), standing, today)
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in held.values()]
    counts = select(*sums).select_from(Task).where(where(base.with_status("all"), standing, today)).subquery("counts")
    clauses = (
        join(Task, Conclusion, Task.conclusion_id == Conclusion.id)
        .join(Notice, Notice.id == Conclusion.notice_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
    )
    query = (
        select(Conclusion, Notice, Task, Unit.name, counts)
        .select_from(counts.outerjoin(clauses, listed))
        .order_by(Notice.issued_on, Notice.id, Conclusion.position, Task.id)
    )
    found: dict[int, ClauseStanding] = {}
    rows = session.execute(query).all()
    for clause, notice, task, unit, *_numbers in rows:
        if clause is not None:
            found.setdefault(clause.id, ClauseStanding(clause, notice)).tasks.append((task, unit))
    return dict(zip(held, rows[0][4:], strict=True)), list(found.values())


def _clauses(meeting: Meeting, since: date | None) -> ColumnElement[bool]:
    """Return the condition for the tasks listed under their clauses: open, or closed since a day."""
    closed: ColumnElement[bool] = Task.state.in_({COMPLETED, WITHDRAWN})
    if since:
        closed &= Task.last_moved_at >= start_of(since)
    return and_(
        Task.committee_id == meeting.committee_id,
        Task.assigned_at < meeting.starts_at,
        or_(Task.state.in_(OPEN), closed),
    )
