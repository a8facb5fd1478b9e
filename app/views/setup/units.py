"""Units: the tree, and writing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.forms.setup import EditUnitForm
from app.models import Unit
from app.queries.choices import unit_choices
from app.queries.kinds import OTHER, UNIT_KINDS, kind_of
from app.queries.organisation import abolished_units, load_own, unit_tree
from app.queries.unit_changes import changes_of_unit, successors_of
from app.queries.unit_names import former_names
from app.services.unit_news import sentence_of
from app.services.units import UnitFields, save_unit
from app.views.guard import admin
from app.views.setup.area import attempt, setup, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@setup.get("/units")
@admin
def list_units() -> ResponseReturnValue:
    """Show the tree of units, and those that exist no more."""
    authority_id = current_user.person.authority_id
    return render_template(
        "setup/units.html",
        branches=unit_tree(authority_id, today()),
        abolished=abolished_units(authority_id),
        kinds=UNIT_KINDS,
        other=UNIT_KINDS[OTHER],
    )


@setup.route("/units/new", methods=["GET", "POST"])
@admin
def add_unit() -> ResponseReturnValue:
    """Add a unit."""
    return _edit(None)


@setup.route("/units/<int:unit_id>", methods=["GET", "POST"])
@admin
def edit_unit(unit_id: int) -> ResponseReturnValue:
    """Edit a unit; one that was abolished is shown only."""
    unit = load_own(Unit, unit_id, current_user.person.authority_id)
    if unit.abolished_on is None:
        return _edit(unit)
    return render_template(
        "setup/unit_record.html",
        unit=unit,
        successors=successors_of(unit),
        changes=changes_of_unit(unit.id),
        former=former_names(unit.id),
        kinds=UNIT_KINDS,
        said=sentence_of,
    )


def _edit(unit: Unit | None) -> ResponseReturnValue:
    authority_id = current_user.person.authority_id
    form = EditUnitForm(obj=unit)
    form.parent_id.offer([row for row in unit_choices(authority_id) if unit is None or row.id != unit.id])
    saved = attempt(form, lambda: save_unit(authority_id, _fields(form), current_user.person, unit))
    if saved is not None:
        flash(_("Đã lưu đơn vị «%(name)s».", name=saved.name), "success")
        return redirect(url_for("setup.list_units"), 303)
    page = render_template(
        "setup/unit.html",
        form=form,
        unit=unit,
        changes=changes_of_unit(unit.id) if unit else [],
        former=former_names(unit.id) if unit else [],
        said=sentence_of,
    )
    return page, status_of(form)


def _fields(form: EditUnitForm) -> UnitFields:
    return UnitFields(
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        kind=form.kind.data or kind_of(form.name.data or ""),
        aliases=form.aliases.entries,
        parent_id=form.parent_id.data,
        outside=form.outside.data,
        staff_may_accept=form.staff_may_accept.data,
        staff_may_report=form.staff_may_report.data,
        email=form.email.data or "",
        position=form.position.data,
    )
