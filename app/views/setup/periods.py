"""Reporting periods of a committee: its rule, what it would be like, and what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.forms.setup_committees import SetPeriodRuleForm
from app.models import Committee, PeriodRule
from app.queries.organisation import load_own, period_rules
from app.queries.period_rules import next_periods, rules_of, rules_with
from app.services import committees as service
from app.views.guard import by_loader
from app.views.setup.area import attempt, set_up_committee, setup, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@setup.route("/committees/<int:committee_id>/periods", methods=["GET", "POST"])
@by_loader
def show_periods(committee_id: int) -> ResponseReturnValue:
    """Show the rules and the next periods; try a rule before it is saved, then save it."""
    committee, role = set_up_committee(committee_id)
    rules = rules_of(committee.id)
    form = SetPeriodRuleForm(start_day=rules[-1].start_day if rules else 15, valid_from=_first_day(committee))
    saving = "save" in request.form

    def save() -> bool:
        start_day, valid_from = form.start_day.data or 1, form.valid_from.data or today()
        if saving:
            service.set_period_rule(committee, start_day, valid_from, current_user.person, role)
        else:
            service.check_period_rule(committee, valid_from)
        return True

    tried = attempt(form, save)
    if tried and saving:
        flash(_("Đã lưu quy tắc kỳ báo cáo."), "success")
        return redirect(url_for("setup.show_periods", committee_id=committee.id), 303)
    shown = (
        rules_with(committee.id, form.start_day.data, form.valid_from.data)
        if tried and form.start_day.data and form.valid_from.data
        else rules
    )
    page = render_template(
        "setup/periods.html",
        committee=committee,
        form=form,
        rules=period_rules(committee.id),
        tried=bool(tried),
        upcoming=next_periods(shown, today()),
        reported=service.last_reported_day(committee.id),
    )
    return page, 200 if tried else status_of(form)


def _first_day(committee: Committee) -> object:
    """Return the day from which a new rule would naturally hold: the start of this month, or after the last report."""
    reported = service.last_reported_day(committee.id)
    day = today().replace(day=1)
    return max(day, reported.fromordinal(reported.toordinal() + 1)) if reported else day


@setup.post("/committees/<int:committee_id>/periods/<int:rule_id>/remove")
@by_loader
def remove_period_rule(committee_id: int, rule_id: int) -> ResponseReturnValue:
    """Take the last rule back."""
    committee, role = set_up_committee(committee_id)
    rule = load_own(PeriodRule, rule_id, committee.authority_id)
    with transaction():
        service.remove_period_rule(rule, committee, current_user.person, role)
    flash(_("Đã xóa quy tắc."), "success")
    return redirect(url_for("setup.show_periods", committee_id=committee.id), 303)
