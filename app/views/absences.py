"""Out of office: who is away and who stands in, noted by oneself, by the head of the unit or an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.errors import DomainError
from app.forms.absences import NoteAbsenceForm
from app.queries.absences import absences_ahead, substitutes_offered
from app.services.absences import end_absence, may_note_for, note_absence
from app.views.guard import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

absences = Blueprint("absences", __name__, url_prefix="/absences")


@absences.route("/", methods=["GET", "POST"])
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as absences.list
    """Show the absences one may see to, and note another."""
    own = may_note_for(current_user.actor)
    form = NoteAbsenceForm()
    others = substitutes_offered(current_user.standing.authority_id, today(), but=current_user.person.id)
    form.offer(*([(person.id, person.full_name) for person in people] for people in (own, others)))
    if form.validate_on_submit():
        try:
            with transaction():
                note_absence(
                    form.person_id.data, form.substitute_id.data or 0, form.from_on.data, form.to_on.data,
                    form.note.data or "", actor=current_user.actor,
                )  # fmt: skip
        except DomainError as error:
            form.blame(error)
        else:
            flash(_("Đã ghi vắng mặt. Người vắng và người làm thay đều được báo."), "success")
            return redirect(url_for("absences.list"), 303)
    mine = {person.id for person in own}
    page = render_template(
        "account/absences.html",
        form=form,
        rows=absences_ahead(mine, today()),
        mine=mine,
        alone=len(own) == 1,
        today=today(),
    )
    return (page, 422) if form.is_submitted() else page


@absences.post("/<int:absence_id>/end")
@signed_in
def end(absence_id: int) -> ResponseReturnValue:
    """End an absence, or take back one that lies ahead."""
    with transaction():
        end_absence(absence_id, actor=current_user.actor)
    flash(_("Đã kết thúc vắng mặt. Hai người đều được báo."), "success")
    return redirect(url_for("absences.list"), 303)
