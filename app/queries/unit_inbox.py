"""What a unit must do now: its open tasks by what is asked, and its parts in others' tasks.

Counted from the kept counts and a few short index ranges; of each section only the first rows are read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, and_, bindparam, case, func, literal, literal_column, or_, select, union_all
from sqlalchemy.orm import aliased

from app.db import fetch, session
from app.models import Committee, CoordinatingPart, Extension, Person, Task, Unit
from app.models.task import IS_AGAIN, IS_OPEN
from app.queries.kept_counts import LATER, PAST, SOON, TODAY, UNDATED, cells_in_sight, number_of
from app.queries.task_list import TaskFilter
from app.queries.task_statuses import CONDITIONS, Days, days_of
from workflows.coordinating_part import AWAITS_UNIT, WITHDRAWN
from workflows.extension import REQUESTED
from workflows.task import ASSIGNED, AWAITS_RULING, COMPLETED, IN_PROGRESS, OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, CompoundSelect, Row, Select

    from app.queries.kept_counts import Cell
    from app.queries.standing import Standing

ACCEPT, AGAIN, LATE, NEAR, AHEAD, WAITING, PAUSED, PART = (
    "awaiting-acceptance", "work-again", "work-late", "work-near", "work-ahead", "awaiting-ruling", "paused", "part",
)  # fmt: skip
SECTIONS = (ACCEPT, AGAIN, LATE, NEAR, AHEAD, WAITING, PAUSED)
"""The sections of the unit's home in order: each is a status of the list of tasks."""
NOW = (ACCEPT, AGAIN, LATE, NEAR)
"""Sections whose tasks ask for something now."""
SHOWN = 25
"""So many rows a section shows; the rest stands in its list."""
_WORK = {LATE: (PAST,), NEAR: (TODAY, SOON), AHEAD: (LATER, UNDATED)}
"""The sections of work in progress, by where its due date lies."""


def filter_of(section: str, unit_id: int) -> TaskFilter:
    """Return the list that a section counts."""
    if section == PART:
        return TaskFilter(part=unit_id)
    return TaskFilter(status=section, unit=unit_id)


def own_units(standing: Standing) -> Sequence[Unit]:
    """Return the units in which the person holds an office, in the authority's order."""
    query = select(Unit).where(Unit.id.in_(standing.units)).order_by(Unit.position, Unit.id)
    return session.scalars(query).all()


@dataclass(frozen=True)
class InboxCounts:
    """How many tasks each section holds, how many are open in all, how many of them are this person's.

    `completed` tells whether the unit has ever completed one.
    """

    sections: dict[str, int]
    open: int
    mine: int
    completed: bool

    @property
    def now(self) -> int:
        """How many tasks ask for something now."""
        return sum(self.sections[name] for name in NOW)

    @property
    def idle(self) -> bool:
        """Whether nothing is left for the unit to do, not even later."""
        return not self.now and not self.sections[AHEAD]


def inbox_counts(standing: Standing, unit_id: int, today: date) -> InboxCounts:
    """Return the numbers of the home of one of the person's own units, in two statements.

    The kept counts know states and due dates; what they do not know is read: work that was sent back, and work whose
    extension is asked. Both are few.
    """
    days = days_of(standing, today)
    values = {"authority": standing.authority_id, "unit": unit_id, "person": standing.person_id, **days._asdict()}
    values |= {"committees": list(standing.committees), "units": list(standing.seen_units), "by_unit": unit_id}
    found: dict[str, Counter[str]] = {name: Counter() for name in _PARTS}
    for part, when, number in fetch(_beside(), values):
        found[part][when] += number
    cells = cells_in_sight(standing, today, "unit", values, None)
    sections = _numbers(cells, found)
    return InboxCounts(
        sections, number_of("open", cells), found["mine"].total(), bool(found["completed"].total())
    )  # fmt: skip


def _numbers(cells: list[Cell], found: dict[str, Counter[str]]) -> dict[str, int]:
    working: Counter[str] = Counter()
    for cell in cells:
        if cell.state == IN_PROGRESS:
            working[cell.when] += cell.number
    fresh = working - found["again"] - found["asked"]
    work = {name: sum(fresh[when] for when in whens) for name, whens in _WORK.items()}
    return {
        ACCEPT: number_of("awaiting-acceptance", cells),
        AGAIN: found["again"].total() - found["both"].total(),
        **work,
        WAITING: number_of("ruled", cells) + found["asked"].total() + found["both"].total() + found["other"].total(),
        PAUSED: number_of("paused", cells),
        PART: found["part"].total(),
    }


