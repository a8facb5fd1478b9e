"""Tasks: the page of one task with its moves, and the request for an extension."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from app import access
from app.clock import day_of, today
from app.db import session
from app.errors import NotFoundError
from app.models import Committee, Task
from app.queries import shared_out, task_page
from app.queries.calendars import calendar_of, clock_of
from app.queries.choices import Choice
from app.queries.evidence import links_of
from app.queries.facts import SUBJECTS, explanation_facts, extension_facts
from app.queries.task_choices import AROUND, PERSON, SUB_UNIT, UNIT, Offered, offered_beside
from app.queries.task_statuses import RUNNING
from app.queries.unit_names import unit_names
from app.services.moves import Sight, offers_for, refusals_for
from app.ui.after_report import MOVED, due_at_report, said_before_ruling, said_of_moved
from app.ui.dead_words import dead_words
from app.ui.measures import measured
from app.ui.speech import gettext as _
from app.ui.task_history import links_to_open, moments, open_file, with_given_day
from app.ui.task_pieces import Looking, explanation_pieces, part_pieces, prefilled, sub_task_pieces
from app.ui.task_words import is_undone, left_until, marks_of, status_of, waiting_for
from app.ui.whom import Names, completed, person_ids, unit_ids
from app.views.guard import by_loader
from app.views.held_here import RULERS, events_to_hold, held_on, held_words
from app.views.moves import RECORDED, Attempt, page_for
from app.views.recording import Known, recordable, requestable
from workflows.deadlines import Clock
from workflows.explanation import ASK, OWED, may_ask
from workflows.extension import EXTENSION, REQUEST, REQUESTED, may_request
from workflows.holding import WAITING
from workflows.kernel import Accepted, Refused
from workflows.roles import Role
from workflows.sub_task import GIVE, may_give
from workflows.task import AWAITS_RULING, CONTESTED, TASK

if TYPE_CHECKING:
    from collections.abc import MutableSequence, Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from app.models import Extension, HeldRuling
    from app.queries.task_list import TaskFilter
    from app.queries.task_page import HistoryLine

tasks = Blueprint("tasks", __name__, url_prefix="/tasks")


def clock_for(wanted: TaskFilter) -> Clock:
    """Return the clock by which a list counts: its committee's, else the common one."""
    committee = session.get(Committee, wanted.committee) if wanted.committee else None
    return clock_of(committee) if committee else Clock(calendar_of(current_user.standing.authority_id))


def _left(row: Any, day: date, clock: Clock) -> int | None:  # noqa: ANN401 -- a row of the list
    """Return the days left where the clock still runs; a sent report or a pause has stopped it."""
    return left_until(row.current_due, day, clock) if row.current_due and row.state in RUNNING else None


@tasks.get("/<int:task_id>")
@by_loader
def show(task_id: int) -> ResponseReturnValue:
    """Show one task."""
    return draw_page(load_page(task_id), None)


def load_page(task_id: int) -> task_page.Page:
    """Return what a task's page shows, to whoever may see the task.

    :raises NotFoundError: it is not there, or not for this person.
    """
    page = task_page.page_of(task_id)
    if page is None:
        raise NotFoundError
    access.admitted(page.task, current_user.standing)
    return page


@page_for("task", home=lambda task: url_for("tasks.show", task_id=task.id))
def draw_task(task: Task, attempt: Attempt | None, tried: str = "") -> str:
    """Draw a task's page; with a failed attempt its form stands open with what was typed.

    :param tried: the scope of the piece beside the task that the attempt was about; empty for the task's own moves.
    """
    page = task_page.page_of(task.id)
    if page is None:
        raise NotFoundError
    return draw_page(page, attempt, tried)


