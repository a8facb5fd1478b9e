"""When a task is over, nothing beside it asks anything of anybody: of every table, in every state, for every role."""

from __future__ import annotations

import pytest

from tests.workflows.lawful import GIVEN, TODAY, at
from workflows import coordinating_part, explanation, sub_task, task
from workflows import effects as then
from workflows.kernel import Refused, Role, decide, offers
from workflows.registry import ALL, BIRTHS
from workflows.task import TASK

PEOPLE = frozenset(Role) - {Role.BARRED, Role.SYSTEM}
OVER = {"task_open": False, "task_lives": False}
BESIDE = ("coordinating_part", "sub_task", "extension")
WAITS = [(name, state) for name in BESIDE for state in ALL[name].by_name]


@pytest.mark.parametrize(("name", "state"), WAITS, ids="-".join)
def test_of_a_task_that_is_over_no_move_is_offered_nor_taken(name: str, state: str) -> None:
    workflow = ALL[name]
    over = {fact: value for fact, value in OVER.items() if hasattr(at(workflow, state), fact)}
    facts = at(workflow, state, **over)
    assert offers(workflow, facts, PEOPLE, TODAY) == []
    for event in workflow.events:
        assert isinstance(decide(workflow, facts, event, PEOPLE, GIVEN, TODAY), Refused)


@pytest.mark.parametrize("state", sorted(ALL["explanation"].by_name))
def test_of_a_task_that_was_withdrawn_nothing_is_left_to_explain(state: str) -> None:
    table = ALL["explanation"]
    assert offers(table, at(table, state, task_stands=False), PEOPLE, TODAY) == []
    owed = state in explanation.OWED
    assert bool(offers(table, at(table, state), PEOPLE, TODAY)) == owed, "one completed late is still explained"


def test_the_system_closes_a_piece_of_a_task_that_is_over() -> None:
    for name, states in (("sub_task", sub_task.OPEN), ("explanation", explanation.OPEN)):
        table = ALL[name]
        for state in states:
            facts = at(table, state, **{"task_stands": False} if name == "explanation" else OVER)
            verdict = decide(table, facts, "withdraw", frozenset({Role.SYSTEM}), GIVEN, TODAY)
            assert not isinstance(verdict, Refused), (name, state)


def test_each_way_to_an_end_closes_what_waits_beside_the_task() -> None:
    """What can be open there: sub-tasks from assigned on, requests and proposals as long as the task is open."""
    for row in TASK.transitions:
        if row.target not in {task.COMPLETED, task.WITHDRAWN} or not task.OPEN & {*row.sources}:
            continue
        asked = {then.LAPSE_EXTENSION, then.LAPSE_CARD}
        if row.target == task.WITHDRAWN:
            asked |= {then.CLOSE_EXPLANATIONS}
        if row.event != "confirm":  # a report has all sub-tasks closed before it
            asked |= {then.CLOSE_SUB_TASKS}
        assert asked <= {*row.effects}, row.event


@pytest.mark.parametrize("name", sorted(name for name, (parent, _row) in BIRTHS.items() if parent is TASK))
def test_nothing_new_begins_beside_a_task_that_is_over(name: str) -> None:
    _parent, row = BIRTHS[name]
    assert not task.CLOSED & {*row.sources}


@pytest.mark.parametrize("state", sorted(ALL["coordinating_part"].by_name))
def test_a_part_left_open_is_told_as_closed_with_its_task(state: str) -> None:
    told = coordinating_part.state_said(state, asked=True, lives=False)
    assert told.end
    assert ("Đã gửi" in told.label.vi) == (state == coordinating_part.DELIVERED), "what was sent is not forgotten"


@pytest.mark.parametrize("state", sorted(ALL["sub_task"].by_name))
def test_a_sub_task_left_open_is_told_as_closed_with_its_task(state: str) -> None:
    assert sub_task.state_said(state, lives=False).end
    assert sub_task.state_said(state, lives=True) == ALL["sub_task"].by_name[state]
