"""Role `serve`, the default: set up on the first run, then web server and scheduler until stopped."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from app import installation, migrations_runner, tether
from app.bootstrap import ROOT
from app.cli import find
from app.commands import web
from app.errors import DomainError
from config import load_settings

if TYPE_CHECKING:
    import argparse
    import subprocess

    from config import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
FIRST_PAUSE = 2.5  # the page a person is waiting for comes first
LONGEST_PAUSE = 30.0
QUESTION = """\
Chưa có dữ liệu. Bạn muốn bắt đầu thế nào? (No data yet. How shall we begin?)
  1  Dữ liệu mẫu để xem thử (demo data, invented people)
  2  Trống, để dùng thật (empty, for real use)
Chọn (choose) [1]: """
BANNER = """\
┌──────────────────────────────────────────────────────────────────────┐
│ BẢN DÙNG THỬ: người và việc đều là giả định, ai cũng đăng nhập được. │
│ Chỉ mở trên máy này. Không nhập dữ liệu thật.                        │
│ DEMO: invented people, open log-ins, this machine only.              │
└──────────────────────────────────────────────────────────────────────┘"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to listen, and answer the question of the first run ahead."""
    web.add_address(parser)
    first = parser.add_mutually_exclusive_group()
    first.add_argument("--demo", action="store_true", help="lần đầu: dùng dữ liệu mẫu (first run: demo data)")
    first.add_argument("--empty", action="store_true", help="lần đầu: bắt đầu trống (first run: begin empty)")
    parser.add_argument("--no-scheduler", action="store_true", help="không chạy lịch (leave the scheduler out)")


def run(args: argparse.Namespace) -> int:
    """Bring the database to shape, then serve until SIGINT or SIGTERM."""
    listening = web.listen(args.host, args.port)
    if args.host in LOOPBACK:
        # Links in mails and invitations must open here, whichever port it is; the scheduler inherits this.
        os.environ.setdefault("DONDOC_BASE_URL", web.address(listening))
    settings = load_settings()
    revision = revision_of(settings)
    if revision is None or installation.unfinished_file(settings).exists():
        set_up(settings, demo=args.demo or not (args.empty or wants_empty()))
    elif revision != migrations_runner.newest():
        print("Cập nhật cơ sở dữ liệu… (migrating)", flush=True)
        migrations_runner.upgrade(settings)
    logins = installation.demo_logins(settings)
    if logins and not args.host.startswith("127."):
        raise DomainError(
            "Bản dùng thử chỉ mở trên máy này: hãy bỏ --host, hoặc bắt đầu bản thật với thư mục khác (DONDOC_VAR).",
            "A demo is served on this machine only: leave --host out, or begin a real one elsewhere (DONDOC_VAR).",
        )
    scheduler = None if args.no_scheduler or find(["scheduler"]) is None else Scheduler()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        announce(web.address(listening), logins)
        web.serve(replace(settings, demo=settings.demo or bool(logins)), listening)
    finally:
        if scheduler:
            scheduler.stop()
    return 0


def revision_of(settings: Settings) -> str | None:
    """Return the database's revision, None where there is no database yet."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None
    try:
        return migrations_runner.current(settings.database_url)
    except OperationalError as error:
        raise DomainError(
            f"Không kết nối được cơ sở dữ liệu {url.render_as_string()}. Hãy kiểm tra DATABASE_URL.",
            f"Cannot connect to the database {url.render_as_string()}. Please check DATABASE_URL. {error.orig}",
        ) from error


def wants_empty() -> bool:
    """Ask on a terminal how to begin; without one a demo is meant."""
    if not sys.stdin.isatty():
        return False
    while True:
        answer = input(QUESTION).strip()
        if answer in ("", "1", "2"):
            return answer == "2"


def set_up(settings: Settings, *, demo: bool) -> None:
    """Make the database of a first run; one that was killed halfway is begun again from nothing."""
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    unfinished = installation.unfinished_file(settings)
    if unfinished.exists():
        migrations_runner.move(settings.database_url, "base", down=True)
    unfinished.touch()
    print("Tạo cơ sở dữ liệu… (making the database)", flush=True)
    migrations_runner.upgrade(settings)
    if demo:
        print("Nạp dữ liệu mẫu… (seeding the demo)", flush=True)
        seed = importlib.import_module("app.demo").seed_demo  # a real installation never loads it
        installation.remember_demo(settings, [installation.DemoLogin(*each) for each in seed(settings)])
    else:
        print(
            "Tạo người quản trị đầu tiên trên trang web, hoặc bằng: python3 run.py admin create-user\n"
            "(make the first administrator on the web page, or by that command)"
        )
    unfinished.unlink()


def announce(address: str, logins: list[installation.DemoLogin]) -> None:
    """Print where to go, and the log-ins of a demo."""
    lines = [BANNER] if logins else []
    lines += [f"\nMở trình duyệt tại (open): {address}\n"]
    for each in logins:
        lines += [f"  {each.login:<24} {each.password:<16} {each.name}, {each.role}"]
    print("\n".join([*lines, "Dừng (stop): Ctrl-C"]), flush=True)


class Scheduler:
    """The scheduler in a process of its own, started again when it dies, ended with this one."""

    def __init__(self) -> None:
        """Start it and watch over it."""
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.watcher.start()

    def watch(self) -> None:
        """Start it and keep it alive; after each death wait longer, up to half a minute."""
        pause = FIRST_PAUSE
        while not self.stopping.wait(pause):
            if self.process:
                print("Khởi động lại lịch chạy (scheduler ended, starting again)", file=sys.stderr)
            self.process = tether.start([sys.executable, str(ROOT / "run.py"), "scheduler"])
            self.process.wait()
            pause = min(pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.stopping.set()
        process = self.process
        if process and process.poll() is None:
            process.terminate()
        self.watcher.join(tether.GRACE)
        if process and process.poll() is None:
            process.kill()
