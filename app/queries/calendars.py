"""The working calendar of an authority, read once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from app.db import fetch, session
from app.models import CalendarDay
from workflows.deadlines import Clock
from workflows.workdays import Calendar

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee


def calendar_of(authority_id: int) -> Calendar:
    """Return the authority's working days: Monday to Friday, less days off, plus Saturdays worked."""
    key = ("calendar", authority_id)
    kept: Calendar | None = session.info.get(key)
    if kept is None:
        days: dict[str, set[date]] = {"off": set(), "work": set()}
        for day, kind in fetch(_DAYS, {"authority": authority_id}):
            days[kind].add(day)
        kept = session.info[key] = Calendar(off=frozenset(days["off"]), worked=frozenset(days["work"]))
    return kept


_DAY = CalendarDay.__table__.c
_DAYS = select(_DAY.day, _DAY.kind).where(_DAY.authority_id == bindparam("authority"))


def forget_calendar(authority_id: int) -> None:
    """Drop what this session knows of the calendar, after it was edited."""
    session.info.pop(("calendar", authority_id), None)


def clock_of(committee: Committee) -> Clock:
    """Return how a committee counts days: its calendar, when "soon" begins, working or calendar days late."""
    calendar = calendar_of(committee.authority_id)
    return Clock(calendar, committee.due_soon_days, "calendar" if committee.lateness == "calendar" else "working")
