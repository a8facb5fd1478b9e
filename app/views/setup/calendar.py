"""The working calendar: a year at a glance, days off and days worked."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.forms.setup_committees import DAY_KINDS, SetDayForm
from app.models import CalendarDay
from app.queries.organisation import load_own
from app.services import calendar_days as service
from app.ui.formats import day as day_words
from app.views.guard import admin
from app.views.setup.area import attempt, authority, setup, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

MONTHS = 12


@dataclass(frozen=True)
class Cell:
    """A day of the grid: `kind` is work, rest (weekend), off, or worked; `name` says why it differs."""

    day: date
    kind: str
    name: str
    is_today: bool


@setup.route("/calendar", methods=["GET", "POST"])
@admin
def show_calendar() -> ResponseReturnValue:
    """Show a year, and add or change a day."""
    year = _year()
    ours = authority()
    form = SetDayForm()
    saved = attempt(
        form,
        lambda: service.save_day(
            ours, form.day.data or today(), form.kind.data or "off", form.name.data or "", by=current_user.person
        ),
    )
    if saved is not None:
        flash(_("Đã lưu ngày %(day)s.", day=day_words(saved.day)), "success")
        return redirect(url_for("setup.show_calendar", year=saved.day.year), 303)
    days = service.days_of(ours.id, year)
    page = render_template(
        "setup/calendar.html",
        year=year,
        form=form,
        days=days,
        months=_months(year, days),
        kinds=DAY_KINDS,
        provisional=service.is_provisional(ours.id, year),
        this_year=today().year,
        first_year=service.FIRST_YEAR,
        last_year=service.LAST_YEAR,
    )
    return page, status_of(form)


def _year() -> int:
    text = request.args.get("year", "")
    year = int(text) if text.isdigit() and len(text) == len("2026") else today().year
    return min(max(year, service.FIRST_YEAR), service.LAST_YEAR)


def _months(year: int, days: Sequence[CalendarDay]) -> list[list[list[Cell | None]]]:
    """Return the weeks of each month, Monday first, None where another month's days would stand."""
    said, now = {row.day: row for row in days}, today()

    def cell(day: date) -> Cell:
        row = said.get(day)
        rest = "rest" if day.weekday() >= service.WEEKEND else "work"
        kind = {"off": "off", "work": "worked"}[row.kind] if row else rest
        return Cell(day, kind, row.name if row else "", day == now)

    weeks = Calendar().monthdatescalendar
    return [
        [[cell(day) if day.month == month else None for day in week] for week in weeks(year, month)]
        for month in range(1, MONTHS + 1)
    ]


@setup.post("/calendar/<int:year>/propose")
@admin
def propose_calendar(year: int) -> ResponseReturnValue:
    """Fill a year without an official plan with the days the law makes likely."""
    with transaction():
        count = service.propose_year(authority(), year, current_user.person)
    flash(
        _("Đã lập lịch tạm tính năm %(year)s với %(count)s ngày nghỉ. Hãy thay bằng thông báo chính thức khi có.",
          year=year, count=count),
        "warning",
    )  # fmt: skip
    return redirect(url_for("setup.show_calendar", year=year), 303)


@setup.post("/calendar/<int:year>/confirm")
@admin
def confirm_calendar(year: int) -> ResponseReturnValue:
    """Say that a year's days are official."""
    with transaction():
        service.confirm_year(authority(), year, current_user.person)
    flash(_("Lịch năm %(year)s đã là lịch chính thức.", year=year), "success")
    return redirect(url_for("setup.show_calendar", year=year), 303)


@setup.post("/calendar/days/<int:day_id>/remove")
@admin
def remove_day(day_id: int) -> ResponseReturnValue:
    """Let a day follow the week's rule again."""
    row = load_own(CalendarDay, day_id, current_user.person.authority_id)
    with transaction():
        service.remove_day(authority(), row, current_user.person)
    flash(_("Đã bỏ ngày %(day)s khỏi lịch.", day=day_words(row.day)), "success")
    return redirect(url_for("setup.show_calendar", year=row.day.year), 303)
