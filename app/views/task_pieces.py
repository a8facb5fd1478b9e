"""What begins beside a task, and what is said there: extensions, sub-tasks, explanations, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.db import transaction
from app.errors import DomainError
from app.forms.comments import CommentForm
from app.forms.moves import form_for, sentence
from app.models import CoordinatingPart, Explanation, SubTask, Task
from app.queries.facts import SUBJECTS, task_facts
from app.services.comments import say, withdraw_comment
from app.services.extensions import request_extension
from app.services.shared_out import ask_explanation, give_sub_task
from app.views.guard import by_loader
from app.views.moves import Attempt, page_for, recorded_event, recorded_of
from app.views.tasks import draw_task, tasks
from workflows.explanation import ASK
from workflows.extension import REQUEST
from workflows.sub_task import GIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from app.forms.moves import MoveForm
    from workflows.kernel import Transition


def _begin(
    task_id: int, row: Transition, begin: Callable[[Task, MoveForm], Any], done: str, *, scope: str = "birth"
) -> ResponseReturnValue:
    """Begin something beside a task; what is refused is shown again with all that was typed."""
    task = access.load(Task, task_id, current_user.standing)
    form = form_for(row, task_facts(task))
    said, status, at = "", 422, ""
    if form.validate_on_submit():
        try:
            with transaction():
                begin(task, form)
        except DomainError as error:
            said, status, at = sentence(error.sentence), error.status, error.field or ""
        else:
            flash(done, "success")
            return redirect(url_for("tasks.show", task_id=task_id), 303)
    event = recorded_event(row.event, form.recorded_for.data)
    faults = form.faults()
    if at:
        faults.setdefault(at, []).append(said)
    attempt = Attempt(event, form.typed(row), faults, said)
    return draw_task(access.load(Task, task_id, current_user.standing), attempt, scope), status


@tasks.post("/<int:task_id>/extension")
@by_loader
def request_extension_of(task_id: int) -> ResponseReturnValue:
    """File the unit's request for a later due date."""

    def begin(task: Task, form: MoveForm) -> None:
        request_extension(task, form.given(REQUEST), actor=current_user.actor, behalf=recorded_of(form))

    return _begin(task_id, REQUEST, begin, _("Đã gửi đề nghị gia hạn. Bạn được báo khi có quyết định."), scope="")


@tasks.post("/<int:task_id>/sub-tasks")
@by_loader
def give(task_id: int) -> ResponseReturnValue:
    """Give a piece of the task to a person or a sub-unit."""

    def begin(task: Task, form: MoveForm) -> None:
        give_sub_task(task, form.given(GIVE), actor=current_user.actor)

    return _begin(task_id, GIVE, begin, _("Đã giao việc thành phần. Người làm được báo ngay."))


@tasks.post("/<int:task_id>/explanations")
@by_loader
def ask(task_id: int) -> ResponseReturnValue:
    """Ask the unit of an overdue task for an explanation."""

    def begin(task: Task, form: MoveForm) -> None:
        ask_explanation(task, form.given(ASK), actor=current_user.actor, behalf=recorded_of(form))

    return _begin(task_id, ASK, begin, _("Đã yêu cầu giải trình. Đơn vị được báo ngay."))


def _home(piece: Any) -> str:  # noqa: ANN401 -- any piece
    return url_for("tasks.show", task_id=piece.task_id, _anchor=f"{SUBJECTS[type(piece)].workflow.name}-{piece.id}")


def _draw(piece: Any, attempt: Attempt | None) -> str:  # noqa: ANN401 -- any piece
    scope = f"{SUBJECTS[type(piece)].workflow.name}-{piece.id}"
    return draw_task(access.load(Task, piece.task_id, current_user.standing), attempt, scope)


@page_for("coordinating_part", home=_home)
def draw_part(part: CoordinatingPart, attempt: Attempt | None) -> str:
    """Draw the page of the task in which a unit has a part."""
    return _draw(part, attempt)


@page_for("sub_task", home=_home)
def draw_sub_task(sub_task: SubTask, attempt: Attempt | None) -> str:
    """Draw the page of the task to which a sub-task belongs."""
    return _draw(sub_task, attempt)


@page_for("explanation", home=_home)
def draw_explanation(explanation: Explanation, attempt: Attempt | None) -> str:
    """Draw the page of the task that an explanation is about."""
    return _draw(explanation, attempt)


@tasks.post("/<int:task_id>/comments")
@by_loader
def comment(task_id: int) -> ResponseReturnValue:
    """Say something beside the task; whoever is named in it is told."""
    task = access.load(Task, task_id, current_user.standing)
    form = CommentForm()
    if form.validate_on_submit():
        with transaction():
            said = say(task, form.text.data or "", actor=current_user.actor)
        return redirect(url_for("tasks.show", task_id=task_id, _anchor=f"comment-{said.id}"), 303)
    attempt = Attempt("comment", {"text": form.text.data or ""}, {"text": [str(e) for e in form.text.errors]})
    return draw_task(task, attempt, "comment"), 422


@tasks.post("/<int:task_id>/comments/<int:comment_id>/withdraw")
@by_loader
def withdraw(task_id: int, comment_id: int) -> ResponseReturnValue:
    """Take back one's own words; that something stood there stays."""
    task = access.load(Task, task_id, current_user.standing)
    with transaction():
        withdraw_comment(task, comment_id, actor=current_user.actor)
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="comments"), 303)
