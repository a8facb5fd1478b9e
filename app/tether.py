"""Tie a child process to its parent: however the parent ends, kill -9 included, the child ends too.

The child holds the reading end of a pipe that only the parent can write to. The system closes it with the parent,
the child reads its end and stops. Works alike on Linux, macOS and Windows.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time

MARK = "DONDOC_TETHERED"
GRACE = 10.0  # seconds a child has to finish what it is doing


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a role of run.py that ends with this process."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ | {MARK: "1"})


def watch() -> None:
    """In a process that `start` made: end it when its parent is gone. Elsewhere: nothing."""
    if os.environ.pop(MARK, ""):
        threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    # Past sys.stdin, whose lock a forked worker would inherit locked and trip over when it ends.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
