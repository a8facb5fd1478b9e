"""Columns that many tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class Owned:
    """A row of one authority."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))


class Moved:
    """A row with a state of a workflow table; `version` grows with each move (compare and swap)."""

    state: Mapped[str]
    left_state: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let every flush compare and count the version: who comes second changes nothing."""
        return {"version_id_col": cls.version}


class Made:
    """A row that says when it was made."""

    made_at: Mapped[datetime]
