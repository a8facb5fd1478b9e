"""The acts by which units changed, for the register, a unit's record and the report of one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Notification, Task, Unit, UnitChange, UnitChangePart
from app.queries.visibility import visible_tasks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from app.queries.standing import Standing

NEW = "new"


def changes_of(authority_id: int) -> Sequence[UnitChange]:
    """Return all acts of an authority, the latest first."""
    query = (
        select(UnitChange)
        .where(UnitChange.authority_id == authority_id)
        .options(joinedload(UnitChange.person))
        .order_by(UnitChange.starts_on.desc(), UnitChange.id.desc())
    )
    return session.scalars(query).all()


def changes_of_unit(unit_id: int) -> Sequence[UnitChange]:
    """Return the acts in which a unit had a part, the latest first."""
    mine = select(UnitChangePart.change_id).where(UnitChangePart.unit_id == unit_id)
    query = select(UnitChange).where(UnitChange.id.in_(mine))
    return session.scalars(query.order_by(UnitChange.starts_on.desc(), UnitChange.id.desc())).all()


def acts_since(unit_ids: Collection[int], since: datetime) -> list[tuple[int, UnitChange]]:
    """Return the acts with these units that were written after an instant, each by its units, the latest first."""
    query = (
        select(UnitChangePart.unit_id, UnitChange)
        .join(UnitChange, UnitChange.id == UnitChangePart.change_id)
        .where(UnitChangePart.unit_id.in_(unit_ids), UnitChange.made_at > since)
    )
    return [(unit_id, act) for unit_id, act in session.execute(query.order_by(UnitChange.id.desc()))]


def successors_of(unit: Unit) -> list[Unit]:
    """Return the units that carry on what an abolished unit did, the one that took most by default first."""
    ended = (
        select(UnitChangePart.change_id)
        .join(UnitChange, UnitChange.id == UnitChangePart.change_id)
        .where(UnitChangePart.unit_id == unit.id, UnitChangePart.side == "old", UnitChange.kind != "rename")
        .order_by(UnitChange.id.desc())
        .limit(1)
    )
    named = select(UnitChangePart.unit_id).where(
        UnitChangePart.change_id == ended.scalar_subquery(), UnitChangePart.side == NEW
    )
    query = (
        select(Unit)
        .where(Unit.id != unit.id, or_(Unit.id == unit.successor_id, Unit.id.in_(named)))
        .order_by(Unit.position, Unit.id)
    )
    found = list(session.scalars(query)) if unit.abolished_on is not None else []
    return sorted(found, key=lambda one: one.id != unit.successor_id)


def living_successors(change_id: int) -> dict[int, str]:
    """Return the names of the units that carry on after an act and are still there, by id."""
    query = (
        select(Unit.id, Unit.name)
        .join(UnitChangePart, UnitChangePart.unit_id == Unit.id)
        .where(UnitChangePart.change_id == change_id, UnitChangePart.side == NEW, Unit.abolished_on.is_(None))
        .order_by(Unit.position, Unit.id)
    )
    return dict(session.execute(query).all())


def tasks_seen(task_ids: Collection[int], standing: Standing) -> set[int]:
    """Return which of these tasks a person may see."""
    query = select(Task.id).where(Task.id.in_(list(task_ids)), visible_tasks(standing))
    return set(session.scalars(query)) if task_ids else set()


def was_told(change_id: int, person_id: int) -> bool:
    """Tell whether a person was told of an act."""
    query = select(Notification.id).where(
        Notification.subject == "unit_change",
        Notification.subject_id == change_id,
        Notification.person_id == person_id,
    )
    return session.scalar(query.limit(1)) is not None
