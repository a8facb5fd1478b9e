"""How a month is drawn and exported: live while it is collected, as drafted, and as it was signed ever after."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, cast

from flask import render_template, url_for
from flask_login import current_user

from app import access
from app.clock import today
from app.forms.moves import sentence
from app.forms.reports import causes_form
from app.queries.calendars import calendar_of
from app.queries.kept_months import lines_since
from app.queries.notices import events_of
from app.queries.task_page import files_of
from app.services.moves import Sight, look_at, offers_for, refusals_for
from app.services.reports import EXPLAINABLE, printed_causes, shown_month, with_causes
from app.ui import report_table as figures
from app.ui.report_words import moments, since_when
from app.ui.task_history import open_file
from app.views.held_here import rulings_here
from app.views.recording import recordable
from workflows.monthly_report import CLOSED, FROZEN, MONTHLY_REPORT, SUBMITTED
from workflows.roles import Role

if TYPE_CHECKING:
    from app.errors import Sentence
    from app.forms.reports import CausesForm
    from app.models import Committee, MonthlyReport
    from app.queries.account import Account
    from app.queries.kept_months import Since
    from app.queries.month_beside import Beside
    from app.services.reports import Shown
    from app.views.moves import Attempt
    from workflows.monthly_report import MonthlyReportFacts
    from workflows.periods import Period


FORWARD = "green"


def draw(  # noqa: PLR0913 -- a month, and what may have failed on its page
    committee: Committee,
    period: Period,
    report: MonthlyReport | None,
    *,
    attempt: Attempt | None = None,
    causes: CausesForm | None = None,
    said: Sentence | None = None,
    shown: Shown | None = None,
    beside: Beside | None = None,
) -> str:
    """Draw a month for the person who asks; `causes` and `said` are a form that failed, and why.

    :param shown: the month, where the caller has read it.
    :param beside: what stands around the month, where the caller has read it.
    """
    shown = shown or shown_month(committee, period, report, beside)
    account = shown.account
    # To judge a draft its month is counted anew: once.
    sight = look_at(report, current_user.standing) if report else None
    current = sight is not None and cast("MonthlyReportFacts", sight.facts).figures_current
    return render_template(
        "reports/show.html",
        committee=committee,
        period=period,
        report=report,
        state=MONTHLY_REPORT.by_name[report.state] if report else None,
        account=account,
        frozen=report is not None and report.state in FROZEN,
        drafted=report is not None and bool(report.figures),
        stale=report is not None and bool(report.figures) and not current,
        submitted=SUBMITTED,
        said=sentence(said) if said else "",
        may_open=report is None and _is_secretary(committee),
        today=today(),
        calendar=calendar_of(committee.authority_id),
        **_age(committee, shown.since),
        **_figures(committee, period, account),
        **_causes(committee, report, account, causes),
        **_moves(report, sight, attempt),
    )


def _age(committee: Committee, since: Since | None) -> dict[str, Any]:
    """Return since when the figures are, where they are not of now, and how long computing them takes."""
    if since is None:
        return {"since": None}
    lines = lines_since(committee, since) if since.changed else 0
    return {"since": since, "since_when": since_when(since, lines), "seconds": ceil(since.took.total_seconds())}


def _figures(committee: Committee, period: Period, account: Account) -> dict[str, Any]:
    """Return the figures of the month, each with the address of its tasks, and how they are said."""

    def link(figure: str, unit_id: int | None) -> str:
        begins_on = period.start.isoformat()
        return url_for("reports.tasks", committee_id=committee.id, begins_on=begins_on, column=figure, unit=unit_id)

    rows, total = figures.table(account, link)
    return {
        "heads": figures.heads(account),
        "rows": rows,
        "total": total,
        "chart": figures.chart_rows(account, link),
        "legend": figures.legend(),
        "link": link,
        "share": figures.share,
        "changes": figures.changes,
        "in_sentence": figures.in_sentence,
        "compared": figures.compared,
    }


def _causes(
    committee: Committee, report: MonthlyReport | None, account: Account, failed: CausesForm | None
) -> dict[str, Any]:
    """Return the form of column 14, for the secretary while the month may still be explained.

    Each box shows what drafting would print: the unit's own words stand in it, marked where they are not kept yet.
    """
    if report is not None and report.state not in EXPLAINABLE:
        return {"form": None, "form_rows": [], "quoted": {}}
    quoted = printed_causes(account)
    filled = with_causes(account, {unit.unit_id: quoted.get(unit.unit_id, unit.cause) for unit in account.units})
    late = [unit for unit in filled.units if unit.line.needs_cause]
    form = failed or (causes_form(late, formdata=None) if _is_secretary(committee) and late else None)
    # The rows name the account's own units: a box whose cause is not kept yet says so.
    kept = [unit for unit in account.units if unit.line.needs_cause]
    return {"form": form, "form_rows": form.rows(kept) if form else [], "quoted": quoted}


def _is_secretary(committee: Committee) -> bool:
    return committee.id in current_user.standing.secretary_of


def _moves(report: MonthlyReport | None, sight: Sight | None, attempt: Attempt | None) -> dict[str, Any]:
    """Return what this person may do with the report, why not the rest, and what happened to it."""
    if report is None or sight is None:
        return {
            "held": [],
            "offered": [],
            "attempt": None,
            "refusals": [],
            "moments": [],
            "recordable": [],
            "copies": [],
        }
    actor = current_user.actor
    roles = access.roles_of(actor.standing, report)
    # What is owed first, and of that what brings the report forward: the one primary button.
    rows = sorted(offers_for(report, actor, sight), key=lambda row: (not row.duty & roles, row.tone != FORWARD))
    # A signed copy lies only beside what was issued.
    copies = files_of(MONTHLY_REPORT.name, report.id, "signed_copy") if report.state in CLOSED else []
    here = rulings_here((MONTHLY_REPORT.name, report.id), rows, roles, attempt)
    # The page calls the units of the month its rows.
    offered = here.pop("rows")
    return here | {
        "offered": offered,
        "duties": [row.event for row in rows if row.duty & roles][:1],
        "facts": sight.facts,
        "refusals": refusals_for(report, actor, sight),
        "recordable": recordable(report, actor, sight) if Role.SECRETARY in roles else [],
        "attempt": attempt,
        "moments": moments(events_of(MONTHLY_REPORT.name, report.id)),
        "copies": [open_file(line) for line in copies],
    }
