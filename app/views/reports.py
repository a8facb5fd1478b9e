"""Monthly reports: the periods of each committee, one month with its lists, and the same as PDF and workbook.

Over 300 lines: the status report between two days shares the addresses and the permission.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import access
from app.clock import day_of, start_of, today
from app.db import session, stop_writing, transaction
from app.documents.paper import Paper
from app.documents.report_files import MEDIA, report_file
from app.documents.status_report import status_pdf, status_xlsx
from app.errors import ChangedMeanwhileError, DomainError, NotFoundError
from app.forms.reports import SpanForm, causes_form
from app.forms.tasks import read_page
from app.models import Committee, MonthlyReport
from app.queries.account import DONE
from app.queries.calendars import calendar_of, clock_of
from app.queries.meetings import meeting_before
from app.queries.month_beside import Beside, read_beside
from app.queries.monthly import FIGURES
from app.queries.periods_of import period_on
from app.queries.report_register import committees_reporting
from app.queries.status_report import status_report
from app.queries.task_lines import tasks_in
from app.services.kept_months import keep_months
from app.services.reports import open_report, report_of, shown_month, write_causes
from app.ui.report_table import figure_definition, figure_label, in_sentence, rates, share
from app.ui.report_words import since_when
from app.ui.task_words import mark_of
from app.views.guard import by_loader, signed_in
from app.views.moves import Attempt, page_for
from app.views.report_page import draw
from workflows.monthly_report import MONTHLY_REPORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.queries.kept_months import Fresh
    from workflows.periods import Period

reports = Blueprint("reports", __name__, url_prefix="/reports")

PAGE = 50
EARLIEST = date(1990, 1, 1)


class NoSuchPeriodError(DomainError):
    """The address names no period of the committee."""

    status = 404

    def __init__(self) -> None:
        """Say where the periods are."""
        super().__init__(
            "Ban không có kỳ báo cáo nào bắt đầu vào ngày này. Hãy chọn kỳ trong danh sách Báo cáo tháng.",
            "The committee has no period that begins on this day. Choose one from the list of monthly reports.",
        )


@reports.get("/")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as reports.list
    """Show committees × periods: how far each report is, its figures in short, and the on-time rate over the months."""
    found = committees_reporting(current_user.standing.committees, today())
    states = MONTHLY_REPORT.by_name
    page = render_template(
        "reports/list.html",
        committees=found.committees,
        states=states,
        rates=rates,
        share=share,
        since_when=since_when,
    )
    _keep(found.fresh)
    return page


@reports.get("/<int:committee_id>/<begins_on>")
@by_loader
def show(committee_id: int, begins_on: str) -> ResponseReturnValue:
    """Show one month."""
    period, beside = _load(committee_id, begins_on)
    shown = shown_month(beside.committee, period, beside.report, beside)
    page = draw(beside.committee, period, beside.report, shown=shown, beside=beside)
    _keep(shown.fresh)
    return page


@reports.post("/<int:committee_id>/<begins_on>/recompute")
@by_loader
def recompute(committee_id: int, begins_on: str) -> ResponseReturnValue:
    """Compute the figures of a month now, for whoever does not want to wait until the scheduler does."""
    _load(committee_id, begins_on)
    stop_writing()
    period, beside = _load(committee_id, begins_on)
    shown = shown_month(beside.committee, period, beside.report, beside, anew=True)
    with suppress(ChangedMeanwhileError), transaction():
        keep_months(shown.fresh)
    return redirect(url_for("reports.show", committee_id=committee_id, begins_on=begins_on), 303)


@reports.get("/<int:report_id>")
@by_loader
def find(report_id: int) -> ResponseReturnValue:
    """Lead from a report, as messages know it, to the page of its month."""
    report = access.load(MonthlyReport, report_id, current_user.standing)
    page = url_for("reports.show", committee_id=report.committee_id, begins_on=report.begins_on.isoformat())
    return redirect(page)


@page_for(
    "monthly_report",
    home=lambda report: url_for(
        "reports.show", committee_id=report.committee_id, begins_on=report.begins_on.isoformat()
    ),
)
def draw_report(report: MonthlyReport, attempt: Attempt | None) -> str:
    """Draw a report's page after a move that failed."""
    beside = read_beside(report.committee_id, report.begins_on)
    period = beside.period if beside else None
    if period is None:
        raise NoSuchPeriodError
    return draw(report.committee, period, report, attempt=attempt, beside=beside)


