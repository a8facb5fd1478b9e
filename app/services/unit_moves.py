"""What becomes of each thing that hangs on a unit when the unit ends: one function a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.db import session
from app.models import (
    AgendaProposal,
    Attendance,
    Committee,
    Conclusion,
    CoordinatingPart,
    Delegation,
    Office,
    Portfolio,
    Proposal,
    SubTask,
    Task,
    Unit,
    UnitGroup,
)
from app.queries import unit_holdings as held
from app.services.moves import make_move
from app.services.setup_log import last_held, record_change
from app.services.unit_joining import join_heir, join_part
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from app.models import Person

MOVED, STAYED, ENDED = "moved", "stayed", "ended"
"""What became of a thing: it went to a successor, it keeps the old unit's name, or it ended with the unit."""


@dataclass(frozen=True)
class Act:
    """The act within which things move: its day and basis, who does it, whether the old unit goes on, who succeeds."""

    on: date
    basis: str
    by: Person
    keeps: bool
    targets: Sequence[Unit]


@dataclass(frozen=True)
class Going:
    """One thing on its way: from which unit to which (None: to nobody), and for an office in which role."""

    row_id: int
    old: Unit
    to: Unit | None
    role: str = ""


def move(kind: str, going: Going, act: Act) -> str:
    """Move one thing and return what became of it."""
    return _MOVERS[kind](going, act)


def _office(going: Going, act: Act) -> str:
    office = session.get_one(Office, going.row_id)
    role = going.role or office.kind
    if going.to is not None and going.to.id == going.old.id and role == office.kind:
        return STAYED
    office.to_on = last_held(act.on, office.from_on)
    if going.to is None:
        return ENDED
    since = max(act.on, office.from_on)
    if not _holds(office.person_id, going.to.id, since, role):
        successor = Office(
            authority_id=office.authority_id, person_id=office.person_id, unit_id=going.to.id,
            kind=role, title=office.title if role == office.kind else "", from_on=since,
        )  # fmt: skip
        session.add(successor)
        session.flush()
    return MOVED


def _holds(person_id: int, unit_id: int, day: date, kind: str | None = None) -> bool:
    query = select(Office.id).where(
        Office.person_id == person_id, Office.unit_id == unit_id, or_(Office.to_on.is_(None), Office.to_on >= day)
    )
    return session.scalar((query.where(Office.kind == kind) if kind else query).limit(1)) is not None


def _task(going: Going, act: Act) -> str:
    task = session.get_one(Task, going.row_id)
    if going.to is None or going.to.id == task.lead_unit_id:
        return STAYED
    if task.state not in OPEN:
        task.lead_unit_id = going.to.id
        return MOVED
    owner = task.owner_id
    join_heir(task, going.to.id, act.basis)
    make_move(task, "follow_unit", {"lead_unit": going.to.id, "reason": act.basis})
    if owner is not None and _holds(owner, going.to.id, act.on):
        # Who came along goes on with the work; another successor names somebody of its own.
        task.owner_id = owner
        session.flush()
    return MOVED


def _part(going: Going, act: Act) -> str:
    """Give a part to the successor; where that is in the task already, the part ends with its unit."""
    part = session.get(CoordinatingPart, going.row_id)
    if part is None:
        # The successor, which coordinated, leads the task now.
        return ENDED
    task = session.get_one(Task, part.task_id)
    if going.to is None or going.to.id == part.unit_id:
        return STAYED
    own = select(CoordinatingPart).where(CoordinatingPart.task_id == task.id, CoordinatingPart.unit_id == going.to.id)
    twin = session.scalars(own).first()
    if twin is not None or going.to.id == task.lead_unit_id:
        join_part(part, twin, act.basis)
        return ENDED
    part.unit_id = going.to.id
    session.flush()
    session.expire(part)
    return MOVED


def _sub_task(going: Going, _act: Act) -> str:
    row = session.get_one(SubTask, going.row_id)
    if going.to is None or going.to.id == row.sub_unit_id:
        return STAYED
    row.sub_unit_id = going.to.id
    return MOVED


def _proposal(going: Going, _act: Act) -> str:
    return _give(session.get_one(Proposal, going.row_id), going)


def _agenda(going: Going, _act: Act) -> str:
    return _give(session.get_one(AgendaProposal, going.row_id), going)


def _invitation(going: Going, _act: Act) -> str:
    return _give(session.get_one(Attendance, going.row_id), going)


def _give(row: Proposal | AgendaProposal | Attendance, going: Going) -> str:
    if going.to is None or going.to.id == row.unit_id:
        return STAYED
    row.unit_id = going.to.id
    return MOVED


