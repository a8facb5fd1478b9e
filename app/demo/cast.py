"""Who plays in the demo's story, and when things happen in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from app.access import Actor
from app.clock import VIETNAM, today
from app.queries.standing import standing_of

if TYPE_CHECKING:
    from app.models import Committee, Person, Task, Unit, UnitGroup
    from workflows.workdays import Calendar

PRESIDERS = {"bcd": "truongban", "bbt": "phoban"}


@dataclass
class Cast:
    """The people, units and committees of the story by key, and the calendar."""

    people: dict[str, Person]
    units: dict[str, Unit]
    groups: dict[str, UnitGroup]
    committees: dict[str, Committee]
    calendar: Calendar
    heads: dict[int, Person] = field(default_factory=dict)

    def actor(self, login: str) -> Actor:
        """Return somebody as services know them, on the day that is told."""
        person = self.people[login]
        return Actor(person, standing_of(person, today()))

    def head_of(self, task: Task) -> Actor:
        """Return the head of a task's lead unit."""
        person = self.heads[task.lead_unit_id]
        return Actor(person, standing_of(person, today()))

    def chair_of(self, task: Task) -> Actor:
        """Return the chair of a task's committee, or the deputy where the chair is a party."""
        key = next(key for key, committee in self.committees.items() if committee.id == task.committee_id)
        return self.actor(PRESIDERS[key])


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an instant of a Vietnamese day."""
    return datetime.combine(day, time(hour, minute), VIETNAM)
