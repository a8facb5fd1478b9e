"""Tasks on paper: the slips of units with their open tasks, and the dossier of one task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, request, url_for
from flask_babel import force_locale
from flask_login import current_user

from app.clock import today
from app.db import session
from app.documents.official.files import file_name
from app.documents.task_dossier import Dossier, dossier_pdf
from app.documents.task_slip import Print, UnitSlip, slips_pdf
from app.errors import DomainError, NotFoundError
from app.forms.tasks import read_filter
from app.models import Authority, Committee, Unit
from app.queries import shared_out, task_page
from app.queries.calendars import clock_of
from app.queries.evidence import links_of
from app.queries.task_list import TaskFilter
from app.queries.task_papers import MOST, SlipPart, SlipTask, grounds_of, slip_parts, slip_tasks
from app.queries.unit_names import unit_names
from app.ui.task_history import EXTENDING, moments
from app.ui.task_pieces import time_spent
from app.ui.task_words import mark_of, marks_of, status_of
from app.ui.whom import Names, completed, person_ids, unit_ids
from app.views.guard import by_loader, signed_in
from app.views.tasks import load_page, tasks
from workflows.coordinating_part import COORDINATING_PART, RETURNED
from workflows.deadlines import DUE_SOON, DUE_TODAY, OVERDUE, Standing, time_status
from workflows.extension import EXTENSION
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from app.queries.task_page import HistoryLine
    from workflows.deadlines import Clock


@tasks.get("/slips.pdf")
@signed_in
def slips() -> ResponseReturnValue:
    """Give the slip of one unit, or those of all units with open tasks, as far as the person may see the tasks."""
    standing, day = current_user.standing, today()
    asked = read_filter(request.args, day)
    wanted = TaskFilter(unit=asked.unit, committee=asked.committee)
    unit = _unit(asked.unit) if asked.unit else None
    committee = session.get(Committee, asked.committee) if asked.committee in standing.committees else None
    rows = slip_tasks(wanted, standing, day)
    if len(rows) > MOST:
        raise DomainError(
            f"Có hơn {MOST} nhiệm vụ đang mở, quá nhiều cho một lần in. Hãy in theo từng đơn vị.",
            f"There are more than {MOST} open tasks, too many to print at once. Print unit by unit.",
        )
    parts = slip_parts(wanted, standing)
    clocks = _clocks([*rows, *parts])
    found = _by_unit(rows, parts, unit, wanted, clocks)
    if not found:
        raise DomainError(
            "Không có nhiệm vụ nào đang mở để in. Hãy chọn đơn vị hoặc ban khác.",
            "There is no open task to print. Choose another unit or committee.",
        )
    printed = Print(
        authority=session.get_one(Authority, standing.authority_id).name,
        committee=committee.name if committee else "",
        printed_on=day,
        status=lambda task: mark_of(task, day, clocks[task.committee_id]).words.vi,
        part_status=lambda part: _part_words(part, day, clocks[part.committee_id]),
        page=_page,
    )
    name = f"phieu cong viec {unit.short_name if unit else 'cac don vi'} {day:%Y-%m-%d}"
    return _file(slips_pdf(found, printed), name)


@tasks.get("/<int:task_id>/dossier.pdf")
@by_loader
def dossier(task_id: int) -> ResponseReturnValue:
    """Give everything that is known of a task, to whoever may see the task."""
    task, source, _facts = load_page(task_id)
    day = today()
    extensions = task_page.extensions_of(task.id) if source.extensions else []
    sub_tasks, explanations = shared_out.pieces_of(task.id) if source.sub_tasks or source.explanations else ([], [])
    beside = shared_out.events_beside(task.coordinating, sub_tasks, explanations, extensions)
    lines = completed(task_page.history_of(task.id, beside)[::-1], task)
    files = task_page.files_of(TASK.name, task.id)
    names = Names(unit_names(unit_ids(lines)), task_page.person_names(person_ids(lines)))
    with force_locale("vi"):
        told = [(line, moment) for line in _once(lines) for moment in moments([line], names, files, "Hệ thống")]
        clock = clock_of(task.committee)
        status = "; ".join(mark.words.vi for mark in marks_of(task, day, clock))
        spent = {part.id: time_spent(part, day, clock) for part in task.coordinating}
    paper = Dossier(
        task=task,
        authority=session.get_one(Authority, task.authority_id).name,
        grounds=grounds_of(task),
        status=status,
        owner=source.owner or "",
        history=told,
        extensions=extensions,
        spent=spent,
        sub_tasks=sub_tasks,
        explanations=explanations,
        files=files,
        links=links_of(task.id) if source.links else [],
        comments=shared_out.comments_of(task.id) if source.comments else [],
        address=_page(task.id),
        printed_on=day,
        printed_by=current_user.person.full_name,
    )
    return _file(dossier_pdf(paper), f"ho so {task.code} {day:%Y-%m-%d}")


def _once(lines: Sequence[HistoryLine]) -> Sequence[HistoryLine]:
    """Leave out the task's own line of a grant: the request's line, of the same moment, tells it with its ruling."""
    granted = {line.at for line in lines if line.subject == EXTENSION.name}
    return [line for line in lines if line.event != EXTENDING or line.at not in granted]


def _unit(unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None or unit.authority_id != current_user.standing.authority_id:
        raise NotFoundError
    return unit


def _part_words(part: SlipPart, day: date, clock: Clock) -> str:
    """Return how a part stands against its own day, where it has one; that it was sent back otherwise."""
    if part.due is not None:
        return time_status(Standing.RUNNING, part.due, day, clock).words.vi
    return COORDINATING_PART.by_name[part.state].label.vi if part.state == RETURNED else ""


def _by_unit(
    rows: Sequence[SlipTask],
    parts: Sequence[SlipPart],
    unit: Unit | None,
    wanted: TaskFilter,
    clocks: Mapping[int, Clock],
) -> list[UnitSlip]:
    """Return the tasks and parts unit by unit; a unit that was asked for has its slip though it has none."""
    day = today()
    of_all = {row.unit_id: row.unit for row in rows} | {part.unit_id: part.unit for part in parts}
    named = {unit.id: unit.name} if unit else of_all
    found = []
    for unit_id, name in named.items():
        own = [row for row in rows if row.unit_id == unit_id]
        times = [status_of(row, day, clocks[row.committee_id]).name for row in own]
        address = _base() + url_for("tasks.list", **TaskFilter(unit=unit_id, committee=wanted.committee).args())
        late, near = times.count(OVERDUE), times.count(DUE_SOON) + times.count(DUE_TODAY)
        asked = [part for part in parts if part.unit_id == unit_id]
        found.append(UnitSlip(name, address, own, late, near, asked))
    return found


def _clocks(rows: Sequence[SlipTask | SlipPart]) -> dict[int, Clock]:
    """Return how each committee counts its days, each read once."""
    ids = {row.committee_id for row in rows}
    return {one: clock_of(session.get_one(Committee, one)) for one in ids}


def _base() -> str:
    base: str = current_app.config["SETTINGS"].base_url
    return base.rstrip("/")


def _page(task_id: int) -> str:
    return _base() + url_for("tasks.show", task_id=task_id)


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{file_name(name)}.pdf")
    return response
