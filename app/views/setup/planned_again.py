"""A change of units that was prepared, looked at again in its form: what is written then stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_login import current_user

from app.errors import NotFoundError
from app.forms.unit_changes import AbolishUnitForm, MergeUnitsForm, SplitUnitForm
from app.models import PlannedUnitChange
from app.queries.organisation import load_own
from app.services.planned_changes import call_off
from workflows.holding import REFUSED, WAITING

if TYPE_CHECKING:
    MovingForm = MergeUnitsForm | SplitUnitForm | AbolishUnitForm


def asked_plan(kind: str) -> PlannedUnitChange | None:
    """Return the prepared change of this kind that the address names; None where it is settled."""
    asked = request.args.get("planned", type=int)
    if asked is None:
        return None
    planned = load_own(PlannedUnitChange, asked, current_user.person.authority_id)
    if planned.kind != kind:
        raise NotFoundError
    return planned if planned.outcome in {WAITING, REFUSED} else None


def replace_plan(planned: PlannedUnitChange | None) -> None:
    """Call off what was prepared: what is written now stands in its place."""
    if planned is not None:
        call_off(planned, current_user.person)


def fill_from(form: MovingForm, planned: PlannedUnitChange) -> None:
    """Fill the form with what was prepared, its choices aside, which the preview shows."""
    kept = planned.wanted
    founded = [one["fields"] for one in kept["targets"] if "fields" in one]
    into = [one["unit"] for one in kept["targets"][1 if kept["keeps"] else 0 :] if "unit" in one]
    form.on.data, form.basis.data = planned.starts_on, planned.basis
    if isinstance(form, MergeUnitsForm):
        form.olds.data, form.into.data = kept["olds"], into[0] if into else None
        form.name.data = founded[0]["name"] if founded else ""
        form.short_name.data = founded[0]["short_name"] if founded else ""
        return
    form.old.data = kept["olds"][0]
    if isinstance(form, SplitUnitForm):
        form.keeps.data, form.into.data = kept["keeps"], into
        form.names.data = "\n".join(" | ".join(filter(None, (one["name"], one["short_name"]))) for one in founded)
    else:
        form.into.data = into[0] if into else None
