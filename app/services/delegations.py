"""Ủy quyền: the chair lends rulings to a member, or the secretary records the signed paper that does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.clock import now, today
from app.db import session
from app.errors import DomainError
from app.models import Delegation
from app.services.people import check_days
from app.services.setup_log import record_change
from app.services.telling import tell
from workflows.registry import ALL
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.access import Actor
    from app.models import Committee, Person
    from workflows.words import Words


@dataclass(frozen=True)
class Mandate:
    """What is lent, to whom and how long: empty moves or units mean all; `until` None means until revoked."""

    chair: Person
    to: Person
    since: date
    until: date | None
    basis: str
    moves: list[str]
    unit_ids: list[int]


@cache
def lendable_moves() -> Mapping[str, Words]:
    """Return the moves that a deputy may take in any table, each with its button's words."""
    rows = (row for table in ALL.values() for row in table.transitions if Role.DEPUTY in row.roles)
    found: dict[str, Words] = {}
    for row in rows:
        found.setdefault(row.event, row.label)
    return found


def grant_delegation(committee: Committee, mandate: Mandate, actor: Actor) -> Delegation:
    """Write a delegation and tell the delegate; who is told besides: the chair, when the secretary recorded it.

    :raises DomainError: to oneself, from nobody who is the chair, days gone by, or a paper without its basis.
    """
    _check(mandate, actor)
    row = Delegation(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        from_person_id=mandate.chair.id,
        to_person_id=mandate.to.id,
        moves=[move for move in mandate.moves if move in lendable_moves()],
        unit_ids=mandate.unit_ids,
        from_on=mandate.since,
        to_on=mandate.until,
        basis=mandate.basis or "Trưởng ban ủy quyền trực tiếp trên hệ thống",
        recorded_by_id=actor.person.id,
        made_at=now(),
    )
    session.add(row)
    record_change(
        row, "granted", actor.person, role=_role(mandate.chair, actor), reason=row.basis,
        data={"committee": committee.id, "from": mandate.chair.id, "to": mandate.to.id},
    )  # fmt: skip
    _tell(row, committee, actor, "granted")
    return row


def _check(mandate: Mandate, actor: Actor) -> None:
    check_days(mandate.since, mandate.until)
    if mandate.until is not None and mandate.until < today():
        raise DomainError(
            "Thời gian ủy quyền đã qua. Hãy chọn ngày kết thúc từ hôm nay trở đi, hoặc để trống.",
            "These days are over. Choose an end from today on, or leave it empty.",
            field="to_on",
        )
    if mandate.to.id == mandate.chair.id:
        raise DomainError(
            "Trưởng ban không thể ủy quyền cho chính mình. Hãy chọn người khác.",
            "The chair cannot delegate to himself. Choose another person.",
            field="to_person_id",
        )
    if actor.person.id != mandate.chair.id and not mandate.basis:
        raise DomainError(
            "Hãy ghi số, ngày của văn bản ủy quyền mà Trưởng ban đã ký.",
            "Say which paper the chair signed: its number and date.",
            field="basis",
        )


def revoke_delegation(row: Delegation, committee: Committee, actor: Actor, reason: str) -> None:
    """End a delegation today and tell both sides.

    :raises DomainError: it has ended already.
    """
    if row.revoked_on is not None or (row.to_on is not None and row.to_on < today()):
        raise DomainError("Ủy quyền này đã hết hiệu lực.", "This delegation is over already.")
    row.revoked_on = today()
    chair = session.get_one(type(actor.person), row.from_person_id)
    record_change(row, "revoked", actor.person, role=_role(chair, actor), reason=reason)
    _tell(row, committee, actor, "revoked")


def _role(chair: Person, actor: Actor) -> str:
    return str(Role.CHAIR if actor.person.id == chair.id else Role.SECRETARY)


def _tell(row: Delegation, committee: Committee, actor: Actor, event: str) -> None:
    tell(
        {row.to_person_id, row.from_person_id} - {actor.person.id},
        authority_id=committee.authority_id,
        rule=f"delegation.{event}",
        subject="committee",
        subject_id=committee.id,
        slot=f"delegation-{row.id}-{event}",
        data={"title": committee.name, "by": actor.person.full_name, "reason": row.basis},
    )