_PARTS = ("again", "asked", "both", "other", "part", "mine", "completed")
"""What is read beside the kept counts. `again`: work sent back; `asked`: other work whose extension is asked; `both`:
of that sent back, what has an extension asked; `other`: other open tasks with one asked, none of which waits by its
state."""
_AUTHORITY: Any = bindparam("authority")
_UNIT: Any = bindparam("unit")
_PERSON: Any = bindparam("person")
_DAYS = Days(*(bindparam(name, type_=Date()) for name in Days._fields))
_LEAD = and_(Task.authority_id == _AUTHORITY, Task.lead_unit_id == _UNIT)
_STILL_ASKED = CoordinatingPart.state != literal_column(f"'{WITHDRAWN}'")
_ASKED = and_(Extension.authority_id == _AUTHORITY, Extension.state == literal_column(f"'{REQUESTED}'"))


def _is(state: str) -> ColumnElement[bool]:
    return Task.state == literal_column(f"'{state}'")


@lru_cache(maxsize=1)
def _beside() -> CompoundSelect[Any]:
    when = case(
        (Task.current_due.is_(None), UNDATED),
        (Task.current_due <= _DAYS.late_to, PAST),
        (Task.current_due <= _DAYS.soon_to, SOON),
        else_=LATER,
    )
    again = and_(_is(IN_PROGRESS), Task.returns > 0)
    asked = case((again, "both"), (_is(IN_PROGRESS), "asked"), else_="other").label("part")
    waits = Task.state.in_([literal_column(f"'{state}'") for state in sorted(OPEN - AWAITS_RULING)])
    parts = (
        select(literal("part"), literal(""), func.count())
        .select_from(CoordinatingPart)
        .join(Task, Task.id == CoordinatingPart.task_id)
        .where(CoordinatingPart.unit_id == _UNIT, _STILL_ASKED, Task.authority_id + 0 == _AUTHORITY, IS_OPEN)
    )
    of_unit = (
        select(asked, when.label("at"), func.count())
        .select_from(Extension)
        .join(Task, Task.id == Extension.task_id)
        .where(_ASKED, Task.authority_id + 0 == _AUTHORITY, Task.lead_unit_id + 0 == _UNIT, waits)
        .group_by(asked, when)
    )
    own = select(literal("mine"), literal(""), func.count()).where(
        Task.owner_id == _PERSON, Task.lead_unit_id == _UNIT, Task.authority_id + 0 == _AUTHORITY, IS_OPEN
    )
    done = select(literal("completed"), literal(""), literal(1)).where(_LEAD, _is(COMPLETED)).limit(1).subquery()
    sent_back = select(literal("again"), when.label("at"), func.count()).where(_LEAD, IS_AGAIN).group_by(when)
    return union_all(sent_back, of_unit, parts, own, select(done))


