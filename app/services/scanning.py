"""The virus scanner of the installation, asked about each file before it is kept."""

from __future__ import annotations

import logging
import shlex
import subprocess
import tempfile

from flask import current_app

from app.errors import DomainError

SECONDS = 60
CLEAN, INFECTED = 0, 1
log = logging.getLogger("dondoc.files")


class InfectedError(DomainError):
    """The scanner found something in a file."""

    def __init__(self, name: str) -> None:
        """Say what to do with the file and the machine that it comes from."""
        super().__init__(
            f"Tệp «{name}» có mã độc nên không được nhận. Hãy quét máy tính của bạn rồi gửi tệp sạch.",
            f"The file “{name}” is infected and was not taken. Scan your computer, then send a clean file.",
            field="files",
        )


class NotScannedError(DomainError):
    """The scanner did not answer: nothing is kept that nobody looked at."""

    status = 503

    def __init__(self, name: str) -> None:
        """Say that the file itself may be well."""
        super().__init__(
            f"Tệp «{name}» chưa quét được mã độc, thử lại sau ít phút. Nếu vẫn không được, hãy báo quản trị hệ thống.",
            f"“{name}” could not be scanned yet; try again in a few minutes, else tell your administrator.",
            field="files",
        )


def refuse_infected(content: bytes, name: str) -> None:
    """Let the scanner of the settings look at a file; without one nothing is asked.

    :raises InfectedError: it ended with 1.
    :raises NotScannedError: it ended otherwise, took longer than SECONDS, or could not be started.
    """
    command = current_app.config["SETTINGS"].scanner
    if not command:
        return
    ended = _ask(shlex.split(command), content)
    if ended == INFECTED:
        log.warning("infected file refused: %s, %s bytes", name, len(content))
        raise InfectedError(name)
    if ended != CLEAN:
        log.error("file not scanned: %s, %s bytes, the scanner ended with %s", name, len(content), ended)
        raise NotScannedError(name)


def _ask(command: list[str], content: bytes) -> int | str:
    """Return how the scanner ended with a file of these bytes, or the name of what hindered it."""
    folder = current_app.config["SETTINGS"].uploads_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix="scan-") as file:
            file.write(content)
            file.flush()
            return subprocess.run(  # noqa: S603 -- the administrator's own command, no shell
                [*command, file.name],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            ).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
