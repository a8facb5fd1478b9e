"""What a workflow table is made of: states, the fields and conditions of a move, the move itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from workflows.roles import Role

if TYPE_CHECKING:
    from workflows.words import Words

Tone = Literal["grey", "blue", "amber", "violet", "green", "olive", "red"]
TONES: frozenset[str] = frozenset({"grey", "blue", "amber", "violet", "green", "olive", "red"})

Kind = Literal[
    "text",
    "long_text",
    "date",
    "unit",
    "units",
    "person",
    "meeting",
    "files",
    "choice",
    "flag",
    "number",
    "measure",
    "target",
    "links",
]
KINDS: frozenset[str] = frozenset(get_args(Kind))

KEYS = frozenset("bcghilmnpqtuvy")
"""Letters a move may take as shortcut: no Telex key (a d e f j o r s w x z), no list key (k)."""

SAME = "(same)"
"""Target of a move that stays in the state it finds."""
BACK = "(back)"
"""Target of a move that returns to the state which the item left."""

Given = Mapping[str, object]
"""What the person typed into the move's form, by the names of its needs; units and persons as ids."""
Check = Callable[[Any, Given, date], bool]
"""Condition on (facts, given, today); the facts are the table's own dataclass."""


def day_in(given: Given, name: str) -> date:
    """Give the day typed into a date field, which the kernel has already found to be a day."""
    return cast("date", given[name])


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What every table must know of an item; each table adds its own."""

    state: str
    left_state: str | None = None


@dataclass(frozen=True)
class State:
    """A state: `open` counts as open business, `end` as closed (some moves may still lead out)."""

    name: str
    label: Words
    tone: Tone
    open: bool = False
    end: bool = False


@dataclass(frozen=True)
class Need:
    """A field of the move's form; `required_if` and `only_if` name a boolean fact of the item."""

    name: str
    kind: Kind
    label: Words
    required: bool = True
    help: Words | None = None
    choices: tuple[tuple[str, Words], ...] = ()
    required_if: str | None = None
    only_if: str | None = None
    help_if: str | None = None
    """Names a fact that holds the words to be said instead of `help`, or None."""
    most: int = 0
    """How many letters it may have; 0 where the form's own limit is enough."""
    when_asked: bool = False
    """Stands only on a form that came back asking for it."""
    either: bool = False
    """One of the fields so marked is required: which, a guard says."""

    def help_for(self, facts: Facts) -> Words | None:
        """Give what stands under the field for this item."""
        said: Words | None = getattr(facts, self.help_if) if self.help_if else None
        return said or self.help

    def applies(self, facts: Facts) -> bool:
        """Say whether the field belongs on this item's form."""
        return self.only_if is None or bool(getattr(facts, self.only_if))

    def is_required(self, facts: Facts) -> bool:
        """Say whether this item cannot move without the field."""
        asked = self.required or (self.required_if is not None and bool(getattr(facts, self.required_if)))
        return asked and self.applies(facts)


@dataclass(frozen=True)
class Guard:
    """A condition that must hold; `words` tell what to do when it does not.

    A guard with a `field` looks at what was typed and is asked only when the move is made.
    """

    name: str
    check: Check
    words: Words
    field: str | None = None


@dataclass(frozen=True)
class Flag:
    """A condition that, when it holds, is noted on the move and never refuses it."""

    name: str
    check: Check
    words: Words


@dataclass(frozen=True)
class Permit:
    """A role that may take a move, always or only when the named boolean fact of the item holds."""

    role: Role
    when: str | None = None
    condition: Words | None = None

    def holds(self, facts: Facts) -> bool:
        """Say whether the condition of this permit holds for the item."""
        return self.when is None or bool(getattr(facts, self.when))


def permit(*roles: Role) -> tuple[Permit, ...]:
    """Permit these roles without condition."""
    return tuple(Permit(role) for role in roles)


@dataclass(frozen=True)
class Transition:
    """One row of a table: who may take the item from which states to where, with what, and then what.

    Several rows may share an event as long as no role meets two of them in one state.
    """

    event: str
    sources: tuple[str, ...]
    target: str
    who: tuple[Permit, ...]
    label: Words
    past: Words
    barred: bool = False
    party: Words | None = None
    """Why somebody is a party to a barred move, in the place of what makes one a party to a ruling on a task."""
    needs: tuple[Need, ...] = ()
    guards: tuple[Guard, ...] = ()
    flags: tuple[Flag, ...] = ()
    effects: tuple[str, ...] = ()
    tone: Tone = "grey"
    duty: frozenset[Role] = field(default_factory=frozenset)
    confirm: Words | None = None
    key: str = ""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles that may take the move, conditions left aside."""
        return frozenset(permit.role for permit in self.who)

    @property
    def automatic(self) -> bool:
        """Say whether only the scheduler or another move takes it, so that no button is drawn."""
        return self.roles <= {Role.SYSTEM}

    @cached_property
    def standing_guards(self) -> tuple[Guard, ...]:
        """Guards that look at the item alone, not at what is typed."""
        return tuple(guard for guard in self.guards if guard.field is None)

    def clear(self, facts: Facts, today: date) -> bool:
        """Say whether nothing about the item itself forbids the move."""
        for guard in self.standing_guards:  # a plain loop: lists of ten thousand items ask this  # noqa: SIM110
            if not guard.check(facts, {}, today):
                return False
        return True

    def permits(self, facts: Facts, roles: frozenset[Role]) -> bool:
        """Say whether one of these roles may take the move on this item (the bar left aside)."""
        return any(permit.role in roles and permit.holds(facts) for permit in self.who)

    def refuses_party(self, roles: frozenset[Role]) -> bool:
        """Say whether the person would rule on his own."""
        return self.barred and Role.BARRED in roles
