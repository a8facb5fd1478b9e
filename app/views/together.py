"""One move for several tasks at once: choose, see what will be refused and why, then do it.

Over 300 lines: choosing, looking ahead and doing read the same choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError, NotFoundError
from app.forms.moves import MoveForm, form_for, sentence
from app.forms.tasks import read_filter, read_page, read_sort
from app.queries.choices import Choice, person_choices, unit_choices
from app.queries.task_list import PAGE, count_tasks, page_of_tasks, tasks_named
from app.queries.unit_names import unit_names
from app.services.arranging import (
    ARRANGE,
    ARRANGE_ALIKE,
    UNITS_OFF,
    changes_alike,
    check_alike,
    given_alike,
    is_changed,
)
from app.services.held_rulings import hold_ruling
from app.services.moves import look_at_tasks, make_move, offers_for, refusals_for
from app.services.overtaken import last_change
from app.text import fold
from app.ui.listing import url_with
from app.ui.speech import ngettext
from app.ui.task_words import left_until, mark_of
from app.ui.whom import Names, arranged
from app.views.changed import by_oneself
from app.views.guard import signed_in
from app.views.held_here import rules_by
from app.views.tasks import clock_for, tasks
from workflows.holding import HOLD
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Task
    from workflows.kernel import Facts, Transition

MAX_DIGITS = 10
ONE_BY_ONE = frozenset({"reword"})
"""Moves whose words fit one task alone: several tasks never get one name."""


class Ready(NamedTuple):
    """A chosen task for which the move may be made now, with the row that fits it."""

    task: Task
    row: Transition
    facts: Facts
    waits: bool = False
    """Whether it is a ruling, which can still be taken back for a moment."""


class Left(NamedTuple):
    """A chosen task that is left as it is, and why."""

    name: str
    why: str


@tasks.get("/together")
@signed_in
def together() -> ResponseReturnValue:
    """Show a page of the list with a box beside each task, and the moves that one of them allows."""
    wanted, sort, day = read_filter(request.args, today()), read_sort(request.args), today()
    total = count_tasks(wanted, current_user.standing, day)
    pages = max(1, -(-total // PAGE))
    page = min(read_page(request.args), pages)
    rows = page_of_tasks(wanted, current_user.standing, day, sort=sort, page=page)
    clock, whole = clock_for(wanted), tasks_named([row.id for row in rows])
    return render_template(
        "tasks/together.html",
        rows=[(row, mark_of(row, day, clock)) for row in rows],
        left=lambda due: left_until(due, day, clock),
        versions={task.id: task.version for task in whole},
        moves=_moves_of(whole),
        back=url_with(url_for("tasks.list"), wanted.args(), sort=sort, page=page),
        args=wanted.args() | {"sort": sort},
        page=page,
        pages=pages,
        total=total,
    )


@tasks.post("/together")
@signed_in
def make_together() -> ResponseReturnValue:
    """Show what the move would do to each chosen task; confirmed, make it, each task by itself."""
    event, back = request.form.get("event", ""), _back()
    chosen = list(dict.fromkeys(request.form.getlist("task")))[:PAGE]
    if not chosen or event not in TASK.by_event:
        flash(_("Hãy đánh dấu ít nhất một nhiệm vụ và chọn việc cần làm."), "warning")
        return redirect(back, 303)
    ready, left = _sorted_out(chosen, event)
    if not ready:
        return _draw(event, ready, left, back, None, {}), 422
    form = form_for(ready[0].row, ready[0].facts)
    wish = request.form.get("do")
    if wish not in {"make", "look"}:
        return _draw(event, ready, left, back, None, {})
    given, wrong = form.given(ready[0].row), _wrong(form, ready[0].row)
    if wrong or wish == "look":
        return _draw(event, ready, left, back, form, wrong, None if wrong else given), 422 if wrong else 200
    try:
        done, held = _make_each(ready, given, chosen, left)
    except DomainError as error:  # what was typed is wrong for all of them
        session.rollback()
        ready, left = _sorted_out(chosen, event)
        return _draw(event, ready, left, back, form, {error.field or "": [sentence(error.sentence)]}), error.status
    _tell(done, held, left, ready[0].row)
    # Only the queue has all the lines by which they are taken back.
    return redirect(url_for("home.chair") if held else back, 303)


def _wrong(form: MoveForm, row: Transition) -> dict[str, list[str]]:
    """Return what is wrong with what was typed, whatever the task; by field."""
    if not form.validate_on_submit():
        return form.faults()
    try:
        if row is ARRANGE_ALIKE:
            check_alike(form.given(row))
    except DomainError as error:
        return {error.field or "": [sentence(error.sentence)]}
    return {}


def _make_each(
    ready: Sequence[Ready], given: Mapping[str, Any], chosen: Sequence[str], left: list[Left]
) -> tuple[int, int]:
    """Make the move for each task by itself, or hold it; return for how many it came about, and for how many it waits.

    The others are named in `left`.

    :raises DomainError: the first is refused for a field, as all would be.
    """
    done = held = 0
    for one in ready:
        alike = one.row is ARRANGE_ALIKE
        if alike and not is_changed(changes_alike(one.task, given)):
            left.append(Left(one.task.code, _("Không có gì thay đổi")))
            continue
        own = given_alike(one.task, given) if alike else given
        try:
            with transaction():
                _make(one, own, _version_of(one.task.id, chosen))
        except DomainError as error:
            if not done + held and error.field:
                raise
            left.append(Left(one.task.code, sentence(error.sentence)))
        else:
            done, held = done + (not one.waits), held + one.waits
    return done, held


def _make(one: Ready, given: Mapping[str, Any], version: int | None) -> None:
    if one.waits:
        hold_ruling(one.task, one.row, given, actor=current_user.actor, version=version)
    else:
        make_move(one.task, one.row.event, given, actor=current_user.actor, version=version)


def _tell(done: int, held: int, left: Sequence[Left], row: Transition) -> None:
    if held:
        said = ngettext(
            "Đã ghi %(num)d quyết định «%(deed)s». Còn rút lại được trong %(seconds)d giây.",
            "Đã ghi %(num)d quyết định «%(deed)s». Còn rút lại được trong %(seconds)d giây.",
            held,
            deed=sentence(row.label),
            seconds=HOLD.seconds,
        )
        flash(said, "info")
    if done:
        deed = sentence(row.past)
        said = ngettext("Bạn %(deed)s: %(num)d nhiệm vụ.", "Bạn %(deed)s: %(num)d nhiệm vụ.", done, deed=deed)
        flash(said, "success")
    for one in left:
        flash(_("%(task)s giữ nguyên: %(why)s", task=one.name, why=one.why), "warning")


def _back() -> str:
    target = request.form.get("next", "")
    return target if target.startswith("/tasks/") and "\\" not in target else url_for("tasks.list")


def _sorted_out(chosen: Sequence[str], event: str) -> tuple[list[Ready], list[Left]]:
    ready: list[Ready] = []
    left: list[Left] = []
    standing = current_user.standing
    named = tasks_named([task_id for text in chosen if (task_id := _task_id(text))])
    found = {task.id: task for task in named if access.may_see(standing, task)}
    sights = look_at_tasks(found.values(), standing)
    for text in chosen:
        task = found.get(_task_id(text))
        if task is None:
            left.append(Left(_("Một nhiệm vụ"), sentence(NotFoundError().sentence)))
            continue
        sight = sights[task.id]
        row = next((row for row in offers_for(task, current_user.actor, sight) if row.event == event), None)
        if row is None:
            left.append(Left(f"{task.code}: {task.title}", _why_not(task, event, sight)))
        elif task.version != _version_of(task.id, chosen):
            left.append(Left(f"{task.code}: {task.title}", _changed(task)))
        else:
            waits = rules_by(row, access.roles_of(standing, task, None, sight.panel))
            ready.append(Ready(task, ARRANGE_ALIKE if event == ARRANGE else row, sight.facts, waits))
    return ready, left


def _changed(task: Task) -> str:
    """Return who changed a task since it was chosen."""
    own = by_oneself(TASK, last_change(TASK, task.id))
    return own + "." if own else sentence(ChangedMeanwhileError().sentence)


def _why_not(task: Task, event: str, sight: Any) -> str:  # noqa: ANN401 -- a Sight
    for row, refused in refusals_for(task, current_user.actor, sight):
        if row.event == event:
            return sentence(refused.reason)
    return _("Việc này không áp dụng cho nhiệm vụ này.")


def _task_id(text: str) -> int:
    number = text.partition(":")[0]
    return int(number) if number.isdecimal() and len(number) < MAX_DIGITS else 0


def _version_of(task_id: int, chosen: Sequence[str]) -> int | None:
    """Return the version of a task that was seen when it was chosen."""
    for text in chosen:
        number, _colon, version = text.partition(":")
        if number == str(task_id):
            return int(version) if version.isdecimal() and len(version) < MAX_DIGITS else None
    return None


def _draw(  # noqa: PLR0913, PLR0917 -- a page and what it shows
    event: str,
    ready: Sequence[Ready],
    left: Sequence[Left],
    back: str,
    form: MoveForm | None,
    errors: Mapping[str, Sequence[str]],
    looked_at: Mapping[str, Any] | None = None,
) -> str:
    row = ready[0].row if ready else TASK.by_event[event][0]
    kinds = {need.kind for need in row.needs}
    authority = current_user.standing.authority_id
    units = {one.task.lead_unit_id for one in ready}
    return render_template(
        "tasks/together_preview.html",
        event=event,
        row=row,
        ready=ready,
        left=left,
        facts=ready[0].facts if ready else None,
        given=form.typed(row) if form else {},
        errors=errors,
        first_look=event == ARRANGE,
        changes=_changes(ready, looked_at) if event == ARRANGE and looked_at else {},
        options={
            "unit": unit_choices(authority) if kinds & {"unit", "units"} else (),
            "person": person_choices(authority, unit_id=units.pop() if len(units) == 1 else None, day=today())
            if "person" in kinds
            else (),
            UNITS_OFF.name: _helping(ready) if event == ARRANGE else (),
        },
        back=back,
    )


def _changes(ready: Sequence[Ready], given: Mapping[str, Any]) -> dict[int, list[str]]:
    """Return what would change in each task, in sentences, by its id."""
    found = {one.task.id: changes_alike(one.task, given) for one in ready}
    lists = ("units_added", "units_removed", "units_kept")
    names = Names(unit_names({unit for data in found.values() for name in lists for unit in data[name]}), {})
    return {task_id: [*arranged(data, names)] for task_id, data in found.items()}


def _helping(ready: Sequence[Ready]) -> list[Choice]:
    """Return the units that help with at least one of the tasks, also those that are no more."""
    units = {part.unit_id: part.unit for one in ready for part in one.task.coordinating}
    ordered = sorted(units.values(), key=lambda unit: (unit.position, unit.id))
    return [Choice(unit.id, unit.name, fold(f"{unit.name} {unit.short_name}")) for unit in ordered]


def _moves_of(found_tasks: Sequence[Task]) -> Sequence[Transition]:
    """Return the moves that at least one of these tasks allows this person and that ask for no file."""
    found: dict[str, Transition] = {}
    sights = look_at_tasks(found_tasks, current_user.standing)
    for task in found_tasks:
        for row in offers_for(task, current_user.actor, sights[task.id]):
            asks_file = any(need.kind == "files" and need.required for need in row.needs)
            if not asks_file and row.event not in ONE_BY_ONE:
                found.setdefault(row.event, row)
    return list(found.values())
