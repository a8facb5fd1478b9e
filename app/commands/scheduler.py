"""Role `scheduler`: reminders, mail and the night's work, in a process of their own."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from app import installation
from app.commands.web import require_newest
from app.factory import create_app
from app.jobs.schedule import SCHEDULE
from app.jobs.ticking import tick_until
from config import load_settings

if TYPE_CHECKING:
    import argparse

    from config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: what runs when is one table, app/jobs/schedule.py."""


def run(args: argparse.Namespace) -> int:
    """Run the schedule until SIGINT or SIGTERM, or until the process that started this one is gone."""
    settings = own_settings()
    require_newest(settings)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    print(f"Lịch đang chạy: {len(SCHEDULE)} việc. {mail_way(settings)}", flush=True)
    tick_until(create_app(settings), SCHEDULE, stop)
    return 0


def own_settings() -> Settings:
    """Return the settings, knowing a demo also by what the first run has left."""
    settings = load_settings()
    return replace(settings, demo=settings.demo or bool(installation.demo_logins(settings)))


def mail_way(settings: Settings) -> str:
    """Say where mail goes from here."""
    if settings.smtp_host:
        return f"Thư gửi qua (mail through) {settings.smtp_host}:{settings.smtp_port}."
    if settings.demo:
        return f"Bản dùng thử: thư được ghi vào (demo mail goes to) {settings.var_dir / 'outbox'}."
    return "Chưa cấu hình thư: đặt SMTP_HOST để gửi. (No mail server set: mail waits.)"
