"""The authorities that a job goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Authority

if TYPE_CHECKING:
    from collections.abc import Sequence


def each_authority() -> Sequence[int]:
    """Return the ids of all authorities; the read ends before the caller writes."""
    found = session.scalars(select(Authority.id).order_by(Authority.id)).all()
    session.rollback()
    return found
