"""The tables as people and programs read them: Markdown with a Mermaid diagram, and plain data for JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workflows.effects import EFFECTS
from workflows.parts import BACK, SAME
from workflows.registry import ALL, BIRTHS
from workflows.roles import COMPUTED, Role
from workflows.validation import possible_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workflows.kernel import Workflow
    from workflows.parts import Need, Permit, Transition
    from workflows.words import Words


def pages() -> Mapping[str, str]:
    """Give every page of docs/workflows by file name, written anew."""
    tables = {f"{name}.md": markdown(workflow) for name, workflow in ALL.items()}
    return {"README.md": _index(), **tables}


def _index() -> str:
    rows = [f"| [{name}]({name}.md) | {w.label.vi} | {w.label.en} |" for name, w in ALL.items()]
    roles = [f"| {role} | {role.words.vi} | {role.words.en} |" for role in Role]
    effects = [f"| {name} | {words.vi} | {words.en} |" for name, words in EFFECTS.items()]
    return "\n".join([
        "# Workflows", "",
        "Written from the tables in `workflows/` by `workflows.describe`; a test keeps both equal.", "",
        *_head("Table", "Tiếng Việt", "English"), *rows, "",
        "## Roles", "", "Relations of a person to one item.", "", *_head("Role", "Tiếng Việt", "English"), *roles, "",
        "## Effects", "", "What follows from a move.", "", *_head("Effect", "Tiếng Việt", "English"), *effects, "",
    ])  # fmt: skip


def _head(*titles: str) -> tuple[str, str]:
    return f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}"


def markdown(workflow: Workflow) -> str:
    """Write one table as a page: diagram, states, moves, and what stands behind each move."""
    states = [
        f"| {s.name} | {s.label.vi} | {s.label.en} | {s.tone} | {'open' if s.open else ''}{'end' if s.end else ''} |"
        for s in workflow.states
    ]
    moves = [_move_line(home, row) for home, row in _rows(workflow)]
    return "\n".join([
        f"# {workflow.label.en} ({workflow.label.vi})", "",
        "```mermaid", mermaid(workflow), "```", "",
        "## States", "", *_head("State", "Tiếng Việt", "English", "Tone", "Counts as"), *states, "",
        "## Moves", "",
        *_head("Event", "Label", "From", "To", "Who", "Asks for", "Guards", "Flags", "Effects"), *moves, "",
        "**Bold** roles owe the move. A barred move is refused to a party to the matter. Fields marked ? are optional.",
        "", *_guard_list(workflow),
    ])  # fmt: skip


def _rows(workflow: Workflow) -> list[tuple[Workflow, Transition]]:
    """Give the move that makes the item, where there is one, then the table's own, each with its table."""
    birth = [BIRTHS[workflow.name]] if workflow.name in BIRTHS else []
    return [*birth, *((workflow, row) for row in workflow.transitions)]


def _move_line(workflow: Workflow, row: Transition) -> str:
    target = {SAME: "same", BACK: "the state it left"}.get(row.target, row.target)
    who = ", ".join(_permit_text(row, permit) for permit in row.who) + (" (barred)" if row.barred else "")
    cells = (
        row.event,
        f"{row.label.vi} / {row.label.en}",
        "any open" if set(row.sources) == workflow.open and len(row.sources) > 1 else ", ".join(row.sources),
        target,
        who,
        ", ".join(_need_text(need) for need in row.needs),
        ", ".join(guard.name for guard in row.guards),
        ", ".join(flag.name for flag in row.flags),
        ", ".join(row.effects),
    )
    return f"| {' | '.join(cells)} |"


def _permit_text(row: Transition, permit: Permit) -> str:
    name = f"**{permit.role}**" if permit.role in row.duty else str(permit.role)
    return f"{name} {permit.condition.en}" if permit.condition else name


def _need_text(need: Need) -> str:
    condition = need.required_if or need.only_if
    return f"{need.name}{'' if need.required else '?'}{f' (if {condition})' if condition else ''}"


