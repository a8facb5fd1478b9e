"""`python3 run.py` as an operator meets it: first run, later runs, and what may be in the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from app import installation, migrations_runner
from app.bootstrap import ROOT
from config import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from config import Settings


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a data folder of the test's own and without the developer's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DONDOC_", "SMTP_", "DATABASE"))}
    return kept | {"DONDOC_VAR": str(tmp_path / "var")}


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    """Return the settings that a role started with that environment has."""
    return load_settings(environment)


@pytest.fixture
def installed(settings: Settings) -> Settings:
    """Return the settings of an installation whose first run is over."""
    migrations_runner.upgrade(settings)
    return settings


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "run.py"), "serve", "--no-scheduler", *words]


def call(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def answers(port: int, path: str = "/", seconds: float = 20) -> int:
    """Wait for the first answer and return its status."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.05)
    raise AssertionError("no answer")


@contextmanager
def serving(environment: dict[str, str], *words: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    port = free_port()
    process = subprocess.Popen(
        command("--port", str(port), *words),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        answers(port)
        yield port, process
    finally:
        process.kill()
        process.communicate()


def test_a_first_run_makes_the_database_and_a_second_uses_it(environment: dict[str, str], settings: Settings) -> None:
    with serving(environment, "--empty") as (_port, process):
        process.send_signal(signal.SIGTERM)
        first, _ = process.communicate(timeout=60)
    with serving(environment) as (_port, process):
        process.send_signal(signal.SIGINT)
        second, _ = process.communicate(timeout=60)
    assert "admin create-user" in first
    assert "Tạo cơ sở dữ liệu" in first
    assert "Tạo cơ sở dữ liệu" not in second
    assert not installation.demo_logins(settings)
    assert not installation.unfinished_file(settings).exists()


def test_a_first_run_that_was_killed_begins_again(environment: dict[str, str], installed: Settings) -> None:
    installation.unfinished_file(installed).touch()
    with serving(environment, "--empty") as (_port, process):
        process.terminate()
        output, _ = process.communicate(timeout=60)
    assert "Tạo cơ sở dữ liệu" in output
    assert not installation.unfinished_file(installed).exists()


@pytest.mark.usefixtures("installed")
def test_static_files_come_compressed_and_safe(environment: dict[str, str]) -> None:
    with serving(environment) as (port, _process):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/static/vendor/tabler.min.css", headers={"Accept-Encoding": "br"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - an address of our own
            headers = answer.headers
    assert headers["Content-Encoding"] == "br"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_taken_port_is_answered_with_the_next_free_one(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = call(environment, "--port", str(port))
    assert answer.returncode == 2
    assert f"{port}" in answer.stderr
    assert "--port" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("words", [("--port", "99999"), ("--host", "256.1.1.1")])
def test_an_address_that_cannot_be_is_told_in_a_sentence(environment: dict[str, str], words: tuple[str, ...]) -> None:
    answer = call(environment, *words)
    assert answer.returncode == 2
    assert words[0] in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_demo_is_not_shown_to_the_network(environment: dict[str, str], installed: Settings) -> None:
    installation.remember_demo(installed, [installation.DemoLogin("Bà A", "a", "b", "Thư ký")])
    answer = call(environment, "--host", "0.0.0.0", "--port", str(free_port()))  # noqa: S104 - it must be refused
    assert answer.returncode == 2
    assert "chỉ mở trên máy này" in answer.stderr


def test_a_demo_tells_its_log_ins_at_every_start(environment: dict[str, str], installed: Settings) -> None:
    installation.remember_demo(installed, [installation.DemoLogin("Bà A", "thu.ky", "mat-khau", "Thư ký")])
    with serving(environment) as (_port, process):
        process.terminate()
        output, _ = process.communicate(timeout=60)
    for word in ("BẢN DÙNG THỬ", "thu.ky", "mat-khau", "Thư ký"):
        assert word in output


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(environment: dict[str, str]) -> None:
    environment["DATABASE_URL"] = f"postgresql://nobody:secret@127.0.0.1:{free_port()}/nothing"
    answer = call(environment, "--port", str(free_port()))
    assert answer.returncode == 2
    assert "DATABASE_URL" in answer.stderr
    assert "secret" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_wrong_setting_is_told_by_its_name(environment: dict[str, str]) -> None:
    environment["SMTP_PORT"] = "mail"
    answer = call(environment)
    assert answer.returncode == 2
    assert answer.stderr.startswith("SMTP_PORT")
