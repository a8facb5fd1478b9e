"""Plans the reminders of a day: one statement per due window, each row unique in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Column, Index, Integer, MetaData, Table, Text, func, literal, select

from app.clock import day_of
from app.db import UTCDateTime, engine, session
from app.models import Absence, Event, Notification, Person, ReminderDay, Task
from app.queries.calendars import calendar_of
from app.queries.reminder_people import hearers
from app.queries.reminders_due import PREFIX, last_planned, moved_tasks, slot_of, tasks_in, windows_of
from app.services.reminding_pieces import remind_of_pieces
from app.services.telling import insert_new
from workflows.deadlines import Clock
from workflows.reminders import OWNER
from workflows.task import TASK

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select

    from app.queries.reminders_due import Window

OVERLAP = 1000
"""So many events before the last one seen are looked at again: they may have been committed after it."""
MOST_MOVED = 5000
"""If more tasks moved since the last planning, all are looked at."""
LOCK = 20260715
COLUMNS = (
    "authority_id", "person_id", "rule", "subject", "subject_id", "slot", "data", "urgent", "by_mail", "made_at",
)  # fmt: skip

# Lives for one transaction: who hears what, for the database to join with the tasks that it finds. The audience stands
# last in its index: standing first, it would make SQLite walk through the tasks once for each hearer.
_hearer = Table(
    "reminder_hearer",
    MetaData(),
    Column("committee_id", Integer, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("audience", Text, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("outside", Boolean, nullable=False),
    Index("ix_reminder_hearer", "unit_id", "committee_id", "audience"),
    prefixes=["TEMPORARY"],
)


def plan_day(authority_id: int, at: datetime) -> int:
    """Write the reminders that fall on the Vietnamese day of this instant, and return how many are new.

    Running twice, late or on two nodes writes each once: 1. the ledger's key keeps what is there, 2. the first full
    planning of a day is noted with its rows, 3. later ones look only at tasks that moved since, 4. what was missed on
    days without planning is made up for by the rules themselves. Nothing on a rest day.
    """
    day = day_of(at)
    calendar = calendar_of(authority_id)
    if not calendar.is_working(day) or not _is_ours(authority_id):
        return 0
    done = session.scalar(select(ReminderDay).where(ReminderDay.authority_id == authority_id, ReminderDay.day == day))
    windows = windows_of(day, Clock(calendar), last_planned(authority_id, day))
    moved = moved_tasks(authority_id, done.last_event_id - OVERLAP, MOST_MOVED) if done else None
    last_event = session.scalar(select(func.max(Event.id))) or 0
    made = _write(authority_id, day, at, windows, moved) if windows and moved != [] else 0
    if done is None:
        # Once a day is enough: what is given today is told by its own message.
        remind_of_pieces(authority_id, day, windows)
        session.add(ReminderDay(authority_id=authority_id, day=day, planned_at=at, last_event_id=last_event))
    else:
        done.planned_at, done.last_event_id = at, last_event
    session.flush()
    return made


def _is_ours(authority_id: int) -> bool:
    """Tell whether no other node plans this authority right now; SQLite has one writer anyway."""
    if engine().dialect.name != "postgresql":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(LOCK, authority_id))))


def _write(authority_id: int, day: date, at: datetime, windows: list[Window], moved: list[int] | None) -> int:
    connection = session.connection()
    _hearer.create(connection)
    rows = [each._asdict() for each in hearers(authority_id, day)]
    if rows:
        session.execute(_hearer.insert(), rows)
    made = 0
    for each in windows:
        for found in _found(authority_id, each, moved, at):
            insert = insert_new(Notification).from_select(COLUMNS, found)
            written = session.execute(insert.execution_options(preserve_rowcount=True))
            made += written.rowcount  # type: ignore[attr-defined]  # an INSERT has it
    _hearer.drop(connection)
    return made


def _found(authority_id: int, each: Window, moved: list[int] | None, at: datetime) -> list[Select[Any]]:
    """Return what finds a window's tasks with the people who hear of them, as rows of the ledger."""
    condition = tasks_in(authority_id, each, moved)
    joined = (_hearer.c.audience == each.audience) & (_hearer.c.unit_id == Task.lead_unit_id) & (
        _hearer.c.committee_id == Task.committee_id
    )  # fmt: skip
    told = _row(each, _hearer.c.person_id, at).join(_hearer, joined).where(condition)
    if each.outside is not None:
        told = told.where(_hearer.c.outside.is_(each.outside))
    if each.audience != OWNER:
        return [told]
    # The person in charge hears it, and who stands in today;
    # the unit's head and contact do where there is none, or no longer.
    owned = _row(each, Person.id, at).join(Person, (Person.id == Task.owner_id) & Person.active).where(condition)
    away = (Absence.person_id == Task.owner_id) & Absence.revoked_on.is_(None) & (
        Absence.from_on <= day_of(at)
    ) & (Absence.to_on >= day_of(at))  # fmt: skip
    standing_in = (
        _row(each, Person.id, at).join(Absence, away).join(Person, (Person.id == Absence.substitute_id) & Person.active)
    ).where(condition)
    orphaned = told.outerjoin(Person, (Person.id == Task.owner_id) & Person.active).where(Person.id.is_(None))
    return [owned, standing_in, orphaned]


def _row(each: Window, person: ColumnElement[int] | Any, at: datetime) -> Select[Any]:  # noqa: ANN401 -- a column
    return select(
        Task.authority_id,
        person,
        literal(PREFIX + each.rule, Text),
        literal(TASK.name, Text),
        Task.id,
        slot_of(each),
        literal({}, JSON),
        literal(value=False, type_=Boolean),
        literal(value=True, type_=Boolean),
        literal(at, UTCDateTime),
    ).select_from(Task)
