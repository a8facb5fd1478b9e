"""Trackers brought in from Excel: the file and its mapping, and each row with what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models._columns import Made, Owned
from app.models.committee import Committee
from app.models.file import StoredFile
from app.models.people import Person


class TrackerImport(Owned, Made, Base):
    """One workbook brought in: `kind` is «new» (an office's own tracker) or «changes» (our own file, edited).

    It moves in one direction only: read, imported, perhaps undone; each has its instant, so it needs no state.
    `mapping` gives each column (as text, from 0) its field, beside them what names mean (services.tracker_names);
    of changes the codes without a row and the committees of the tasks;
    `given_on` stands where a row tells no day of its own.
    """

    __tablename__ = "tracker_import"
    __table_args__ = (
        CheckConstraint("kind IN ('new','changes')", name="kind"),
        CheckConstraint("undone_at IS NULL OR imported_at IS NOT NULL", name="undone"),
        Index("ix_tracker_import_committee", "committee_id", "made_at"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    kind: Mapped[str]
    sheet: Mapped[str] = mapped_column(default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    symbol: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date | None]
    done_by_due: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime | None]
    imported_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    committee: Mapped[Committee] = relationship(viewonly=True)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], viewonly=True)
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id], viewonly=True)
    file: Mapped[StoredFile] = relationship(viewonly=True)


class TrackerRow(Owned, Base):
    """One filled row of the sheet: what it is, its cells by field, what was said to it, what is to become of it.

    `cells`: field → {raw, read, wrong, doubt}; `said`: what was typed in the preview (lead, due, done_on, take).
    `outcome` is judged (see the service); `because` holds the sentences that explain it; `task_ids` what it made.
    """

    __tablename__ = "tracker_row"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_tracker_row_outcome", "import_id", "outcome", "number"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("tracker_import.id"))
    number: Mapped[int]
    kind: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    cells: Mapped[dict[str, Any]] = mapped_column(default=dict)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    outcome: Mapped[str]
    because: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    like_task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    task_ids: Mapped[list[int]] = mapped_column(default=list)
