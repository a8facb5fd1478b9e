"""How an item begins: a move on the facts of another item, which it leaves where that item is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.verdicts import Accepted, Refused, faulty_field, hindrance, not_yours, wrong_state

if TYPE_CHECKING:
    from datetime import date

    from workflows.parts import Facts, Given, Transition
    from workflows.roles import Role
    from workflows.table import Workflow


def may_begin(  # noqa: PLR0913, PLR0917 -- a decision has these six grounds; bundling would hide one
    birth: Transition,
    parent: Workflow,
    facts: Facts,
    given: Given | None,
    today: date,
    roles: frozenset[Role] | None = None,
) -> Accepted | Refused:
    """Say whether a new item may begin beside its parent, and with which flags; changes nothing.

    `given` None asks before any form is filled (may the button be offered?); `roles` None leaves the question of who
    to the caller.
    """
    if roles is not None and not birth.permits(facts, roles):
        return not_yours((birth,))
    if facts.state not in birth.sources:
        return wrong_state((birth,), parent.by_name, facts.state)
    if not birth.clear(facts, today):
        return hindrance(birth, facts, today)
    if given is not None and (refused := faulty_field(birth, facts, given, today)):
        return refused
    flags = tuple(flag for flag in birth.flags if flag.check(facts, given or {}, today))
    return Accepted(birth.target, birth.effects, birth, flags)
