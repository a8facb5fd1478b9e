"""What the reader gives back: the meeting, and the proposed items with the words each suggestion was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Kind(StrEnum):
    """What a clause is: work given, a ruling without a deliverable, or a report of how things stand."""

    TASK = "task"
    CONCLUSION = "conclusion"
    INFORMATION = "information"


class Recurrence(StrEnum):
    """How often the work comes back."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Sure(StrEnum):
    """How far a suggestion can be trusted: the words say it, they make it likely, or it is a guess."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class WorkingCalendar(Protocol):
    """What the reader asks of a calendar (workflows.workdays gives one)."""

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day `count` working days after `day`."""


@dataclass(frozen=True)
class UnitName:
    """A unit, or a group of units, of the authority as it may be named in a text."""

    id: int | str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Because:
    """The words a suggestion was read from; start and end are offsets into Reading.text."""

    words: str
    start: int
    end: int
    sure: Sure = Sure.HIGH


@dataclass(frozen=True)
class Named:
    """A unit as the text names it, and the unit or group of the authority it was matched with, if any."""

    words: str
    unit_id: int | str | None = None
    group_id: int | str | None = None


@dataclass(frozen=True)
class MeetingHead:
    """What the text says of the meeting itself; None where it does not say."""

    title: str | None = None
    date: date | None = None
    chair: str | None = None
    location: str | None = None
    because: Mapping[str, Because] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadItem:
    """One proposed clause; `section` is the heading it stands under, `address` its place («II.3.b»).

    `past_due`: a deadline in its words that was over before the text speaks, so that it is none; with its words.
    """

    section: str | None
    address: str
    text: str
    start: int
    end: int
    kind: Kind
    lead: Named | None = None
    coordinating: tuple[Named, ...] = ()
    due: date | None = None
    due_text: str | None = None
    recurrence: Recurrence | None = None
    because: Mapping[str, Because] = field(default_factory=dict)
    past_due: tuple[date, str] | None = None


@dataclass(frozen=True)
class Reading:
    """A text read: the clean text all offsets point into, its meeting and its items in order."""

    text: str
    meeting: MeetingHead
    items: tuple[ReadItem, ...]
