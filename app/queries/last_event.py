"""The newest line of an item's log: who did what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Event, Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class LastEvent(NamedTuple):
    """One line: the event's name, its person (empty for the system), the instant (UTC)."""

    event: str
    who: str
    at: datetime
    who_id: int | None


def last_event(subject: str, subject_id: int, but: Collection[str] = ()) -> LastEvent | None:
    """Return the newest line of an item's log, None where nothing happened yet.

    :param but: events to be passed over.
    """
    query = (
        select(Event.event, Person.full_name, Event.at, Event.actor_id)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.subject == subject, Event.subject_id == subject_id, Event.event.not_in(but))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return LastEvent(row[0], row[1] or "", row[2], row[3]) if row else None
