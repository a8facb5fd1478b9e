"""Signed links: what somebody may do without logging in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.people import Person


class SignedLink(Owned, Made, Base):
    """One link for one purpose about one subject; of its token only the SHA-256 is kept.

    `nonce`: from it and the installation's key the token is made again for a mail; the database alone cannot.
    `person_id`: whose link it is; empty for a guest without an account. `used_at`: when it was last acted on.
    """

    __tablename__ = "signed_link"
    __table_args__ = (
        # The open link of a subject, to replace, revoke or send it again.
        Index("ix_signed_link_subject", "subject", "subject_id"),
    )

    purpose: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()
