"""How the database judges lateness for an account, so that thousands of tasks become a few alike rows.

Python's arithmetic stays the only one: it is given rows whose dates say the same as the true ones. Only where the day
of sending lies so near behind a due date that days off may lie between, the true dates are left.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, and_, case, literal, null, or_

from app.queries.day_sums import days_before
from workflows.deadlines import OVERDUE, due_ranges
from workflows.task import COMPLETED, PAUSED, REPORTED, WITHDRAWN

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from workflows.deadlines import Clock

LONG_AGO, SENT = date(1900, 1, 2), date(1901, 6, 3)
"""A due date long gone by on every day that an account speaks of, and a day on which something was sent."""


def judged(one: Any, as_at: date, clock: Clock) -> list[ColumnElement[Any]]:  # noqa: ANN401 -- columns of a subquery
    """Return the columns of a period's rows without the task, the dates replaced by plain ones that say the same.

    :param one: the columns: how each task stood at the end, and where it came from.
    :param as_at: the day at whose end the figures hold.
    """
    sent = one.state.in_((REPORTED, COMPLETED))
    dues = (one.current_due, one.original_due)
    far = days_before(one.reported_on, clock.calendar.longest_rest)
    plain = and_(*(or_(due.is_(None), one.reported_on <= due, due < far) for due in dues))
    last = due_ranges(as_at, clock)[OVERDUE][1]
    return [
        one.unit_at_start,
        one.entry_unit,
        one.entered_by,
        one.unit_at_end,
        one.state,
        *(
            case(
                (or_(due.is_(None), one.state == WITHDRAWN), null()),
                (one.state == PAUSED, _day(as_at)),
                (sent, case((~plain, due), (one.reported_on <= due, _day(SENT)), else_=_day(LONG_AGO))),
                (due <= last, _day(LONG_AGO)),
                else_=_day(as_at),
            ).label(due.name)
            for due in dues
        ),
        case((~sent, null()), (plain, _day(SENT)), else_=one.reported_on).label("reported_on"),
        one.extensions,
        one.entered_since,
    ]


def _day(day: date) -> ColumnElement[date]:
    return literal(day, Date)
