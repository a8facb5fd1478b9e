"""What happened (append-only, chained), and what was told to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Owned
from app.models.people import Person


class Event(Owned, Base):
    """One move: who, on whose behalf, when, from, to, why. Never updated; chained per subject by digests."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "seq"),)

    subject: Mapped[str]
    subject_id: Mapped[int]
    seq: Mapped[int]
    event: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    previous: Mapped[str] = mapped_column(default="")
    digest: Mapped[str]
    actor: Mapped[Person | None] = relationship(foreign_keys=[actor_id])
    on_behalf_of: Mapped[Person | None] = relationship(foreign_keys=[on_behalf_of_id])


class Seal(Owned, Base):
    """A night's count and digest over the heads of all chains of an authority."""

    __tablename__ = "seal"
    __table_args__ = (UniqueConstraint("authority_id", "day"),)

    day: Mapped[date]
    events: Mapped[int]
    last_event_id: Mapped[int]
    digest: Mapped[str]
    made_at: Mapped[datetime]


class ReminderDay(Owned, Base):
    """A working day whose reminders were planned, and the last event seen then; what came before is never told late."""

    __tablename__ = "reminder_day"
    __table_args__ = (UniqueConstraint("authority_id", "day"),)

    day: Mapped[date]
    planned_at: Mapped[datetime]
    last_event_id: Mapped[int]


class Notification(Owned, Base):
    """One thing told to one person: unique per rule, subject, person and slot (the date the rule counted from)."""

    __tablename__ = "notification"
    __table_args__ = (
        # Also read from the left: what was told about one subject.
        UniqueConstraint("subject", "subject_id", "rule", "person_id", "slot"),
        # The bell: what a person has not read.
        Index("ix_notification_person", "person_id", "read_at"),
        # What a person was told, the newest first: the bell's list, and the unit's home.
        Index("ix_notification_told", "person_id", "made_at", "id"),
        # The mailer: what no message carries yet.
        Index("ix_notification_unsent", "message_id", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rule: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    slot: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    urgent: Mapped[bool] = mapped_column(default=False)
    by_mail: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))


# The kinds of a message.
DIGEST = "digest"
URGENT = "urgent"
ACCOUNT = "account"
CALL = "call"
SINGLE = frozenset({ACCOUNT, CALL})
"""Kinds that carry one thing told, and its signed link."""
CALLS = ("meeting.convene", "meeting.revise", "meeting.postpone", "meeting.cancel")
"""What is told in a letter of its own at once: it carries an entry for the calendar."""


class Message(Owned, Base):
    """One mail to one person: the digest of a day, or one urgent message. `data`: what it says, frozen."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("person_id", "slot"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    slot: Mapped[str]
    kind: Mapped[str]
    made_at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person: Mapped[Person] = relationship()


# The states of a delivery.
PENDING = "pending"
SENDING = "sending"
SENT = "sent"
FAILED = "failed"


class Delivery(Owned, Base):
    """One message over one channel: pending → sending → sent, or failed after the last try."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        CheckConstraint("state IN ('pending','sending','sent','failed')", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at"),
        # The deliverer: what is due to be sent next.
        Index("ix_delivery_due", "state", "next_try_at"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    channel: Mapped[str] = mapped_column(default="mail")
    state: Mapped[str] = mapped_column(default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_header: Mapped[str] = mapped_column(unique=True)
    last_error: Mapped[str] = mapped_column(default="")
    message: Mapped[Message] = relationship()


class JobRun(Base):
    """When a job last ran, and how it went: shown on the status page."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
