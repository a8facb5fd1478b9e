"""Runs one job and notes when, and how it went."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import update

from app.clock import now
from app.db import session, transaction
from app.errors import DomainError
from app.models import JobRun
from app.services.telling import insert_new
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from apscheduler.triggers.base import BaseTrigger
    from flask import Flask

log = logging.getLogger("dondoc.jobs")
DONE, WRONG = "done", "wrong"
BROKEN = Words(
    "Lỗi ngoài dự kiến, sẽ tự chạy lại ở lượt sau. Chi tiết ở nhật ký của tiến trình lịch chạy.",
    "Something unexpected; it runs again by itself. The scheduler's log has the details.",
)


class Job(NamedTuple):
    """A row of the schedule. `run` opens its own transactions, may run twice and on two nodes, and counts its work."""

    name: str
    label: Words
    trigger: BaseTrigger
    run: Callable[[], int]
    counted: Words


class Outcome(NamedTuple):
    """How a run went: how much was done, or the sentence of what went wrong."""

    done: int
    wrong: Words | None = None

    @property
    def kept(self) -> str:
        """The outcome as the database keeps it."""
        return f"{WRONG}: {self.wrong.vi}" if self.wrong else f"{DONE}: {self.done}"


def run_job(app: Flask, job: Job) -> Outcome:
    """Run a job now, in an application context of its own; nothing it raises goes further."""
    with app.app_context():
        started = now()
        _note(job.name, started_at=started, ended_at=None, outcome="")
        try:
            outcome = Outcome(job.run())
        except DomainError as error:
            log.warning("%s: %s", job.name, error.sentence.vi)
            outcome = Outcome(0, Words(*error.sentence))
        except Exception:
            log.exception("%s", job.name)
            outcome = Outcome(0, BROKEN)
        finally:
            session.rollback()
        _note(job.name, started_at=started, ended_at=now(), outcome=outcome.kept)
    return outcome


def _note(name: str, *, started_at: datetime, ended_at: datetime | None, outcome: str) -> None:
    values = {"started_at": started_at, "ended_at": ended_at, "outcome": outcome}
    with transaction():
        session.execute(insert_new(JobRun).values(name=name, **values))
        session.execute(update(JobRun).where(JobRun.name == name).values(values))
