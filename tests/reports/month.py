"""A month made by hand, move by move at its own instants, with the figures that a clerk would count on paper.

The committee's period runs from 15 October to 14 November 2026; 31 October and 14 November are Saturdays.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import time_machine

from app.access import Actor
from app.clock import VIETNAM, today
from app.db import session, transaction
from app.models import Extension, Person, Task
from app.queries.standing import standing_of
from app.services.extensions import request_extension
from app.services.moves import make_move
from tests.factories import assign_task
from workflows.compliance import Line
from workflows.extension import REQUESTED
from workflows.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

    from tests.factories import House

PERIOD = Period(date(2026, 10, 15), date(2026, 11, 14))
AFTER = datetime(2026, 11, 16, 9, tzinfo=VIETNAM)


def moment(day: int, month: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """Return a Vietnamese wall time of 2026."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=VIETNAM)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let an instant be now."""
    with time_machine.travel(instant.astimezone(UTC), tick=False):
        yield


class Register:
    """Does with tasks what people do, each at its instant; keeps the tasks' ids by a short name."""

    def __init__(self, app: Flask, house: House, tasks: dict[str, int] | None = None) -> None:
        self.app, self.house = app, house
        self.tasks = tasks or {}

    def assign(self, name: str, lead: str, when: datetime, due: date | None = None) -> None:
        with at(when):
            self.tasks[name] = assign_task(self.app, self.house, lead=lead, due=due, title=f"Nhiệm vụ {name}")

    def move(self, name: str, event: str, when: datetime, who: str, given: Mapping[str, Any] | None = None) -> None:
        with at(when), self.app.app_context(), transaction():
            make_move(session.get_one(Task, self.tasks[name]), event, given or {}, actor=self.actor(who))

    def actor(self, login: str) -> Actor:
        person = session.get_one(Person, self.house.people[login].id)
        return Actor(person, standing_of(person, today()))

    def work(self, name: str, who: str, reported: datetime, confirmed: datetime | None = None) -> None:
        """Accept an hour before reporting, report, and be confirmed by the chair."""
        self.move(name, "accept", reported - timedelta(hours=1), who)
        self.move(name, "report", reported, who, {"result": "Đã xong"})
        if confirmed:
            self.move(name, "confirm", confirmed, "chair")

    def extend(self, name: str, who: str, asked: datetime, granted: datetime, until: date) -> None:
        """Ask for a later due date and get it."""
        with at(asked), self.app.app_context(), transaction():
            task = session.get_one(Task, self.tasks[name])
            request_extension(task, {"new_due": until, "reason": "Chờ kinh phí"}, actor=self.actor(who))
        with at(granted), self.app.app_context(), transaction():
            asked_for = session.query(Extension).filter_by(task_id=self.tasks[name], state=REQUESTED).one()
            make_move(asked_for, "grant", {"new_due": until}, actor=self.actor("chair"))


