"""A real mail server for tests, and a way to run jobs at a given moment. No test reaches any other mail server."""

from __future__ import annotations

import asyncio
import smtplib
import socket
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

import pytest
import time_machine
from aiosmtpd.controller import Controller
from sqlalchemy import select

from app.clock import VIETNAM
from app.db import session
from app.jobs.running import run_job
from app.jobs.schedule import BY_NAME
from app.models import Notification, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from flask import Flask

OURS: set[int] = set()
"""Ports of mail servers that the test started."""


@pytest.fixture(autouse=True)
def _no_stray_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects to a mail server which it did not start itself."""
    connect = smtplib.SMTP.connect

    def guarded(self: smtplib.SMTP, host: str = "localhost", port: int = 0, *rest: object) -> tuple[int, bytes]:
        if port not in OURS:
            pytest.fail(f"unexpected SMTP connection to {host}:{port}")
        return connect(self, host, port, *rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(smtplib.SMTP, "connect", guarded)


@pytest.fixture
def sink(app: Flask) -> Iterator[Sink]:
    """Return a mail server to which the application sends."""
    made = Sink()
    controller = listen(made)
    mail_over(app, controller.port)
    yield made
    OURS.discard(controller.port)
    controller.stop()


@dataclass
class Sink:
    """A mail server that keeps what it is given and refuses whom it is told to refuse."""

    refused: dict[str, str] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    before: Callable[[], None] | None = None

    async def handle_RCPT(  # noqa: N802 -- the library's name and arguments
        self, server: SMTP, talk: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse with the answer prepared for the address."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, talk: Session, envelope: Envelope) -> str:  # noqa: N802 -- the same
        """Keep a letter."""
        await asyncio.sleep(0)
        if self.before:
            self.before()
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the letters to an address."""
        return [letter for letter in self.letters if address in str(letter["To"])]


def listen(sink: Sink) -> Controller:
    """Start the server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=free)
    controller.start()
    OURS.add(controller.port)
    return controller


def mail_over(app: Flask, port: int) -> None:
    """Let the application send its mail to a port of this machine."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(
        settings, smtp_host="127.0.0.1", smtp_port=port, mail_from="don-doc@binhminh.example",
        base_url="https://dondoc.binhminh.example",
    )  # fmt: skip


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a wall time of Vietnam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def run_at(app: Flask, moment: datetime, *names: str) -> list[int]:
    """Run jobs at a moment, one after the other, and return what each counted."""
    counts = []
    with time_machine.travel(moment, tick=False):
        for name in names:
            outcome = run_job(app, BY_NAME[name])
            assert outcome.wrong is None, outcome.wrong
            counts.append(outcome.done)
    return counts


def told(app: Flask, rule_prefix: str = "reminder.") -> set[tuple[str, str, int, str]]:
    """Return what the ledger says was told: rule, person's log-in, subject's id, slot."""
    with app.app_context():
        query = (
            select(Notification.rule, Person.login, Notification.subject_id, Notification.slot)
            .join(Person, Person.id == Notification.person_id)
            .where(Notification.rule.startswith(rule_prefix))
        )
        return {
            (row.rule.removeprefix(rule_prefix), row.login, row.subject_id, row.slot) for row in session.execute(query)
        }
