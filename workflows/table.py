"""A whole workflow as one table, checked when it is built and indexed for quick answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from workflows.parts import BACK
from workflows.validation import validate
from workflows.verdicts import barred, not_yours, wrong_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflows.parts import Facts, State, Transition
    from workflows.roles import Role
    from workflows.verdicts import Refused
    from workflows.words import Words


@dataclass(frozen=True, eq=False)
class Workflow:
    """A whole table; building a wrong one raises WorkflowError."""

    name: str
    label: Words
    facts: type[Facts]
    states: tuple[State, ...]
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        """Refuse a wrong table where it is written, not where it is used."""
        validate(self)

    @cached_property
    def by_name(self) -> Mapping[str, State]:
        """The states by name."""
        return {state.name: state for state in self.states}

    @cached_property
    def by_event(self) -> Mapping[str, tuple[Transition, ...]]:
        """The rows of each event, in the table's order."""
        return {e: tuple(row for row in self.transitions if row.event == e) for e in self.events}

    @cached_property
    def leaving(self) -> Mapping[str, Mapping[str, tuple[Transition, ...]]]:
        """The rows by state, then by event, in the table's order."""
        return {
            state.name: {
                event: here
                for event, rows in self.by_event.items()
                if (here := tuple(row for row in rows if state.name in row.sources))
            }
            for state in self.states
        }

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The events, each once, in the table's order."""
        return tuple(dict.fromkeys(row.event for row in self.transitions))

    @cached_property
    def open(self) -> frozenset[str]:
        """Names of the states that count as open business."""
        return frozenset(state.name for state in self.states if state.open)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Names of the states at which an item may rest for ever."""
        return frozenset(state.name for state in self.states if state.end)

    @cached_property
    def remembering(self) -> frozenset[str]:
        """Names of the states from which a move leads back to the state that was left."""
        return frozenset(source for row in self.transitions if row.target == BACK for source in row.sources)


@cache
def takeable(workflow: Workflow, state: str, roles: frozenset[Role]) -> tuple[tuple[Transition, frozenset[str]], ...]:
    """List the rows open to these roles in this state, each with the facts of which one must hold.

    An empty set means without condition. Kept for good: few sets of roles occur, and lists of ten thousand
    items ask again and again.
    """
    found = []
    for rows in workflow.leaving[state].values():
        for row in rows:
            whens = {permit.when for permit in row.who if permit.role in roles}
            if whens and not row.refuses_party(roles):
                found.append((row, frozenset(when for when in whens if when and None not in whens)))
    return tuple(found)


@cache
def elsewhere(workflow: Workflow, state: str, roles: frozenset[Role]) -> tuple[tuple[Transition, Refused], ...]:
    """List the moves that these roles take, but not in this state, each refused for that. Kept for good, as above."""
    return tuple(
        (rows[0], wrong_state(rows, workflow.by_name, state))
        for event, rows in workflow.by_event.items()
        if event not in workflow.leaving[state]
        and any(row.roles & roles for row in rows)
        and not all(row.automatic for row in rows)
    )


@cache
def refused_here(workflow: Workflow, state: str, event: str) -> tuple[Refused, Refused]:
    """Give what a party, and what anybody else, is told who may not take an event in a state. Kept for good."""
    here = workflow.leaving[state][event]
    return barred(here[0]), not_yours(here)
