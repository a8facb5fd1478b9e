"""Which reminder falls on which day: pure rules, so that a job may run twice, late, or not for a week.

A job says which day it last planned (`after`); a rule fires when its day lies after that and not after
today. Of what one audience missed only the newest is told, so a stopped job never floods anybody. Nothing
fires on a rest day. The ledger, unique by (rule, subject, person, slot), does the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from workflows import task
from workflows.deadlines import confirm_by
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workflows.deadlines import Clock

Audience = Literal["owner", "unit_head", "ruler", "confirmer"]

OWNER: Audience = "owner"
"""The person in charge; without one, the head of the lead unit."""
UNIT_HEAD: Audience = "unit_head"
RULER: Audience = "ruler"
"""The deputy in charge of the unit, else the chair."""
CONFIRMER: Audience = "confirmer"
"""Whoever rules on the report."""

AUDIENCES: Mapping[Audience, Words] = {
    OWNER: Words("Người phụ trách", "Person in charge"),
    UNIT_HEAD: Words("Thủ trưởng đơn vị chủ trì", "Head of the lead unit"),
    RULER: Words("Phó Trưởng ban phụ trách, nếu không có thì Trưởng ban", "Deputy in charge, else the chair"),
    CONFIRMER: Words("Người xác nhận", "Whoever confirms"),
}

PIECE = "_reminder"
"""What the name of a piece's kind goes on with where its reminders are named: they follow the due date's rules."""

Base = Literal["due_on", "accept_by", "sent_on"]


@dataclass(frozen=True, kw_only=True)
class ReminderFacts:
    """What the rules must know of a task.

    `since` is the day from which the present due date holds (assigned, extended, reopened, entered): its
    own message told it, so days up to then are not made up for. `accept_by` as in deadlines.
    """

    state: str
    since: date
    due_on: date | None = None
    accept_by: date | None = None
    sent_on: date | None = None


@dataclass(frozen=True)
class Fire:
    """A reminder to be told: the rule, to whom, and the date it counted from."""

    rule: str
    audience: Audience
    slot: date


@dataclass(frozen=True)
class Rule:
    """A reminder: the date it counts from, the states that hear it, to whom, and its day from that date."""

    name: str
    base: Base
    states: frozenset[str]
    audiences: tuple[Audience, ...]
    words: Words
    day: Callable[[date, Clock], date]
    weekly: bool = False
    """Falls on the first working day of every week that begins after `day`."""


_RUNNING = frozenset({task.ASSIGNED, task.CONTESTED, task.IN_PROGRESS})
_WEEK = timedelta(days=7)
_ONE_DAY = timedelta(days=1)


def _after_due(days: int) -> Callable[[date, Clock], date]:
    return lambda due, clock: clock.calendar.add_working_days(clock.effective(due), days)


def _before_due(days: int) -> Callable[[date, Clock], date]:
    return lambda due, clock: clock.calendar.add_working_days(due, -days)


RULES: tuple[Rule, ...] = (
    Rule(
        "due_in_7",
        "due_on",
        _RUNNING,
        (OWNER,),
        # It is told a day or more earlier when the week begins on a rest day, so it names no number.
        Words("Còn khoảng một tuần đến hạn", "Due in about a week"),
        # Over a long rest three working days reach further back than a week: then both fall together.
        lambda due, clock: min(clock.calendar.previous_working(due - _WEEK), _before_due(3)(due, clock)),
    ),
    Rule(
        "due_in_3", "due_on", _RUNNING, (OWNER,), Words("Còn 3 ngày làm việc", "Due in 3 working days"), _before_due(3)
    ),
    Rule(
        "due_in_1", "due_on", _RUNNING, (OWNER,), Words("Còn 1 ngày làm việc", "Due in 1 working day"), _before_due(1)
    ),
    Rule(
        "due_today",
        "due_on",
        _RUNNING,
        (OWNER,),
        # A due date on a rest day is told on the working day before, when "due today" would not be true.
        Words("Đến hạn hôm nay hoặc vào ngày nghỉ liền sau", "Due today or on the rest days that follow"),
        lambda due, clock: clock.calendar.previous_working(due),
    ),
    Rule(
        "overdue_1",
        "due_on",
        _RUNNING,
        (OWNER, UNIT_HEAD),
        Words("Quá hạn 1 ngày làm việc", "Overdue by 1 working day"),
        _after_due(1),
    ),
    Rule(
        "overdue_3",
        "due_on",
        _RUNNING,
        (RULER,),
        Words("Quá hạn 3 ngày làm việc", "Overdue by 3 working days"),
        _after_due(3),
    ),
    Rule(
        "overdue_weekly",
        "due_on",
        _RUNNING,
        (UNIT_HEAD, RULER),
        Words("Còn quá hạn (hằng tuần)", "Still overdue (weekly)"),
        _after_due(3),
        weekly=True,
    ),
    Rule(
        "not_accepted",
        "accept_by",
        frozenset({task.ASSIGNED}),
        (UNIT_HEAD,),
        Words("Chưa tiếp nhận", "Not accepted yet"),
        lambda accept_by, clock: clock.calendar.add_working_days(accept_by, 1),
    ),
    Rule(
        "not_confirmed",
        "sent_on",
        frozenset({task.REPORTED}),
        (CONFIRMER,),
        Words("Báo cáo chờ xác nhận quá 3 ngày làm việc", "Report unruled for over 3 working days"),
        lambda sent_on, clock: clock.calendar.add_working_days(confirm_by(sent_on, clock.calendar), 1),
    ),
    Rule(
        "not_confirmed_weekly",
        "sent_on",
        frozenset({task.REPORTED}),
        (CONFIRMER,),
        Words("Báo cáo vẫn chờ xác nhận (hằng tuần)", "Report still unruled (weekly)"),
        lambda sent_on, clock: clock.calendar.add_working_days(confirm_by(sent_on, clock.calendar), 1),
        weekly=True,
    ),
)
"""Every rule; of those with one base a later one never falls before an earlier, so the last to fire is the newest."""

BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}


def window(today: date, clock: Clock, after: date | None) -> tuple[date, date] | None:
    """Give the first and last day to plan today: none on a rest day; by default only what is new today."""
    if not clock.calendar.is_working(today):
        return None
    first = (clock.calendar.add_working_days(today, -1) if after is None else after) + _ONE_DAY
    return (first, today) if first <= today else None


def fires_on(facts: ReminderFacts, today: date, clock: Clock, after: date | None = None) -> list[Fire]:
    """List what is to be told today about this task.

    `after` is the last day already planned; None means the working day before. Running twice gives the
    same answer: pass the day before the first run again, the ledger holds what was told.
    """
    days = window(today, clock, after)
    if days is None:
        return []
    newest: dict[tuple[Base, Audience], Fire] = {}
    for rule in RULES:
        base: date | None = getattr(facts, rule.base)
        if base is None or facts.state not in rule.states:
            continue
        found = _slot(rule, base, days, clock)
        if found is None or (rule.base == "due_on" and found[0] <= facts.since):
            continue
        for audience in rule.audiences:
            newest[rule.base, audience] = Fire(rule.name, audience, found[1])
    return list(newest.values())


def _slot(rule: Rule, base: date, days: tuple[date, date], clock: Clock) -> tuple[date, date] | None:
    """Give the day in the window on which the rule fires, and its slot."""
    first, last = days
    day = rule.day(base, clock)
    if not rule.weekly:
        return (day, base) if first <= day <= last else None
    week = _week_in(days, clock)
    if week is None or week[0] <= day:
        return None
    return week


def _week_in(days: tuple[date, date], clock: Clock) -> tuple[date, date] | None:
    """Give the newest first-working-day-of-a-week in the window, and the Monday that names its slot."""
    first, last = days
    monday = last - timedelta(days=last.weekday())
    while monday + _WEEK > first:
        opening = clock.calendar.first_of_week(monday)
        if opening is not None and first <= opening <= last:
            return opening, monday
        monday -= _WEEK
    return None


def base_window(rule: Rule, today: date, clock: Clock, after: date | None = None) -> tuple[date | None, date] | None:
    """Give, for a query, the first and last base date (due, accept-by, sent) whose rule may fire today.

    None: no task is concerned. A first day of None has no bound. A job queries each rule's window in the
    rule's states, then lets fires_on choose.
    """
    days = window(today, clock, after)
    if days is None:
        return None
    if rule.weekly:
        week = _week_in(days, clock)
        return None if week is None else (None, _last_base(rule, week[0] - _ONE_DAY, clock))
    first = _last_base(rule, days[0] - _ONE_DAY, clock) + _ONE_DAY
    last = _last_base(rule, days[1], clock)
    return (first, last) if first <= last else None


_REACH = 400
"""No rule's day lies further from its base date, whatever is off in between."""


def _last_base(rule: Rule, day: date, clock: Clock) -> date:
    """Give the last base date whose rule falls on the day or before: rules never run backwards."""
    ordinals = range(day.toordinal() - _REACH, day.toordinal() + _REACH + 1)
    found = bisect_right(ordinals, day, key=lambda ordinal: rule.day(date.fromordinal(ordinal), clock))
    return date.fromordinal(ordinals[found - 1])
