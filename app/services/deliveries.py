"""Sends what is due: claim one, commit, act, note how it went. A mail is sent at least once, with one Message-ID."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from app.db import session
from app.models import Authority, Delivery, Message, Notification, Person, SignedLink
from app.models.ledger import FAILED, PENDING, SENDING, SENT, SINGLE
from app.services.signed_links import address_of, is_alive

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(minutes=5)
"""Longer than any send may take: after it a claim counts as that of a process that died."""
TRIES = 10
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
CHANNEL = "mail"


@dataclass(frozen=True)
class Claim:
    """A delivery that this process alone may act on until the lease runs out."""

    delivery_id: int
    claimed_at: datetime
    attempts: int
    message_header: str
    message_id: int
    kind: str
    made_at: datetime
    data: dict[str, Any]
    name: str
    address: str
    language: str
    authority: str
    secrets: dict[str, Any]


def header_of(person_id: int, slot: str, mail_from: str) -> str:
    """Return the Message-ID of a message: always the same for the same person and slot of an installation."""
    domain = mail_from.rpartition("@")[2].strip(" >") or "localhost"
    digest = hashlib.sha256(f"{mail_from} {person_id} {slot}".encode()).hexdigest()
    return f"<don-doc.{digest[:32]}@{domain}>"


def claim_next(at: datetime, lease: timedelta = LEASE) -> Claim | None:
    """Claim what has been due longest, in the caller's transaction, which must be committed before acting.

    1. find one that is due, or whose claim ran out (its process died); 2. take it if it is still so: of two processes
    one gets it. The lock lasts only as long as the transaction: none is held while talking to a mail server.

    Over 40 lines: its numbered steps belong under one eye.
    """
    due = or_(
        (Delivery.state == PENDING) & (Delivery.next_try_at <= at),
        (Delivery.state == SENDING) & (Delivery.claimed_at < at - lease),
    )
    oldest = (
        select(Delivery.id)
        .where(due)
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    delivery_id = session.scalar(oldest)
    if delivery_id is None:
        return None
    taken = session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, due)
        .values(state=SENDING, claimed_at=at, attempts=Delivery.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]  # an UPDATE has it
        return None
    row = session.execute(
        select(
            Delivery.attempts, Delivery.message_header, Delivery.message_id, Message.kind, Message.made_at,
            Message.data, Person.full_name, Person.email, Person.language, Authority.short_name,
        )
        .join(Message, Message.id == Delivery.message_id)
        .join(Person, Person.id == Message.person_id)
        .join(Authority, Authority.id == Message.authority_id)
        .where(Delivery.id == delivery_id)
    ).one()  # fmt: skip
    secrets = _secrets(row.message_id) if row.kind in SINGLE else {}
    return Claim(
        delivery_id=delivery_id, claimed_at=at, attempts=row.attempts, message_header=row.message_header,
        message_id=row.message_id, kind=row.kind, made_at=row.made_at, data=row.data, name=row.full_name,
        address=row.email, language=row.language, authority=row.short_name, secrets=secrets,
    )  # fmt: skip


def mark_sent(claim: Claim, at: datetime) -> None:
    """Note that the mail server took it, even where another process has claimed it since: sent is sent."""
    _settle(claim, {"state": SENT, "sent_at": at, "claimed_at": None, "last_error": ""}, own=False)


def mark_failed(claim: Claim, words: str) -> None:
    """Note that it can never be delivered, and why."""
    _settle(claim, {"state": FAILED, "claimed_at": None, "last_error": words}, own=True)


def try_later(claim: Claim, at: datetime, words: str) -> None:
    """Note a passing refusal: tried again after a pause that doubles, at most 10 times, then failed."""
    if claim.attempts >= TRIES:
        mark_failed(claim, words)
        return
    pause = min(FIRST_PAUSE * 2 ** (claim.attempts - 1), LONGEST_PAUSE)
    _settle(claim, {"state": PENDING, "claimed_at": None, "next_try_at": at + pause, "last_error": words}, own=True)


def give_back(claim: Claim, at: datetime, words: str) -> None:
    """Note that the mail server itself cannot be used now: not this mail's fault, so the try is not counted."""
    values = {
        "state": PENDING, "claimed_at": None, "next_try_at": at + FIRST_PAUSE,
        "attempts": claim.attempts - 1, "last_error": words,
    }  # fmt: skip
    _settle(claim, values, own=True)


def retry(delivery: Delivery, at: datetime) -> None:
    """Let a failed delivery begin anew, after its address or the mail server was mended."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id, Delivery.state == FAILED)
        .values(state=PENDING, attempts=0, next_try_at=at)
        .execution_options(synchronize_session=False)
    )


def _settle(claim: Claim, values: dict[str, Any], *, own: bool) -> None:
    mine = (Delivery.state == SENDING) & (Delivery.claimed_at == claim.claimed_at) if own else Delivery.state != SENT
    session.execute(
        update(Delivery)
        .where(Delivery.id == claim.delivery_id, mine)
        .values(values)
        .execution_options(synchronize_session=False)
    )


def _secrets(message_id: int) -> dict[str, Any]:
    """Return what only the mail itself may show: the address of the signed link it carries, made for this mail."""
    told = session.scalars(select(Notification).where(Notification.message_id == message_id)).first()
    link = session.get(SignedLink, told.data["link_id"]) if told and told.data.get("link_id") else None
    address = address_of(link) if link and is_alive(link) else None
    return {"link": address} if address else {}
