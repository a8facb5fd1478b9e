"""The data set of the measurements, one task after the other: the same on every machine and every engine."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 2
"""Part of the name under which built databases are kept: raise it when the samples change."""
UNITS = 40
RARE_WORDS, HITS = 1_000, 50
MONTHS = 24
_REACH = MONTHS * 365 // 12
_COMMON = [
    "báo",
    "cáo",
    "kế",
    "hoạch",
    "kinh",
    "phí",
    "tiến",
    "độ",
    "họp",
    "giao",
    "ban",
    "kết",
    "luận",
    "phường",
    "trường",
    "học",
    "trạm",
    "y",
    "tế",
    "đường",
    "dây",
    "nóng",
    "máy",
    "tính",
    "bảng",
    "hạ",
    "tầng",
    "số",
    "hồ",
    "sơ",
    "thủ",
    "tục",
    "dịch",
    "vụ",
    "công",
    "trực",
    "tuyến",
    "an",
    "toàn",
    "thông",
    "tin",
    "đào",
    "tạo",
    "tập",
    "huấn",
    "chuyển",
    "đổi",
    "dữ",
    "liệu",
    "dân",
    "cư",
    "đất",
    "đai",
    "xây",
    "dựng",
    "môi",
    "trường",
    "rác",
    "thải",
    "cấp",
    "nước",
    "chiếu",
    "sáng",
    "camera",
    "giám",
    "sát",
    "tổ",
    "dân",
    "phố",
    "văn",
    "hóa",
    "du",
    "lịch",
    "thương",
    "mại",
    "hộ",
    "kinh",
    "doanh",
    "thuế",
    "lao",
    "động",
    "việc",
    "làm",
    "bảo",
    "hiểm",
    "người",
    "cao",
    "tuổi",
    "trẻ",
    "em",
    "phòng",
    "cháy",
    "chữa",
    "cháy",
    "giao",
    "thông",
    "vỉa",
    "hè",
]


@dataclass(frozen=True, slots=True)
class Sample:
    """One task of the set. `fate`: overdue, ahead (open), on_time, late or withdrawn (closed); days are local.

    `stage` is how far an open one has come, 0 to 2; `second` spreads instants over the working day.
    """

    number: int
    unit: int
    old_unit: int
    fate: str
    stage: int
    given_on: date
    due_on: date
    closed_on: date | None
    second: int
    title: str
    text: str


def rare_words() -> list[str]:
    """Return the words of which each stands in exactly 50 tasks; none is part of another or of a common word."""
    dice = random.Random(71)  # noqa: S311 -- the same words for everybody
    found: dict[str, None] = {}
    while len(found) < RARE_WORDS:
        syllables = (dice.choice("bdghklmnprstv") + dice.choice("aeiou") for _ in range(4))
        found["".join(syllables) + dice.choice("wzfj")] = None
    return list(found)


def samples(count: int, today: date) -> Iterator[Sample]:
    """Yield `count` tasks of 24 months up to today.

    12 % are open and overdue, 10 % open and ahead of their due date, 78 % closed, of these 12 points late and 4
    withdrawn.
    """
    dice = random.Random(2026)  # noqa: S311 -- the same set for everybody
    rare = _placed(count, dice)
    for number in range(1, count + 1):
        yield _sample(number, today, dice, rare.get(number, []))


def _placed(count: int, dice: random.Random) -> dict[int, list[str]]:
    """Give each rare word its 50 tasks, shuffled over all of them."""
    order = dice.sample(range(1, count + 1), min(count, RARE_WORDS * HITS))
    found: dict[int, list[str]] = {}
    for place, word in enumerate(word for word in rare_words() for _ in range(min(HITS, count))):
        found.setdefault(order[place % len(order)], []).append(word)
    return found


def _fate(dice: random.Random) -> str:
    draw = dice.random()
    for limit, fate in ((0.12, "overdue"), (0.22, "ahead"), (0.84, "on_time"), (0.96, "late")):
        if draw < limit:
            return fate
    return "withdrawn"


def _sample(number: int, today: date, dice: random.Random, rare: list[str]) -> Sample:
    fate, length = _fate(dice), timedelta(days=dice.randrange(10, 90))
    given, due, closed = _days(fate, length, today, dice)
    words = dice.choices(_COMMON, k=55)
    for word in rare:
        words.insert(dice.randrange(len(words)), word)
    unit, old_unit = dice.randrange(UNITS) + 1, dice.randrange(UNITS) + 1
    title = f"{' '.join(dice.choices(_COMMON, k=8)).capitalize()}, việc số {number}"
    return Sample(
        number, unit, old_unit, fate, dice.randrange(3), given, due, closed, dice.randrange(20_000), title,
        " ".join(words).capitalize() + ".",
    )  # fmt: skip


def _days(fate: str, length: timedelta, today: date, dice: random.Random) -> tuple[date, date, date | None]:
    """Return when a task was given, is due, and was closed (yesterday at the latest)."""
    yesterday = today - timedelta(days=1)
    if fate == "overdue":
        due = today - timedelta(days=dice.randrange(1, 200))
        return due - length, due, None
    if fate == "ahead":
        due = today + timedelta(days=dice.randrange(1, 60))
        return min(due - length, today - timedelta(days=3)), due, None
    given = today - timedelta(days=dice.randrange(130, _REACH))
    due = given + length
    shift = dice.randrange(7, 30) if fate == "late" else -dice.randrange(0, 8)
    return given, due, min(max(due + timedelta(days=shift), given + timedelta(days=3)), yesterday)
