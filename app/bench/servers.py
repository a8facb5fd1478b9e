"""Starts the floor and the product as servers of their own, two worker processes each, on this machine alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from app import tether
from app.bench.client import Client
from app.bootstrap import ROOT
from app.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2
START = 40.0


@contextmanager
def floor(url: str) -> Iterator[int]:
    """Serve the floor on a database; give its port."""
    port = free_port()
    with _running([sys.executable, "-m", "app.bench.floor", url, str(port)], {}):
        _wait(port, "/list")
        yield port


@contextmanager
def own(url: str, workers: int = WORKERS, log: IO[bytes] | None = None) -> Iterator[int]:
    """Serve the product on a database, as `run.py web --workers 2` does; give its port.

    :param log: where what the server says on stderr goes; None lets it through.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        command = [sys.executable, str(ROOT / "run.py"), "web", "--workers", str(workers), "--port", str(port)]
        with _running(command, {"DATABASE_URL": url, "DONDOC_VAR": folder, "SECRET_KEY": "do-toc-do" * 6}, log):
            _wait(port, "/healthz")
            yield port


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: IO[bytes] | None = None) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603 -- our own programs
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=log,
        cwd=ROOT,
        env=os.environ | environment | {tether.MARK: "1"},
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(tether.GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()


def _wait(port: int, path: str) -> None:
    """Wait for the first answer."""
    end = time.monotonic() + START
    while time.monotonic() < end:
        client = Client(port)
        try:
            if client.get(path).status < 500:  # noqa: PLR2004 -- any answer but a failure
                return
        except OSError:
            pass
        finally:
            client.close()
        time.sleep(0.1)
    raise DomainError(
        f"Máy chủ đo không trả lời sau {START:.0f} giây. Hãy chạy lại khi máy rảnh hơn.",
        f"The measured server did not answer within {START:.0f} seconds. Run again when the machine is less busy.",
    )
