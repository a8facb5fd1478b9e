"""Seals the log each night: a count and a digest over the heads of all chains, told to people outside the database."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.clock import start_of
from app.db import session
from app.models import Event, Person, Seal
from app.services.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

RULE = "seal.made"


def seal_day(authority_id: int, day: date, at: datetime) -> Seal | None:
    """Seal all events up to the end of a Vietnamese day, and return the seal; None where it is sealed already.

    Call it a while after midnight, when every transaction of that day has ended.
    """
    if session.scalar(select(Seal.id).where(Seal.authority_id == authority_id, Seal.day == day)):
        return None
    end = start_of(day) + timedelta(days=1)
    last = session.scalar(select(func.max(Event.id)).where(Event.authority_id == authority_id, Event.at < end)) or 0
    before = session.scalars(
        select(Seal).where(Seal.authority_id == authority_id).order_by(Seal.day.desc()).limit(1)
    ).first()
    if before is not None and before.last_event_id == last:
        count, digest = before.events, before.digest
    else:
        count, digest = heads_at(authority_id, last)
    seal = Seal(authority_id=authority_id, day=day, events=count, last_event_id=last, digest=digest, made_at=at)
    session.add(seal)
    session.flush()
    if before is None or before.last_event_id != last:
        _tell(seal)
    return seal


def heads_at(authority_id: int, last_event_id: int) -> tuple[int, str]:
    """Return how many events there are up to this one, and the SHA-256 over the heads of their chains.

    The heads come in the order of subjects' names and ids, whatever the database's own order of letters is.
    """
    upto = (Event.authority_id == authority_id) & (Event.id <= last_event_id)
    digest = hashlib.sha256()
    for subject in sorted(session.scalars(select(Event.subject).where(upto).distinct())):
        tops = (
            select(Event.subject_id, func.max(Event.seq).label("seq"))
            .where(upto, Event.subject == subject)
            .group_by(Event.subject_id)
            .subquery()
        )
        heads = (
            select(Event.subject_id, Event.seq, Event.digest)
            .join(tops, (Event.subject_id == tops.c.subject_id) & (Event.seq == tops.c.seq))
            .where(Event.subject == subject)
            .order_by(Event.subject_id)
        )
        for subject_id, seq, head in session.execute(heads.execution_options(yield_per=1000)):
            digest.update(f"{subject} {subject_id} {seq} {head}\n".encode())
    return session.scalar(select(func.count()).select_from(Event).where(upto)) or 0, digest.hexdigest()


def _tell(seal: Seal) -> None:
    """Tell the administrators: a copy that no change of the database reaches."""
    tell(
        _keepers(seal.authority_id),
        authority_id=seal.authority_id,
        rule=RULE,
        subject="seal",
        subject_id=seal.id,
        slot=seal.day.isoformat(),
        data={"title": f"{seal.day:%d/%m/%Y} · {seal.events} · {seal.digest}"},
    )


def _keepers(authority_id: int) -> Sequence[int]:
    return session.scalars(
        select(Person.id).where(Person.authority_id == authority_id, Person.active, Person.is_admin)
    ).all()
