"""Saved ways of looking at the register that a person may open."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import joinedload

from app.db import fetch, session
from app.models import SavedView
from app.models.data_stamp import ORGANISATION
from app.queries.stamps import kept_while

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from app.queries.standing import Standing


def views_seen_by(standing: Standing) -> Sequence[SavedView]:
    """Return a person's own views and those shared with its committees, by name; each with the person whose it is."""
    values = {"authority": standing.authority_id, "me": standing.person_id, "committees": list(standing.committees)}
    return session.scalars(_seen().options(joinedload(SavedView.person)), values).all()


def views_named(standing: Standing) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the same, of each only id, name, and the person or committee whose view it is."""
    values = {"authority": standing.authority_id, "me": standing.person_id, "committees": list(standing.committees)}
    key = "views", standing.person_id, standing.committees
    return kept_while(ORGANISATION, key, lambda: fetch(_named(), values).all())


@cache
def _named() -> Select[*tuple[Any, ...]]:
    return _seen().with_only_columns(SavedView.id, SavedView.name, SavedView.person_id, SavedView.committee_id)


@cache
def _seen() -> Select[SavedView]:
    """Return the statement, put together once."""
    ours = SavedView.committee_id.in_(bindparam("committees", expanding=True))
    return (
        select(SavedView)
        .where(SavedView.authority_id == bindparam("authority"), or_(SavedView.person_id == bindparam("me"), ours))
        .order_by(SavedView.name, SavedView.id)
    )
