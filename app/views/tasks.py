"""Tasks: the list, the page of one task with its moves, and the request for an extension."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import DomainError, NotFoundError
from app.forms.moves import form_for, sentence
from app.forms.tasks import read_filter, read_page, read_sort
from app.models import Committee, Task
from app.queries import task_page
from app.queries.calendars import calendar_of, clock_of
from app.queries.choices import person_choices, unit_choices
from app.queries.facts import pending_extension, task_facts
from app.queries.task_list import PAGE, TaskFilter, count_statuses, count_tasks, page_of_tasks
from app.queries.task_statuses import RUNNING, STATUSES
from app.services.extensions import request_extension
from app.services.moves import offers_for, refusals_for
from app.ui.task_history import moments, open_file, unit_ids
from app.ui.task_words import left_until, mark_of, status_of, waiting_for
from app.views.guard import by_loader, signed_in
from app.views.moves import Attempt, page_for
from app.views.recording import recordable
from workflows.deadlines import Clock
from workflows.extension import REQUEST, may_request
from workflows.kernel import Accepted
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Extension

tasks = Blueprint("tasks", __name__, url_prefix="/tasks")

TABS = ("open", "overdue", "due-soon", "reported", "completed", "all")


@tasks.get("/")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as tasks.list
    """Show the tasks this person may see, narrowed by the address."""
    wanted, sort, page = read_filter(request.args, today()), read_sort(request.args), read_page(request.args)
    standing, day = current_user.standing, today()
    total = count_tasks(wanted, standing, day)
    pages = max(1, -(-total // PAGE))
    page = min(page, pages)
    rows = page_of_tasks(wanted, standing, day, sort=sort, page=page)
    clock = _clock(wanted)
    return render_template(
        "tasks/list.html",
        wanted=wanted,
        rows=[(row, mark_of(row, day, clock), _left(row, clock)) for row in rows],
        total=total,
        page=page,
        pages=pages,
        sort=sort,
        statuses=STATUSES,
        tabs=_tabs(wanted),
        chosen=_chosen(wanted),
        units=[(choice.id, choice.name) for choice in unit_choices(standing.authority_id)],
        today=day,
    )


def _clock(wanted: TaskFilter) -> Clock:
    """Return the clock by which a list counts: its committee's, else the common one."""
    committee = session.get(Committee, wanted.committee) if wanted.committee else None
    return clock_of(committee) if committee else Clock(calendar_of(current_user.standing.authority_id))


def _left(row: Any, clock: Clock) -> int | None:  # noqa: ANN401 -- a row of the list
    """Return the days left where the clock still runs; a sent report or a pause has stopped it."""
    return left_until(row.current_due, today(), clock) if row.current_due and row.state in RUNNING else None


def _tabs(wanted: TaskFilter) -> Sequence[tuple[Any, ...]]:
    """Return the parts of the list with their counts; each opens what it counts."""
    counts = count_statuses([*TABS], wanted, current_user.standing, today())
    return [
        (
            sentence(STATUSES[name].words),
            url_for("tasks.list", **wanted.with_status(name).args()),
            name == wanted.status,
            counts[name],
        )
        for name in TABS
    ]


def _chosen(wanted: TaskFilter) -> Sequence[tuple[str, str]]:
    """Return the conditions in force beside the status, each with the address that takes it away."""
    args = wanted.args()
    words = {
        "q": _("Có chữ «%(q)s»", q=wanted.q),
        "unit": _("Đơn vị chủ trì đã chọn"),
        "part": _("Đơn vị phối hợp đã chọn"),
        "owner": _("Người phụ trách đã chọn"),
        "committee": _("Ban đã chọn"),
        "notice": _("Thông báo đã chọn"),
        "meeting": _("Cuộc họp đã chọn"),
        "priority": _("Mức ưu tiên đã chọn"),
        "due-from": _("Hạn từ %(day)s", day=args.get("due-from", "")),
        "due-to": _("Hạn đến %(day)s", day=args.get("due-to", "")),
        "assigned-to": _("Giao đến %(day)s", day=args.get("assigned-to", "")),
        "completed-from": _("Hoàn thành từ %(day)s", day=args.get("completed-from", "")),
    }
    found = [
        (said, url_for("tasks.list", **{k: v for k, v in args.items() if k != name}))
        for name, said in words.items()
        if name in args
    ]
    if wanted.status not in TABS:
        rest = {k: v for k, v in args.items() if k != "status"}
        found.append((sentence(STATUSES[wanted.status].words), url_for("tasks.list", **rest)))
    return found


