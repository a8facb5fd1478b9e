"""The scheduler's process: ticks at once, ends when told to, survives what a job does; `job` runs one now."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import select

from app import db
from app.db import session
from app.errors import DomainError
from app.jobs.running import Job
from app.jobs.schedule import BY_NAME, SCHEDULE
from app.jobs.ticking import tick_until
from app.models import JobRun
from tests.factories import assign_task, found_authority
from tests.posts import Sink, run_at, wall
from workflows.words import Words

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings

ROOT = Path(__file__).parents[2]
WORDS = Words("thử", "try")


def environment(settings: Settings) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": settings.database_url, "DONDOC_VAR": str(settings.var_dir)}


def outcomes(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {row.name: row.outcome for row in session.scalars(select(JobRun))}


def test_every_job_ticks_at_the_start_and_a_broken_one_stops_no_other(app: Flask) -> None:
    stop, ticks = threading.Event(), []

    def broken() -> int:
        raise DomainError("Hỏng.", "Broken.")

    def good() -> int:
        ticks.append(1)
        if len(ticks) >= 3:
            stop.set()
        return min(len(ticks), 3)  # a busy machine may tick once more before it stops

    soon = IntervalTrigger(seconds=0.1)
    jobs = [Job("broken", WORDS, soon, broken, WORDS), Job("good", WORDS, soon, good, WORDS)]
    tick_until(app, jobs, stop)
    assert outcomes(app) == {"broken": "wrong: Hỏng.", "good": "done: 3"}


def test_a_tick_under_way_is_finished_before_the_end(app: Flask) -> None:
    stop, done = threading.Event(), []

    def slow() -> int:
        stop.set()
        time.sleep(0.3)
        done.append(1)
        return 1

    tick_until(app, [Job("slow", WORDS, IntervalTrigger(seconds=60), slow, WORDS)], stop)
    assert done == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_role_runs_all_jobs_and_ends_on_sigterm(app: Flask, settings: Settings) -> None:
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), "scheduler"],
        cwd=ROOT, env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    patience = time.monotonic() + 60
    while (
        len([outcome for outcome in outcomes(app).values() if outcome]) < len(SCHEDULE) and time.monotonic() < patience
    ):
        time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "Lịch đang chạy" in output
    assert set(outcomes(app)) == set(BY_NAME)
    assert all(outcome.startswith("done: ") for outcome in outcomes(app).values())
    with app.app_context():
        db.session.remove()


def test_the_role_job_says_what_it_did(app: Flask, settings: Settings) -> None:
    outcome = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "job", "sweep_old"],
        cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    assert "0 dòng đã dọn" in outcome.stdout
    assert outcomes(app) == {"sweep_old": "done: 0"}


def test_the_schedule_names_each_job_once() -> None:
    assert len(BY_NAME) == len(SCHEDULE)
    assert all(job.label.complete and job.counted.complete for job in SCHEDULE)


def test_mail_goes_again_after_a_clock_of_this_process_has_ended(app: Flask, sink: Sink) -> None:
    stop = threading.Event()
    stop.set()
    tick_until(app, [], stop)
    house = found_authority(app)
    with time_machine.travel(wall(date(2026, 11, 23), 7), tick=False):
        assign_task(app, house, due=date(2026, 12, 30))
    assert run_at(app, wall(date(2026, 11, 23), 7, 45), "make_messages", "deliver_mail") == [1, 1]
