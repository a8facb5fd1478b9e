"""Correcting a draft notice: its head, its clauses one by one, and what becomes of the tasks it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError
from app.forms.fields import parse_day
from app.forms.moves import sentence
from app.forms.notices import AddClausesForm
from app.models import Conclusion, Notice
from app.queries.paper_facts import replaced_tasks
from app.queries.paper_text import live_clauses
from app.reading.errors import ClassifiedTextError
from app.services.conclusions import add_clauses, merge_clause, place_clause, split_clause, write_clause
from app.services.done_before import DoneBefore, enter_done_before
from app.services.notices import Head, write_head
from app.services.replacing import Treatment, settle_replaced
from app.ui.formats import cited_place, cited_place_first
from app.views.changed import look_again, remember_save, saved_by_oneself
from app.views.guard import by_loader
from app.views.notice_page import Editing, clause_form, draw, head_form
from workflows.replaced import TREATMENTS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from wtforms import Form

    from app.forms.notices import WriteClauseForm

clauses = Blueprint("clauses", __name__)


@clauses.post("/notices/<int:notice_id>/head")
@by_loader
def save_head(notice_id: int) -> ResponseReturnValue:
    """Save subject, opening, signer, recipients and what is replaced."""
    notice = access.load_as_secretary(Notice, notice_id, current_user.standing)
    form = head_form(notice)
    if not form.validate_on_submit():
        return draw(notice, editing=Editing(head=form)), 422
    head = Head(
        subject=form.subject.data or "",
        opening=form.opening.data or "",
        recipients=form.recipients.data or "",
        signer_id=form.signer.data or None,
        capacity=form.capacity.data or "",
        supersedes_id=form.supersedes.data or None,
        supplements_id=form.supplements.data or None,
        urgency=form.urgency.data or "",
        issued_on=form.issued_on.data,
        signer_name=form.signer_name.data or "",
        signer_title=form.signer_title.data or "",
    )
    try:
        with transaction():
            write_head(notice, head)
    except DomainError as error:
        note(form, error)
        forget = request.path if isinstance(error, ClassifiedTextError) else ""
        return draw(_again(notice_id), editing=Editing(head=form, forget=forget)), error.status
    flash(_("Đã lưu phần đầu thông báo."), "success")
    return redirect(url_for("notices.show", notice_id=notice_id), 303)


@clauses.post("/clauses/<int:clause_id>")
@by_loader
def save(clause_id: int) -> ResponseReturnValue:
    """Save a clause and go on to the next one to look at; or split it where its text has blank lines."""
    clause = access.load_as_secretary(Conclusion, clause_id, current_user.standing)
    form = clause_form(clause)
    do = request.form.get("do", "next")
    if not form.validate_on_submit():
        return _draw_clause(clause, form), 422
    try:
        with transaction():
            if do == "split":
                split_clause(clause, form.text.data or "", version=form.seen_version())
            else:
                write_clause(clause, form.order(reviewed=do != "later"), version=form.seen_version())
    except DomainError as error:
        clause = access.load_as_secretary(Conclusion, clause_id, current_user.standing)
        session.refresh(clause)
        note(form, error)
        said = sentence(error.sentence)
        if isinstance(error, ChangedMeanwhileError):
            form.renew(clause)
            own = saved_by_oneself("clause", clause.id, clause.version, _("mục này"))
            said = look_again(own) if own else said
        secret = isinstance(error, ClassifiedTextError)
        if secret:
            form.text.data, form.text.raw_data = clause.text, None
        return _draw_clause(clause, form, said=said, secret=secret), error.status
    remember_save("clause", clause.id, clause.version)
    if do == "split":
        flash(_("Đã tách kết luận. Hãy rà soát từng phần."), "success")
        return _to(clause.notice_id, clause)
    return _to(clause.notice_id, _next(clause), seen=do == "close")


@clauses.post("/notices/<int:notice_id>/clauses")
@by_loader
def add(notice_id: int) -> ResponseReturnValue:
    """Add clauses typed or pasted, at the end or behind a clause."""
    notice = access.load_as_secretary(Notice, notice_id, current_user.standing)
    form = AddClausesForm()
    if not form.validate_on_submit():
        return draw(notice, editing=Editing(add=form)), 422
    try:
        with transaction():
            made = add_clauses(notice, form.text.data or "", after=form.after.data)
    except DomainError as error:
        form.text.errors = [sentence(error.sentence)]
        secret = isinstance(error, ClassifiedTextError)
        if secret:
            form.text.data = form.text.raw_data = None
        return draw(_again(notice_id), editing=Editing(add=form, forget=request.path if secret else "")), error.status
    return _to(notice_id, made[0])


@clauses.post("/clauses/<int:clause_id>/merge")
@by_loader
def merge(clause_id: int) -> ResponseReturnValue:
    """Put a clause's words behind those of the one above."""
    clause = access.load_as_secretary(Conclusion, clause_id, current_user.standing)
    with transaction():
        target = merge_clause(clause, current_user.actor)
    flash(
        _("Đã gộp vào %(address)s.", address=cited_place(target.address))
        if target.reviewed
        else _("Đã gộp vào %(address)s. Hãy rà soát lại mục này.", address=cited_place(target.address)),
        "success",
    )
    return _to(target.notice_id, target)


