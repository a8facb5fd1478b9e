"""The working calendar of an authority, read once a session, and kept while nothing of it changes."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Text, bindparam, cast, extract, func, select

from app.db import fetch, session
from app.models import CalendarDay
from app.models.data_stamp import ORGANISATION
from app.queries.stamps import kept_while
from workflows.deadlines import Clock
from workflows.workdays import Calendar

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from app.models import Committee


def calendar_of(authority_id: int) -> Calendar:
    """Return the authority's working days: Monday to Friday, less days off, plus Saturdays worked."""
    key = ("calendar", authority_id)
    known: Calendar | None = session.info.get(key)
    if known is None:
        known = session.info[key] = kept_while(ORGANISATION, key, lambda: _calendar(authority_id))
    return known


def _calendar(authority_id: int) -> Calendar:
    return _read(fetch(_DAYS, {"authority": authority_id}).scalar_one())


def remember_calendar(authority_id: int, days: str) -> None:
    """Let this session know the calendar that came with another statement, as `days_of` gives it."""
    key = ("calendar", authority_id)
    session.info[key] = kept_while(ORGANISATION, key, lambda: _read(days))


def days_of(authority_id: Any) -> ColumnElement[str]:  # noqa: ANN401 -- a parameter or a column
    """Return the expression for an authority's calendar as one text, a day a line: «off20260902Quốc khánh»."""
    day = CalendarDay.__table__.c
    # Year, month and day as one number: how a day becomes a text is a setting of the server.
    parts = extract("year", day.day) * 10000 + extract("month", day.day) * 100 + extract("day", day.day)
    named = func.aggregate_strings(day.kind + cast(cast(parts, Integer), Text) + day.name, "\n")
    text = select(named).where(day.authority_id == authority_id).scalar_subquery()
    return func.coalesce(text, "").label("days")


@lru_cache(maxsize=8)
def _read(days: str) -> Calendar:
    """Return the calendar of such a text; that of the last requests is at hand."""
    found: dict[str, dict[date, str]] = {"off": {}, "work": {}}
    for kind, day, name in _DAY.findall(days):
        found[kind][date.fromisoformat(day)] = name
    return Calendar(off=frozenset(found["off"]), worked=frozenset(found["work"]), names=found["off"])


_DAY = re.compile(r"^(off|work)(\d{8})(.*)$", re.MULTILINE)
_DAYS = select(days_of(bindparam("authority")))


def forget_calendar(authority_id: int) -> None:
    """Drop what this session knows of the calendar, after it was edited."""
    session.info.pop(("calendar", authority_id), None)


def clock_of(committee: Committee) -> Clock:
    """Return how a committee counts days: its calendar, when "soon" begins, working or calendar days late."""
    calendar = calendar_of(committee.authority_id)
    return Clock(calendar, committee.due_soon_days, "calendar" if committee.lateness == "calendar" else "working")
