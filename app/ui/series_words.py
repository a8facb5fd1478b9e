"""The next meetings of series as the secretary's desk proposes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext as _

from app.services.meeting_series import day_behind
from app.ui.formats import day, words
from workflows.rhythm import WEEKDAYS, WEEKLY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.models import MeetingSeries


class NextMeeting(NamedTuple):
    """The next meeting of a series that nobody has planned yet."""

    series: MeetingSeries
    on: date
    heading: str
    expected: str


def next_meetings_of(waiting: Iterable[tuple[MeetingSeries, date | None]]) -> list[NextMeeting]:
    """Return what the desk proposes for series without a meeting ahead, the soonest first."""
    found = [_next(series, day_behind(series, last_on)) for series, last_on in waiting]
    return sorted(found, key=lambda one: (one.on, one.series.id))


def _next(series: MeetingSeries, on: date) -> NextMeeting:
    named = {"title": series.title, "committee": series.committee.short_name}
    if series.kind == WEEKLY:
        heading = _("Phiên tiếp theo: %(title)s, %(committee)s", **named)
    else:
        heading = _("Phiên tháng %(month)s: %(title)s, %(committee)s", month=on.month, **named)
    weekday = words(WEEKDAYS[on.weekday()])
    expected = _("dự kiến %(weekday)s %(day)s, %(hour)s", weekday=weekday, day=day(on), hour=series.starts)
    return NextMeeting(series, on, heading, expected)
