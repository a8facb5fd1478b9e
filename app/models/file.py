"""Stored files and links, and what they are evidence of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Owned
from app.models.people import Person


class StoredFile(Owned, Base):
    """A file by its content: the bytes lie under their SHA-256 in the files folder."""

    __tablename__ = "stored_file"
    __table_args__ = (Index("ix_stored_file_sha256", "sha256"), CheckConstraint("size >= 0", name="size"))

    sha256: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]


class Attachment(Owned, Base):
    """A file attached to an item: `subject` names its kind (task, minutes, notice …), `role` why (evidence …)."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject", "subject", "subject_id"),)

    subject: Mapped[str]
    subject_id: Mapped[int]
    role: Mapped[str] = mapped_column(default="evidence")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    file: Mapped[StoredFile] = relationship()
    person: Mapped[Person] = relationship()


class EvidenceLink(Owned, Base):
    """Evidence of a task that lies elsewhere: its address, never fetched by us, and what it shows."""

    __tablename__ = "evidence_link"
    __table_args__ = (Index("ix_evidence_link_task", "task_id"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    url: Mapped[str]
    shows: Mapped[str]
    person: Mapped[Person] = relationship()