def fill_month(app: Flask, house: House) -> Register:
    """Live through the month; the comments say what each task is to show."""
    r = Register(app, house)
    reassigned = {"lead_unit": house.units["kt"].id, "reason": "Đúng chức năng hơn"}
    r.assign("on-time", "vhxh", moment(20, 9), date(2026, 10, 30))
    r.work("on-time", "head_vhxh", moment(29, 10), moment(2, 11))
    r.assign("late", "vhxh", moment(20, 9), date(2026, 10, 20))
    r.work("late", "head_vhxh", moment(22, 10), moment(23, 10))
    r.assign("new", "vhxh", moment(20, 10), date(2026, 12, 5))
    r.assign("overdue", "vhxh", moment(20, 9), date(2026, 11, 2))
    r.assign("waiting", "vhxh", moment(1, 10), date(2026, 11, 10))
    r.work("waiting", "head_vhxh", moment(9, 11))
    r.assign("waiting-late", "vhxh", moment(1, 10), date(2026, 11, 3))
    r.work("waiting-late", "head_vhxh", moment(6, 11))
    r.assign("done-without-date", "vhxh", moment(16, 10))
    r.work("done-without-date", "head_vhxh", moment(28, 10), moment(30, 10))
    r.assign("open-without-date", "vhxh", moment(16, 10))
    r.assign("moved", "vhxh", moment(1, 10), date(2026, 11, 20))
    r.move("moved", "reassign", moment(25, 10), "chair", reassigned)
    # Its original date has passed, the granted one has not.
    r.assign("extended", "kt", moment(20, 10), date(2026, 10, 30))
    r.extend("extended", "head_kt", moment(26, 10), moment(28, 10), date(2026, 11, 20))
    r.assign("withdrawn", "kt", moment(1, 10), date(2026, 11, 30))
    r.move("withdrawn", "withdraw", moment(5, 11), "chair", {"reason": "Không còn cần"})
    # Completed in September, so it comes in again as reopened.
    r.assign("reopened", "kt", moment(1, 9), date(2026, 9, 20))
    r.work("reopened", "head_kt", moment(18, 9), moment(21, 9))
    r.move("reopened", "reopen", moment(3, 11), "chair", {"reason": "Còn thiếu", "new_due": date(2026, 11, 20)})
    # Past its date, but the clock stands still.
    r.assign("paused", "hcc", moment(1, 10), date(2026, 11, 2))
    r.move("paused", "pause", moment(20, 10), "chair", {"reason": "Chờ cấp trên", "until": date(2026, 11, 30)})
    # Due on a Saturday, sent on the Monday after: in time.
    r.assign("rest-day", "hcc", moment(1, 10), date(2026, 10, 31))
    r.work("rest-day", "head_hcc", moment(2, 11), moment(4, 11))
    # The boundaries of the period, to the second.
    r.assign("last-second-before", "ca", moment(14, 10, 23, 59, 59), date(2026, 11, 30))
    r.assign("first-second", "ca", moment(15, 10, 0, 0, 0), date(2026, 11, 30))
    r.assign("last-second", "ca", moment(14, 11, 23, 59, 59), date(2026, 11, 30))
    r.assign("first-second-after", "ca", moment(15, 11, 0, 0, 0), date(2026, 11, 30))
    # The last day is a Saturday: who is due then is not yet late at its end; who was due on Friday is.
    r.assign("due-on-last-day", "ca", moment(1, 10), date(2026, 11, 14))
    r.assign("due-the-day-before", "ca", moment(1, 10), date(2026, 11, 13))
    r.assign("given-and-withdrawn", "ca", moment(20, 10), date(2026, 11, 30))
    r.move("given-and-withdrawn", "withdraw", moment(30, 10), "chair", {"reason": "Giao nhầm"})
    return r


# Counted by hand from the comments above.
BY_HAND: dict[str, Line] = {
    "vhxh": Line(
        carried=6, assigned=3, on_time=2, done_no_due=1, late=1, moved_out=1, in_time=3, open_no_due=1, overdue=2,
        waiting=2, original_on_time=1, original_late=1, original_overdue=2,
    ),
    "kt": Line(
        carried=1, moved_in=1, assigned=2, reopened=1, withdrawn=1, in_time=3, extensions=1, original_overdue=2,
    ),
    "hcc": Line(carried=2, on_time=1, in_time=1, original_on_time=1),
    "ca": Line(carried=3, assigned=3, withdrawn=1, in_time=4, overdue=1, original_overdue=1),
}  # fmt: skip
TOTAL_BY_HAND = Line(
    carried=12, moved_in=1, assigned=8, reopened=1, on_time=3, done_no_due=1, late=1, withdrawn=2, moved_out=1,
    in_time=11, open_no_due=1, overdue=3, waiting=2, extensions=1,
    original_on_time=2, original_late=1, original_overdue=5,
)  # fmt: skip
