"""A real mail server that takes its time and remembers every Message-ID it accepted."""

from __future__ import annotations

import asyncio
import random
import socket
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class SlowMail:
    """Counts what it accepted; between accepting and answering a client may well be killed."""

    def __init__(self, slowness: float) -> None:
        """Take up to `slowness` seconds before a mail counts as accepted, and as much again before saying so."""
        self.slowness = slowness
        self.accepted: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, talk: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 -- theirs
        """Accept one mail, slowly."""
        await asyncio.sleep(random.uniform(0, self.slowness))
        content = envelope.content
        header = message_from_bytes(content)["Message-ID"] if isinstance(content, bytes) else ""
        self.accepted[str(header).strip()] += 1
        await asyncio.sleep(random.uniform(0, self.slowness))
        return "250 OK"


@contextmanager
def serving(mail: SlowMail) -> Iterator[int]:
    """Run the server on a free port, which is given, until the end of the block."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(mail, hostname=HOST, port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
