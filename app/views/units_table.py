"""The table of units × status on a page of its own: how each unit stands, every number with its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask_login import current_user

from app.clock import now, today
from app.errors import NotFoundError
from app.queries.calendars import clock_of
from app.queries.overview import committees_with_period, units_by_both_dates
from app.ui.home_overview import overview_of
from app.views.guard import by_loader
from app.views.home import home

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.queries.overview import CommitteePeriod


def running_of(committee_id: int) -> CommitteePeriod:
    """Return a committee of this person with its running period.

    :raises NotFoundError: the person has no seat in it.
    """
    if committee_id not in current_user.standing.committees:
        raise NotFoundError
    found = committees_with_period(frozenset({committee_id}), today())
    if not found:
        raise NotFoundError
    return found[0]


@home.get("/chair/<int:committee_id>/units")
@by_loader
def units_table(committee_id: int) -> ResponseReturnValue:
    """Show the units of a committee's work with what they have open, overdue, near, waiting and done."""
    running, standing, day = running_of(committee_id), current_user.standing, today()
    units = units_by_both_dates(standing, day, running, clock_of(running.committee))
    return render_template("home/units_page.html", running=running, overview=overview_of(units, running), at=now())
