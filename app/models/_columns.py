"""Columns that many tables share."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 -- Mapped[] is read at run time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Owned:
    """A row of one authority."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))


class Moved:
    """A row with a state of a workflow table; `version` grows with each move (compare and swap)."""

    state: Mapped[str]
    left_state: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class Made:
    """A row that says when it was made."""

    made_at: Mapped[datetime]
