"""For whom the secretary may record a ruling or an answer given on paper or by phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from app import access
from app.clock import today
from app.db import session
from app.models import Membership, Office, Person, Task
from app.queries.standing import standing_of
from app.services.moves import offers_for
from workflows.roles import Role

if TYPE_CHECKING:
    from workflows.kernel import Transition


@dataclass(frozen=True)
class Recordable:
    """A person whose act may be recorded, and which acts those are now."""

    person: Person
    office: str
    rows: list[Transition]


def recordable(item: Any, actor: access.Actor) -> list[Recordable]:  # noqa: ANN401 -- any subject
    """Return for whom this actor, as secretary, may record what now; empty for anybody else."""
    if Role.SECRETARY not in access.roles_of(actor.standing, item):
        return []
    own = {row.event for row in offers_for(item, actor)}
    found = []
    for person, office in _people(item):
        theirs = access.Actor(person, standing_of(person, today()))
        rows = [row for row in offers_for(item, theirs) if row.event not in own and _may_record(row, item, actor)]
        if rows:
            found.append(Recordable(person, office, rows))
    return found


def _may_record(row: Transition, item: Any, actor: access.Actor) -> bool:  # noqa: ANN401 -- any subject
    return not (row.barred and Role.BARRED in access.roles_of(actor.standing, item, row.event))


def _people(item: Any) -> list[tuple[Person, str]]:  # noqa: ANN401 -- any subject
    """Return the chair and, for a task, the heads of its lead unit."""
    day = today()
    committee_id = getattr(item, "committee_id", None) or item.meeting.committee_id
    chair = (
        select(Person, Membership.title)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.committee_id == committee_id,
            Membership.office == "chair",
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
        )
    )
    found = [(person, title) for person, title in session.execute(chair)]
    if isinstance(item, Task):
        heads = (
            select(Person, Office.title)
            .join(Office, Office.person_id == Person.id)
            .where(
                Office.unit_id == item.lead_unit_id,
                Office.kind == "head",
                Office.from_on <= day,
                or_(Office.to_on.is_(None), Office.to_on >= day),
            )
        )
        found += [(person, title) for person, title in session.execute(heads)]
    return found
