"""How a committee's papers are numbered, and the next number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.forms.setup_committees import MODES, SaveSeriesForm
from app.queries.kinds import DOC_TYPES
from app.queries.organisation import series_of
from app.queries.paper_numbers import last_used_numbers
from app.services.committees import save_series
from app.views.guard import by_loader
from app.views.setup.area import attempt, set_up_committee, setup, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

TERM = 5


@setup.route("/committees/<int:committee_id>/numbers", methods=["GET", "POST"])
@by_loader
def show_series(committee_id: int) -> ResponseReturnValue:
    """Show the series and set one."""
    committee, role = set_up_committee(committee_id)
    form = SaveSeriesForm(scope=_scope(committee.profile, today().year), mode="own", next_number=1)

    def save() -> bool:
        save_series(
            committee,
            doc_type=form.doc_type.data or "TB",
            scope=form.scope.data or "",
            mode=form.mode.data or "own",
            next_number=form.next_number.data or 1,
            by=current_user.person,
            role=role,
        )
        return True

    if attempt(form, save):
        flash(_("Đã lưu dãy số."), "success")
        return redirect(url_for("setup.show_series", committee_id=committee.id), 303)
    used = last_used_numbers(committee.id)
    rows = [(row, used.get((row.doc_type, row.scope), 0)) for row in series_of(committee.id)]
    page = render_template("setup/series.html", committee=committee, form=form, rows=rows, names=DOC_TYPES, modes=MODES)
    return page, status_of(form)


def _scope(profile: str, year: int) -> str:
    """Return this year, or the Party term that holds it (2025-2030, 2030-2035 …)."""
    first = year - year % TERM
    return str(year) if profile == "state" else f"{first}-{first + TERM}"