def draw_page(page: task_page.Page, attempt: Attempt | None, tried: str = "") -> str:
    """Draw what was read of a task.

    Over 40 lines: what the page shows stands in one list.
    """
    task, source, facts = page
    actor, day, clock = current_user.actor, today(), clock_of(task.committee)
    sight = Sight(facts, access.panel_for(actor.standing, task))
    extensions = task_page.extensions_of(task.id) if source.extensions else []
    sub_tasks, explanations = shared_out.pieces_of(task.id) if source.sub_tasks or source.explanations else ([], [])
    beside = shared_out.events_beside(task.coordinating, sub_tasks, explanations, extensions)
    lines = completed(task_page.history_of(task.id, beside), task)
    files = task_page.files_of(TASK.name, task.id) if source.files else []
    rows = offers_for(task, actor, sight)
    roles = access.roles_of(actor.standing, task, None, sight.panel)
    pending = next((extension for extension in extensions if extension.state == REQUESTED), None)
    ruling_sight = sight._replace(facts=extension_facts(pending)) if pending else None
    owed: MutableSequence[Any] = [one for one in explanations if one.state in OWED]
    seen = [sight._replace(facts=explanation_facts(one)) for one in owed]
    if pending and ruling_sight:
        owed.insert(0, pending)
        seen.insert(0, ruling_sight)
    recorded = _recorded(task, sight, owed, seen, attempt)
    looking = Looking(actor, sight.panel, task, day, clock, lines)
    births = [row for may, row in ((may_give, GIVE), (may_ask, ASK)) if _is_offered(may(facts, None, day, roles))]
    held = _held(task, pending, roles)
    waiting = {one.workflow for one in held if one.outcome == WAITING}
    rows = [row for row in rows if not (TASK.name in waiting and row.duty & roles)]
    own = None if tried else attempt
    ruling = offers_for(pending, actor, ruling_sight) if pending and EXTENSION.name not in waiting else []
    options, offered = _options(
        task, [*rows, *births, *(row for one in recorded["recordable"] for row in one.rows)], split=bool(sub_tasks)
    )
    pieces = (
        part_pieces(task.coordinating, looking),
        sub_task_pieces(sub_tasks, looking),
        explanation_pieces(explanations, looking),
    )
    return render_template(
        "tasks/show.html",
        parts=pieces[0],
        sub_tasks=pieces[1],
        explanations=pieces[2],
        owed=[(piece, piece.owed) for found in pieces for piece in found if piece.owed],
        tried_rows=[
            *births,
            *(row for found in pieces for piece in found if piece.scope == tried for row in piece.rows),
        ],
        piece_attempt=attempt if tried else None,
        tried=tried,
        births={row.event: row for row in births},
        sub_units=offered.sub_units,
        comments=shared_out.comments_of(task.id) if source.comments else [],
        around=offered.around,
        me=actor.person.id,
        prefilled=prefilled,
        answer_by=clock.calendar.add_working_days(day, 2),
        task=task,
        source=source,
        time=status_of(task, day, clock),
        marks=marks_of(task, day, clock),
        state=TASK.by_name[task.state],
        left=_left(task, day, clock),
        waiting=waiting_for(task, day, clock),
        rows=_by_duty(rows, roles),
        duties=[row.event for row in rows if row.duty & roles],
        facts=facts,
        proposed_unit=task.proposed_unit_id if task.state == CONTESTED else None,
        refusals=[] if is_undone(task) else refusals_for(task, actor, sight),
        extensions=extensions,
        request_states=EXTENSION.by_name,
        pending=pending,
        ruling=ruling,
        held=held,
        holds=events_to_hold([*rows, *ruling], roles, own),
        **held_words(),
        request_row=REQUEST if _is_offered(may_request(facts, None, day, roles)) else None,
        moments=with_given_day(moments(lines, _names(lines), files, _("Hệ thống")), lines, task),
        before_ruling=said_before_ruling(task.state, task.reported_on, task.current_due, pending.requested_due, clock)
        if pending
        else "",
        moved=said_of_moved(due_at_report(task, extensions), task.current_due, task.reported_on, clock),
        moved_word=MOVED,
        dead=dead_words(task, source.text or task.detail, lines),
        shown=request.args.get("open", ""),
        given_on=day_of(task.assigned_at) if task.assigned_at else None,
        files=[open_file(line) for line in files if line.attachment.role == "evidence"],
        links=links_to_open(links_of(task.id)) if source.links else [],
        measured=measured(task, pieces[0], lines),
        options=options,
        records=Role.SECRETARY in roles,
        **recorded,
        attempt=own,
        calendar=clock.calendar,
        today=day,
    )