@tasks.get("/<int:task_id>")
@by_loader
def show(task_id: int) -> ResponseReturnValue:
    """Show one task."""
    return draw_task(access.load(Task, task_id, current_user.standing), None)


@page_for("task", home=lambda task: url_for("tasks.show", task_id=task.id))
def draw_task(task: Task, attempt: Attempt | None) -> str:
    """Draw a task's page; with a failed attempt its form stands open with what was typed."""
    found = task_page.read_task(task.id)
    if found is None:
        raise NotFoundError
    actor, day, clock = current_user.actor, today(), clock_of(found.committee)
    extensions = task_page.extensions_of(found.id)
    lines = task_page.history_of(found.id, [extension.id for extension in extensions])
    files = task_page.files_of(TASK.name, found.id)
    rows = offers_for(found, actor)
    roles = access.roles_of(actor.standing, found)
    facts = task_facts(found)
    pending = pending_extension(found.id)
    return render_template(
        "tasks/show.html",
        task=found,
        time=status_of(found, day, clock),
        state=TASK.by_name[found.state],
        left=_left(found, clock),
        waiting=waiting_for(found, day, clock),
        rows=_by_duty(rows, roles),
        duties=[row.event for row in rows if row.duty & roles],
        facts=facts,
        refusals=refusals_for(found, actor),
        extensions=extensions,
        pending=pending,
        ruling=offers_for(pending, actor) if pending else [],
        request_row=REQUEST if isinstance(may_request(facts, None, day, roles), Accepted) else None,
        moments=moments(lines, task_page.unit_names(unit_ids(lines)), files, _("Hệ thống")),
        files=[open_file(line) for line in files],
        options=_options(found, rows),
        recordable=recordable(found, actor),
        attempt=attempt,
        calendar=calendar_of(found.authority_id),
        today=day,
    )


def _by_duty(rows: Sequence[Any], roles: Any) -> Sequence[Any]:  # noqa: ANN401 -- roles of the kernel
    return sorted(rows, key=lambda row: not row.duty & roles)


def _options(task: Task, rows: Sequence[Any]) -> dict[str, Any]:
    """Return what the pickers of the offered moves choose from, read only where one needs it."""
    kinds = {need.kind for row in rows for need in row.needs}
    found: dict[str, Any] = {}
    if kinds & {"unit", "units"}:
        found["unit"] = unit_choices(task.authority_id)
    if "person" in kinds:
        found["person"] = person_choices(task.authority_id, unit_id=task.lead_unit_id, day=today())
    return found


@tasks.post("/<int:task_id>/extension")
@by_loader
def request_extension_of(task_id: int) -> ResponseReturnValue:
    """File the unit's request for a later due date."""
    task = access.load(Task, task_id, current_user.standing)
    form = form_for(REQUEST, task_facts(task))
    said, status = "", 422
    if form.validate_on_submit():
        try:
            with transaction():
                request_extension(task, form.given(REQUEST), actor=current_user.actor)
        except DomainError as error:
            said, status = sentence(error.sentence), error.status
            if error.field:
                form.errors.setdefault(error.field, []).append(said)
        else:
            flash(_("Đã gửi đề nghị gia hạn. Bạn được báo khi có quyết định."), "success")
            return redirect(url_for("tasks.show", task_id=task_id), 303)
    attempt = Attempt(REQUEST.event, form.typed(REQUEST), form.faults(), said)
    return draw_task(access.load(Task, task_id, current_user.standing), attempt), status


@page_for("extension", home=lambda extension: url_for("tasks.show", task_id=extension.task_id))
def draw_extension(extension: Extension, attempt: Attempt | None) -> str:
    """Draw the page of the task that an extension request is about."""
    return draw_task(access.load(Task, extension.task_id, current_user.standing), attempt)
