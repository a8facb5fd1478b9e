"""The board for the meeting room: how a committee stands, full screen, drawn anew by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import jsonify, render_template, url_for
from flask_login import current_user

from app.clock import now, today
from app.queries.calendars import calendar_of, clock_of
from app.queries.overview import board_of, signed_rates
from app.ui.home_overview import overview_of, strip_of, trend_of
from app.ui.task_words import left_until, mark_of
from app.views.guard import by_loader
from app.views.home import home
from app.views.pieces import whole_page
from app.views.units_table import running_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.queries.overview import CommitteePeriod

UNITS = 16
"""So many units fit on the screen, those with most overdue first."""


@home.get("/board/<int:committee_id>")
@by_loader
def board(committee_id: int) -> ResponseReturnValue:
    """Open the board; it draws itself anew every half minute."""
    running = running_of(committee_id)
    return render_template(
        "home/board.html",
        running=running,
        picture=_picture(running),
        source=url_for("home.board_picture", committee_id=committee_id),
    )


@home.get("/board/<int:committee_id>/picture")
@by_loader
def board_picture(committee_id: int) -> ResponseReturnValue:
    """Give what the board shows now."""
    running = running_of(committee_id)
    return whole_page("home.board", committee_id=committee_id) or jsonify(picture=_picture(running))


@home.get("/chair/<int:committee_id>/trend")
@by_loader
def trend(committee_id: int) -> ResponseReturnValue:
    """Give the rates of the signed months, which the chair's page asks for when it is looked at."""
    running = running_of(committee_id)
    if page := whole_page("home.chair", committee=committee_id):
        return page
    return render_template("home/trend.html", trend=trend_of(signed_rates(committee_id)), running=running)


def _picture(running: CommitteePeriod) -> str:
    standing, day, committee = current_user.standing, today(), running.committee
    clock, calendar = clock_of(committee), calendar_of(standing.authority_id)
    units, ahead = board_of(standing, day, running, clock)
    values: dict[str, Any] = {
        "running": running,
        "overview": overview_of(units, running),
        "most": UNITS,
        "ahead": ahead,
        "strip": strip_of(ahead, calendar, day),
        "mark": lambda row: mark_of(row, day, clock),
        "left": lambda due: left_until(due, day, clock) if due else None,
        "at": now(),
    }
    return render_template("home/board_picture.html", **values)