def _held(task: Task, pending: Extension | None, roles: frozenset[Role]) -> list[HeldRuling]:
    """Return this person's rulings here that can still be taken back, or could not take effect; nobody else's."""
    if not roles & RULERS or not (task.state in AWAITS_RULING or task.card or pending):
        return []
    return held_on((TASK.name, task.id), (EXTENSION.name, pending.id if pending else 0))


def _names(lines: list[HistoryLine]) -> Names:
    return Names(unit_names(unit_ids(lines)), task_page.person_names(person_ids(lines)))


def _is_offered(verdict: Accepted | Refused) -> bool:
    return isinstance(verdict, Accepted)


def _recorded(
    task: Task, sight: Sight, owed: Sequence[Any], asked_of: Sequence[Sight], attempt: Attempt | None
) -> dict[str, Any]:
    """Return for whom what may be recorded here: read when it is asked for, because it takes some looking.

    :param owed: what waits for an answer beside the task, with what is known of it: a request, explanations.
    """
    actor = current_user.actor
    asked = "recording" in request.args or (attempt is not None and RECORDED in attempt.event)
    known: Known = {}
    # The task's own people first: those for a request are among them.
    own = recordable(task, actor, sight, known) if asked else []
    seen = zip(owed, asked_of, strict=True) if asked else ()
    beside = [(one, recordable(one, actor, sight_of, known)) for one, sight_of in seen]
    return {
        "recording": asked,
        "recordable": own,
        "recorded_beside": [(one, SUBJECTS[type(one)].workflow, found) for one, found in beside if found],
        "recorded_requests": requestable(task, actor, sight, known) if asked else [],
    }


def _by_duty(rows: Sequence[Any], roles: Any) -> Sequence[Any]:  # noqa: ANN401 -- roles of the kernel
    """Return what is owed first, then what is done every week; giving a task back comes last: a phone shows two."""
    return sorted(rows, key=lambda row: (not row.duty & roles, _REACH.get(row.event, 1)))


_REACH = {"report": -1, "progress": 0, "contest": 2}
"""How near the thumb a move stands among those that are not owed; the table's order within one rank."""


def _options(task: Task, rows: Sequence[Any], *, split: bool) -> tuple[dict[str, Any], Offered]:
    """Return what the pickers of the offered moves choose from, read only where one needs it.

    :param split: the task has sub-tasks: their forms offer the sub-units.
    """
    kinds = {need.kind for row in rows for need in row.needs}
    wanted = {AROUND}
    if kinds & {"unit", "units"}:
        wanted.add(UNIT)
    if "person" in kinds:
        wanted.add(PERSON)
    if split or GIVE in rows:
        wanted.add(SUB_UNIT)
    offered = offered_beside(task, today(), wanted)
    # A unit that is gone stands there, too, where it still coordinates: sending the form must not take it off.
    known = {choice[0] for choice in offered.units}
    gone = [Choice(one.unit_id, one.unit.name, "") for one in task.coordinating if one.unit_id not in known]
    # The lead itself is never what is asked for: it is not proposed instead, nor does it coordinate.
    units = [choice for choice in offered.units if choice[0] != task.lead_unit_id]
    lists = {UNIT: units + gone, PERSON: offered.people}
    return {kind: found for kind, found in lists.items() if kind in wanted}, offered


@page_for("extension", home=lambda extension: url_for("tasks.show", task_id=extension.task_id))
def draw_extension(extension: Extension, attempt: Attempt | None) -> str:
    """Draw the page of the task that an extension request is about."""
    return draw_task(access.load(Task, extension.task_id, current_user.standing), attempt)
