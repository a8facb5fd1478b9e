"""How an item stands against its due date, and the day on which each clock of the product runs out.

A due date means the end of that day. Late is whoever sends after it; how late is counted in working days
unless the committee chose calendar days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from workflows import task
from workflows.words import Words
from workflows.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflows.parts import Tone

NO_DUE = "no_due"
IN_TIME = "in_time"
DUE_SOON = "due_soon"
DUE_TODAY = "due_today"
OVERDUE = "overdue"
SENT_IN_TIME = "sent_in_time"
SENT_LATE = "sent_late"
SUSPENDED_CLOCK = "suspended"
ON_TIME = "on_time"
LATE = "late"
DONE_NO_DUE = "done_no_due"
NO_CLOCK = "no_clock"

TIME_STATUS: Mapping[str, tuple[Words, Tone]] = {
    NO_DUE: (Words("Không có hạn", "No due date"), "grey"),
    IN_TIME: (Words("Trong hạn", "Within deadline"), "blue"),
    DUE_SOON: (Words("Sắp đến hạn", "Due soon"), "amber"),
    DUE_TODAY: (Words("Đến hạn hôm nay", "Due today"), "amber"),
    OVERDUE: (Words("Quá hạn", "Overdue"), "red"),
    SENT_IN_TIME: (Words("Đã báo cáo trong hạn", "Reported in time"), "violet"),
    SENT_LATE: (Words("Đã báo cáo sau hạn", "Reported late"), "violet"),
    SUSPENDED_CLOCK: (Words("Tạm dừng tính hạn", "Clock stopped"), "grey"),
    ON_TIME: (Words("Hoàn thành đúng hạn", "Completed on time"), "green"),
    LATE: (Words("Hoàn thành quá hạn", "Completed late"), "olive"),
    DONE_NO_DUE: (Words("Hoàn thành (không có hạn)", "Completed (no due date)"), "green"),
    NO_CLOCK: (Words("Không tính hạn", "No clock"), "grey"),
}
"""Words and tone of each time status; red belongs to overdue alone."""


class Standing(StrEnum):
    """What the clock must know of an item's state."""

    RUNNING = "running"
    WAITING = "waiting"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    ENDED = "ended"


def standing_of(task_state: str) -> Standing:
    """Say what a task's state means for its clock; drafts have none yet."""
    known = {
        task.REPORTED: Standing.WAITING,
        task.PAUSED: Standing.SUSPENDED,
        task.COMPLETED: Standing.COMPLETED,
    }
    return known.get(task_state, Standing.RUNNING if task_state in task.OPEN else Standing.ENDED)


@dataclass(frozen=True)
class Clock:
    """How a committee counts: its calendar, when "soon" begins, in which days, and due dates on rest days.

    `rest_day` "next": a due date on a rest day is kept as shown, but only who sends after the next working
    day is late; "keep": the shown date alone counts.
    """

    calendar: Calendar = field(default_factory=Calendar)
    due_soon_days: int = 3
    count: Literal["working", "calendar"] = "working"
    rest_day: Literal["next", "keep"] = "next"

    def effective(self, due: date) -> date:
        """Give the last day on which sending is in time."""
        return due if self.rest_day == "keep" else self.calendar.next_working(due)

    def is_late(self, due: date, day: date) -> bool:
        """Say whether what is sent (or still open) on this day is late."""
        return day > self.effective(due)

    def days_late(self, due: date, day: date) -> int:
        """Count the days late; 0 when in time, at least 1 when late, also on the weekend just after."""
        last = self.effective(due)
        if day <= last:
            return 0
        if self.count == "calendar":
            return (day - last).days
        return max(1, self.calendar.working_days_between(last + _ONE_DAY, day + _ONE_DAY))

    def days_left(self, due: date, day: date) -> int:
        """Count the working days still to come until the last good day; 0 on that day and after it."""
        return max(0, self.calendar.working_days_between(day + _ONE_DAY, self.effective(due) + _ONE_DAY))


_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TimeStatus:
    """A derived status: its name in TIME_STATUS and the days late or left that belong to it.

    Days left are working days; days late are working days unless the committee counts calendar days.
    """

    name: str
    days: int = 0
    count: Literal["working", "calendar"] = "working"

    @property
    def tone(self) -> Tone:
        """Give the colour's name."""
        return TIME_STATUS[self.name][1]

    @property
    def label(self) -> Words:
        """Say it without a number, where the number stands beside it: "Quá hạn"."""
        return TIME_STATUS[self.name][0]

    @property
    def words(self) -> Words:
        """Say it with its number of days, and say which days: "Quá hạn 3 ngày làm việc"."""
        label = self.label
        if self.name in {OVERDUE, LATE, SENT_LATE}:
            late = days_words(self.days, self.count)
            return Words(f"{label.vi} {late.vi}", f"{label.en} by {late.en}")
        if self.name in {IN_TIME, DUE_SOON}:
            left = days_words(self.days, "working")
            return Words(f"{label.vi}, còn {left.vi}", f"{label.en}, {left.en} left")
        return label