@clauses.post("/clauses/<int:clause_id>/place")
@by_loader
def place(clause_id: int) -> ResponseReturnValue:
    """Move a clause up or down."""
    clause = access.load_as_secretary(Conclusion, clause_id, current_user.standing)
    with transaction():
        place_clause(clause, -1 if request.form.get("to") == "up" else 1)
    return redirect(url_for("notices.show", notice_id=clause.notice_id, _anchor=clause.address), 303)


@clauses.post("/notices/<int:notice_id>/done")
@by_loader
def enter_done(notice_id: int) -> ResponseReturnValue:
    """Note which clauses of an old notice were done before it was entered."""
    notice = access.load_as_secretary(Notice, notice_id, current_user.standing)
    near, result = notice.issued_on or today(), request.form.get("result", "")
    said = [
        DoneBefore(clause, parse_day(request.form.get(f"day-{clause.id}", ""), near), result)
        for clause in live_clauses(notice)
        if request.form.get(f"done-{clause.id}")
    ]
    try:
        with transaction():
            enter_done_before(notice, said)
    except DomainError as error:
        editing = Editing(done=request.form, said=sentence(error.sentence))
        return draw(_again(notice_id), editing=editing), error.status
    flash(_("Đã ghi %(count)s việc đã hoàn thành.", count=len(said)), "success")
    return redirect(url_for("notices.show", notice_id=notice_id, _anchor="steps"), 303)


@clauses.post("/notices/<int:notice_id>/replaced")
@by_loader
def settle(notice_id: int) -> ResponseReturnValue:
    """Say what becomes of each open task of the replaced notice."""
    notice = access.load_as_secretary(Notice, notice_id, current_user.standing)
    typed = {task.id: _typed(task.id) for task in replaced_tasks(notice)}
    said = {
        task_id: Treatment(one["treatment"], _number(one["clause"]), parse_day(one["due"], today()))
        for task_id, one in typed.items()
        if one["treatment"] in TREATMENTS
    }
    try:
        with transaction():
            tied = [clause.address for clause in settle_replaced(notice, said)]
    except DomainError as error:
        editing = Editing(treatments=typed, said=sentence(error.sentence))
        return draw(_again(notice_id), editing=editing), error.status
    flash(_("Đã lưu cách xử lý nhiệm vụ của thông báo bị thay thế."), "success")
    if tied:
        first, *others = tied
        at = ", ".join([cited_place_first(first), *map(cited_place, others)])
        said_of = _("%(at)s nay tiếp tục nhiệm vụ được giữ, không giao thêm nhiệm vụ mới.", at=at)
        flash(said_of, "info")
    return redirect(url_for("notices.show", notice_id=notice_id, _anchor="replaced"), 303)


def _typed(task_id: int) -> dict[str, str]:
    return {name: request.form.get(f"{name}-{task_id}", "") for name in ("treatment", "clause", "due")}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- more digits than any id has


def _again(notice_id: int) -> Notice:
    """Read the notice anew after a change that was rolled back."""
    notice = access.load_as_secretary(Notice, notice_id, current_user.standing)
    session.refresh(notice)
    return notice


def note(form: Form, error: DomainError) -> None:
    """Put an error's sentence beside the field it concerns, else on top of the form."""
    said = sentence(error.sentence)
    name = {"continues_task_id": "continues"}.get(error.field or "", error.field or "")
    if name in form:
        form[name].errors = [*form[name].errors, said]
    else:
        form.form_errors.append(said)


def _draw_clause(clause: Conclusion, form: WriteClauseForm, *, said: str = "", secret: bool = False) -> str:
    forget = request.path if secret else ""
    return draw(clause.notice, editing=Editing(clause=form, clause_id=clause.id, said=said, forget=forget))


def _next(clause: Conclusion) -> Conclusion | None:
    """Return the next clause not looked at yet: first behind this one, then from the beginning."""
    order = live_clauses(clause.notice)
    unseen = [other for other in order if not other.reviewed and other is not clause]
    behind = [other for other in unseen if other.position > clause.position]
    return next(iter(behind + unseen), None)


def _to(notice_id: int, clause: Conclusion | None, *, seen: bool = False) -> ResponseReturnValue:
    if clause is None or seen:
        return redirect(url_for("notices.show", notice_id=notice_id, _anchor="steps"), 303)
    return redirect(url_for("notices.show", notice_id=notice_id, clause=clause.id, _anchor=clause.address), 303)
