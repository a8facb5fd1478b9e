"""Series of meetings: kept, and their next meeting planned with its agenda."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from app.clock import VIETNAM, day_of, now, today
from app.db import session
from app.models import MeetingSeries
from app.queries.calendars import calendar_of
from app.queries.meeting_series import last_of
from app.services.agenda import add_item, carry_over
from app.services.meetings import Plan, plan_meeting
from workflows.rhythm import Rhythm, next_day

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee, Meeting, Person


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
    after = max(today(), day_of(last.starts_at)) if last else today()
    return next_day(rhythm_of(series), after, calendar_of(series.authority_id))


def rhythm_of(series: MeetingSeries) -> Rhythm:
    """Return when a series meets."""
    return Rhythm(series.kind, series.weekday, series.nth, series.day)


def plan_next(series: MeetingSeries, committee: Committee, by: Person) -> Meeting:
    """Plan the next meeting of a series: its agenda is the series', and what earlier meetings left over."""
    day = next_day_of(series)
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
    return meeting


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), VIETNAM)
