"""Tasks from a directing document of a higher body, without a meeting or a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the types know WTForms 3.2 only

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import DomainError, NotFoundError
from app.forms.directives import AssignFromDirectiveForm
from app.forms.moves import sentence
from app.models import Committee, Unit
from app.queries.calendars import calendar_of
from app.queries.choices import unit_choices
from app.services.directives import assign_from_directive, record_directive
from app.views.guard import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

directives = Blueprint("directives", __name__, url_prefix="/directives")


@directives.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Record a document and assign the task it gives; for secretaries."""
    standing = current_user.standing
    if not standing.secretary_of:
        raise NotFoundError
    form = AssignFromDirectiveForm()
    _offer(form)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit() and _has_date(form):
        try:
            with transaction():
                task = _assign(form)
        except DomainError as error:
            form.form_errors.append(sentence(error.sentence))
        else:
            late = _("Đã giao nhiệm vụ, quá hạn ngay từ ngày đầu vì văn bản đến muộn; đơn vị chủ trì được báo.")
            flash(late if _is_late(form) else _("Đã giao nhiệm vụ; đơn vị chủ trì được báo."), "success")
            return redirect(url_for("tasks.show", task_id=task.id), 303)
    page = render_template(
        "directives/new.html",
        form=form,
        late=_is_late(form),
        today=today(),
        calendar=calendar_of(standing.authority_id),
    )
    return page, status


def _offer(form: AssignFromDirectiveForm) -> None:
    query = select(Committee).where(Committee.id.in_(current_user.standing.secretary_of)).order_by(Committee.id)
    form.committee_id.choices = [SelectChoice(one.id, one.name) for one in session.scalars(query)]
    units = unit_choices(current_user.standing.authority_id)
    form.lead_unit_id.choices = [SelectChoice("", _("— chọn —")), *_options(units)]
    form.coordinating_ids.choices = _options(units)


def _options(units: list[Any]) -> list[Any]:
    return [SelectChoice(unit.id, unit.name, render_kw={"data-words": unit.words}) for unit in units]


def _has_date(form: AssignFromDirectiveForm) -> bool:
    due = form.due_on.data
    if due is None and not form.no_due_reason.data:
        form.due_on.errors = [_("Hãy nhập thời hạn, hoặc nêu lý do không có hạn.")]
        return False
    issued = form.issued_on.data
    if due is not None and issued is not None and due < issued:
        form.due_on.errors = [_("Thời hạn không thể trước ngày ban hành văn bản. Hãy kiểm tra lại hai ngày.")]
        return False
    if _is_late(form) and not form.late_meant.data:
        form.due_on.errors = [
            _(
                "Thời hạn đã qua: giao hôm nay thì nhiệm vụ quá hạn ngay từ ngày đầu."
                " Hãy chọn từ hôm nay trở đi; nếu văn bản đến muộn, đánh dấu ô «Văn bản đến muộn» rồi giao."
            )
        ]
        return False
    return True


def _is_late(form: AssignFromDirectiveForm) -> bool:
    return form.due_on.data is not None and form.due_on.data < today()


def _assign(form: AssignFromDirectiveForm) -> Any:  # noqa: ANN401 -- the task, typed in the service
    standing = current_user.standing
    committee = access.load_committee(form.committee_id.data, standing, as_secretary=True)
    wanted = {form.lead_unit_id.data, *(form.coordinating_ids.data or [])}
    known = set(session.scalars(select(Unit.id).where(Unit.authority_id == standing.authority_id)))
    if not wanted <= known:
        raise NotFoundError
    directive = record_directive(
        committee,
        symbol=form.symbol.data or "",
        issued_on=form.issued_on.data,
        issuer=form.issuer.data or "",
        subject=form.subject.data or "",
        due_on=form.due_on.data,
    )
    return assign_from_directive(directive, [form.order()], current_user.actor)[0]
