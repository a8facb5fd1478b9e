"""From a file's bytes to its text, or a sentence that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.reading.errors import LIMIT, TextTooLongError, UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

_SIGNATURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "DOCX, XLSX, ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
)
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = {*range(9), *range(14, 32), 127} - {27}


def read_file(path: Path) -> str:
    """Return the text of a file; raise a domain error for one that is missing, too long or no text."""
    try:
        with path.open("rb") as file:
            data = file.read(2 * LIMIT + 1)
    except FileNotFoundError as error:
        raise UnreadableError.missing(str(path)) from error
    except OSError as error:
        raise UnreadableError.not_a_file(str(path)) from error
    return decode(data)


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8 (with or without mark) or marked UTF-16; else raise a domain error."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and _looks_binary(data, kind):
            raise UnreadableError.not_text(kind)
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data or _many_controls(data):
        raise UnreadableError.not_text()
    return _decoded(data, "utf-8-sig")


def _looks_binary(data: bytes, kind: str) -> bool:
    """Tell the two letters MZ of a program from a text that happens to begin with them."""
    return kind != "EXE" or b"\x00" in data[:4096]


def _many_controls(data: bytes) -> bool:
    head = data[:8192]
    return sum(byte in _CONTROL for byte in head) * 50 > len(head)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if len(data) > LIMIT:
            raise TextTooLongError from error
        refusal = UnreadableError.not_utf8() if encoding == "utf-8-sig" else UnreadableError.not_text()
        raise refusal from error
    if len(text.encode()) > LIMIT:
        raise TextTooLongError
    return text
