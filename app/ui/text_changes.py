"""What differs between two versions of a text: line by line, and word by word where a line was changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["same", "ins", "del"]
AROUND = 2
"""So many unchanged lines stay in sight beside a change."""
LONG_LINE = 4_000
"""Beyond so many characters two lines are not compared word by word: the time would grow with their product."""
MOST_LINES = 6_000
LEAST_FOLDED = 4
"""Fewer unchanged lines are shown rather than folded."""
# A day or a figure is one word: 30/9 became 15/10, not 30 became 15 and 9 became 10.
_WORD = re.compile(r"\s+|\d+(?:[/.,]\d+)*|\w+|[^\w\s]")


class Part(NamedTuple):
    """Some words of a line: as they were, put in, or taken out."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """One line of the comparison; `kind` "ins" and "del" for a whole line, "same" also where only words changed."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        """Whether anything on the line differs."""
        return any(part.kind != "same" for part in self.parts)


@dataclass(frozen=True)
class Run:
    """Lines that stand together; `folded` ones are unchanged and far from any change."""

    lines: tuple[Line, ...]
    folded: bool


def changes_between(before: str, after: str) -> list[Run]:
    """Return the two texts as one, with what was put in and taken out; runs without change are folded."""
    old, new = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    matcher = SequenceMatcher(None, old, new)
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        lines += _same(old[i1:i2]) if tag == "equal" else _changed(old[i1:i2], new[j1:j2])
    return list(_runs(lines))


def _same(lines: list[str]) -> list[Line]:
    return [Line("same", (Part("same", line),)) for line in lines]


def _changed(old: list[str], new: list[str]) -> list[Line]:
    """Return lines that took each other's place side by side where they resemble each other, else out and in."""
    found: list[Line] = []
    for gone, come in zip_longest(old, new):
        parts = _words(gone, come) if gone is not None and come is not None else None
        if parts:
            found.append(Line("same", parts))
            continue
        if gone is not None:
            found.append(Line("del", (Part("del", gone),)))
        if come is not None:
            found.append(Line("ins", (Part("ins", come),)))
    return found


def _words(before: str, after: str) -> tuple[Part, ...] | None:
    """Return the words of two lines as one line; None where they have too little in common, or are too long."""
    if len(before) + len(after) > LONG_LINE:
        return None
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new)
    if matcher.ratio() < 0.5:  # noqa: PLR2004 -- fewer than half the words: not the same line any more
        return None
    parts: list[Part] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(old[i1:i2])))
            continue
        parts += [Part("del", "".join(old[i1:i2]))] if i2 > i1 else []
        parts += [Part("ins", "".join(new[j1:j2]))] if j2 > j1 else []
    return tuple(parts)


def _runs(lines: list[Line]) -> Iterator[Run]:
    near = [False] * len(lines)
    for at, line in enumerate(lines):
        if line.changed:
            near[max(0, at - AROUND) : at + AROUND + 1] = [True] * len(near[max(0, at - AROUND) : at + AROUND + 1])
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or near[at] != near[start]:
            yield Run(tuple(lines[start:at]), folded=not near[start] and at - start >= LEAST_FOLDED)
            start = at
