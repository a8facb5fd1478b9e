"""Which notice follows which: what may be superseded or supplemented, what did it, and what was drafted last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.db import session
from app.models import Notice
from workflows import notice as table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Committee


def notices_to_replace(paper: Notice) -> list[Notice]:
    """Return the committee's issued notices that a draft may supersede, newest first."""
    query = (
        select(Notice)
        .where(Notice.committee_id == paper.committee_id, Notice.state == table.ISSUED, Notice.id != paper.id)
        .order_by(Notice.issued_on.desc(), Notice.id.desc())
        .limit(200)
    )
    return list(session.scalars(query))


def committee_last_noticed(committees: Sequence[Committee]) -> int | None:
    """Return that of some committees for which the latest notice was drafted: as a rule the one meant again."""
    query = (
        select(Notice.committee_id)
        .where(Notice.committee_id.in_([committee.id for committee in committees]), Notice.historic.is_(False))
        .order_by(Notice.made_at.desc(), Notice.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def followed_by(notice_ids: Sequence[int]) -> dict[int, list[Notice]]:
    """Return the issued notices that supersede or supplement some notices, by the earlier one, oldest first."""
    query = (
        select(Notice)
        .where(
            or_(Notice.supersedes_id.in_(notice_ids), Notice.supplements_id.in_(notice_ids)),
            Notice.state.in_(table.OFFICIAL),
        )
        .order_by(Notice.issued_on, Notice.id)
    )
    found: dict[int, list[Notice]] = {}
    for later in session.scalars(query):
        found.setdefault(later.supersedes_id or later.supplements_id or 0, []).append(later)
    return found


def supplements_of(notice_id: int) -> list[Notice]:
    """Return the notices in force that supplement one, and those that supplement these, the earlier first."""
    found: list[Notice] = []
    asked = [notice_id]
    while asked:
        query = select(Notice).where(Notice.supplements_id.in_(asked), Notice.state == table.ISSUED)
        more = [one for one in session.scalars(query.order_by(Notice.issued_on, Notice.id)) if one not in found]
        found += more
        asked = [one.id for one in more]
    return found