def _child(going: Going, act: Act) -> str:
    """Put a unit below its new superior; one that is a successor itself, or above one, goes up a step."""
    child = session.get_one(Unit, going.row_id)
    if going.to is None or going.to.id == going.old.id:
        return STAYED
    if child in act.targets:
        # It was lifted already, before anything moved.
        return MOVED
    child.parent_id = _living_above(going.old) if _stands_below(going.to, child) else going.to.id
    session.flush()
    return MOVED


def _living_above(unit: Unit) -> int | None:
    above = unit.parent_id
    while above is not None and session.get_one(Unit, above).abolished_on is not None:
        above = session.get_one(Unit, above).parent_id
    return above


def _stands_below(unit: Unit, other: Unit) -> bool:
    node, seen = unit.parent_id, set[int]()
    while node is not None and node not in seen:
        if node == other.id:
            return True
        seen.add(node)
        node = session.get_one(Unit, node).parent_id
    return False


def _contest(going: Going, _act: Act) -> str:
    task = session.get_one(Task, going.row_id)
    if going.to is None:
        return STAYED
    # The lead's own successor cannot be the unit that is proposed instead of it.
    task.proposed_unit_id = going.to.id if going.to.id != task.lead_unit_id else None
    return MOVED


def _clause(going: Going, _act: Act) -> str:
    clause = session.get_one(Conclusion, going.row_id)
    if going.to is None or going.to.id == going.old.id:
        return STAYED
    if clause.lead_unit_id == going.old.id:
        clause.lead_unit_id = going.to.id
    helpers = [going.to.id if unit == going.old.id else unit for unit in clause.coordinating_ids]
    clause.coordinating_ids = [unit for unit in dict.fromkeys(helpers) if unit != clause.lead_unit_id]
    return MOVED


def _standing(going: Going, act: Act) -> str:
    committee = session.get_one(Committee, going.row_id)
    if act.keeps:
        return STAYED
    committee.standing_unit_id = going.to.id if going.to else None
    return MOVED if going.to else ENDED


def _portfolio(going: Going, act: Act) -> str:
    """Let a deputy in charge of the unit be in charge of all its successors."""
    old = session.get_one(Portfolio, going.row_id)
    since = max(act.on, old.from_on)
    for unit in act.targets:
        same = select(Portfolio.id).where(
            Portfolio.committee_id == old.committee_id,
            Portfolio.person_id == old.person_id,
            Portfolio.unit_id == unit.id,
            or_(Portfolio.to_on.is_(None), Portfolio.to_on >= since),
        )
        if session.scalar(same.limit(1)) is None:
            about = {"authority_id": old.authority_id, "committee_id": old.committee_id, "person_id": old.person_id}
            session.add(Portfolio(**about, unit_id=unit.id, from_on=since, to_on=old.to_on))
            session.flush()
    if act.keeps:
        return STAYED
    old.to_on = last_held(act.on, old.from_on)
    return MOVED if act.targets else ENDED


def _delegation(_going: Going, act: Act) -> str:
    """Let a delegation for the unit hold for its successors, too; the old unit stays named, as in the paper."""
    row = session.get_one(Delegation, _going.row_id)
    units = [*dict.fromkeys([*row.unit_ids, *(unit.id for unit in act.targets)])]
    if units == row.unit_ids:
        return STAYED
    row.unit_ids = units
    record_change(row, "units_changed", act.by, reason=act.basis, data={"units": units})
    return MOVED


def _group(going: Going, act: Act) -> str:
    group = session.get_one(UnitGroup, going.row_id)
    group.units.extend(unit for unit in act.targets if unit not in group.units)
    if not act.keeps:
        group.units.remove(going.old)
    session.flush()
    return MOVED if act.targets else ENDED


_MOVERS: Mapping[str, Callable[[Going, Act], str]] = {
    held.OFFICE_HOLDERS: _office,
    held.TASKS: _task,
    held.PARTS: _part,
    held.SUB_TASKS: _sub_task,
    held.PROPOSALS: _proposal,
    held.AGENDA: _agenda,
    held.CHILDREN: _child,
    held.CONTESTS: _contest,
    held.CLAUSES: _clause,
    held.STANDING: _standing,
    held.INVITATIONS: _invitation,
    held.PORTFOLIOS: _portfolio,
    held.DELEGATIONS: _delegation,
    held.GROUPS: _group,
}
ORDER = (held.OFFICE_HOLDERS, *(kind for kind in _MOVERS if kind != held.OFFICE_HOLDERS))
"""People first: a task keeps its person in charge where he or she goes along."""
