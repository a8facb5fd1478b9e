"""Units: the tree, writing one, ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.forms.setup import AbolishUnitForm, EditUnitForm
from app.models import Unit
from app.queries.choices import unit_choices
from app.queries.kinds import OTHER, UNIT_KINDS, kind_of
from app.queries.organisation import abolished_units, load_own, unit_tree
from app.services.units import UnitFields, abolish_unit, open_tasks_of, save_unit
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
    successor = load_own(Unit, unit.successor_id, unit.authority_id) if unit.successor_id else None
    return render_template("setup/unit_record.html", unit=unit, successor=successor, kinds=UNIT_KINDS)


def _edit(unit: Unit | None) -> ResponseReturnValue:
    authority_id = current_user.person.authority_id
    form = EditUnitForm(obj=unit)
    form.parent_id.offer([row for row in unit_choices(authority_id) if unit is None or row.id != unit.id])
    saved = attempt(form, lambda: save_unit(authority_id, _fields(form), current_user.person, unit))
    if saved is not None:
        flash(_("Đã lưu đơn vị «%(name)s».", name=saved.name), "success")
        return redirect(url_for("setup.list_units"), 303)
    return render_template("setup/unit.html", form=form, unit=unit), status_of(form)


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


@setup.route("/units/<int:unit_id>/abolish", methods=["GET", "POST"])
@admin
def abolish(unit_id: int) -> ResponseReturnValue:
    """Say what will happen, then end a unit."""
    authority_id = current_user.person.authority_id
    unit = load_own(Unit, unit_id, authority_id)
    form = AbolishUnitForm(on=today())
    form.successor_id.offer([row for row in unit_choices(authority_id) if row.id != unit.id])

    def end() -> tuple[int]:
        successor = load_own(Unit, form.successor_id.data, authority_id) if form.successor_id.data else None
        assert form.on.data is not None  # noqa: S101 -- the form asks for it
        return (abolish_unit(unit, form.on.data, successor, form.reason.data or "", current_user.person),)

    done = attempt(form, end)
    if done is not None:
        words = _("Đã ghi «%(name)s» kết thúc; %(count)s nhiệm vụ chuyển đi.", name=unit.name, count=done[0])
        flash(words, "success")
        return redirect(url_for("setup.list_units"), 303)
    open_tasks = len(open_tasks_of(unit.id))
    return render_template("setup/unit_abolish.html", form=form, unit=unit, open_tasks=open_tasks), status_of(form)
