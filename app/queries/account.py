"""The account of a period as it is shown, signed and kept: one shape for page, paper, workbook and archive.

What is kept is JSON that needs nothing else to be read: names, definitions and the tasks behind each number are in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.clock import day_of
from workflows.compliance import Line
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    Behind = Mapping[int, Mapping[str, list[int]]]
    # Unit → figure → ids of the tasks that the figure counts; they may be read when they are asked for.

VERSION = 1
DONE = "done"
"""On time and late together: what the month calls completed."""
_PARTS = {DONE: ("on_time", "late")}


@dataclass(frozen=True)
class Issuer:
    """Who reports: as the head of the paper names it. `profile`: state or party."""

    committee_id: int
    name: str
    short_name: str
    symbol: str
    profile: str
    issuing_body: str
    superior_body: str
    place: str


@dataclass(frozen=True)
class UnitAccount:
    """One unit's figures, and why it was late where it was (column 14)."""

    unit_id: int
    name: str
    short_name: str
    line: Line
    cause: str = ""


@dataclass(frozen=True)
class TaskLine:
    """One task in a list of the account; `days` late, `note` what else is to be said."""

    id: int
    code: str
    title: str
    unit_id: int
    unit: str
    due: date | None
    original_due: date | None
    source: str = ""
    days: int = 0
    note: str = ""


@dataclass(frozen=True)
class Grant:
    """One extension granted in the period."""

    task: TaskLine
    due_before: date
    granted_due: date
    ruled_on: date
    reason: str


@dataclass(frozen=True)
class Before:
    """The previous period's figures; `signed` where they are a signed report's, and stay so.

    `overtaken`: what was entered after the signature would make them other figures today.
    """

    label: Words
    begins_on: date
    ends_on: date
    comparable: bool
    signed: bool
    total: Line
    units: dict[int, Line]
    overtaken: bool = False


@dataclass(frozen=True)
class Corrections:
    """What came after an earlier month was signed, and therefore counts here.

    `reopened`: tasks completed or withdrawn earlier and open again. `added`, `missing`: tasks that are carried over
    though the signed month does not list them as left open, and the other way round.
    """

    reopened: list[TaskLine] = field(default_factory=list)
    added: list[TaskLine] = field(default_factory=list)
    missing: list[TaskLine] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.reopened or self.added or self.missing)


@dataclass(frozen=True)
class Definition:
    """A column's number, header and what it counts, as they were when the figures were made."""

    number: str
    header: Words
    words: Words


@dataclass(frozen=True)
class Account:
    """Everything a monthly report says. `as_at`: the day at whose end (24:00) the figures hold."""

    issuer: Issuer
    label: Words
    begins_on: date
    ends_on: date
    bridging: bool
    as_at: date
    computed_at: datetime
    units: list[UnitAccount]
    total: Line
    before: Before | None
    overdue: list[TaskLine]
    grants: list[Grant]
    self_confirmed: list[TaskLine]
    corrections: Corrections
    definitions: list[Definition]
    counted: Behind

    @property
    def late_units(self) -> list[int]:
        """Units that owe a cause."""
        return [unit.unit_id for unit in self.units if unit.line.needs_cause]

    @property
    def overdue_left(self) -> int:
        """How many open overdue tasks the list is too short to name."""
        return self.total.overdue - len(self.overdue)

    def rate_before(self, *, original: bool = False) -> Fraction | None:
        """Return the previous period's rate, None where there is none to compare with."""
        if self.before is None or not self.before.comparable:
            return None
        return self.before.total.original_rate if original else self.before.total.rate

    def tasks_behind(self, figure: str, unit_id: int | None = None) -> list[int]:
        """Return the tasks that a number counts, of one unit or of all; extensions name a task once per grant."""
        units = self.counted.values() if unit_id is None else (self.counted.get(unit_id, {}),)
        parts = _PARTS.get(figure, (figure,))
        return sorted(task for unit in units for part in parts for task in unit.get(part, ()))

    @property
    def until(self) -> datetime | None:
        """The instant at which the figures hold while their last day still ran; None: the end of that day."""
        return self.computed_at if day_of(self.computed_at) == self.as_at else None

    def to_json(self) -> dict[str, Any]:
        """Return the account as JSON to keep; equal accounts give equal JSON."""
        kept: dict[str, Any] = _plain(asdict(self))
        return {"version": VERSION, "late_units": self.late_units, **kept}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Account:
        """Return the account that was kept."""
        before = kept["before"]
        return cls(
            issuer=Issuer(**kept["issuer"]),
            label=Words(**kept["label"]),
            begins_on=date.fromisoformat(kept["begins_on"]),
            ends_on=date.fromisoformat(kept["ends_on"]),
            bridging=kept["bridging"],
            as_at=date.fromisoformat(kept["as_at"]),
            computed_at=datetime.fromisoformat(kept["computed_at"]),
            units=[UnitAccount(**{**unit, "line": Line(**unit["line"])}) for unit in kept["units"]],
            total=Line(**kept["total"]),
            before=_before(before) if before else None,
            overdue=_tasks(kept["overdue"]),
            grants=[_grant(grant) for grant in kept["grants"]],
            self_confirmed=_tasks(kept["self_confirmed"]),
            corrections=Corrections(**{name: _tasks(found) for name, found in kept["corrections"].items()}),
            definitions=[
                Definition(one["number"], Words(**one["header"]), Words(**one["words"])) for one in kept["definitions"]
            ],
            counted={int(unit): found for unit, found in kept["counted"].items()},
        )


def _plain(value: Any) -> Any:  # noqa: ANN401 -- JSON
    """Return days and instants as ISO texts and every key as a text, as JSON keeps them."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _task(kept: dict[str, Any]) -> TaskLine:
    return TaskLine(**{**kept, "due": _day(kept["due"]), "original_due": _day(kept["original_due"])})


def _tasks(kept: list[dict[str, Any]]) -> list[TaskLine]:
    return [_task(task) for task in kept]


def _grant(kept: dict[str, Any]) -> Grant:
    days = {name: date.fromisoformat(kept[name]) for name in ("due_before", "granted_due", "ruled_on")}
    return Grant(task=_task(kept["task"]), reason=kept["reason"], **days)


def _before(kept: dict[str, Any]) -> Before:
    return Before(
        label=Words(**kept["label"]),
        begins_on=date.fromisoformat(kept["begins_on"]),
        ends_on=date.fromisoformat(kept["ends_on"]),
        comparable=kept["comparable"],
        signed=kept["signed"],
        total=Line(**kept["total"]),
        units={int(unit): Line(**line) for unit, line in kept["units"].items()},
        overtaken=kept.get("overtaken", False),
    )
