"""The register of notices: which ones a person may see, narrowed by words, committee, state and year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import extract, func, or_, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Committee, Conclusion, CoordinatingPart, Notice, Task
from app.queries.notice_order import followed_by
from app.text import fold
from workflows import notice as table
from workflows import task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select

    from app.queries.standing import Standing

PAGE = 30


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to."""

    q: str = ""
    committee_id: int | None = None
    state: str = ""
    year: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Register:
    """One page of the register and how many notices there are in all."""

    rows: list[Notice]
    total: int
    counts: Mapping[int, tuple[int, int]]
    """By notice: tasks, and those of them that are closed."""
    followed: Mapping[int, list[Notice]]
    """By notice: the later ones that supersede or supplement it."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def notices_seen_by(standing: Standing, wanted: Wanted, *, size: int = PAGE) -> Register:
    """Return the notices this person may see: those of own committees, and issued ones that gave own units work."""
    query = _narrowed(_visible(standing), wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(*(joinedload(way) for way in (Notice.committee, Notice.supersedes, Notice.supplements)))
        .order_by(Notice.number.is_not(None), Notice.issued_on.desc(), Notice.number.desc(), Notice.id.desc())
        .limit(size)
        .offset((wanted.page - 1) * PAGE if size == PAGE else 0)
    ).all()
    ids = [row.id for row in rows]
    return Register(list(rows), total, _task_counts(ids), followed_by(ids) if ids else {})


def _visible(standing: Standing) -> Select[Notice]:
    mine = Notice.committee_id.in_(standing.committees)
    if not standing.seen_units:
        return select(Notice).where(Notice.authority_id == standing.authority_id, mine)
    touched = (
        select(Conclusion.notice_id)
        .join(Task, Task.conclusion_id == Conclusion.id)
        .outerjoin(CoordinatingPart, CoordinatingPart.task_id == Task.id)
        .where(or_(Task.lead_unit_id.in_(standing.seen_units), CoordinatingPart.unit_id.in_(standing.seen_units)))
    )
    given = Notice.id.in_(touched) & Notice.issued_on.is_not(None)
    return select(Notice).where(Notice.authority_id == standing.authority_id, mine | given)


def _narrowed(query: Select[Notice], wanted: Wanted) -> Select[Notice]:
    if wanted.committee_id:
        query = query.where(Notice.committee_id == wanted.committee_id)
    query = query.where(Notice.state == wanted.state) if wanted.state else query.where(Notice.state != table.DROPPED)
    if wanted.year:
        query = query.where(Notice.issued_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    for word in fold(wanted.q).split()[:8]:
        query = query.where(Notice.search_text.contains(word, autoescape=True))
    return query


def _task_counts(notice_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    if not notice_ids:
        return {}
    rows = session.execute(
        select(Conclusion.notice_id, Task.state, func.count())
        .join(Task, Task.conclusion_id == Conclusion.id)
        .where(Conclusion.notice_id.in_(notice_ids), Task.state.not_in((task.DROPPED, task.WITHDRAWN)))
        .group_by(Conclusion.notice_id, Task.state)
    )
    counts: dict[int, tuple[int, int]] = {}
    for notice_id, state, count in rows:
        every, done = counts.get(notice_id, (0, 0))
        counts[notice_id] = (every + count, done + (count if state == task.COMPLETED else 0))
    return counts


def register_years(standing: Standing) -> list[int]:
    """Return the years in which notices this person may see were issued, newest first."""
    year = extract("year", Notice.issued_on)
    query = _visible(standing).with_only_columns(year).where(Notice.issued_on.is_not(None)).distinct()
    return sorted((int(found) for found in session.scalars(query)), reverse=True)


def committees_of(standing: Standing) -> list[Committee]:
    """Return the committees of this person, by name."""
    return list(
        session.scalars(select(Committee).where(Committee.id.in_(standing.committees)).order_by(Committee.name))
    )
