"""Makes messages of what was told: one digest per person and day, and one message for each urgent thing."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, delete, or_, select, update

from app.clock import day_of, local, start_of
from app.db import session
from app.models import Delivery, Message, Notification, Person
from app.models.ledger import ACCOUNT, CALL, CALLS, DIGEST, FAILED, PENDING, URGENT
from app.queries.calendars import calendar_of
from app.queries.reminders_due import PREFIX
from app.services.deliveries import CHANNEL, header_of
from app.services.delivery_reasons import NO_ADDRESS
from app.services.message_lines import lines_of
from app.services.telling import insert_new

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

DIGEST_TIMES = (time(7, 45), time(13, 45))
"""When the day's digest is made: in the morning; for whom there was nothing then, after lunch."""
LAST_TIME = time(17, 0)
BATCH = 200
"""So many urgent messages are made in one transaction."""
PEOPLE = 50
"""Of so many people the digests; one person may have been told hundreds of things."""
ACCOUNT_PREFIX = "account."
_notification = cast("Table", Notification.__table__)
_ALONE = or_(Notification.urgent, Notification.rule.in_(CALLS))
"""What is told at once in a message of its own."""


def make_urgent(authority_id: int, at: datetime, mail_from: str) -> int:
    """Make a message of each urgent thing not yet in one, at once, and return how many; at most a batch."""
    waiting = (
        select(Notification.id, Notification.person_id, Notification.rule, Person.email)
        .join(Person, Person.id == Notification.person_id)
        .where(*_waiting(authority_id, at), _ALONE)
        .order_by(Notification.id)
        .limit(BATCH)
    )
    rows = [
        _message(authority_id, row.person_id, f"{URGENT}-{row.id}", _kind(row.rule), at)
        for row in session.execute(waiting)
    ]
    return _make(rows, _take_urgent, at, mail_from)


def _take_urgent(made: Sequence[Row[int, str]], _at: datetime) -> None:
    """Put into each message the one notification that its slot names."""
    session.connection().execute(
        update(_notification)
        .where(_notification.c.id == bindparam("told"), _notification.c.message_id.is_(None))
        .values(message_id=bindparam("message")),
        [{"told": int(row.slot.removeprefix(f"{URGENT}-")), "message": row.id} for row in made],
    )


def _take_news(made: Sequence[Row[int, str]], at: datetime) -> None:
    """Put into each digest all that its person was told until then and no message has said yet."""
    session.execute(
        update(Notification)
        .where(
            Notification.person_id == Message.person_id,
            Message.id.in_([row.id for row in made]),
            Notification.message_id.is_(None),
            Notification.by_mail,
            Notification.made_at <= at,
            ~_ALONE,
        )
        .values(message_id=Message.id)
        .execution_options(synchronize_session=False)
    )


def _kind(rule: str) -> str:
    if rule in CALLS:
        return CALL
    return ACCOUNT if rule.startswith(ACCOUNT_PREFIX) else URGENT


def make_digests(authority_id: int, at: datetime, mail_from: str, *, after_person: int = 0) -> tuple[int, int | None]:
    """Make the day's digest for the next batch of people for whom it is due.

    Returns how many were made, and the last person looked at (None: there are no more). Nothing on rest days and
    outside 7:45-17:00. A reminder makes the digest due at once; other news from the next set time on. Who had the
    day's digest gets later news in the next day's.
    """
    since = digest_time(authority_id, at)
    if since is None:
        return 0, None
    slot = f"{DIGEST}-{day_of(at).isoformat()}"
    had_it = select(Message.person_id).where(Message.person_id == Notification.person_id, Message.slot == slot)
    waiting = (
        select(Notification.person_id)
        .join(Person, Person.id == Notification.person_id)
        .where(
            *_waiting(authority_id, at),
            ~_ALONE,
            or_(Notification.rule.startswith(PREFIX), Notification.made_at <= since),
            Notification.person_id > after_person,
            ~had_it.exists(),
        )
        .group_by(Notification.person_id)
        .order_by(Notification.person_id)
        .limit(PEOPLE)
    )
    people = session.scalars(waiting).all()
    rows = [_message(authority_id, person, slot, DIGEST, at) for person in people]
    return _make(rows, _take_news, at, mail_from), people[-1] if len(people) == PEOPLE else None


def digest_time(authority_id: int, at: datetime) -> datetime | None:
    """Return the set time that has passed last today, as an instant; None when no digest is made now."""
    day, wall = day_of(at), local(at).time()
    if not calendar_of(authority_id).is_working(day) or wall > LAST_TIME:
        return None
    passed = [moment for moment in DIGEST_TIMES if moment <= wall]
    return start_of(day) + timedelta(hours=passed[-1].hour, minutes=passed[-1].minute) if passed else None


def _waiting(authority_id: int, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Notification.message_id.is_(None),
        Notification.by_mail.is_(True),
        Notification.authority_id == authority_id,
        Notification.made_at <= at,
        Person.active.is_(True),
    )


def _message(authority_id: int, person_id: int, slot: str, kind: str, at: datetime) -> dict[str, Any]:
    return {
        "authority_id": authority_id,
        "person_id": person_id,
        "slot": slot,
        "kind": kind,
        "made_at": at,
        "data": {},
    }


def _make(
    rows: Sequence[dict[str, Any]],
    take: Callable[[Sequence[Row[int, str]], datetime], None],
    at: datetime,
    mail_from: str,
) -> int:
    """Write messages with what they say and their deliveries, in the caller's transaction; return how many.

    1. The message's own key decides which node makes it. 2. Its maker takes the notifications that no message has
    yet. 3. Only what was taken is said. A message for which nothing was left is no message.
    """
    if not rows:
        return 0
    inserted = insert_new(Message).returning(Message.id, Message.slot)
    made = session.execute(inserted, rows).all()
    if not made:
        return 0
    take(made, at)
    ids = [row.id for row in made]
    said = lines_of(ids, day_of(at))
    if said:
        session.execute(update(Message), [{"id": key, "data": data} for key, data in said.items()])
        _deliver(list(said), at, mail_from)
    _take_back([key for key in ids if key not in said])
    return len(said)


def _take_back(ids: Sequence[int]) -> None:
    """Undo messages that say nothing: what they would have reminded of was done meanwhile."""
    if ids:
        session.execute(
            update(Notification)
            .where(Notification.message_id.in_(ids))
            .values(message_id=None, by_mail=False)
            .execution_options(synchronize_session=False)
        )
        session.execute(delete(Message).where(Message.id.in_(ids)))


def _deliver(ids: Sequence[int], at: datetime, mail_from: str) -> None:
    query = (
        select(Message.id, Message.authority_id, Message.person_id, Message.slot, Person.email)
        .join(Person, Person.id == Message.person_id)
        .where(Message.id.in_(ids))
    )
    rows = [
        {
            "authority_id": row.authority_id,
            "message_id": row.id,
            "channel": CHANNEL,
            "state": PENDING if row.email else FAILED,
            "attempts": 0,
            "next_try_at": at,
            "message_header": header_of(row.person_id, row.slot, mail_from),
            "last_error": "" if row.email else NO_ADDRESS,
        }
        for row in session.execute(query)
    ]
    if rows:
        session.execute(insert_new(Delivery), rows)
