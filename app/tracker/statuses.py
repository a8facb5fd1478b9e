"""How far a task is, from the words offices write: «Đã hoàn thành», «Đang TH», «Chậm 5 ngày», «80%», «x»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from app.errors import Sentence
from app.text import fold
from app.tracker.days import read_day
from app.tracker.sheet import shown

if TYPE_CHECKING:
    from datetime import date

    from app.tracker.sheet import Value


class Standing(StrEnum):
    """What became of a task by its tracker: still to do, done, or given up; nothing said counts as to do."""

    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class StatusRead:
    """What a cell says of a task: its standing (None: nothing that could be read), and the day it was done."""

    standing: Standing | None
    done_on: date | None = None
    wrong: Sentence | None = None


_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_STOPPED = re.compile(r"thoi thuc hien|khong thuc hien|tam dung|huy\b|dung thuc hien|khong con phu hop|bai bo|rut khoi")
_NOT = re.compile(
    r"chua|dang\b|tiep tuc|cham (?!nhat)|qua han|tre han|dung tien do|dam bao tien do|co ban|con lai|trien khai|se\b"
    r"|tham muu|du thao|cho\b|trong han|mot phan|den han|dung ke hoach|chuan bi|ra soat|dg th|chua den|sap den"
    r"|theo ke hoach|thuong xuyen"
)
_DONE = re.compile(
    r"(?:da |da duoc )?hoan (?:thanh|tat)|(?<!\w)(?:da )?(?:ht|xong)\b|da (?:ban hanh|trinh|bao cao|gui|nop|ky"
    r"|phe duyet|thuc hien|trien khai xong|to chuc|cap nhat|lap|co van ban|tham muu)|^(?:x|v|ok|co|dat|done)$"
)
_UNDONE = re.compile(r"chua|dang\b|co ban|mot phan|se\b|du kien|phan dau|con\b")
_LAST = re.compile(r"(?:ngay|vao|luc|hoan thanh|ht|xong)?\s*(\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{2,4})?)")
_FULL = 100
_TICKS = {"x", "v", "✓", "✔", "√", "co", "1", "ok", "da xong", "x."}


@lru_cache(maxsize=4096)
def read_status(value: Value, since: date | None) -> StatusRead:
    """Return what a cell of status says; a day behind words of completion is the day of completion."""
    if isinstance(value, (int, float)):
        share = value if value > 1 else value * _FULL
        return StatusRead(Standing.DONE if share >= _FULL else Standing.OPEN)
    text = shown(value).strip()
    words = fold(text)
    if not words:
        return StatusRead(None)
    standing = _standing_of(words)
    if standing is not None:
        return _done(text, since) if standing is Standing.DONE else StatusRead(standing)
    return StatusRead(
        None,
        wrong=Sentence(
            f"Chưa rõ «{text[:60]}» là đã xong hay chưa; coi là chưa xong.",
            f"“{text[:60]}” does not say whether it is done; it is taken as not done.",
        ),
    )


def _standing_of(words: str) -> Standing | None:
    if _STOPPED.search(words):
        return Standing.STOPPED
    if percent := _PERCENT.search(words):
        return Standing.DONE if float(percent[1].replace(",", ".")) >= _FULL else Standing.OPEN
    if _DONE.search(words) and not _UNDONE.search(words):
        return Standing.DONE
    return Standing.OPEN if _NOT.search(words) or _UNDONE.search(words) else None


def _done(text: str, since: date | None) -> StatusRead:
    found = _LAST.search(re.sub(r"\d+\s*/\s*[A-ZĐ][\w\-/&Đ]*", " ", text))
    day = read_day(found[1], since).on if found else None
    return StatusRead(Standing.DONE, day)


def is_ticked(value: Value) -> bool:
    """Say whether a column to tick is ticked."""
    return fold(shown(value)) in _TICKS or bool(shown(value).strip() and shown(value).strip() not in {"-", "0"})