def days_words(days: int, count: Literal["working", "calendar"]) -> Words:
    """Say a number of days and which days they are: "3 ngày làm việc"."""
    which = Words(" làm việc", "working ") if count == "working" else Words("", "")
    return Words(f"{days} ngày{which.vi}", f"{days} {which.en}day{'' if days == 1 else 's'}")


def time_status(
    standing: Standing, due: date | None, today: date, clock: Clock, sent_on: date | None = None
) -> TimeStatus:
    """Derive how an item stands today.

    `sent_on` is the day the pending or accepted report was sent; it alone decides once there is one, so
    that nobody is late by another's delay. Raises ValueError when a waiting or completed item lacks it.
    """
    if standing is Standing.ENDED:
        return TimeStatus(NO_CLOCK)
    if standing is Standing.SUSPENDED:
        return TimeStatus(SUSPENDED_CLOCK)
    if standing is Standing.RUNNING:
        return TimeStatus(NO_DUE) if due is None else _running(due, today, clock)
    if sent_on is None:
        raise ValueError(f"a {standing} item needs the day its report was sent")
    done = standing is Standing.COMPLETED
    if due is None:
        return TimeStatus(DONE_NO_DUE if done else NO_DUE)
    days = clock.days_late(due, sent_on)
    if days:
        return TimeStatus(LATE if done else SENT_LATE, days, clock.count)
    return TimeStatus(ON_TIME if done else SENT_IN_TIME)


def _running(due: date, today: date, clock: Clock) -> TimeStatus:
    if days := clock.days_late(due, today):
        return TimeStatus(OVERDUE, days, clock.count)
    if due <= today:
        return TimeStatus(DUE_TODAY)
    left = clock.days_left(due, today)
    return TimeStatus(DUE_SOON if left <= clock.due_soon_days else IN_TIME, left)


def is_overdue(task_state: str, late_from: date | None, reported_on: date | None, day: date) -> bool:
    """Say whether a task is overdue on a day, by the first day that counts as late: as in the list of overdue tasks."""
    running = task_state in task.OPEN and task_state != task.PAUSED
    if late_from is None or late_from > day or not running:
        return False
    return task_state != task.REPORTED or (reported_on is not None and reported_on >= late_from)


def due_ranges(today: date, clock: Clock) -> Mapping[str, tuple[date | None, date | None]]:
    """Give, for a query, the first and last due date of each status of a running item (None: no bound).

    The ranges touch and never overlap; one may be empty (its last day lies before its first).
    """
    calendar = clock.calendar
    if clock.rest_day == "keep":
        overdue = today - _ONE_DAY
        soon = calendar.add_working_days(today, clock.due_soon_days + 1) - _ONE_DAY
    else:
        overdue = calendar.add_working_days(today, -1)
        soon = calendar.add_working_days(today, clock.due_soon_days) if clock.due_soon_days else today
    soon = max(soon, today)
    return {
        OVERDUE: (None, overdue),
        DUE_TODAY: (overdue + _ONE_DAY, today),
        DUE_SOON: (today + _ONE_DAY, soon),
        IN_TIME: (soon + _ONE_DAY, None),
    }


def shift_due(due: date, paused_on: date, resumed_on: date, clock: Clock) -> date:
    """Give the due date after a pause: later by the days from the pause's first to the day of resuming.

    The day of resuming is worked again and does not count; overdue or not makes no difference.
    """
    if clock.count == "calendar":
        return due + (resumed_on - paused_on)
    return clock.calendar.add_working_days(due, clock.calendar.working_days_between(paused_on, resumed_on))


def notice_due(meeting_ended_on: date, calendar: Calendar) -> date:
    """Give the last day for the written conclusion: 5 working days (Decision 45/2018/QD-TTg)."""
    return calendar.add_working_days(meeting_ended_on, 5)


def convene_by(meeting_on: date, calendar: Calendar) -> date:
    """Give the last day for an ordinary invitation: 3 working days ahead (Decision 45/2018/QD-TTg)."""
    return calendar.add_working_days(meeting_on, -3)


def acceptance_due(assigned_on: date, calendar: Calendar, *, outside: bool = False) -> date:
    """Give the last day to accept: 1 working day, 2 for a unit outside the agency."""
    return calendar.add_working_days(assigned_on, 2 if outside else 1)


def contest_by(accepted_on: date, calendar: Calendar) -> date:
    """Give the last day to hand an accepted task back without a flag: 2 working days."""
    return calendar.add_working_days(accepted_on, 2)


def extension_by(due: date, calendar: Calendar) -> date:
    """Give the last day to ask for an extension in good time: 3 working days before the due date."""
    return calendar.add_working_days(due, -3)


def confirm_by(sent_on: date, calendar: Calendar) -> date:
    """Give the last day for the ruling on a report: 3 working days."""
    return calendar.add_working_days(sent_on, 3)
