"""What the workflow tables must know of each item, read from the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Text, bindparam, func, literal_column, or_, select

from app.clock import day_of, today
from app.db import fetch, session
from app.figures import exact
from app.models import (
    AgendaProposal,
    Attachment,
    Attendance,
    Conclusion,
    CoordinatingPart,
    EvidenceLink,
    Explanation,
    Extension,
    Meeting,
    Minutes,
    MonthlyReport,
    Notice,
    Proposal,
    StoredFile,
    SubTask,
    Task,
)
from app.queries.calendars import calendar_of
from app.queries.fact_words import due_in_title, target_said
from app.queries.paper_facts import (
    agenda_proposal_facts,
    conclusion_facts,
    invitation_facts,
    meeting_facts,
    minutes_facts,
    monthly_report_facts,
    notice_facts,
)
from app.queries.proposals import proposal_facts
from workflows import deadlines
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.conclusion import CONCLUSION
from workflows.coordinating_part import ASKED as parts_asked  # noqa: N811 -- the same
from workflows.coordinating_part import COORDINATING_PART, CoordinatingPartFacts
from workflows.coordinating_part import OPEN as parts_open  # noqa: N811 -- beside the sub-tasks' open states
from workflows.evidence import ANY, PHOTO, SIGNED
from workflows.explanation import ASKED, EXPLANATION, ExplanationFacts
from workflows.extension import EXTENSION, REQUESTED, ExtensionFacts
from workflows.invitation import INVITATION
from workflows.meeting import MEETING
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.sub_task import OPEN as sub_tasks_open  # noqa: N811 -- beside the parts' open states
from workflows.sub_task import SUB_TASK, SubTaskFacts
from workflows.task import AWAITS_RULING, AWAITS_UNIT, COMPLETED, TASK, TaskFacts
from workflows.task import OPEN as tasks_open  # noqa: N811 -- beside the pieces' open states

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy import Row

    from workflows.kernel import Facts, Workflow


@dataclass(frozen=True)
class Subject:
    """A kind of item that moves: its table and how its facts are read."""

    workflow: Workflow
    facts: Callable[[Any], Facts]


def pending_extension(task_id: int) -> Extension | None:
    """Return the request of a task that waits for a ruling, or None."""
    query = select(Extension).where(Extension.task_id == task_id, Extension.state == REQUESTED)
    return session.scalars(query).first()


def task_facts(task: Task, beside: Row[Any] | None = None) -> TaskFacts:
    """Return what the table must know of a task.

    :param beside: a row with the columns of `beside_task`, where the caller has read it; None reads it.
    """
    return _facts(task, fetch(_BESIDE, {"task": task.id}).one() if beside is None else beside)


def facts_of_tasks(tasks: Collection[Task]) -> dict[int, TaskFacts]:
    """Return the same of several tasks, by their ids, in one statement."""
    if not tasks:
        return {}
    beside = {row.task_id: row for row in fetch(_BESIDE_MANY, {"tasks": [task.id for task in tasks]})}
    return {task.id: _facts(task, beside[task.id]) for task in tasks}


def _facts(task: Task, beside: Any) -> TaskFacts:  # noqa: ANN401 -- a row of what stands beside it
    calendar = calendar_of(task.authority_id)
    accepted_on = day_of(task.accepted_at) if task.accepted_at else None
    return TaskFacts(
        state=task.state,
        left_state=task.left_state,
        has_lead=task.lead_unit_id is not None,
        lead_unit=task.lead_unit_id,
        due_on=task.current_due,
        no_due_reason=task.no_due_reason,
        has_source=any((task.conclusion_id, task.directive_id, task.proposal_id)),
        # An approval is a ruling in writing, too: what it orders is assigned as from a directing document.
        from_directive=task.directive_id is not None or (task.proposal_id is not None and task.conclusion_id is None),
        historic=task.historic,
        given_on=day_of(task.assigned_at) if task.assigned_at else None,
        entered_on=day_of(task.made_at),
        accepted_on=accepted_on,
        contest_by=deadlines.contest_by(accepted_on, calendar) if accepted_on else None,
        reported_on=task.reported_on,
        pending_extension=beside.pending is not None,
        extension_by=deadlines.extension_by(task.current_due, calendar) if task.current_due else None,
        open_subtasks=beside.sub_tasks,
        open_parts=beside.parts,
        owner=task.owner_id,
        title=task.title,
        due_in_title=due_in_title(task),
        overdue=task.late_from is not None and task.late_from <= today(),
        pending_explanation=beside.explanation is not None,
        evidence_rule=task.asked_evidence,
        evidence_count=_fulfilling(task.asked_evidence, beside),
        has_target=task.target_value is not None,
        target=task.target_value,
        target_unit=task.target_unit,
        target_said=target_said(task, task, exact(beside.shared_target or 0)),
        has_card=bool(task.card),
        paused_until=task.pause_until,
        staff_may_accept=task.lead_unit.staff_may_accept,
        staff_may_report=task.lead_unit.staff_may_report,
        secretary_may_confirm=task.committee.secretary_may_confirm,
    )


def _fulfilling(rule: str, beside: Any) -> int:  # noqa: ANN401 -- a row of what stands beside it
    """Return how much of the evidence there is fulfils the rule."""
    found: int = {PHOTO: beside.photos, SIGNED: beside.papers, ANY: beside.evidence + beside.links}.get(
        rule, beside.evidence
    )
    return found


def beside_task(task: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- a parameter or a column
    """Return the columns for what stands beside a task: its pending request, evidence, open pieces.

    Constants are written out: for the partial indexes, because SQLite plans anew with each value that a LIKE gets, and
    because a list of values is put into the statement anew each time.
    """
    extension, attachment = Extension.__table__.c, Attachment.__table__.c
    pending = select(extension.id).where(extension.task_id == task, extension.state == _constant(REQUESTED))
    file, link = StoredFile.__table__.c, EvidenceLink.__table__.c
    evidence = select(func.count()).where(
        attachment.subject == _constant(TASK.name),
        attachment.subject_id == task,
        attachment.role == _constant("evidence"),
    )
    of_kind = evidence.where(file.id == attachment.file_id)
    drawn = or_(file.media_type.like(_constant("image/%")), func.lower(file.name).like(_constant("%.heic")))
    photos = of_kind.where(drawn)
    papers = of_kind.where(file.media_type == _constant("application/pdf"))
    links = select(func.count()).where(link.task_id == task)
    sub_task, part, explanation = SubTask.__table__.c, CoordinatingPart.__table__.c, Explanation.__table__.c
    sub_tasks = select(func.count()).where(sub_task.task_id == task, sub_task.state.in_(_constants(sub_tasks_open)))
    asked_of = or_(
        part.state != _constant(parts_asked),
        part.work != _constant(""),
        part.due.is_not(None),
        part.target_value.is_not(None),
        part.returns > literal_column("0"),
    )
    parts = select(func.count()).where(part.task_id == task, part.state.in_(_constants(parts_open)), asked_of)
    asked = select(explanation.id).where(explanation.task_id == task, explanation.state == _constant(ASKED))
    return (
        pending.limit(1).scalar_subquery().label("pending"),
        evidence.scalar_subquery().label("evidence"),
        photos.scalar_subquery().label("photos"),
        papers.scalar_subquery().label("papers"),
        links.scalar_subquery().label("links"),
        sub_tasks.scalar_subquery().label("sub_tasks"),
        parts.scalar_subquery().label("parts"),
        select(func.sum(part.target_value)).where(part.task_id == task).scalar_subquery().label("shared_target"),
        asked.limit(1).scalar_subquery().label("explanation"),
    )


def _constant(value: str) -> ColumnElement[str]:
    """Return a constant of the workflows, written into a statement."""
    return literal_column(f"'{value}'", Text())


def _constants(values: Collection[str]) -> list[ColumnElement[str]]:
    return [_constant(value) for value in sorted(values)]


_BESIDE = select(*beside_task(bindparam("task")))
_BESIDE_MANY = select(Task.__table__.c.id.label("task_id"), *beside_task(Task.__table__.c.id)).where(
    Task.__table__.c.id.in_(bindparam("tasks", expanding=True))
)


def extension_facts(extension: Extension) -> ExtensionFacts:
    """Return what the table must know of an extension request."""
    return ExtensionFacts(
        state=extension.state,
        left_state=extension.left_state,
        task_lives=extension.task.state in tasks_open,
        current_due=extension.task.current_due,
        asked_due=extension.requested_due,
    )


def _shared(piece: CoordinatingPart | SubTask) -> dict[str, Any]:
    task = piece.task
    return {
        "state": piece.state,
        "left_state": piece.left_state,
        "task_open": task.state in AWAITS_UNIT | AWAITS_RULING,
        "task_lives": task.state in tasks_open,
        "task_due": task.current_due,
        "staff_may_report": task.lead_unit.staff_may_report,
    }


def coordinating_part_facts(part: CoordinatingPart) -> CoordinatingPartFacts:
    """Return what the table must know of a coordinating unit's part."""
    return CoordinatingPartFacts(
        **_shared(part),
        was_asked=part.was_asked,
        has_target=part.target_value is not None and part.task.target_value is not None,
        task_has_target=part.task.target_value is not None,
        target_said=target_said(part, part.task),
    )


