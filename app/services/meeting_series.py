"""Series of meetings: kept, and their next meeting planned with its agenda."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from app.clock import VIETNAM, day_of, now, today
from app.db import session
from app.errors import ChangedMeanwhileError
from app.models import MeetingSeries
from app.queries.calendars import calendar_of
from app.queries.meeting_series import last_of, meeting_on
from app.services.agenda import add_item, carry_over
from app.services.meetings import Plan, plan_meeting
from workflows.rhythm import Rhythm, next_day

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee, Meeting, Person


class Planned(NamedTuple):
    """The next meeting of a series, and whether it was made just now."""

    meeting: Meeting
    new: bool


@dataclass(frozen=True)
class SeriesFields:
    """What is written of a series; times as "08:00", empty where none; `agenda` items as in the model."""

    title: str
    kind: str
    weekday: int
    nth: int
    day: int
    starts: str
    ends: str
    place: str
    link: str
    presider_id: int | None
    agenda: list[dict[str, Any]] = field(default_factory=list)
    active: bool = True


def save_series(committee: Committee, fields: SeriesFields, series: MeetingSeries | None = None) -> MeetingSeries:
    """Write a series, new or known, and return it."""
    if series is None:
        series = MeetingSeries(authority_id=committee.authority_id, committee_id=committee.id, made_at=now())
        session.add(series)
    for name, value in vars(fields).items():
        setattr(series, name, value)
    session.flush()
    return series


def next_day_of(series: MeetingSeries) -> date:
    """Return the next day of the series, behind today and behind its last meeting."""
    last = last_of(series)
    return day_behind(series, day_of(last.starts_at) if last else None)


def day_behind(series: MeetingSeries, last_on: date | None) -> date:
    """Return the next day of the series behind today and behind the day of its last meeting, where it had one."""
    after = max(today(), last_on) if last_on else today()
    return next_day(rhythm_of(series), after, calendar_of(series.authority_id))


def rhythm_of(series: MeetingSeries) -> Rhythm:
    """Return when a series meets."""
    return Rhythm(series.kind, series.weekday, series.nth, series.day)


def plan_next(series: MeetingSeries, committee: Committee, by: Person, on: date | None = None) -> Planned:
    """Plan the next meeting of a series: its agenda is the series', and what earlier meetings left over.

    The series' row stays locked until the transaction ends, so that two who press at once plan one meeting.

    :param on: the day that the person saw; a meeting that is planned for it already is returned as it is.
    :raises ChangedMeanwhileError: the next day of the series is another by now.
    """
    session.execute(select(MeetingSeries.id).where(MeetingSeries.id == series.id).with_for_update())
    if on is not None and (known := meeting_on(series, on)) is not None:
        return Planned(known, new=False)
    day = next_day_of(series)
    if on not in {None, day}:
        raise ChangedMeanwhileError(
            f"Phiên tiếp theo của chuỗi họp này nay là ngày {day:%d/%m/%Y}. Hãy xem lại rồi bấm lại.",
            f"The next meeting of this series is now on {day:%d/%m/%Y}. Look again, then press again.",
        )
    plan = Plan(
        title=f"{series.title} ngày {day:%d/%m/%Y}",
        starts_at=_at(day, series.starts),
        ends_at=_at(day, series.ends) if series.ends else None,
        place=series.place,
        link=series.link,
        presider_id=series.presider_id,
    )
    meeting = plan_meeting(committee, plan, by)
    meeting.series_id = series.id
    for item in series.agenda:
        add_item(meeting, item["title"], item.get("presenter", ""), item.get("minutes"))
    carry_over(meeting)
    return Planned(meeting, new=True)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), VIETNAM)
