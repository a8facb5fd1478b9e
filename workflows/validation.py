"""Checks that a workflow table makes sense; a wrong one must fail when it is loaded."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from workflows.effects import EFFECTS
from workflows.parts import BACK, KEYS, KINDS, SAME, TONES
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workflows.kernel import Workflow
    from workflows.parts import Need, Transition
    from workflows.words import Words


class WorkflowError(Exception):
    """A table, or the stored state of an item, contradicts itself."""


def validate(workflow: Workflow) -> None:
    """Raise WorkflowError with every fault of the table, one a line."""
    faults = [*_state_faults(workflow)]
    for row in workflow.transitions:
        faults += [f"{row.event}: {fault}" for fault in _row_faults(workflow, row)]
    if not faults:  # the walks below would trip over the faults above
        faults = [*_clashes(workflow), *_walk_faults(workflow)]
    if faults:
        raise WorkflowError(f"workflow {workflow.name!r} is wrong:\n" + "\n".join(faults))


def possible_targets(workflow: Workflow, row: Transition, source: str) -> frozenset[str]:
    """Name the states into which this row can lead from this source (several for BACK)."""
    if row.target == SAME:
        return frozenset({source})
    if row.target != BACK:
        return frozenset({row.target})
    return frozenset(s for other in workflow.transitions if other.target == source for s in other.sources)


def _state_faults(workflow: Workflow) -> Iterator[str]:
    names = Counter(state.name for state in workflow.states)
    yield from (f"state {name!r} stands twice" for name, times in names.items() if times > 1)
    if workflow.initial not in names:
        yield f"unknown initial state {workflow.initial!r}"
    for state in workflow.states:
        if not state.label.complete:
            yield f"state {state.name!r} lacks words in both languages"
        if state.tone not in TONES:
            yield f"state {state.name!r} has the unknown tone {state.tone!r}"
        if state.open and state.end:
            yield f"state {state.name!r} is both open and an end"


def _row_faults(workflow: Workflow, row: Transition) -> Iterator[str]:
    states = {state.name for state in workflow.states}
    if not row.sources:
        yield "leaves from no state"
    yield from (f"unknown state {name!r}" for name in row.sources if name not in states)
    if row.target not in states | {SAME, BACK}:
        yield f"unknown state {row.target!r}"
    if row.target == BACK and not all(possible_targets(workflow, row, source) for source in row.sources):
        yield "goes back, but nothing leads where it starts"
    if not row.roles - {Role.BARRED}:
        yield "nobody may take it"
    if row.duty - row.roles:
        yield "is a duty of somebody who may not take it"
    yield from (f"unknown effect {name!r}" for name in row.effects if name not in EFFECTS)
    if row.tone not in TONES:
        yield f"unknown tone {row.tone!r}"
    if row.key and row.key not in KEYS:
        yield f"key {row.key!r} is taken by Telex or by lists"
    yield from _word_faults(row)
    yield from _field_faults(row)
    yield from _fact_faults(workflow, row)


def _word_faults(row: Transition) -> Iterator[str]:
    texts: list[tuple[str, Words | None]] = [
        ("label", row.label),
        ("past", row.past),
        ("confirm", row.confirm),
    ]
    texts += [(f"guard {guard.name!r}", guard.words) for guard in row.guards]
    texts += [(f"flag {flag.name!r}", flag.words) for flag in row.flags]
    texts += [(f"condition {permit.when!r}", permit.condition) for permit in row.who]
    for need in row.needs:
        texts += [(f"need {need.name!r}", words) for words in (need.label, need.help)]
        texts += [(f"choice {value!r}", words) for value, words in need.choices]
    yield from (f"{what} lacks words in both languages" for what, words in texts if words and not words.complete)
    yield from (f"condition {p.when!r} lacks words" for p in row.who if p.when and not p.condition)


def _field_faults(row: Transition) -> Iterator[str]:
    names = Counter(need.name for need in row.needs)
    yield from (f"need {name!r} stands twice" for name, times in names.items() if times > 1)
    for need in row.needs:
        if need.kind not in KINDS:
            yield f"need {need.name!r} is of the unknown kind {need.kind!r}"
        if (need.kind == "choice") != bool(need.choices):
            yield f"need {need.name!r} must have choices if and only if it is a choice"
    asked = [guard for guard in row.guards if guard.field is not None]
    yield from (f"guard {g.name!r} looks at the unknown field {g.field!r}" for g in asked if g.field not in names)


def _fact_faults(workflow: Workflow, row: Transition) -> Iterator[str]:
    def named(needs: Iterable[Need]) -> Iterator[str | None]:
        for need in needs:
            yield from (need.required_if, need.only_if, need.help_if)

    wanted = [name for name in (*(permit.when for permit in row.who), *named(row.needs)) if name]
    known = {*workflow.facts.__dataclass_fields__, *dir(workflow.facts)}
    yield from (f"unknown fact {name!r}" for name in wanted if name not in known)


def _clashes(workflow: Workflow) -> Iterator[str]:
    for one, two in combinations(workflow.transitions, 2):
        shared = sorted(set(one.sources) & set(two.sources))
        if one.event == two.event:
            if (one.label, one.past, one.key) != (two.label, two.past, two.key):
                yield f"{one.event}: its rows differ in label, past or key"
            if shared and one.roles & two.roles:
                yield f"{one.event}: two rows for the same role from {shared[0]!r}"
        elif shared and one.key and one.key == two.key:
            yield f"{one.event}, {two.event}: same key {one.key!r} in {shared[0]!r}"


def _walk_faults(workflow: Workflow) -> Iterator[str]:
    arrows = {
        (source, target)
        for row in workflow.transitions
        for source in row.sources
        for target in possible_targets(workflow, row, source)
    }
    reached = _closure({workflow.initial}, arrows)
    ends = {state.name for state in workflow.states if state.end}
    ending = _closure(ends, {(target, source) for source, target in arrows})
    for state in workflow.states:
        if state.name not in reached:
            yield f"state {state.name!r} cannot be reached"
        if state.name not in ending:
            yield f"state {state.name!r} is a dead end: no way leads from it to an end"


def _closure(start: set[str], arrows: set[tuple[str, str]]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        here = waiting.pop()
        fresh = {target for source, target in arrows if source == here} - seen
        seen |= fresh
        waiting += fresh
    return seen
