"""Saved ways of looking at the register that a person may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.db import session
from app.models import SavedView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.queries.standing import Standing


def views_seen_by(standing: Standing) -> Sequence[SavedView]:
    """Return a person's own views and those shared with its committees, by name."""
    query = select(SavedView).where(
        SavedView.authority_id == standing.authority_id,
        or_(SavedView.person_id == standing.person_id, SavedView.committee_id.in_(standing.committees)),
    )
    return session.scalars(query.order_by(SavedView.name, SavedView.id)).all()
