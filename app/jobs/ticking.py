"""The clock of the scheduler's process: ticks, and nothing else; what is due is always read from the database."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from app.clock import VIETNAM, now
from app.jobs import mail
from app.jobs.running import run_job

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable

    from flask import Flask

    from app.jobs.running import Job

THREADS = 4


def tick_until(app: Flask, jobs: Iterable[Job], stop: threading.Event) -> None:
    """Run the jobs by their triggers, and once at the start, until `stop` is set; work under way is finished first.

    A job never overlaps itself in this process; ticks that came while it ran become one.
    """
    # Its own log speaks of every tick; ours says what went wrong.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    clock = BackgroundScheduler(
        timezone=VIETNAM,
        executors={"default": ThreadPoolExecutor(THREADS)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        clock.add_job(run_job, job.trigger, args=(app, job), id=job.name, next_run_time=now())
    mail.stopping.clear()
    clock.start()
    try:
        stop.wait()
    finally:
        mail.stopping.set()
        clock.shutdown(wait=True)
        mail.stopping.clear()  # it stopped this clock's mail only; whoever delivers next in this process may
