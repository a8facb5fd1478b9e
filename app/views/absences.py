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
from app.queries.absences import Place, absences_ahead, places_of, substitutes_offered
from app.services.absences import end_absence, may_note_for, note_absence
from app.ui.formats import day
from app.views.guard import signed_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from app.models import Absence

absences = Blueprint("absences", __name__, url_prefix="/absences")


@absences.route("/", methods=["GET", "POST"])
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as absences.list
    """Show the absences one may see to, and note another."""
    own = may_note_for(current_user.actor)
    form = NoteAbsenceForm()
    others = substitutes_offered(current_user.standing.authority_id, today(), but=current_user.person.id)
    places = places_of(current_user.standing.authority_id, today())
    form.offer(own, others, places)
    if form.validate_on_submit():
        try:
            with transaction():
                noted = note_absence(
                    form.person_id.data, form.substitute_id.data or 0, form.from_on.data, form.to_on.data,
                    form.note.data or "", actor=current_user.actor,
                )  # fmt: skip
        except DomainError as error:
            form.blame(error)
        else:
            flash(_("Đã ghi vắng mặt. Người vắng và người làm thay đều được báo."), "success")
            _warn_apart(noted, places)
            return redirect(url_for("absences.list"), 303)
    mine = {person.id for person in own}
    page = render_template(
        "account/absences.html",
        form=form,
        rows=absences_ahead(mine, today()),
        mine=mine,
        alone=len(own) == 1,
        places=places,
        today=today(),
    )
    return (page, 422) if form.is_submitted() else page


def _warn_apart(noted: Absence, places: Mapping[int, Place]) -> None:
    """Say what a substitute of another unit will see and do, so that a wrong name is noticed at once."""
    own, other = places.get(noted.person_id, Place()), places.get(noted.substitute_id, Place())
    if own.is_apart(other):
        sentence = _(
            "%(who)s thuộc %(unit)s, không cùng đơn vị với %(absent)s. Từ %(first)s đến hết %(last)s, người này"
            " xem được mọi nhiệm vụ, báo cáo, giấy tờ mà %(absent)s xem được và làm thay được mọi việc thuộc chức vụ"
            " của %(absent)s. Nếu chọn nhầm người, hãy bấm «Kết thúc» ở lần vắng mặt đó.",
            who=noted.substitute.full_name, unit=other.name, absent=noted.person.full_name,
            first=day(noted.from_on), last=day(noted.to_on),
        )  # fmt: skip
        flash(sentence, "warning")


@absences.post("/<int:absence_id>/end")
@signed_in
def end(absence_id: int) -> ResponseReturnValue:
    """End an absence, or take back one that lies ahead."""
    with transaction():
        end_absence(absence_id, actor=current_user.actor)
    flash(_("Đã kết thúc vắng mặt. Hai người đều được báo."), "success")
    return redirect(url_for("absences.list"), 303)
