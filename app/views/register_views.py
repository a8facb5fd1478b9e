"""Saved views of the register and its columns: kept, renamed, shared, deleted, opened first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.errors import DomainError
from app.forms.moves import sentence
from app.forms.tasks import read_filter, read_sort
from app.queries.register_choices import COMMITTEE, register_choices
from app.queries.saved_views import views_seen_by
from app.services import saved_views as service
from app.ui.register_columns import columns_named
from app.views.guard import signed_in
from app.views.tasks import tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

MAX_DIGITS = 10


@tasks.post("/columns")
@signed_in
def choose_columns() -> ResponseReturnValue:
    """Remember the chosen columns for this person, and show the list with them."""
    usual = request.form.get("do") == "usual"
    names = [] if usual else [column.name for column in columns_named(request.form.getlist("column"))]
    with transaction():
        service.remember_columns(current_user.person.id, names)
    return redirect(url_for("tasks.list", **_kept(request.form)), 303)


@tasks.get("/views")
@signed_in
def views() -> ResponseReturnValue:
    """List the views this person may open, with what may be done to each."""
    return _draw()


@tasks.post("/views")
@signed_in
def save_view() -> ResponseReturnValue:
    """Keep the present list under a name."""
    form = request.form
    # Not the list's own filter by committee: whom one shares a view with says nothing of what it shows.
    committee = form.get("share", "")
    try:
        with transaction():
            view = service.save_view(
                form.get("name", ""),
                read_filter(form, today()).args(),
                read_sort(form),
                columns=_names(form),
                committee_id=int(committee) if committee.isdecimal() and len(committee) < MAX_DIGITS else None,
                standing=current_user.standing,
            )
            if form.get("first") == "1":
                service.open_with(current_user.person.id, view)
    except DomainError as error:
        return _draw(sentence(error.sentence), typed=form), error.status
    flash(_("Đã lưu khung nhìn «%(name)s».", name=view.name), "success")
    return redirect(url_for("tasks.list", view=view.id), 303)


@tasks.post("/views/<int:view_id>")
@signed_in
def change_view(view_id: int) -> ResponseReturnValue:
    """Rename or delete a view, or let the list open with it, or no longer."""
    act, standing, me = request.form.get("do", ""), current_user.standing, current_user.person.id
    try:
        with transaction():
            if act == "rename":
                view = service.rename_view(view_id, request.form.get("name", ""), standing)
                said = _("Đã đổi tên thành «%(name)s».", name=view.name)
            elif act == "delete":
                said = _("Đã xóa khung nhìn «%(name)s».", name=service.delete_view(view_id, standing))
            elif act == "first":
                view = service.view_seen_by(view_id, standing)
                service.open_with(me, view)
                said = _("Danh sách nhiệm vụ của bạn sẽ mở bằng «%(name)s».", name=view.name)
            else:
                service.view_seen_by(view_id, standing)
                service.open_with(me, None)
                said = _("Danh sách nhiệm vụ của bạn lại mở như thường lệ.")
    except DomainError as error:
        if error.status != DomainError.status:
            raise
        return _draw(sentence(error.sentence)), error.status
    flash(said, "success")
    return redirect(url_for("tasks.views"), 303)


def _draw(wrong: str = "", typed: Mapping[str, str] | None = None) -> str:
    standing = current_user.standing
    seen = views_seen_by(standing)
    named = {one.id: one.name for one in register_choices(standing, whole=False) if one.kind == COMMITTEE}
    return render_template(
        "tasks/views.html",
        views=[(view, service.may_change(view, standing), named.get(view.committee_id or 0, "")) for view in seen],
        me=standing.person_id,
        own_view=current_user.person.register_view_id,
        wrong=wrong,
        typed=typed,
        share_with=[(number, named[number]) for number in service.may_share_with(standing) if number in named],
        kept=_kept(typed) if typed else {},
    )


def _names(form: Mapping[str, str]) -> Sequence[str]:
    return [column.name for column in columns_named(form.get("columns", "").split(","))]


def _kept(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of the list that a form carries along."""
    found = read_filter(form, today()).args() | {"sort": read_sort(form)}
    return {name: str(value) for name, value in found.items()}
