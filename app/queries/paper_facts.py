"""What the workflow tables must know of meetings and their papers, read from the database.

Over 300 lines: the facts of each kind of paper stand in one place, as their tables name them.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.clock import day_of, today
from app.db import session
from app.models import Attendance, Conclusion, Minutes, MonthlyReport, Notice, NumberSeries, Task
from app.queries.agenda_proposals import planned_behind
from app.queries.calendars import calendar_of
from app.queries.minutes import after_approval
from app.queries.monthly import summary_of
from app.queries.notice_order import supplements_of
from app.queries.paper_text import digest_of, live_clauses
from workflows import conclusion, deadlines, notice, task
from workflows.agenda_proposal import OPEN as PROPOSAL_OPEN
from workflows.agenda_proposal import AgendaProposalFacts
from workflows.compliance import Line
from workflows.conclusion import ConclusionFacts
from workflows.invitation import InvitationFacts
from workflows.meeting import AHEAD, CONVENED, FILE_CLOSED, HELD, IN_SESSION, MeetingFacts
from workflows.minutes import APPROVED, MinutesFacts
from workflows.monthly_report import FROZEN, SIGNED, MonthlyReportFacts
from workflows.notice import NoticeFacts
from workflows.periods import Period
from workflows.replaced import CARRIED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.models import AgendaProposal, Meeting

MOST_COUNTED = 3
"""So many waiting months, the oldest, are counted anew for a queue."""
INVITED = "invited"
CAME = ("present", "represented")
EXTERNAL = "external"
LEADING = "TB"
FOLLOWING = ("GM", "BB", "PĐĐ")
"""Papers that are numbered as the notices are, as long as no series of their own is set up."""


class PapersThere(NamedTuple):
    """Whether a meeting's minutes are approved, whether they were begun, and whether a notice is issued."""

    approved: bool
    begun: bool
    issued: bool


def meeting_facts(meeting: Meeting, there: PapersThere | None = None) -> MeetingFacts:
    """Return what the table must know of a meeting; attendance is recorded when somebody came and all are marked.

    :param there: how far its papers are, where the caller has read them.
    """
    starts_on = day_of(meeting.starts_at)
    convene_by = deadlines.convene_by(starts_on, calendar_of(meeting.authority_id))
    marks = Counter(row.status for row in meeting.attendances)
    approved, begun, issued = there or _papers_of(meeting.id)
    return MeetingFacts(
        state=meeting.state,
        left_state=meeting.left_state,
        starts_on=starts_on,
        has_place=bool(meeting.place.strip() or meeting.link.strip()),
        has_presider=bool(meeting.presider_id or meeting.presider_name.strip()),
        presider_needed=not meeting.historic,
        has_agenda=bool(meeting.agenda),
        invitee_count=len(meeting.attendances),
        convene_by=convene_by,
        short_notice=today() > convene_by,
        attendance_recorded=not marks[INVITED] and any(marks[status] for status in CAME),
        minutes_approved=approved,
        minutes_needed=not meeting.from_old_papers or begun,
        notice_issued=issued,
        proposals_until=proposals_until(meeting),
    )


def invitation_facts(invited: Attendance) -> InvitationFacts:
    """Return what the table must know of an invitation."""
    return InvitationFacts(
        state=invited.state, left_state=invited.left_state, meeting_convened=invited.meeting.state == CONVENED
    )


def papers_there(minutes: Minutes | None, notices: Iterable[Notice]) -> PapersThere:
    """Return how far a meeting's papers are, from these papers themselves."""
    approved = minutes is not None and minutes.state == APPROVED
    return PapersThere(approved, minutes is not None, any(one.state in notice.OFFICIAL for one in notices))


def _papers_of(meeting_id: int) -> PapersThere:
    minutes = select(Minutes.id).where(Minutes.meeting_id == meeting_id)
    issued = select(Notice.id).where(Notice.meeting_id == meeting_id, Notice.state.in_(notice.OFFICIAL))
    asked = (minutes.where(Minutes.state == APPROVED), minutes, issued)
    row = session.execute(select(*(query.exists().label(f"is{n}") for n, query in enumerate(asked)))).one()
    return PapersThere(*(bool(one) for one in row))


def minutes_facts(minutes: Minutes) -> MinutesFacts:
    """Return what the table must know of minutes; of the next meeting only once they are approved."""
    approved = minutes.state == APPROVED
    begun, confirmed, next_approved = after_approval(minutes) if approved else (False, False, False)
    return MinutesFacts(
        state=minutes.state,
        left_state=minutes.left_state,
        has_text=bool(minutes.text.strip()),
        meeting_held=minutes.meeting.state in {HELD, FILE_CLOSED},
        next_begun=begun,
        confirmed=confirmed,
        has_confirmation=confirmed,
        next_approved=next_approved,
    )


