"""For whom the secretary may record a ruling or an answer given on paper or by phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Date, bindparam, literal, or_, select

from app import access
from app.clock import today
from app.db import session
from app.models import Explanation, Extension, Membership, Office, Person, Proposal, Task
from app.queries.facts import SUBJECTS
from app.queries.standing import ABOVE, ENDED, held_by, standings_from
from app.services.moves import Sight, look_at, offers_for
from workflows.extension import REQUEST, may_request
from workflows.kernel import Accepted
from workflows.roles import Role

if TYPE_CHECKING:
    from sqlalchemy import Select

    from app.queries.standing import Standing
    from workflows.kernel import Transition, Workflow
    from workflows.task import TaskFacts


People = list[tuple[Person, str, "Standing", bool]]
Known = dict[tuple[int, int | None], People]
"""The people for whom may be recorded, with what they are today and whether they chair, by committee and unit."""


@dataclass(frozen=True)
class Recordable:
    """A person whose act may be recorded, and which acts those are now."""

    person: Person
    office: str
    rows: list[Transition]


def recordable(
    item: Any,  # noqa: ANN401 -- any subject
    actor: access.Actor,
    sight: Sight | None = None,
    known: Known | None = None,
) -> list[Recordable]:
    """Return for whom this actor, as secretary, may record what now; empty for anybody else.

    :param known: where a caller that asks of several items keeps the people that were read.
    """
    sight = sight or look_at(item, actor.standing)
    if Role.SECRETARY not in access.roles_of(actor.standing, item, None, sight.panel):
        return []
    own = {row.event for row in offers_for(item, actor, sight)}
    if not any(_for_others(row, item, sight) for row in _table(item).transitions if row.event not in own):
        return []
    found = []
    for person, office, standing, _chairs in _people(item, known):
        theirs = access.Actor(person, standing)
        offered = (row for row in offers_for(item, theirs, sight) if row.event not in own)
        rows = [row for row in offered if _may_record(row, item, actor, sight)]
        if rows:
            found.append(Recordable(person, office, rows))
    return found


def _table(item: Any) -> Workflow:  # noqa: ANN401 -- any subject
    return SUBJECTS[type(item)].workflow


def _for_others(row: Transition, item: Any, sight: Sight) -> bool:  # noqa: ANN401 -- any subject
    """Tell whether anybody but a secretary could take a move now: who may is not read where nobody is asked for."""
    return (
        item.state in row.sources
        and bool(row.roles - {Role.SECRETARY, Role.SYSTEM})
        and row.clear(sight.facts, today())
    )


def requestable(task: Task, actor: access.Actor, sight: Sight, known: Known | None = None) -> list[Recordable]:
    """Return for whom this actor, as secretary, may record a request for a later due date now (`known`: as above)."""
    if Role.SECRETARY not in access.roles_of(actor.standing, task, None, sight.panel):
        return []
    day, facts = today(), cast("TaskFacts", sight.facts)
    return [
        Recordable(person, office, [REQUEST])
        for person, office, standing, _chairs in _people(task, known)
        if person.id != actor.person.id
        and isinstance(may_request(facts, None, day, access.roles_of(standing, task, None, sight.panel)), Accepted)
    ]


def _may_record(row: Transition, item: Any, actor: access.Actor, sight: Sight) -> bool:  # noqa: ANN401 -- any subject
    return not (row.barred and Role.BARRED in access.roles_of(actor.standing, item, row.event, sight.panel))


def _people(item: Any, known: Known | None) -> People:  # noqa: ANN401 -- any subject
    """Return the chair and, for a task or a proposal, the heads of its unit, with what they are today."""
    home: Any = item.task if isinstance(item, Extension | Explanation) else item
    committee_id = getattr(home, "committee_id", None) or home.meeting.committee_id
    own = isinstance(item, Proposal | Explanation)
    unit_id = item.lead_unit_id if isinstance(item, Task) else item.unit_id if own else None
    kept = {} if known is None else known
    wider = (found for (of, unit), found in kept.items() if of == committee_id and unit)
    around = next(wider, None) if unit_id is None else None
    if around is not None:
        return [one for one in around if one[3]]
    if (committee_id, unit_id) not in kept:
        kept[committee_id, unit_id] = _read_people(committee_id, unit_id, item.authority_id)
    return kept[committee_id, unit_id]


def _read_people(committee_id: int, unit_id: int | None, authority_id: int) -> People:
    asked = {"committee": committee_id, "unit": unit_id, "day": today(), "authority": authority_id}
    rows = session.execute(_CHAIR_AND_HEADS, asked).all()
    named = dict.fromkeys((row[0], row.title, row.rank == _CHAIRS) for row in rows)
    standings = standings_from(
        {person for person, _title, _chairs in named}, [row for row in rows if row.source], today()
    )
    return [(person, title, standings[person.id], chairs) for person, title, chairs in named]


_CHAIRS = 1


def _chair_and_heads() -> Select[*tuple[Any, ...]]:
    day = bindparam("day", type_=Date())
    chairs = select(Membership.person_id, Membership.title, literal(_CHAIRS).label("place")).where(
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
    named = chairs.union_all(heads).subquery("named")
    held = held_by(select(named.c.person_id)).subquery("held")
    return (
        select(Person, named.c.title, named.c.place.label("rank"), *held.c)
        .join(named, named.c.person_id == Person.id)
        .outerjoin(held, or_(held.c.person_id == Person.id, held.c.source.in_((ABOVE, ENDED))))
        .order_by(named.c.place, Person.id)
    )


_CHAIR_AND_HEADS = _chair_and_heads()
