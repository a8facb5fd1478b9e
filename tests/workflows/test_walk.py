"""Every state, every move, every set of roles: the tables hold what their rows say, and nothing is a trap."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.workflows.lawful import GIVEN, TODAY, at
from workflows import effects as then
from workflows.kernel import SAME, Accepted, Refused, Role, decide, duties, offers, refusals, states_awaiting
from workflows.registry import ALL, BIRTHS
from workflows.roles import ROLE_WORDS

if TYPE_CHECKING:
    from workflows.kernel import Workflow

every_table = pytest.mark.parametrize("workflow", ALL.values(), ids=ALL.keys())

ROLE_SETS = [
    frozenset(),
    *(frozenset({role}) for role in Role),
    *(frozenset(pair) for pair in combinations(Role, 2)),
    frozenset({Role.CHAIR, Role.BARRED, Role.LAST_RESORT}),
    frozenset(Role),
]


def _may(workflow: Workflow, state: str, event: str, roles: frozenset[Role]) -> bool:
    """Read the rows in the plainest way: some row of mine, and not my own matter."""
    return any(
        row.event == event and state in row.sources and row.roles & roles and not (row.barred and Role.BARRED in roles)
        for row in workflow.transitions
    )


@every_table
def test_every_state_event_and_role_set_decides_as_the_rows_say(workflow: Workflow) -> None:
    for state in workflow.by_name:
        facts = at(workflow, state)
        for roles in ROLE_SETS:
            offered = {row.event for row in offers(workflow, facts, roles, TODAY)}
            for event in workflow.events:
                verdict = decide(workflow, facts, event, roles, GIVEN, TODAY)
                lawful = _may(workflow, state, event, roles)
                assert isinstance(verdict, Accepted) == lawful, (state, event, roles, verdict)
                assert (event in offered) == lawful
                if isinstance(verdict, Refused):
                    assert verdict.kind in {"wrong_state", "not_yours", "barred"}
                    assert verdict.reason.complete


@every_table
def test_refusals_and_offers_never_meet(workflow: Workflow) -> None:
    for state in workflow.by_name:
        facts = at(workflow, state)
        for roles in ROLE_SETS:
            offered = {row.event for row in offers(workflow, facts, roles, TODAY)}
            refused = {row.event for row, _ in refusals(workflow, facts, roles, TODAY)}
            assert not offered & refused
            assert {row.event for row in duties(workflow, facts, roles, TODAY)} <= offered


@every_table
def test_an_inbox_is_where_somebody_owes_a_move(workflow: Workflow) -> None:
    people = [roles for roles in ROLE_SETS if Role.SYSTEM not in roles]  # nobody is both a person and the scheduler
    for roles in (*people, frozenset({Role.SYSTEM})):
        awaiting = states_awaiting(workflow, roles)
        for state in workflow.by_name:
            assert (state in awaiting) == bool(duties(workflow, at(workflow, state), roles, TODAY))


@every_table
def test_whatever_happens_an_item_can_be_brought_to_an_end(workflow: Workflow) -> None:
    """Walk all (state, state left) that moves can reach; a pause never forgets where it came from."""
    everyone = frozenset(Role) - {Role.BARRED}
    ways: dict[tuple[str, str | None], set[tuple[str, str | None]]] = {}
    waiting: list[tuple[str, str | None]] = [(workflow.initial, None)]
    while waiting:
        here = waiting.pop()
        if here in ways:
            continue
        facts = at(workflow, here[0], left_state=here[1])
        verdicts = [decide(workflow, facts, event, everyone, GIVEN, TODAY) for event in workflow.events]
        ways[here] = {(v.state, v.left_state) for v in verdicts if isinstance(v, Accepted)}
        waiting += ways[here]
    assert {state for state, _ in ways} == set(workflow.by_name)
    ending = {place for place in ways if place[0] in workflow.closed}
    while grown := {place for place, nexts in ways.items() if nexts & ending} - ending:
        ending |= grown
    assert ending == set(ways)


def test_every_effect_is_used_and_every_role_has_words() -> None:
    used = {effect for workflow in ALL.values() for row in workflow.transitions for effect in row.effects}
    assert used == set(then.EFFECTS)
    assert all(words.complete for words in then.EFFECTS.values())
    assert set(ROLE_WORDS) == set(Role)
    assert all(role.words.complete for role in Role)


def test_every_role_but_member_can_do_something() -> None:
    """A member as such only reads; it rules as the stand-in when the chair names it."""
    busy = {role for workflow in ALL.values() for row in workflow.transitions for role in row.roles}
    assert set(Role) - busy == {Role.MEMBER, Role.BARRED}


def test_red_belongs_to_overdue_alone() -> None:
    assert not [state for workflow in ALL.values() for state in workflow.states if state.tone == "red"]


@pytest.mark.parametrize("name", BIRTHS)
def test_a_move_that_makes_an_item_would_do_as_a_row_of_the_table_it_starts_from(name: str) -> None:
    home, row = BIRTHS[name]
    assert row.target == ALL[name].initial
    replace(home, transitions=(*home.transitions, replace(row, target=SAME)))
