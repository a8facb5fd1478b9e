"""Rulings that wait for their moment, and those that could not take effect."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.clock import now
from app.db import session
from app.models import HeldRuling
from workflows.holding import FAULT, REFUSED, SEEN, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence


SHOWN = timedelta(days=14)
"""How long an administrator reads of a ruling that met a fault."""


def held_by(person_id: int) -> Sequence[HeldRuling]:
    """Return the rulings of a person that wait or failed unread, newest first."""
    query = (
        select(HeldRuling)
        .where(HeldRuling.person_id == person_id, HeldRuling.outcome.in_((WAITING, REFUSED)))
        .order_by(HeldRuling.id.desc())
    )
    return session.scalars(query).all()


def faulty_rulings(authority_id: int) -> Sequence[HeldRuling]:
    """Return the rulings that met a fault of the program in the last weeks, the newest first."""
    query = (
        select(HeldRuling)
        .where(HeldRuling.authority_id == authority_id, HeldRuling.outcome.in_((REFUSED, SEEN)))
        .where(HeldRuling.due_at > now() - SHOWN)
        .options(joinedload(HeldRuling.person))
        .order_by(HeldRuling.id.desc())
    )
    return [held for held in session.scalars(query) if FAULT in held.said]


def due_rulings(person_id: int | None = None) -> Sequence[int]:
    """Return the rulings whose moment has passed, oldest first; of one person, or of all."""
    query = select(HeldRuling.id).where(HeldRuling.outcome == WAITING, HeldRuling.due_at <= now())
    if person_id is not None:
        query = query.where(HeldRuling.person_id == person_id)
    return session.scalars(query.order_by(HeldRuling.id)).all()
