"""From a file's bytes to its text, whatever kind of file it is, or a sentence that says why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Sentence
from app.reading.child import SECONDS
from app.reading.errors import (
    FILE_LIMIT,
    LIMIT,
    FileTooLargeError,
    RefusedError,
    TextTooLongError,
    TooHeavyError,
    UnreadableError,
)
from app.reading.normalise import clean
from app.reading.plain_text import decode
from app.reading.secrecy import refuse_marked

_COMMAND = ("-m", "app.reading.child")
_ROOT = Path(__file__).resolve().parents[2]
_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)
_OTHERS = ((b"MZ", "EXE"), (b"\x7fELF", "ELF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"), (b"\x1f\x8b", "GZIP"))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_PDF_WITHIN = 1024
_BINARY = (b"BM", b"MZ")
_HEADROOM = 5
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
"""What a reading process may know of the environment."""

TRACKED = Sentence(
    "Tệp có các sửa đổi đang được theo dõi: chữ thêm vào được đọc, chữ đã xóa thì không. Hãy xem kỹ bản đọc được.",
    "The file holds tracked changes: inserted words were read, deleted ones were not. Check what was read.",
)


@dataclass(frozen=True)
class FileText:
    """The text of a file, and what its user should know about how it was read."""

    text: str
    notes: tuple[Sentence, ...] = ()


def read_file(path: Path) -> FileText:
    """Return the text of a file; raise a domain error for one that is missing, too long or no text."""
    try:
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except FileNotFoundError as error:
        raise UnreadableError.missing(str(path)) from error
    except OSError as error:
        raise UnreadableError.not_a_file(str(path)) from error
    return read_bytes(data)


def read_bytes(data: bytes) -> FileText:
    """Return the text of a file's bytes; its kind is told from what is inside, not from its name.

    Word and PDF are read in a process of their own, bounded in memory and time.

    :raises DomainError: each with what to do next; ClassifiedTextError also for a marking in the margins.
    """
    if len(data) > FILE_LIMIT:
        raise FileTooLargeError
    if data.startswith(b"PK\x03\x04"):
        return _apart("docx", data)
    if data[:_PDF_WITHIN].lstrip().startswith(b"%PDF") or b"%PDF-" in data[:_PDF_WITHIN]:
        return _apart("pdf", data)
    _refuse_others(data)
    if len(data) > 2 * LIMIT:
        raise TextTooLongError
    return FileText(decode(data))


def _refuse_others(data: bytes) -> None:
    """Raise for the kinds of file that are known and not read."""
    if data.startswith(_OLD_OFFICE):
        raise UnreadableError.locked() if _LOCKED_STREAM in data else UnreadableError.older_word("DOC")
    if data.startswith(b"{\\rtf"):
        raise UnreadableError.older_word("RTF")
    binary = b"\x00" in data[:4096]
    for signature, kind in (*_PICTURES, *_OTHERS):
        if data.startswith(signature) and (binary or signature not in _BINARY):
            raise UnreadableError.picture(kind) if (signature, kind) in _PICTURES else UnreadableError.not_text(kind)


def _apart(kind: str, data: bytes) -> FileText:
    """Read in a child process; what it says in time is the answer, anything else is a refusal."""
    command = [sys.executable, *_COMMAND, kind]
    known = {key: os.environ[key] for key in _KEPT if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and module; the file goes in as bytes
            command,
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env={**known, "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=SECONDS + _HEADROOM,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooHeavyError from error
    if done.returncode:
        raise TooHeavyError
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        vi, en = answer["refused"]
        raise RefusedError(vi, en, answer["status"])
    read = answer["read"]
    refuse_marked(clean(read["margin"]))
    return FileText(read["text"], (TRACKED,) if read["tracked"] else ())
