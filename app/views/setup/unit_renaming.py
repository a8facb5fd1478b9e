"""A unit's new name: what would carry it and what keeps the old one first, then the one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.errors import DomainError
from app.forms.unit_changes import RenameUnitForm
from app.models import Unit
from app.queries import unit_holdings as held
from app.queries.choices import unit_choices
from app.queries.organisation import load_own
from app.queries.task_list import TaskFilter, count_tasks
from app.services.planned_changes import prepare_name, prepared_for_units
from app.services.unit_plans import RENAME
from app.services.unit_renaming import change_name, plan_name
from app.ui.home_overview import list_of
from app.views.guard import admin
from app.views.setup.area import CANNOT, setup
from app.views.setup.planned_again import asked_plan, replace_plan
from app.views.setup.unit_changes import KINDS, asked_unit, report_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import PlannedUnitChange, UnitChange
    from app.services.unit_renaming import Renaming


@setup.route("/units/change/rename", methods=["GET", "POST"])
@admin
def rename_unit() -> ResponseReturnValue:
    """Give a unit a new name from a day on, after a look at what carries it; for a day to come it is prepared."""
    authority_id = current_user.person.authority_id
    planned = asked_plan(RENAME)
    form, unit = _form(planned)
    plan: Renaming | None = None
    if unit is not None and (form.validate_on_submit() or (planned is not None and not form.is_submitted())):
        try:
            plan = plan_name(unit, **_asked(form))
            if "save" in request.form:
                with transaction():
                    replace_plan(planned)
                    change = _renamed(unit, form)
                return report_of(change)
        except DomainError as error:
            if error.status != CANNOT:
                raise
            form.blame(error)
    prepared = [one for one in prepared_for_units(authority_id, {unit.id}) if one is not planned] if unit else []
    page = render_template(
        "setup/unit_rename.html",
        form=form,
        unit=unit,
        # What is drawn now is what the person sees: also after somebody else was quicker.
        seen=unit.name if unit else "",
        prepared=prepared,
        plan=plan,
        ahead=plan is not None and plan.on > today(),
        sections=_sections(plan) if plan else [],
        open_href=_open_list(unit, plan) if unit and plan else "",
    )
    return page, CANNOT if form.errors else 200


def _form(planned: PlannedUnitChange | None) -> tuple[RenameUnitForm, Unit | None]:
    """Return the form, filled with what was prepared or the unit's names, and the unit that it is about."""
    authority_id = current_user.person.authority_id
    form = RenameUnitForm(on=today(), old=asked_unit())
    form.old.offer(unit_choices(authority_id))
    if planned is not None and not form.is_submitted():
        form.old.data, form.on.data, form.basis.data = planned.wanted["unit"], planned.starts_on, planned.basis
    unit = load_own(Unit, form.old.data, authority_id) if form.old.data and form.old.data > 0 else None
    if not form.is_submitted() and unit is not None:
        kept = planned.wanted if planned else {"name": unit.name, "short_name": unit.short_name}
        form.name.data, form.short_name.data = kept["name"], kept["short_name"]
    return form, unit


def _open_list(unit: Unit, plan: Renaming) -> str:
    """Return the list of the unit's open tasks where it shows as many to who asks; an administrator may see none."""
    wanted = TaskFilter(unit=unit.id)
    return list_of(wanted) if count_tasks(wanted, current_user.standing, today()) == plan.share.tasks else ""


def _asked(form: RenameUnitForm) -> dict[str, Any]:
    return {"name": form.name.data or "", "short_name": form.short_name.data or "", "on": form.on.data}


def _renamed(unit: Unit, form: RenameUnitForm) -> UnitChange | PlannedUnitChange:
    asked = {**_asked(form), "basis": form.basis.data or "", "by": current_user.person}
    if asked["on"] > today():
        return prepare_name(unit, **asked)
    return change_name(unit, seen=form.seen.data or unit.name, past_meant=form.past_meant.data, **asked)


def _sections(plan: Renaming) -> list[tuple[str, list[held.Holding]]]:
    found = [(str(KINDS[kind]), [one for one in plan.carries if one.kind == kind]) for kind in held.KINDS]
    return [(title, lines) for title, lines in found if lines]