def agenda_proposal_facts(proposal: AgendaProposal, *, planned: bool | None = None) -> AgendaProposalFacts:
    """Return what the table must know of a proposed agenda item.

    :param planned: whether a meeting is planned behind its own, where the caller has read it.
    """
    waits = proposal.state in PROPOSAL_OPEN
    return AgendaProposalFacts(
        state=proposal.state,
        left_state=proposal.left_state,
        meeting_open=proposal.meeting.state in AHEAD | {IN_SESSION},
        next_planned=waits and (planned_behind(proposal.meeting) is not None if planned is None else planned),
    )


def proposals_until(meeting: Meeting) -> date | None:
    """Return the last day for proposing items: the secretary's, else the last day for an ordinary invitation.

    After it the invitation with its agenda has gone out (3 working days ahead: Decision 45/2018/QĐ-TTg). For a meeting
    made later than that, the day of the meeting itself.
    """
    if meeting.proposals_until:
        return meeting.proposals_until
    last = deadlines.convene_by(day_of(meeting.starts_at), calendar_of(meeting.authority_id))
    return day_of(meeting.starts_at) if last < day_of(meeting.made_at) else last


def notice_facts(paper: Notice) -> NoticeFacts:
    """Return what the table must know of a notice; whether its text is the signed one only where it is signed."""
    signed = paper.state == notice.SIGNED
    clauses = live_clauses(paper)
    open_ids = _open_among({clause.continues_task_id for clause in clauses if clause.continues_task_id})
    return NoticeFacts(
        state=paper.state,
        left_state=paper.left_state,
        clause_count=len(clauses),
        unsettled_clauses=sum(not is_settled(clause, open_ids) for clause in clauses),
        unreviewed_clauses=sum(not clause.reviewed for clause in clauses),
        incomplete_tasks=sum(bool(gaps_of(clause, historic=paper.historic)) for clause in clauses),
        unsettled_replaced=len(replaced_tasks_left(paper)),
        replaced_reported=_replaced_count(paper, {task.REPORTED}),
        doubled_clauses=len(doubled_clauses(paper)),
        has_signer=paper.historic or bool(paper.signed_by),
        fresh=not paper.historic,
        historic=paper.historic,
        undated=paper.issued_on is None,
        text_matches=signed and paper.digest == digest_of(paper),
        external_number=paper.historic or (signed and numbering_mode(paper.committee_id, paper.doc_type) == EXTERNAL),
        number_used=paper.number is not None,
        issue_by=issue_by(paper),
        live_clauses=sum(clause.state == conclusion.ISSUED for clause in clauses),
    )


def is_settled(clause: Conclusion, open_tasks: set[int]) -> bool:
    """Tell whether the clause says what becomes of it; a task it continues must still be open."""
    if clause.outcome == "continues":
        return clause.continues_task_id in open_tasks
    return bool(clause.outcome)


def gaps_of(clause: Conclusion, *, historic: bool) -> list[str]:
    """Return what an order for new tasks still lacks: lead, due (date or reason), past_due."""
    past = clause.due_on is not None and clause.due_on < today() and not historic
    if clause.outcome == "continues":
        return ["past_due"] if past else []
    if clause.outcome != "new_tasks":
        return []
    led = clause.lead_unit_id is not None or bool(clause.lead_group and clause.lead_group.units)
    gaps = [] if led else ["lead"]
    settled = clause.no_due_reason.strip() or clause.recurrence or clause.done_on
    if clause.due_on is None and not settled:
        gaps.append("due")
    return [*gaps, "past_due"] if past else gaps


def _open_among(task_ids: set[int | None]) -> set[int]:
    if not task_ids:
        return set()
    return set(session.scalars(select(Task.id).where(Task.id.in_(task_ids), Task.state.in_(task.OPEN))))


def replaced_tasks(paper: Notice) -> list[Task]:
    """Return the open tasks of the notice that this one replaces, by clause; then those of its supplements."""
    if paper.supersedes_id is None:
        return []
    of = [paper.supersedes_id, *(one.id for one in supplements_of(paper.supersedes_id) if one.id != paper.id)]
    query = (
        select(Task, Conclusion.notice_id)
        .join(Conclusion, Conclusion.id == Task.conclusion_id)
        .where(Conclusion.notice_id.in_(of), Task.state.in_(task.OPEN))
        .order_by(Conclusion.position, Task.id)
    )
    rows = session.execute(query).all()
    return [row for row, _notice in sorted(rows, key=lambda row: of.index(row[1]))]


