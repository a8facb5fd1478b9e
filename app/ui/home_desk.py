"""The secretary's desk: the next meeting as a checklist, open files, drafts and what they lack, the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.clock import day_of
from app.queries.desk_tasks import COUNTED, filter_of
from app.queries.notices import Missing, still_unseen
from app.queries.paper_facts import gaps_of, is_settled, issue_by
from app.queries.task_list import TaskFilter
from app.queries.task_statuses import STATUSES
from app.ui.formats import day, days_left, words
from app.ui.home_overview import Figure, list_of
from app.ui.meeting_steps import steps_of
from app.ui.navigation import url_if_known
from app.ui.notice_words import missing_words
from app.ui.notification_words import report_page
from app.ui.series_words import next_meetings_of
from app.ui.task_words import left_until
from workflows.deadlines import Clock
from workflows.meeting import AHEAD, IN_SESSION, MEETING, SITTING
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import DRAFTING, NOTICE
from workflows.periods import Period
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import AgendaProposal, Committee, Meeting, MonthlyReport, Notice
    from app.queries.desk_tasks import HeadlessUnit as Unled
    from app.queries.secretary_desk import Desk, DeskMeeting, Draft
    from app.ui.meeting_steps import Step
    from app.ui.series_words import NextMeeting
    from workflows.kernel import State
    from workflows.workdays import Calendar

LACKS = 4
"""So many missing things of a draft are named; the rest are counted."""


@dataclass(frozen=True)
class MeetingCard:
    """A meeting with its checklist."""

    meeting: Meeting
    href: str
    state: State
    steps: list[Step]
    room: str = ""
    """The address of the minutes screen, while the meeting is convened for today or sits."""

    @property
    def missing(self) -> int:
        """How many steps are not done."""
        return sum(step.done is False for step in self.steps)


@dataclass(frozen=True)
class DraftCard:
    """A notice that is not issued: what it lacks, and its five-day clock."""

    notice: Notice
    href: str
    state: State
    lacks: list[str]
    more: int
    clock: str
    late: bool


class ReportLine(NamedTuple):
    """The report of a committee's period: `state` None while nobody began it."""

    committee: Committee
    period: Period
    state: State | None
    href: str
    running: bool
    note: str


class LateUnit(NamedTuple):
    """A unit with overdue tasks and since when the oldest is due."""

    name: str
    number: int
    href: str
    since: date | None


class HeadlessUnit(NamedTuple):
    """A unit with open tasks that nobody leads, with how many, and their list."""

    name: str
    number: int
    href: str


@dataclass(frozen=True)
class DeskPage:
    """The desk as it is drawn."""

    ahead: list[MeetingCard]
    held: list[MeetingCard]
    drafts: list[DraftCard]
    figures: dict[str, Figure]
    headings: dict[str, str]
    late_units: list[LateUnit]
    late: list[Any]
    to_check: list[Any]
    to_advise: list[Any]
    reports: list[ReportLine]
    committees: Sequence[Committee]
    proposals: Sequence[AgendaProposal]
    series: list[NextMeeting]
    headless: list[HeadlessUnit]


def desk_of(desk: Desk, calendar: Calendar, today: date) -> DeskPage:
    """Return the desk as it is drawn on a day."""
    clock = Clock(calendar)
    meetings = [_meeting(one, clock, today) for one in desk.meetings]
    ids = [running.committee.id for running in desk.committees]
    return DeskPage(
        ahead=[card for card in meetings if card.meeting.state in AHEAD],
        held=[card for card in meetings if card.meeting.state not in AHEAD],
        drafts=[_draft(draft, clock, today) for draft in desk.drafts],
        figures={name: Figure(desk.numbers.get(name, 0), list_of(filter_of(name, ids))) for name in COUNTED},
        headings={name: words(STATUSES[name].words) for name in COUNTED},
        late_units=[_late_unit(row, ids) for row in desk.late_units],
        late=desk.late,
        to_check=desk.to_check,
        to_advise=desk.to_advise,
        reports=_reports(desk, clock, today),
        committees=[running.committee for running in desk.committees],
        proposals=desk.proposals,
        series=next_meetings_of(desk.series),
        headless=[_headless(row, ids) for row in desk.headless],
    )