def sub_task_facts(sub_task: SubTask) -> SubTaskFacts:
    """Return what the table must know of a sub-task."""
    return SubTaskFacts(**_shared(sub_task))


def explanation_facts(explanation: Explanation) -> ExplanationFacts:
    """Return what the table must know of an explanation asked for."""
    return ExplanationFacts(
        state=explanation.state,
        left_state=explanation.left_state,
        task_stands=explanation.task.state in tasks_open | {COMPLETED},
        asked_of_lead=explanation.unit_id == explanation.task.lead_unit_id,
        answer_by=explanation.answer_by,
        staff_may_report=explanation.task.lead_unit.staff_may_report,
    )


SUBJECTS: dict[type, Subject] = {
    Task: Subject(TASK, task_facts),
    Extension: Subject(EXTENSION, extension_facts),
    CoordinatingPart: Subject(COORDINATING_PART, coordinating_part_facts),
    SubTask: Subject(SUB_TASK, sub_task_facts),
    Explanation: Subject(EXPLANATION, explanation_facts),
    Meeting: Subject(MEETING, meeting_facts),
    AgendaProposal: Subject(AGENDA_PROPOSAL, agenda_proposal_facts),
    Attendance: Subject(INVITATION, invitation_facts),
    Minutes: Subject(MINUTES, minutes_facts),
    Notice: Subject(NOTICE, notice_facts),
    Conclusion: Subject(CONCLUSION, conclusion_facts),
    MonthlyReport: Subject(MONTHLY_REPORT, monthly_report_facts),
    Proposal: Subject(PROPOSAL, proposal_facts),
}
BY_NAME: dict[str, type] = {subject.workflow.name: model for model, subject in SUBJECTS.items()}
