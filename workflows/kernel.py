"""The state machine: what a person may do with an item now, what comes of it, and if not, why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.parts import (
    BACK,
    SAME,
    Facts,
    Flag,
    Given,
    Guard,
    Kind,
    Need,
    Permit,
    State,
    Tone,
    Transition,
    permit,
)
from workflows.roles import Role
from workflows.table import Workflow, elsewhere, refused_here, takeable
from workflows.validation import WorkflowError, possible_targets
from workflows.verdicts import (
    Accepted,
    Refused,
    faulty_field,
    hindrance,
    unknown_event,
    wrong_state,
)
from workflows.words import Words

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "BACK", "SAME", "Accepted", "Facts", "Flag", "Given", "Guard", "Kind", "Need", "Permit", "Refused",
    "Role", "State", "Tone", "Transition", "Words", "Workflow", "WorkflowError", "decide", "duties",
    "faulty_field", "hindrance", "offers", "permit", "refusals", "states_awaiting",
]  # fmt: skip


def _standing(
    workflow: Workflow, facts: Facts, event: str, roles: frozenset[Role], today: date
) -> Transition | Refused:
    """Give the row by which these roles may take the event now, forms aside, or what stands in the way."""
    here = workflow.leaving[facts.state].get(event)
    if here is None:
        return wrong_state(workflow.by_event[event], workflow.by_name, facts.state)
    permitted = [row for row in here if row.permits(facts, roles)]
    mine = [row for row in permitted if not row.refuses_party(roles)]
    if not mine:
        party, stranger = refused_here(workflow, facts.state, event)
        return party if permitted else stranger
    clear = next((row for row in mine if row.clear(facts, today)), None)
    return clear or hindrance(mine[0], facts, today)


def decide(  # noqa: PLR0913, PLR0917  a decision has these six grounds; bundling would hide one
    workflow: Workflow, facts: Facts, event: str, roles: frozenset[Role], given: Given, today: date
) -> Accepted | Refused:
    """Say what the move would do, or why it is refused; changes nothing. `today` is the local day."""
    if event not in workflow.by_event:
        return unknown_event(workflow.label)
    row = _standing(workflow, facts, event, roles, today)
    if isinstance(row, Refused):
        return row
    if refusal := faulty_field(row, facts, given, today):
        return refusal
    target = _target(workflow, row, facts)
    flags = tuple(flag for flag in row.flags if flag.check(facts, given, today))
    return Accepted(target, row.effects, row, flags, _remembered(workflow, facts, target))


def _target(workflow: Workflow, row: Transition, facts: Facts) -> str:
    target = {SAME: facts.state, BACK: facts.left_state}.get(row.target, row.target)
    if target is None or target not in possible_targets(workflow, row, facts.state):
        raise WorkflowError(f"{workflow.name}.{row.event}: cannot go back to {facts.left_state!r}")
    return target


def _remembered(workflow: Workflow, facts: Facts, target: str) -> str | None:
    """Give the state to store as left: kept while the item stays, set on entering, else forgotten."""
    if target == facts.state:
        return facts.left_state
    return facts.state if target in workflow.remembering else None


def offers(workflow: Workflow, facts: Facts, roles: frozenset[Role], today: date) -> list[Transition]:
    """List the moves this person may take now, judged by role, state and what is known without a form."""
    offered: dict[str, Transition] = {}
    for row, conditions in takeable(workflow, facts.state, roles):
        if (
            row.event not in offered
            and (not conditions or any(getattr(facts, name) for name in conditions))
            and row.clear(facts, today)
        ):
            offered[row.event] = row
    return list(offered.values())


def duties(workflow: Workflow, facts: Facts, roles: frozenset[Role], today: date) -> list[Transition]:
    """List the offered moves that this person owes, not merely may take."""
    rows = offers(workflow, facts, roles, today)
    return [row for row in rows if any(p.role in row.duty & roles and p.holds(facts) for p in row.who)]


def refusals(workflow: Workflow, facts: Facts, roles: frozenset[Role], today: date) -> list[tuple[Transition, Refused]]:
    """Answer "why can't I?": what I take in other states, and what others take in this one; and why.

    What others take in this state comes first. A move that nobody may take with such an item (an old paper is not
    signed again) is no answer.
    """
    answers = []
    for event, here in workflow.leaving[facts.state].items():
        rows = workflow.by_event[event]
        if all(row.automatic for row in rows) or not any(permit.holds(facts) for row in here for permit in row.who):
            continue
        verdict = _standing(workflow, facts, event, roles, today)
        if isinstance(verdict, Refused):
            answers.append((here[0], verdict))
    return [*answers, *elsewhere(workflow, facts.state, roles)]


def states_awaiting(
    workflow: Workflow, roles: frozenset[Role], conditions: frozenset[str] | None = None
) -> frozenset[str]:
    """Name the states in which these roles have a duty: the WHERE of an inbox.

    Conditional permits count when `conditions` holds the name of their fact, or is None.
    """
    return frozenset(
        source
        for row in workflow.transitions
        if not row.refuses_party(roles)
        and any(
            permit.role in row.duty & roles and (conditions is None or permit.when in {None, *conditions})
            for permit in row.who
        )
        for source in row.sources
    )