def _meeting(one: DeskMeeting, clock: Clock, today: date) -> MeetingCard:
    steps = steps_of(
        one.meeting, one.facts, one.minutes, one.notices, clock, today, topics=one.topics, invited=one.invited
    )
    href = url_for("meetings.show", meeting_id=one.meeting.id)
    meeting = one.meeting
    typing = meeting.state == IN_SESSION or (day_of(meeting.starts_at) == today and meeting.state in SITTING)
    room = url_for("room.write", meeting_id=meeting.id) if typing and not meeting.historic else ""
    return MeetingCard(meeting, href, MEETING.by_name[meeting.state], steps, room)


def _draft(draft: Draft, clock: Clock, today: date) -> DraftCard:
    paper = draft.notice
    lacks = [missing_words(item) for item in _missing(draft)] if paper.state == DRAFTING else []
    last = issue_by(paper)
    left = left_until(last, today, clock) if last else None
    said = _("ban hành chậm nhất %(day)s, %(left)s", day=day(last), left=days_left(left)) if last else ""
    return DraftCard(
        paper,
        url_if_known("notices.show", notice_id=paper.id) or "",
        NOTICE.by_name[paper.state],
        lacks[:LACKS],
        max(0, len(lacks) - LACKS),
        said,
        left is not None and left < 0,
    )


def _missing(draft: Draft) -> list[Missing]:
    """Return what stands between a draft and its submission, judged from what was read for all drafts."""
    found = [] if draft.notice.historic or draft.notice.signed_by else [Missing("signer")]
    if not draft.notice.subject.strip():
        found.append(Missing("subject"))
    if not draft.clauses:
        found.append(Missing("clauses"))
    for clause, state in draft.clauses:
        open_ids = {clause.continues_task_id} if clause.continues_task_id and state in OPEN else set()
        if not is_settled(clause, open_ids):
            found.append(Missing("outcome", clause))
        found += [Missing(gap, clause) for gap in gaps_of(clause, historic=draft.notice.historic)]
    found += still_unseen(clause for clause, _state in draft.clauses)
    return [*found, Missing("replaced")] if draft.unsettled else found


def _late_unit(row: Any, committees: list[int]) -> LateUnit:  # noqa: ANN401 -- a row of the query
    committee = filter_of("overdue", committees).committee
    wanted = TaskFilter(status="overdue", committee=committee, unit=row.id)
    return LateUnit(row.title, row.number, list_of(wanted), row.current_due)


def _headless(row: Unled, committees: list[int]) -> HeadlessUnit:
    committee = filter_of("open", committees).committee
    return HeadlessUnit(row.name, row.tasks, list_of(TaskFilter(committee=committee, unit=row.id)))


def _reports(desk: Desk, clock: Clock, today: date) -> list[ReportLine]:
    """Return, for each committee, the report of the period before and of the running one, older open ones first."""
    known = {(report.committee_id, report.begins_on): report for report in desk.reports}
    lines = []
    for running in desk.committees:
        shown = {running.before.start, running.period.start}
        committee = running.committee
        lines += [
            _report_line(committee, Period(report.begins_on, report.ends_on), report, today, clock)
            for report in desk.reports
            if report.committee_id == committee.id and report.begins_on not in shown
        ]
        for period in (running.before, running.period):
            lines.append(_report_line(committee, period, known.get((committee.id, period.start)), today, clock))
    return lines


def _report_line(
    committee: Committee, period: Period, report: MonthlyReport | None, today: date, clock: Clock
) -> ReportLine:
    running = today in period
    left = clock.calendar.working_days_between(today, period.end)
    note = ""
    if running:
        note = ngettext("chốt số liệu sau %(num)d ngày làm việc", "chốt số liệu sau %(num)d ngày làm việc", left)
    href = report_page(committee.id, period.start)
    state = MONTHLY_REPORT.by_name[report.state] if report else None
    return ReportLine(committee, period, state, href, running, note)
