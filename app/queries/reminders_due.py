"""Which reminders fall on a day: the due windows of the rules, told apart into what one statement can find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, or_, select

from app.clock import start_of
from app.db import session
from app.models import Event, ReminderDay, Task
from app.models.task import IS_OPEN, IS_UNACCEPTED, IS_UNCONFIRMED
from workflows.deadlines import acceptance_due
from workflows.reminders import BY_NAME, RULES, Fire, ReminderFacts, base_window, fires_on, window
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workflows.deadlines import Clock
    from workflows.reminders import Audience

ONE_DAY = timedelta(days=1)
PREFIX = "reminder."
"""What the name of every reminder's rule begins with in the ledger."""
REACH = 40
"""So many days back a task may have been assigned whose acceptance runs out since the last planned day.

A task entered from an old notice counts as assigned when it was entered.
"""

Field = Literal["current_due", "assigned_on", "reported_on"]
PARTS: dict[Field, ColumnElement[bool]] = {
    "current_due": IS_OPEN,
    "assigned_on": IS_UNACCEPTED,
    "reported_on": IS_UNCONFIRMED,
}
"""The part of the tasks that the index of each field covers."""
FIELDS: dict[str, Field] = {"due_on": "current_due", "accept_by": "assigned_on", "sent_on": "reported_on"}


@dataclass(frozen=True)
class Window:
    """Tasks whose `field` lies between two days hear one rule, as one audience; None leaves the past open.

    `slot` None: the slot is the task's own base date. `fired_on` is the day on which the rule fell.
    """

    rule: str
    audience: Audience
    field: Field
    first: date | None
    last: date
    slot: date | None
    fired_on: date
    outside: bool | None = None

    @property
    def states(self) -> frozenset[str]:
        """States of the tasks that hear the rule."""
        return BY_NAME[self.rule].states


def last_planned(authority_id: int, before: date) -> date | None:
    """Return the last day before this one whose reminders were planned."""
    query = select(func.max(ReminderDay.day)).where(ReminderDay.authority_id == authority_id, ReminderDay.day < before)
    return session.scalar(query)


def windows_of(today: date, clock: Clock, after: date | None) -> list[Window]:
    """Return all that is to be told today, as windows; none on a rest day.

    What the rules choose for a date depends on the date alone, so they are asked once a date, not once a task.
    """
    if window(today, clock, after) is None:
        return []
    found = [*_of_dates("due_on", today, clock, after), *_of_dates("sent_on", today, clock, after)]
    for outside in (False, True):
        found += _of_acceptance(today, clock, after, outside=outside)
    return found


def _of_dates(base: str, today: date, clock: Clock, after: date | None) -> Iterator[Window]:
    days: set[date] = set()
    open_until: date | None = None
    for rule in RULES:
        bounds = base_window(rule, today, clock, after) if rule.base == base else None
        if bounds is None:
            continue
        if bounds[0] is None:
            open_until = max(bounds[1], open_until or bounds[1])
        else:
            days |= set(_days(bounds[0], bounds[1]))
    if open_until is not None:
        # Below every bounded window only the weekly rules speak, and alike for every date.
        bottom = min(days, default=open_until + ONE_DAY) - ONE_DAY
        days |= set(_days(bottom + ONE_DAY, open_until))
        yield from (_window(fire, base, None, bottom, clock) for fire in _fires(base, bottom, today, clock, after))
    yield from _merged(
        _window(fire, base, day, day, clock) for day in sorted(days) for fire in _fires(base, day, today, clock, after)
    )


def _fires(base: str, day: date, today: date, clock: Clock, after: date | None) -> list[Fire]:
    state = next(iter(next(rule.states for rule in RULES if rule.base == base)))
    dates = {"due_on": None, "accept_by": None, "sent_on": None, base: day}
    return fires_on(ReminderFacts(state=state, since=date.min, **dates), today, clock, after)