@reports.post("/<int:committee_id>/<begins_on>/open")
@by_loader
def open_month(committee_id: int, begins_on: str) -> ResponseReturnValue:
    """Open the report of a month: from now on it has a state and can be explained, drafted and signed."""
    with transaction():
        period, beside = _load(committee_id, begins_on, as_secretary=True)
        open_report(beside.committee, period, current_user.person)
    flash(_("Đã mở báo cáo của kỳ. Tiếp theo: nhập nguyên nhân của đơn vị quá hạn và tính số liệu."), "success")
    return redirect(url_for("reports.show", committee_id=committee_id, begins_on=begins_on), 303)


@reports.post("/<int:committee_id>/<begins_on>/causes")
@by_loader
def explain(committee_id: int, begins_on: str) -> ResponseReturnValue:
    """Keep why units were late, as the secretary was told."""
    period, beside = _load(committee_id, begins_on, as_secretary=True)
    account = shown_month(beside.committee, period, beside.report, beside).account
    late = [unit for unit in account.units if unit.line.needs_cause]
    form = causes_form(late)
    if not form.validate_on_submit():
        return draw(beside.committee, period, beside.report, causes=form, beside=beside), 422
    committee = beside.committee
    try:
        with transaction():
            period, beside = _load(committee_id, begins_on, as_secretary=True)
            committee = beside.committee
            write_causes(open_report(committee, period, current_user.person), form.texts(late), current_user.person)
    except DomainError as error:
        report = report_of(committee, period)
        return draw(committee, period, report, causes=form, said=error.sentence), error.status
    flash(_("Đã ghi trách nhiệm, nguyên nhân."), "success")
    return redirect(url_for("reports.show", committee_id=committee_id, begins_on=begins_on) + "#causes", 303)


