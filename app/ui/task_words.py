"""What is said about a task: how it stands against its due date, and who must act now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.clock import day_of
from app.text import fold
from app.ui.formats import day, day_short, days_left
from app.ui.speech import gettext as _
from workflows.deadlines import (
    NO_CLOCK,
    SUSPENDED_CLOCK,
    Clock,
    TimeStatus,
    acceptance_due,
    confirm_by,
    standing_of,
    time_status,
)
from workflows.task import ASSIGNED, COMPLETED, CONTESTED, DROPPED, IN_PROGRESS, PAUSED, REPORTED, TASK
from workflows.words import Words

if TYPE_CHECKING:
    from datetime import date

    from app.models import Task
    from app.queries.task_list import TaskRow
    from app.queries.task_papers import SlipTask


# States in which the clock says more than the state's own name.
TIMED = frozenset({ASSIGNED, IN_PROGRESS, COMPLETED})
UNDONE = Words("Đã hoàn tác nhập", "Import undone")
_AROUND = " .;:,\n\r\t\u00a0"
"""Marks and blanks around a text that change nothing of what it says."""
# Where the clock only repeats that the state has stopped it.
SILENT = frozenset({SUSPENDED_CLOCK, NO_CLOCK})


class Mark(NamedTuple):
    """A status as a list shows it: its words, its tone, and the words where the days stand beside it."""

    words: Words
    tone: str
    label: Words


def status_of(row: Task | TaskRow | SlipTask, today: date, clock: Clock) -> TimeStatus:
    """Return how a task stands against its due date today."""
    return time_status(standing_of(row.state), row.current_due, today, clock, row.reported_on)


def mark_of(row: Task | TaskRow | SlipTask, today: date, clock: Clock) -> Mark:
    """Return the one status a list shows: the time status where a clock runs, else the state."""
    if row.state in TIMED:
        found = status_of(row, today, clock)
        return Mark(found.words, found.tone, found.label)
    state, named = TASK.by_name[row.state], _name_of(row)
    label = _late_too(row, named, today, clock) if row.state == REPORTED else named
    return Mark(label, state.tone, label)


def is_undone(row: Task | TaskRow | SlipTask) -> bool:
    """Say whether a task was given and then dropped: only undoing the import it came with does that."""
    return row.state == DROPPED and getattr(row, "assigned_at", None) is not None


def _name_of(row: Task | TaskRow | SlipTask) -> Words:
    """Return what a task's state is called, a pause with its last day where the row tells it."""
    if is_undone(row):
        return UNDONE
    label = TASK.by_name[row.state].label
    until = getattr(row, "pause_until", None) if row.state == PAUSED else None
    if until is None:
        return label
    return Words(f"{label.vi} đến {day_short(until)}", f"{label.en} until {day_short(until)}")


def _late_too(row: Task | TaskRow | SlipTask, label: Words, today: date, clock: Clock) -> Words:
    """Say of a report that waits how late it came: such a task counts as overdue until it is confirmed."""
    if row.current_due is None:
        return label
    days = clock.days_late(row.current_due, row.reported_on or today)
    if not days:
        return label
    counted = Words("ngày", "day") if clock.count == "calendar" else Words("ngày làm việc", "working day")
    return Words(
        f"{label.vi} · báo muộn {days} {counted.vi}",
        f"{label.en} · reported {days} {counted.en}{'' if days == 1 else 's'} late",
    )


def marks_of(task: Task, today: date, clock: Clock) -> list[Mark]:
    """Return what the head of a task's page shows: its state, and its clock where that says more."""
    state, found = TASK.by_name[task.state], status_of(task, today, clock)
    named = _name_of(task)
    shown, timed = Mark(named, state.tone, named), Mark(found.words, found.tone, found.label)
    if task.state == COMPLETED:
        return [timed]
    return [shown] if found.name in SILENT else [shown, timed]


def waiting_for(  # noqa: PLR0911 -- one answer a state
    task: Task, today: date, clock: Clock
) -> str:
    """Return in one sentence who must act now and how long there is; empty for a closed task."""
    unit = task.lead_unit.name
    if task.state == ASSIGNED and task.assigned_at:
        # A task of an old notice is accepted from the day it was entered here.
        last = acceptance_due(
            day_of(max(task.assigned_at, task.made_at)), clock.calendar, outside=task.lead_unit.outside
        )
        return _("Chờ %(unit)s tiếp nhận, %(left)s.", unit=unit, left=_left(last, today, clock))
    if task.state == IN_PROGRESS:
        if task.current_due is None:
            return _("%(unit)s đang thực hiện, nhiệm vụ không có hạn.", unit=unit)
        return _("%(unit)s đang thực hiện, %(left)s.", unit=unit, left=_left(task.current_due, today, clock))
    if task.state == REPORTED and task.reported_on:
        last = confirm_by(task.reported_on, clock.calendar)
        return _("Chờ Trưởng ban xác nhận kết quả, %(left)s.", left=_left(last, today, clock))
    if task.state == CONTESTED:
        return _("Chờ xử lý đề nghị trả lại của %(unit)s.", unit=unit)
    if task.state == PAUSED and task.pause_until:
        return _("Tạm dừng, tự tiếp tục từ ngày %(day)s.", day=day(task.pause_until))
    return ""


def beyond(title: str, clause: str) -> str:
    """Return a clause's text where it says more than the task's title, else empty.

    A title is often the clause without the body that it charges first. That name is part of what the chair ruled, so
    the clause is left out only where it says the very same.
    """
    said, more = title.strip(_AROUND).split(), clause.strip(_AROUND).split()
    same = len(said) == len(more) and all(
        one == other or fold(one) == fold(other) for one, other in zip(said, more, strict=True)
    )
    return "" if same else clause


def _left(last: date, today: date, clock: Clock) -> str:
    return days_left(left_until(last, today, clock))


def left_until(last: date, today: date, clock: Clock) -> int:
    """Return the working days left until a day, 0 on it, below 0 by how many it is overdue."""
    late = clock.days_late(last, today)
    return -late if late else clock.days_left(last, today)
