"""The newest line of an item's log: who did what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Event, Person

if TYPE_CHECKING:
    from datetime import datetime


class LastEvent(NamedTuple):
    """One line: the event's name, its person (empty for the system), the instant (UTC)."""

    event: str
    who: str
    at: datetime


def last_event(subject: str, subject_id: int) -> LastEvent | None:
    """Return the newest line of an item's log, None where nothing happened yet."""
    query = (
        select(Event.event, Person.full_name, Event.at)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.subject == subject, Event.subject_id == subject_id)
        .order_by(Event.seq.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return LastEvent(row[0], row[1] or "", row[2]) if row else None
