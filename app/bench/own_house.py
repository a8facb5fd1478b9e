"""The invented authority of the measurements: 40 units, their people, one committee, notices and meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.bench.own_words import folded
from app.bench.sample import UNITS
from app.models import (
    Authority,
    CalendarDay,
    Committee,
    Conclusion,
    Meeting,
    Membership,
    Notice,
    Office,
    PeriodRule,
    Person,
    Portfolio,
    Unit,
)
from app.services.logins import hash_password
from app.text import sort_key
from workflows import conclusion, meeting, notice
from workflows.vietnam_holidays import OFF, WORKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bench.sample import Sample

    Rows = dict[type[Any], list[dict[str, Any]]]

ONE = {"authority_id": 1}
PASSWORD = "do-toc-do-he-thong"  # noqa: S105 -- of people who do not exist, in a database made to be measured
CHAIR, DEPUTY, SECRETARY = 1, 2, 3
CHAIR_LOGIN, SECRETARY_LOGIN, HEAD_LOGIN = "truongban", "thuky", "truong05"
SECRETARYS_UNIT = 1
_SEATS = ((CHAIR, "chair", CHAIR_LOGIN), (DEPUTY, "deputy", "phoban"), (SECRETARY, "secretary", SECRETARY_LOGIN))
_STAFF = 10
"""Ids of heads begin behind the committee's people: head of unit 1 is person 11; staff come after all heads."""
START_DAY = 15
CLAUSES = 20
"""Clauses of a notice, and one notice a meeting."""


def head_of(unit: int) -> int:
    """Return the person who heads a unit."""
    return _STAFF + unit


def instant(day: date, hour: int, second: int = 0) -> datetime:
    """Return an instant at an hour of UTC on a day."""
    return datetime.combine(day, time(hour), UTC) + timedelta(seconds=second)


def house(today: date) -> Rows:
    """Return the rows of the authority itself; everybody has held office for three years."""
    since = today.replace(year=today.year - 3, month=1, day=1)
    units = [
        {**ONE, "id": n, "name": f"Đơn vị thử nghiệm số {n:02d}", "short_name": f"ĐV {n:02d}", "kind": "room",
         "aliases": [f"Phòng số {n}"], "position": n, "parent_id": 1 if n > UNITS - 2 else None}
        for n in range(1, UNITS + 1)
    ]  # fmt: skip
    return {
        Authority: [{"id": 1, "name": "Ủy ban nhân dân phường Đo Tốc Độ", "short_name": "UBND phường Đo Tốc Độ"}],
        Unit: units,
        Person: _people(),
        Office: _offices(since),
        Committee: [
            {**ONE, "id": 1, "name": "Ban Chỉ đạo Chuyển đổi số", "short_name": "Ban Chỉ đạo", "symbol": "BCĐ",
             "standing_unit_id": 1, "secretary_may_confirm": True}
        ],
        Membership: [
            {**ONE, "id": n, "committee_id": 1, "person_id": n, "office": office, "from_on": since}
            for n, office, _ in _SEATS
        ],
        Portfolio: [
            {**ONE, "id": n, "committee_id": 1, "person_id": DEPUTY, "unit_id": n, "from_on": since}
            for n in range(1, UNITS // 2)
        ],
        PeriodRule: [{**ONE, "id": 1, "committee_id": 1, "start_day": START_DAY, "valid_from": since}],
        CalendarDay: _calendar(),
    }  # fmt: skip


def _people() -> list[dict[str, Any]]:
    secret = hash_password(PASSWORD)
    named = [(n, f"Người Họp {office}", login) for n, office, login in _SEATS]
    named += [(head_of(n), f"Trưởng Đơn Vị {n:02d}", f"truong{n:02d}") for n in range(1, UNITS + 1)]
    named += [(head_of(n) + UNITS, f"Chuyên Viên {n:02d}", f"vien{n:02d}") for n in range(1, UNITS + 1)]
    return [
        {**ONE, "id": n, "full_name": name, "sort_key": sort_key(name), "login": login, "password_hash": secret}
        for n, name, login in named
    ]


def _offices(since: date) -> list[dict[str, Any]]:
    """Give each unit a head and an officer; the secretary is an officer of the standing unit, as usual."""
    held = [(SECRETARY, SECRETARYS_UNIT, "staff")]
    held += [(head_of(n), n, "head") for n in range(1, UNITS + 1)]
    held += [(head_of(n) + UNITS, n, "staff") for n in range(1, UNITS + 1)]
    return [
        {**ONE, "id": n, "person_id": person, "unit_id": unit, "kind": kind, "from_on": since}
        for n, (person, unit, kind) in enumerate(held, 1)
    ]


def _calendar() -> list[dict[str, Any]]:
    days = [(day, kind, words.vi) for kind, found in (("off", OFF), ("work", WORKED)) for day, words in found.items()]
    return [{**ONE, "id": n, "day": day, "kind": kind, "name": name} for n, (day, kind, name) in enumerate(days, 1)]


class Papers:
    """Writes the notices that give the tasks, 20 clauses each, numbered without gaps by year."""

    def __init__(self) -> None:
        """Begin with number 1 in every year."""
        self.numbers: dict[int, int] = {}
        self.made = 0

    def notice(self, clauses: Sequence[Sample]) -> Rows:
        """Return the rows of a notice that gives these tasks; it has the id of its meeting."""
        day = min(sample.given_on for sample in clauses)
        number = self.numbers[day.year] = self.numbers.get(day.year, 0) + 1
        self.made += 1
        paper = {**ONE, "id": self.made, "committee_id": 1, "made_at": instant(day, 1)}
        symbol = f"{number:02d}/TB-BCĐ"
        return {
            Meeting: [
                {**paper, "state": meeting.HELD, "title": f"Phiên họp thứ {self.made}",
                 "starts_at": instant(day, 1), "held_at": instant(day, 4), "presider_id": CHAIR}
            ],
            Notice: [
                {**paper, "state": notice.ISSUED, "meeting_id": self.made, "subject": f"Kết luận phiên họp {self.made}",
                 "scope": str(day.year), "number": number, "symbol": symbol, "issued_on": day,
                 "issued_at": instant(day, 1), "signer_id": CHAIR, "signed_at": instant(day, 1), "digest": ""}
            ],
            Conclusion: [_clause(self.made, n, sample) for n, sample in enumerate(clauses, 1)],
        }  # fmt: skip


def _clause(notice_id: int, position: int, sample: Sample) -> dict[str, Any]:
    return {
        **ONE, "id": sample.number, "notice_id": notice_id, "position": position, "address": f"II.{position}",
        "state": conclusion.ISSUED, "text": f"{sample.title}. {sample.text}", "kind": "task", "outcome": "new_tasks",
        "lead_unit_id": sample.unit, "due_on": sample.due_on, "reviewed": True, "made_at": instant(sample.given_on, 1),
    }  # fmt: skip


def search_text(code: str, sample: Sample) -> str:
    """Return what a task is found by."""
    return folded(f"{code} {sample.title} {sample.text}")