def _window(  # noqa: PLR0913 -- a window has these bounds
    fire: Fire, base: str, first: date | None, last: date, clock: Clock, *, outside: bool | None = None
) -> Window:
    rule = BY_NAME[fire.rule]
    if rule.weekly:
        opening = clock.calendar.first_of_week(fire.slot) or fire.slot
        return Window(fire.rule, fire.audience, FIELDS[base], first, last, fire.slot, opening, outside)
    return Window(
        fire.rule, fire.audience, FIELDS[base], first, last,
        None if base != "accept_by" else fire.slot, rule.day(fire.slot, clock), outside,
    )  # fmt: skip


def _of_acceptance(today: date, clock: Clock, after: date | None, *, outside: bool) -> list[Window]:
    """Return the windows of tasks not accepted: their base date is counted from the day of assignment."""
    found = []
    first = (after or today) - timedelta(days=REACH)
    for assigned_on in _days(first, today):
        accept_by = acceptance_due(assigned_on, clock.calendar, outside=outside)
        found += [
            _window(fire, "accept_by", assigned_on, assigned_on, clock, outside=outside)
            for fire in _fires("accept_by", accept_by, today, clock, after)
        ]
    return list(_merged(found))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _merged(windows: Iterable[Window]) -> list[Window]:
    """Join windows that touch and tell the same."""
    by_meaning: dict[tuple[object, ...], list[Window]] = {}
    for each in windows:
        meaning = (each.rule, each.audience, each.field, each.slot, each.fired_on, each.outside)
        row = by_meaning.setdefault(meaning, [])
        if row and each.first is not None and row[-1].last + ONE_DAY == each.first:
            row[-1] = Window(
                each.rule, each.audience, each.field, row[-1].first, each.last, each.slot, each.fired_on, each.outside
            )
        else:
            row.append(each)
    return [each for row in by_meaning.values() for each in row]


def moved_tasks(authority_id: int, after_event: int, most: int) -> list[int] | None:
    """Return the tasks that moved after an event, from the log; None if they are more than `most`."""
    query = (
        select(Event.subject_id)
        .where(Event.id > after_event, Event.subject == TASK.name, Event.authority_id == authority_id)
        .distinct()
        .limit(most + 1)
    )
    found = list(session.scalars(query))
    return found if len(found) <= most else None


def tasks_in(authority_id: int, each: Window, moved: Sequence[int] | None) -> ColumnElement[bool]:
    """Return the condition of a window's tasks: an index range on what is open, then the rest row by row.

    :param moved: only these tasks; None: all.
    """
    conditions = [
        Task.authority_id == authority_id,
        PARTS[each.field],
        Task.state.in_(sorted(each.states)),
        *_range(each),
    ]
    if each.field == "current_due":
        # Days before the due date was given, or the paper entered, are not made up for.
        conditions.append(or_(Task.due_since.is_(None), Task.due_since < each.fired_on))
    if moved is not None:
        conditions.append(Task.id.in_(moved))
    return and_(*conditions)


def _range(each: Window) -> list[ColumnElement[bool]]:
    if each.field == "assigned_on":
        # A task of an old notice stands as assigned long ago; its unit could not accept it before it was entered.
        after = start_of(each.last + ONE_DAY)
        first = start_of(each.first) if each.first else None
        since = [or_(Task.assigned_at >= first, Task.historic & (Task.made_at >= first))] if first else []
        return [*since, Task.assigned_at < after, or_(~Task.historic, Task.made_at < after)]
    column = Task.current_due if each.field == "current_due" else Task.reported_on
    return [*([column >= each.first] if each.first else []), column <= each.last]


def slot_of(each: Window) -> ColumnElement[str]:
    """Return the slot of a window's rows as ISO text."""
    if each.slot is not None:
        return literal(each.slot.isoformat(), Text)
    column = Task.current_due if each.field == "current_due" else Task.reported_on
    # SQLite keeps days as ISO text, PostgreSQL writes them so.
    return cast(column, Text)