def _guard_list(workflow: Workflow) -> list[str]:
    rows = [row for _, row in _rows(workflow)]
    guards = {guard.name: guard.words for row in rows for guard in row.guards}
    flags = {flag.name: flag.words for row in rows for flag in row.flags}
    return [
        line
        for title, found in (("Guards", guards), ("Flags", flags))
        if found
        for line in (f"## {title}", "", *(f"- `{name}`: {words.vi} / {words.en}" for name, words in found.items()), "")
    ]


def mermaid(workflow: Workflow) -> str:
    """Draw the table as a Mermaid state diagram; moves that stay where they are would only clutter it."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.name}: {state.label.vi}" for state in workflow.states]
    lines.append(f"    [*] --> {workflow.initial}")
    arrows: dict[tuple[str, str], dict[str, None]] = {}
    for row in workflow.transitions:
        for source in row.sources if row.target != SAME else ():
            for target in sorted(possible_targets(workflow, row, source)):
                arrows.setdefault((source, target), {})[row.event] = None
    lines += [f"    {source} --> {target}: {', '.join(events)}" for (source, target), events in arrows.items()]
    lines += [f"    {state.name} --> [*]" for state in workflow.states if state.end]
    return "\n".join(lines)


def as_data(workflow: Workflow) -> dict[str, Any]:
    """Give the table as plain data, ready for JSON."""
    return {
        "name": workflow.name,
        "label": _both(workflow.label),
        "initial": workflow.initial,
        "states": [
            {"name": s.name, "label": _both(s.label), "tone": s.tone, "open": s.open, "end": s.end}
            for s in workflow.states
        ],
        "transitions": [_row_data(row) for row in workflow.transitions],
    }


def _row_data(row: Transition) -> dict[str, Any]:
    return {
        "event": row.event,
        "label": _both(row.label),
        "past": _both(row.past),
        "from": list(row.sources),
        "to": row.target,
        "who": [{"role": p.role.value, "when": p.when, "duty": p.role in row.duty} for p in row.who],
        "barred": row.barred,
        "needs": [_need_data(need) for need in row.needs],
        "guards": [{"name": g.name, "words": _both(g.words), "field": g.field} for g in row.guards],
        "flags": [{"name": f.name, "words": _both(f.words)} for f in row.flags],
        "effects": list(row.effects),
        "tone": row.tone,
        "confirm": _both(row.confirm),
        "key": row.key,
    }


def _need_data(need: Need) -> dict[str, Any]:
    return {
        "name": need.name,
        "kind": need.kind,
        "label": _both(need.label),
        "help": _both(need.help),
        "required": need.required,
        "required_if": need.required_if,
        "only_if": need.only_if,
        "choices": [{"value": value, "label": _both(words)} for value, words in need.choices],
    }


def _both(words: Words | None) -> dict[str, str] | None:
    return words and {"vi": words.vi, "en": words.en}


def as_json(workflow: Workflow) -> str:
    """Write the table as JSON."""
    return json.dumps(as_data(workflow), ensure_ascii=False, indent=2) + "\n"


def matrix(workflow: Workflow) -> str:
    """Write who may take which move in which state, a line each, for a person to review.

    `!` marks a duty, `?` a condition on the item, `/` a move refused to a party to the matter.
    """
    people = [role for role in Role if role is not Role.BARRED]
    lines = [f"# {workflow.name}", *_matrix_lines(workflow, people)]
    return "\n".join(lines) + "\n"


def _matrix_lines(workflow: Workflow, people: Iterable[Role]) -> list[str]:
    people = tuple(people)
    lines = []
    for state in workflow.states:
        for event, rows in workflow.leaving[state.name].items():
            marks = [_mark(role, row) for role in people for row in rows if role in row.roles]
            targets = sorted({t for row in rows for t in possible_targets(workflow, row, state.name)})
            lines.append(f"{state.name:<14} {event:<16} -> {'|'.join(targets):<24} {' '.join(marks)}")
    return lines


def _mark(role: Role, row: Transition) -> str:
    conditional = any(permit.role is role and permit.when for permit in row.who)
    barrable = row.barred and role not in COMPUTED
    return f"{role}{'?' if conditional else ''}{'!' if role in row.duty else ''}{'/' if barrable else ''}"