def inbox_rows(standing: Standing, unit_id: int, today: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the first tasks of each section of the home of one of the person's own units, by due date.

    `section` names it; at least SHOWN of each where it holds so many. Parts stand by the unit's own date.
    """
    values = {"authority": standing.authority_id, "unit": unit_id}
    return fetch(_rows(), values | days_of(standing, today)._asdict()).all()


@lru_cache(maxsize=1)
def _rows() -> Select[Any]:
    owner, chosen = aliased(Person), _chosen().subquery("chosen")
    helps = chosen.c.section == PART
    turn = case((helps, _turn()), else_=literal_column("0"))
    own_first = case((helps, _own_due()), else_=Task.current_due)
    return (
        select(
            chosen.c.section, Task.id, Task.code, Task.title, Task.state, Task.version, Task.priority, Task.current_due,
            Task.original_due, Task.reported_on, Task.assigned_at, Task.made_at, Task.due_changes, Task.returns,
            Task.recurrence, Task.pause_until, Task.owner_id, owner.full_name.label("owner"), Task.card,
            Committee.short_name.label("committee"), Unit.name.label("lead"), Extension.requested_due,
            CoordinatingPart.due.label("part_due"), CoordinatingPart.state.label("part_state"),
            (CoordinatingPart.work != "").label("part_asked"),
        )
        .select_from(chosen)
        .join(Task, Task.id == chosen.c.id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(Committee, Committee.id == Task.committee_id)
        .outerjoin(owner, owner.id == Task.owner_id)
        .outerjoin(Extension, and_(Extension.task_id == Task.id, Extension.state == literal_column(f"'{REQUESTED}'")))
        .outerjoin(CoordinatingPart, and_(CoordinatingPart.task_id == Task.id, CoordinatingPart.unit_id == _UNIT))
        .order_by(case((helps, 0), (Task.state == ASSIGNED, 0), else_=1), turn, own_first.asc().nulls_last(), Task.id)
    )  # fmt: skip


def _own_due() -> ColumnElement[date | None]:
    """Return the date that counts for a helping unit: its own, else the lead's."""
    return func.coalesce(CoordinatingPart.due, Task.current_due)


def _turn() -> ColumnElement[int]:
    """Return which parts come first: what was asked and is owed, then what is merely named, then what was sent."""
    asked = or_(
        CoordinatingPart.work != "",
        CoordinatingPart.due.is_not(None),
        CoordinatingPart.target_value.is_not(None),
        CoordinatingPart.returns > 0,
    )
    owed = CoordinatingPart.state.in_([literal_column(f"'{state}'") for state in sorted(AWAITS_UNIT)])
    return case((and_(owed, asked), literal_column("0")), (owed, literal_column("1")), else_=literal_column("2"))


def _chosen() -> CompoundSelect[Any]:
    sections = (_first(section, each) for section in SECTIONS for each in _ranges(section))
    return union_all(*sections, _first_parts())


def _ranges(section: str) -> Iterator[Select[int, date | None]]:
    """Yield the ids and due dates of a section, from one index range each or from what is few."""
    rows = select(Task.id, Task.current_due)
    asked = select(Extension.task_id).where(_ASKED)
    if section == WAITING:
        for state in sorted(AWAITS_RULING):
            yield rows.where(_LEAD, _is(state))
        few: list[Any] = [literal_column(f"'{state}'") for state in sorted(OPEN - AWAITS_RULING)]
        yield rows.join(Extension, Extension.task_id == Task.id).where(
            _ASKED, Task.authority_id + 0 == _AUTHORITY, Task.lead_unit_id + 0 == _UNIT, Task.state.in_(few)
        )  # fmt: skip
    elif section == AGAIN:
        yield rows.where(_LEAD, IS_AGAIN, Task.id.not_in(asked))
    elif section == AHEAD:
        # The condition alone would walk through all that is late before it.
        ahead = or_(Task.current_due > _DAYS.soon_to, Task.current_due.is_(None))
        yield rows.where(_LEAD, CONDITIONS[section](_DAYS), ahead)
    else:
        yield rows.where(_LEAD, CONDITIONS[section](_DAYS))


def _first(section: str, each: Select[int, date | None]) -> Select[Any]:
    """Select the first rows of a range: dated ones in the order of the index, then those without a due date."""
    ways = [
        each.where(Task.current_due.is_not(None)).order_by(Task.current_due, Task.id).limit(SHOWN).subquery(),
        each.where(Task.current_due.is_(None)).order_by(Task.id).limit(SHOWN).subquery(),
    ]
    both = union_all(*(select(way.c.id, way.c.current_due) for way in ways)).subquery()
    return select(literal(section).label("section"), both.c.id)


def _first_parts() -> Select[Any]:
    """Select the tasks of the parts that come first by the unit's own dates; a unit has few, so no index is needed."""
    first = (
        select(Task.id)
        .join(CoordinatingPart, CoordinatingPart.task_id == Task.id)
        .where(CoordinatingPart.unit_id == _UNIT, _STILL_ASKED, Task.authority_id + 0 == _AUTHORITY, IS_OPEN)
        .order_by(_turn(), _own_due().asc().nulls_last(), Task.id)
        .limit(SHOWN)
        .subquery()
    )
    return select(literal(PART).label("section"), first.c.id)
