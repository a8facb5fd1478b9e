"""Reads one file in a process of its own, bounded in memory and time: bytes come in, JSON goes out.

Started as «python -m app.reading.child KIND»; knows no database, no secrets and no user.
"""

from __future__ import annotations

import json
import sys

from app.errors import DomainError

SECONDS = 20
MEMORY = 1024 * 2**20
TOO_HEAVY = 3


def main(kind: str) -> int:
    """Read the file of this kind («docx», «pdf», «html») from standard input; say what was read or refused."""
    bound()
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = {"read": _read(kind, data)}
    except DomainError as error:
        answer = {"refused": [*error.sentence], "status": error.status}
    except (MemoryError, RecursionError):
        return TOO_HEAVY
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def _read(kind: str, data: bytes) -> dict[str, object]:
    if kind == "docx":
        from app.reading.docx_text import read_docx  # noqa: PLC0415 -- its library is loaded where it is needed alone

        found = read_docx(data)
        return {"text": found.text, "margin": found.margin, "tracked": found.tracked}
    from app.reading.pdf_text import read_pdf  # noqa: PLC0415 -- the same

    text, margin = read_pdf(data)
    return {"text": text, "margin": margin, "tracked": False}


def bound() -> None:
    """Take the limits on this process, where the system knows them; elsewhere only the clock outside holds it."""
    try:
        import resource  # noqa: PLC0415 -- does not exist on Windows
    except ImportError:
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