@reports.get("/<int:committee_id>/<begins_on>/tasks")
@by_loader
def tasks(committee_id: int, begins_on: str) -> ResponseReturnValue:
    """List the tasks that one number of the month counts."""
    period, beside = _load(committee_id, begins_on)
    committee = beside.committee
    figure = request.args.get("column", "")
    if figure not in {*FIGURES, DONE}:
        raise NotFoundError
    shown = shown_month(committee, period, beside.report, beside)
    account = shown.account
    unit_id = _number(request.args.get("unit", ""))
    unit = next((unit for unit in account.units if unit.unit_id == unit_id), None)
    if request.args.get("unit") and unit is None:
        raise NotFoundError
    ids = account.tasks_behind(figure, unit_id)
    clock = clock_of(committee)
    page = min(read_page(request.args), max(1, -(-len(ids) // PAGE)))
    listed = render_template(
        "reports/tasks.html",
        committee=committee,
        period=period,
        account=account,
        since_when=since_when(shown.since),
        unit=unit,
        figure=figure,
        total=len(ids),
        rows=tasks_in(ids[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=max(1, -(-len(ids) // PAGE)),
        args={k: v for k, v in request.args.items() if v},
        label=figure_label(figure),
        in_sentence=in_sentence,
        definition=figure_definition(account, figure),
        mark=lambda row: mark_of(row, today(), clock),
    )
    _keep(shown.fresh)
    return listed


@reports.get("/<int:committee_id>/<begins_on>/export.<any(pdf,xlsx):kind>")
@by_loader
def download(committee_id: int, begins_on: str, kind: str) -> ResponseReturnValue:
    """Give the month as PDF or workbook: the same figures as the page."""
    period, beside = _load(committee_id, begins_on)
    shown = shown_month(beside.committee, period, beside.report, beside)
    made = report_file(shown, beside.committee, period, beside.report, kind)
    _keep(shown.fresh)
    return _file(*made)


def _keep(fresh: Sequence[Fresh]) -> None:
    """Keep what was computed for a page: it spares the next one's waiting, and nobody waits for it.

    What somebody else keeps meanwhile is as good; where another one writes, the next look computes it again.
    """
    if fresh:
        with suppress(DomainError, OperationalError), transaction(patience=0):
            keep_months(fresh)


def _file(content: bytes, name: str, media_type: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _load(committee_id: int, begins_on: str, *, as_secretary: bool = False) -> tuple[Period, Beside]:
    """Return the period that begins on a day, with its committee, of which this person is part, and what is beside it.

    :raises NotFoundError: the committee is not there, or not for this person.
    :raises NoSuchPeriodError: no period begins on that day, or it has not begun yet.
    """
    try:
        day = date.fromisoformat(begins_on)
    except ValueError:
        day = date.min
    # Read whole, so that the loader finds the committee with all its page needs.
    beside = read_beside(committee_id, day) if EARLIEST <= day <= today() else None
    access.load_committee(committee_id, current_user.standing, as_secretary=as_secretary)
    period = beside.period if beside else None
    if beside is None or period is None:
        raise NoSuchPeriodError
    return period, beside


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 -- an id


@reports.get("/status")
@signed_in
def status() -> ResponseReturnValue:
    """Show how a committee's tasks stood between two days, for tomorrow's meeting."""
    own = _own_committees()
    committee, form, span = _asked(own)
    if committee is None:
        return render_template("reports/status.html", committee=None, form=form, report=None)
    report = status_report(committee, *span) if span else None
    page = render_template(
        "reports/status.html",
        committee=committee,
        committees=own,
        committees_named=[(one.id, one.name) for one in own],
        form=form,
        report=report,
        args={"committee": committee.id, "from": span[0].isoformat(), "to": span[1].isoformat()} if span else {},
        today=today(),
        calendar=calendar_of(committee.authority_id),
    )
    return page, 200 if span else 422


@reports.get("/status/export.<any(pdf,xlsx):kind>")
@signed_in
def download_status(kind: str) -> ResponseReturnValue:
    """Give the status report as PDF or workbook."""
    committee, _form, span = _asked(_own_committees())
    if committee is None or span is None:
        raise NotFoundError
    report = status_report(committee, *span)
    content = status_pdf(report, Paper(year=today().year)) if kind == "pdf" else status_xlsx(report)
    return _file(content, f"tinh-hinh-{span[0]:%Y%m%d}-{span[1]:%Y%m%d}.{kind}", MEDIA[kind])


def _own_committees() -> Sequence[Committee]:
    query = select(Committee).where(Committee.id.in_(current_user.standing.committees), Committee.active)
    return session.scalars(query.order_by(Committee.name)).all()


def _asked(own: Sequence[Committee]) -> tuple[Committee | None, SpanForm, tuple[date, date] | None]:
    """Return the committee and days in the address; without days from the last meeting (or the period's begin) on.

    The days are None where they cannot be read: the form says why.
    """
    form = SpanForm(request.args)
    wanted = _number(request.args.get("committee", ""))
    if request.args.get("committee"):
        committee = access.load_committee(wanted or 0, current_user.standing)
    elif own:
        committee = own[0]
    else:
        return None, form, None
    if not form.validate():
        return committee, form, None
    # What was typed is shown as papers write days, also when the address has 2026-11-14.
    form.since.raw_data = form.until.raw_data = None
    until = form.until.data or today()
    since = form.since.data or _last_meeting(committee.id, until)
    form.since.data, form.until.data = since, until
    return committee, form, (since, until) if since <= until else None


def _last_meeting(committee_id: int, until: date) -> date:
    meeting = meeting_before(committee_id, start_of(until))
    return day_of(meeting.starts_at) if meeting else period_on(committee_id, until).start
