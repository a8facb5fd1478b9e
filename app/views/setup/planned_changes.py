"""Changes of units that wait for their day: looked at, called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.errors import DomainError
from app.forms.moves import sentence
from app.models import PlannedUnitChange
from app.queries.kinds import OFFICES
from app.queries.organisation import load_own
from app.queries.planned_changes import due_changes
from app.services.planned_changes import call_off, judge_planned, note_refusal, take_effect, wanted_of
from app.services.unit_plans import RENAME, outline_change
from app.ui.formats import day as day_words
from app.ui.formats import words
from app.views.guard import admin
from app.views.setup.area import setup
from app.views.setup.unit_changes import HEADS, sections_of
from workflows.holding import DONE, REFUSED, TAKEN_BACK, WAITING
from workflows.words import Words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.services.unit_plans import Wanted


@setup.get("/unit-changes/planned/<int:planned_id>")
@admin
def show_planned_change(planned_id: int) -> ResponseReturnValue:
    """Show a change that waits for its day, or what became of it."""
    planned = load_own(PlannedUnitChange, planned_id, current_user.person.authority_id)
    if planned.kind == RENAME:
        again = url_for("setup.rename_unit", planned=planned.id)
    else:
        again = url_for("setup.change_unit", act=planned.kind, planned=planned.id)
    wrong = judge_planned(planned) if planned.outcome == WAITING else None  # reads the units that are named below
    wanted = _outlined(planned)
    return render_template(
        "setup/planned_change.html",
        wanted=wanted,
        sections=sections_of(outline_change(wanted)) if wanted else [],
        heads=HEADS,
        offices=OFFICES,
        planned=planned,
        again=again,
        waits=planned.outcome == WAITING,
        overdue=planned.outcome == WAITING and planned.starts_on <= today(),
        wrong=wrong,
        stuck=planned.outcome == REFUSED,
        done=planned.outcome == DONE,
        called_off=planned.outcome == TAKEN_BACK,
        said=Words(**planned.said) if planned.said else None,
    )


def _outlined(planned: PlannedUnitChange) -> Wanted | None:
    """Return what a merger, split or end that waits asks for; None for a new name, and for what came about."""
    return wanted_of(planned) if planned.kind != RENAME and planned.outcome in {WAITING, REFUSED} else None


@setup.post("/unit-changes/planned/<int:planned_id>/call-off")
@admin
def call_off_change(planned_id: int) -> ResponseReturnValue:
    """Let a prepared change not happen."""
    planned = load_own(PlannedUnitChange, planned_id, current_user.person.authority_id)
    try:
        with transaction():
            call_off(planned, current_user.person)
    except DomainError as error:
        flash(sentence(error.sentence), "error")
    else:
        flash(_("Đã bỏ: %(what)s. Các đơn vị tiếp tục như cũ.", what=words(planned.said_title)), "success")
    return redirect(url_for("setup.list_unit_changes"), 303)


@setup.post("/unit-changes/planned/<int:planned_id>/now")
@admin
def do_change_now(planned_id: int) -> ResponseReturnValue:
    """Do a prepared change whose day has come, after those due before it, without waiting for the scheduler."""
    person = current_user.person
    planned = load_own(PlannedUnitChange, planned_id, person.authority_id)
    title, day = words(planned.said_title), planned.starts_on
    due = due_changes(today(), person.authority_id)
    if day > today():
        flash(
            _("%(what)s: chưa đến ngày %(day)s. Đến ngày, hệ thống tự thực hiện.", what=title, day=day_words(day)),
            "error",
        )
    elif planned_id not in due:
        flash(_("%(what)s: không còn chờ, đã được thực hiện hoặc đã bỏ.", what=title), "warning")
    for each in due[: due.index(planned_id) + 1] if planned_id in due else ():
        try:
            with transaction():
                take_effect(each, current_user.person)
        except DomainError as error:
            with transaction():
                note_refusal(each, error)
            flash(sentence(error.sentence), "error")
        else:
            if each == planned_id:
                flash(_("Đã thực hiện: %(what)s.", what=title), "success")
    return redirect(url_for("setup.show_planned_change", planned_id=planned_id), 303)
