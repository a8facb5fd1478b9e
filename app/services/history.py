"""The append-only log: each event carries the digest of the one before it on the same subject."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, insert, select

from app.db import fetch, session, table_of
from app.models import Event
from app.services.batches import append, is_blank, logged

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

GENESIS = ""
_AT = 10
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Link(NamedTuple):
    """What an event says, in the order in which its digest covers it; the last part is the digest before it."""

    authority_id: int
    subject: str
    subject_id: int
    seq: int
    event: str
    from_state: str | None
    to_state: str
    actor_id: int | None
    on_behalf_of_id: int | None
    role: str
    at: datetime
    reason: str
    data: Mapping[str, Any]
    previous: str


def digest_of(link: Link) -> str:
    """Return the SHA-256 over what an event says and the digest before it."""
    body = [*link]
    body[_AT] = link.at.isoformat(timespec="microseconds")
    return hashlib.sha256(_ENCODER.encode(body).encode()).hexdigest()


def write_event(  # noqa: PLR0913 -- an event has these parts; all are named at the call
    *,
    authority_id: int,
    subject: str,
    subject_id: int,
    event: str,
    from_state: str | None,
    to_state: str,
    at: datetime,
    role: str,
    actor_id: int | None = None,
    on_behalf_of_id: int | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Link:
    """Append one event to its subject's chain and return it. `at` is an instant in UTC.

    The caller holds the subject's row (it has just written it), so that two writers cannot take one place.
    """
    asked = {"subject": subject, "subject_id": subject_id}
    last = logged(subject_id) if is_blank(subject, subject_id) else fetch(_LAST, asked).first()
    link = Link(
        authority_id=authority_id,
        subject=subject,
        subject_id=subject_id,
        seq=last.seq + 1 if last else 1,
        event=event,
        from_state=from_state,
        to_state=to_state,
        actor_id=actor_id,
        on_behalf_of_id=on_behalf_of_id,
        role=role,
        at=at,
        reason=reason,
        data=data or {},
        previous=last.digest if last else GENESIS,
    )
    append(_APPEND, {**link._asdict(), "digest": digest_of(link)})
    return link


def last_lines(subject: str, ids: Collection[int]) -> dict[int, Any]:
    """Return the last lines of these logs, by the ids of what they are about; for moves made together."""
    query = select(_EVENT.c.subject_id, _EVENT.c.seq, _EVENT.c.digest).where(
        _EVENT.c.subject == subject, _EVENT.c.subject_id.in_(ids)
    )
    return {row.subject_id: row for row in session.execute(query.order_by(_EVENT.c.seq))}


_EVENT = table_of(Event)
_LAST = (
    select(_EVENT.c.seq, _EVENT.c.digest)
    .where(_EVENT.c.subject == bindparam("subject"), _EVENT.c.subject_id == bindparam("subject_id"))
    .order_by(_EVENT.c.seq.desc())
    .limit(1)
)
_APPEND = insert(_EVENT).inline()
