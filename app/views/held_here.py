"""Rulings on the page of the very thing: which of its moves wait, and the lines by which they are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_login import current_user

from app.queries.held_rulings import held_by
from app.ui.home_words import deed_of, seconds_left
from app.views.locale import current_language
from workflows.holding import WAITING
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.models import HeldRuling
    from app.views.moves import Attempt
    from workflows.kernel import Transition

RULERS = frozenset({Role.CHAIR, Role.DEPUTY, Role.PRESIDER, Role.STAND_IN, Role.LAST_RESORT})
"""By which relation one rules from a queue; what a secretary does, also where she may confirm, is made at once."""


def rules_by(row: Transition, roles: frozenset[Role]) -> bool:
    """Tell whether a move is a ruling that this person owes: such a one waits, wherever its form is drawn."""
    return bool(row.duty & roles & RULERS)


def events_to_hold(rows: Iterable[Transition], roles: frozenset[Role], attempt: Attempt | None = None) -> list[str]:
    """Return the events whose forms ask to wait: rulings, and what was to wait when its form was refused."""
    found = [row.event for row in rows if rules_by(row, roles)]
    return [*found, attempt.event] if attempt and attempt.hold else found


def held_on(*things: tuple[str, int]) -> list[HeldRuling]:
    """Return this person's rulings on some things that can still be taken back, or could not take effect."""
    return [one for one in held_by(current_user.person.id) if (one.workflow, one.item_id) in things]


def held_words() -> dict[str, Any]:
    """Return what the lines of held rulings are drawn with."""
    return {"deeds": deed_of, "seconds_left": seconds_left, "language": current_language()}


def rulings_here(
    thing: tuple[str, int], rows: Sequence[Transition], roles: frozenset[Role], attempt: Attempt | None
) -> dict[str, Any]:
    """Return what the page of a paper shows of this person's rulings: those held, the events that wait, the moves left.

    While one waits no other is offered. Who owes none here is not looked for.
    """
    owes = any(rules_by(row, roles) for row in rows)
    held = held_on(thing) if owes else []
    waits = any(one.outcome == WAITING for one in held)
    left = [row for row in rows if not (waits and rules_by(row, roles))]
    return {"held": held, "holds": events_to_hold(left, roles, attempt), "rows": left, **held_words()}
