"""Groups of units (khối)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.db import session, transaction
from app.forms.setup import EditGroupForm
from app.models import Unit, UnitGroup
from app.queries.choices import unit_choices
from app.queries.organisation import groups, load_own
from app.services.units import delete_group, save_group
from app.views.guard import admin
from app.views.setup.area import attempt, setup, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@setup.get("/groups")
@admin
def list_groups() -> ResponseReturnValue:
    """Show the groups with their members."""
    return render_template("setup/groups.html", groups=groups(current_user.person.authority_id))


@setup.route("/groups/new", methods=["GET", "POST"])
@admin
def add_group() -> ResponseReturnValue:
    """Add a group."""
    return _edit(None)


@setup.route("/groups/<int:group_id>", methods=["GET", "POST"])
@admin
def edit_group(group_id: int) -> ResponseReturnValue:
    """Edit a group."""
    return _edit(load_own(UnitGroup, group_id, current_user.person.authority_id))


def _edit(group: UnitGroup | None) -> ResponseReturnValue:
    authority_id = current_user.person.authority_id
    form = EditGroupForm(obj=group)
    if group is not None and not form.is_submitted():
        form.unit_ids.data = [unit.id for unit in group.units]
    form.unit_ids.offer(unit_choices(authority_id))

    def save() -> UnitGroup:
        chosen = select(Unit).where(Unit.authority_id == authority_id, Unit.id.in_(form.unit_ids.data or []))
        units = list(session.scalars(chosen.order_by(Unit.position)))
        return save_group(
            authority_id,
            name=form.name.data or "",
            aliases=form.aliases.entries,
            units=units,
            by=current_user.person,
            group=group,
        )

    saved = attempt(form, save)
    if saved is not None:
        flash(_("Đã lưu khối «%(name)s».", name=saved.name), "success")
        return redirect(url_for("setup.list_groups"), 303)
    return render_template("setup/group.html", form=form, group=group), status_of(form)


@setup.post("/groups/<int:group_id>/delete")
@admin
def delete(group_id: int) -> ResponseReturnValue:
    """Remove a group that no clause names."""
    with transaction():
        delete_group(load_own(UnitGroup, group_id, current_user.person.authority_id), current_user.person)
    flash(_("Đã xóa khối."), "success")
    return redirect(url_for("setup.list_groups"), 303)
