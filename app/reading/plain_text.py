"""From the bytes of a plain text file to its text: UTF-8, UTF-16, and the older Vietnamese code TCVN3."""

from __future__ import annotations

from app.reading.errors import LIMIT, TextTooLongError, UnreadableError
from app.reading.legacy import from_tcvn3, is_tcvn3

_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UNMARKED = ("utf-16-le", "utf-16-be")
_CONTROL = {*range(9), *range(14, 32), 127} - {27}
_SAMPLE = 8192


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8 or UTF-16 (with a mark or without) or TCVN3; else raise a domain error."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _decoded(data, encoding)
    wide = _unmarked_wide(data)
    if wide:
        return _decoded(data, wide)
    if b"\x00" in data or _many_controls(data):
        raise UnreadableError.not_text()
    return _decoded(data, "utf-8-sig")


def _unmarked_wide(data: bytes) -> str | None:
    """Return the kind of UTF-16 that bytes without a mark are in: every second one of Latin text is nought."""
    head = data[:_SAMPLE]
    for offset, encoding in ((1, _UNMARKED[0]), (0, _UNMARKED[1])):
        zeros, others = head[offset::2].count(0), head[1 - offset :: 2].count(0)
        if zeros * 4 > len(head) and not others:
            return encoding
    return None


def _many_controls(data: bytes) -> bool:
    head = data[:_SAMPLE]
    return sum(byte in _CONTROL for byte in head) * 50 > len(head)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if len(data) > LIMIT:
            raise TextTooLongError from error
        if encoding != "utf-8-sig":
            raise UnreadableError.not_text() from error
        text = _older(data, error)
    if len(text.encode(errors="surrogatepass")) > LIMIT:
        raise TextTooLongError
    return text


def _older(data: bytes, error: UnicodeDecodeError) -> str:
    """Return TCVN3 text in Unicode; other code pages look too much alike to guess."""
    text = data.decode("latin-1")
    if not is_tcvn3(text):
        raise UnreadableError.not_utf8() from error
    return from_tcvn3(text)
