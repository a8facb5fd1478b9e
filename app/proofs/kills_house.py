"""The invented authority of the proof of kills, and what must be told there on each day, counted independently."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from app.clock import now, start_of
from app.db import session, transaction
from app.models import Authority, Committee, Directive, Membership, Office, Person, Task, Unit
from app.queries.reminders_due import PREFIX
from app.text import sort_key
from workflows.deadlines import Clock
from workflows.reminders import CONFIRMER, OWNER, RULER, UNIT_HEAD, ReminderFacts, fires_on
from workflows.task import IN_PROGRESS, TASK
from workflows.workdays import Calendar

SINCE = date(2026, 1, 5)
UNITS = 12
Key = tuple[str, int, str, int, str]


@dataclass
class House:
    """Ids of the authority's rows: heads by unit, the chair, and tasks with unit and due date."""

    authority: int = 0
    chair: int = 0
    heads: dict[int, int] = field(default_factory=dict)
    tasks: list[tuple[int, int, date]] = field(default_factory=list)

    @property
    def people(self) -> list[int]:
        """Everybody."""
        return [self.chair, *self.heads.values()]

    def expected(self, day: date) -> set[Key]:
        """Return the keys of the ledger's rows that this day must leave: task by task, by the pure rules."""
        keys = set()
        for task, unit, due in self.tasks:
            facts = ReminderFacts(state=IN_PROGRESS, since=SINCE, due_on=due)
            for fire in fires_on(facts, day, Clock(Calendar())):
                person = {
                    OWNER: self.heads[unit],
                    UNIT_HEAD: self.heads[unit],
                    RULER: self.chair,
                    CONFIRMER: self.chair,
                }
                keys.add((TASK.name, task, PREFIX + fire.rule, person[fire.audience], fire.slot.isoformat()))
        return keys


def found(days: list[date]) -> House:
    """Make the authority with tasks that fall due around these days; in an application context."""
    house = House()
    with transaction():
        authority = Authority(name="Ủy ban nhân dân xã Thử Nghiệm", short_name="UBND xã Thử Nghiệm")
        session.add(authority)
        session.flush()
        house.authority = authority.id
        committee = Committee(authority_id=authority.id, name="Ban Chỉ đạo", short_name="BCĐ", symbol="BCĐ")
        session.add(committee)
        session.flush()
        house.chair = _person(authority.id, "Trưởng Ban")
        session.add(
            Membership(
                authority_id=authority.id,
                committee_id=committee.id,
                person_id=house.chair,
                office="chair",
                from_on=SINCE,
            )
        )
        for number in range(UNITS):
            unit = Unit(authority_id=authority.id, name=f"Phòng {number}", short_name=f"P{number}", kind="department")
            session.add(unit)
            session.flush()
            house.heads[unit.id] = _person(authority.id, f"Trưởng Phòng {number}")
            session.add(
                Office(
                    authority_id=authority.id,
                    person_id=house.heads[unit.id],
                    unit_id=unit.id,
                    kind="head",
                    from_on=SINCE,
                )
            )
        _assign(house, committee.id, days)
    return house


def _person(authority_id: int, name: str) -> int:
    person = Person(
        authority_id=authority_id, full_name=name, sort_key=sort_key(name), login=name, email="ai.do@thunghiem.example"
    )
    session.add(person)
    session.flush()
    return person.id


def _assign(house: House, committee_id: int, days: list[date]) -> None:
    """Give every unit a task due on each day from two weeks before the first day to two weeks after the last."""
    directive = Directive(
        authority_id=house.authority, committee_id=committee_id, symbol="1/CT", issued_on=SINCE, issuer="Cấp trên",
        subject="Chỉ thị", made_at=now(),
    )  # fmt: skip
    session.add(directive)
    session.flush()
    due = days[0] - timedelta(days=14)
    while due <= days[-1] + timedelta(days=14):
        for unit in house.heads:
            task = Task(
                authority_id=house.authority, committee_id=committee_id, directive_id=directive.id, state=IN_PROGRESS,
                code=f"NV-{unit}-{due}", title=f"Việc đến hạn {due}", lead_unit_id=unit, original_due=due,
                current_due=due, late_from=Calendar().next_working(due) + timedelta(days=1), due_since=SINCE,
                assigned_at=start_of(SINCE), accepted_at=start_of(SINCE), last_moved_at=start_of(SINCE), made_at=now(),
            )  # fmt: skip
            session.add(task)
            session.flush()
            house.tasks.append((task.id, unit, due))
        due += timedelta(days=1)
