"""For whom the secretary may record a ruling or an answer given on paper or by phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, bindparam, literal, or_, select

from app import access
from app.clock import today
from app.db import session
from app.models import Explanation, Extension, Membership, Office, Person, Proposal, Task
from app.queries.facts import task_facts
from app.queries.standing import standings_of
from app.services.moves import Sight, look_at, offers_for
from workflows.extension import REQUEST, may_request
from workflows.kernel import Accepted
from workflows.roles import Role

if TYPE_CHECKING:
    from sqlalchemy import Select

    from workflows.kernel import Transition


@dataclass(frozen=True)
class Recordable:
    """A person whose act may be recorded, and which acts those are now."""

    person: Person
    office: str
    rows: list[Transition]


def recordable(item: Any, actor: access.Actor, sight: Sight | None = None) -> list[Recordable]:  # noqa: ANN401 -- any subject
    """Return for whom this actor, as secretary, may record what now; empty for anybody else."""
    sight = sight or look_at(item, actor.standing)
    if Role.SECRETARY not in access.roles_of(actor.standing, item, None, sight.panel):
        return []
    own = {row.event for row in offers_for(item, actor, sight)}
    people = _people(item)
    standings = standings_of([person for person, _office in people], today())
    found = []
    for person, office in people:
        theirs = access.Actor(person, standings[person.id])
        offered = (row for row in offers_for(item, theirs, sight) if row.event not in own)
        rows = [row for row in offered if _may_record(row, item, actor, sight)]
        if rows:
            found.append(Recordable(person, office, rows))
    return found


def requestable(task: Task, actor: access.Actor, sight: Sight) -> list[Recordable]:
    """Return for whom this actor, as secretary, may record a request for a later due date now."""
    if Role.SECRETARY not in access.roles_of(actor.standing, task, None, sight.panel):
        return []
    day, facts = today(), task_facts(task)
    people = [(person, office) for person, office in _people(task) if person.id != actor.person.id]
    standings = standings_of([person for person, _office in people], day)
    return [
        Recordable(person, office, [REQUEST])
        for person, office in people
        if isinstance(may_request(facts, None, day, access.roles_of(standings[person.id], task)), Accepted)
    ]


def _may_record(row: Transition, item: Any, actor: access.Actor, sight: Sight) -> bool:  # noqa: ANN401 -- any subject
    return not (row.barred and Role.BARRED in access.roles_of(actor.standing, item, row.event, sight.panel))


def _people(item: Any) -> list[tuple[Person, str]]:  # noqa: ANN401 -- any subject
    """Return the chair and, for a task or a proposal, the heads of its unit."""
    home: Any = item.task if isinstance(item, Extension | Explanation) else item
    committee_id = getattr(home, "committee_id", None) or home.meeting.committee_id
    own = isinstance(item, Proposal | Explanation)
    unit_id = item.lead_unit_id if isinstance(item, Task) else item.unit_id if own else None
    asked = {"committee": committee_id, "unit": unit_id, "day": today()}
    return [(person, title) for person, title in session.execute(_CHAIR_AND_HEADS, asked)]


def _chair_and_heads() -> Select[Person, str]:
    day = bindparam("day", type_=Date())
    chairs = select(Membership.person_id, Membership.title, literal(1).label("place")).where(
        Membership.committee_id == bindparam("committee"),
        Membership.office == "chair",
        Membership.from_on <= day,
        or_(Membership.to_on.is_(None), Membership.to_on >= day),
    )
    heads = select(Office.person_id, Office.title, literal(2)).where(
        Office.unit_id == bindparam("unit"),
        Office.kind == "head",
        Office.from_on <= day,
        or_(Office.to_on.is_(None), Office.to_on >= day),
    )
    held = chairs.union_all(heads).subquery()
    return select(Person, held.c.title).join(held, held.c.person_id == Person.id).order_by(held.c.place, Person.id)


_CHAIR_AND_HEADS = _chair_and_heads()
