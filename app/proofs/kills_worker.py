"""A scheduler's process for the proof of kills: the product's own jobs, at a brisk pace, on an invented day."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import time_machine
from apscheduler.triggers.interval import IntervalTrigger

from app.factory import create_app
from app.jobs.schedule import BY_NAME
from app.jobs.ticking import tick_until

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

    from config import Settings

JOBS = ("plan_reminders", "make_messages", "deliver_mail")
PACE = 0.15
LEASE = timedelta(seconds=3)


class Day(NamedTuple):
    """An invented morning: its wall time began when the machine's monotonic clock stood at `started`."""

    morning: datetime
    started: float

    def now(self) -> datetime:
        """Return what time it is there."""
        return self.morning + timedelta(seconds=time.monotonic() - self.started)


def work(settings: Settings, day: Day, ready: Event) -> None:
    """Run the jobs until killed; say so when they begin."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with time_machine.travel(day.now(), tick=True):
        app = create_app(settings)
        app.config["DELIVERY_LEASE"] = LEASE
        jobs = [BY_NAME[name]._replace(trigger=IntervalTrigger(seconds=PACE)) for name in JOBS]
        ready.set()
        tick_until(app, jobs, threading.Event())


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