def replaced_tasks_left(paper: Notice, replaced: Sequence[Task] | None = None) -> list[Task]:
    """Return those of them for which the draft says neither keep nor amend nor withdraw, nor continues them.

    :param replaced: what `replaced_tasks` gave, where the caller has read it.
    """
    if paper.supersedes_id is None:
        return []
    clauses = live_clauses(paper)
    live = {clause.id for clause in clauses}
    # What was said under a clause that was dropped since is said no longer.
    said = {row.task_id for row in paper.replaced if row.clause_id in live}
    said |= {clause.continues_task_id for clause in clauses if clause.continues_task_id}
    return [row for row in (replaced_tasks(paper) if replaced is None else replaced) if row.id not in said]


def doubled_clauses(paper: Notice) -> list[Conclusion]:
    """Return the clauses that would give a new task although a task of the replaced notice goes on under them."""
    if paper.supersedes_id is None:
        return []
    tied = {row.clause_id for row in paper.replaced if row.treatment in CARRIED}
    return [clause for clause in live_clauses(paper) if clause.id in tied and clause.outcome == "new_tasks"]


def _replaced_count(paper: Notice, states: set[str]) -> int:
    return sum(row.state in states for row in replaced_tasks(paper))


def issue_by(paper: Notice) -> date | None:
    """Return the last day of the 5 working days from the end of its meeting (Decision 45/2018/QĐ-TTg)."""
    if paper.meeting is None or paper.historic or paper.meeting.historic:
        return None
    ended = paper.meeting.held_at or paper.meeting.ends_at
    return deadlines.notice_due(day_of(ended), calendar_of(paper.authority_id)) if ended else None


def numbering_mode(committee_id: int, doc_type: str) -> str | None:
    """Return how the committee numbers papers of a type now, own or external: by its latest series.

    Invitations, minutes and slips without a series of their own go as its notices do: one clerk, one way.
    """
    types = (doc_type, LEADING) if doc_type in FOLLOWING else (doc_type,)
    query = (
        select(NumberSeries.mode)
        .where(NumberSeries.committee_id == committee_id, NumberSeries.doc_type.in_(types))
        .order_by(NumberSeries.doc_type != doc_type, NumberSeries.scope.desc())
        .limit(1)
    )
    return session.scalar(query)


def conclusion_facts(clause: Conclusion) -> ConclusionFacts:
    """Return what the table must know of a conclusion: its state alone."""
    return ConclusionFacts(state=clause.state, left_state=clause.left_state)


def monthly_report_facts(report: MonthlyReport) -> MonthlyReportFacts:
    """Return what the table must know of a monthly report."""
    explained = {cause.unit_id for cause in report.causes if cause.text.strip()}
    current = figures_current(report)
    return MonthlyReportFacts(
        state=report.state,
        left_state=report.left_state,
        period_end=report.ends_on,
        causes_missing=len(late_units(report) - explained),
        figures_current=current,
        figures_stale=bool(report.figures) and not current,
        text_matches=report.digest is not None and report.digest == digest_of(report),
        external_number=report.state == SIGNED and numbering_mode(report.committee_id, "BC") == EXTERNAL,
    )


def figures_current(report: MonthlyReport) -> bool:
    """Tell whether a report's figures are what the ledger says today; signed ones are for ever."""
    if report.state in FROZEN or not report.figures:
        return report.state in FROZEN
    # Its own days: they stay when the committee's rules change.
    period = Period(report.begins_on, report.ends_on)
    now = summary_of(report.committee, period, date.fromisoformat(report.figures["as_at"])).total
    return now == Line(**report.figures["total"])


def stale_among(report_ids: Collection[int]) -> set[int]:
    """Return which of these submitted reports nobody can sign, because the ledger has changed since they were computed.

    Judged as the report's own page judges it: the month is counted anew. So few wait at a time that a queue may: each
    takes what `summary_of` takes. Beyond MOST_COUNTED a report shows it when it is opened.
    """
    if not report_ids:
        return set()
    waiting = select(MonthlyReport).where(MonthlyReport.id.in_(report_ids)).order_by(MonthlyReport.ends_on)
    oldest = waiting.limit(MOST_COUNTED)
    return {report.id for report in session.scalars(oldest) if not figures_current(report)}


def late_units(report: MonthlyReport) -> set[int]:
    """Return the units that owe a cause: late or open and overdue in the period, as the figures list them."""
    return set(report.figures.get("late_units", ()))
