"""An invented month for tests of the papers: no database, awkward words on purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from app.queries.account import (
    Account,
    Before,
    Corrections,
    Definition,
    Grant,
    Issuer,
    TaskLine,
    UnitAccount,
)
from workflows.compliance import COLUMNS, Line
from workflows.words import Words

UNITS = (
    ("Văn phòng HĐND và UBND phường", "Văn phòng"),
    ("Phòng Văn hóa - Xã hội", "P. VHXH"),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", "P. KTHTĐT"),
    ("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
    ("Công an phường", "Công an"),
    ("Trạm Y tế phường", "Trạm Y tế"),
)
MARKUP = '#panic() $x$ *đậm* =HYPERLINK("x") <b>&amp;</b> @SUM(A1) -- nguyên văn'
"""What Typst, a spreadsheet or HTML would act on, if it were not kept as text."""


def make_account(units: int = 6, overdue: int = 8, profile: str = "state", titles: int = 120) -> Account:
    """Return an account with so many units and overdue tasks."""
    lines = [
        Line(
            carried=3 + n, assigned=4, on_time=3 + n % 3, late=n % 2, in_time=2 + n - n % 3, overdue=2 - n % 2,
            withdrawn=0, waiting=1, extensions=n % 2, original_on_time=2 + n % 3, original_late=n % 2,
            original_overdue=2, done_no_due=1,
        )
        for n in range(units)
    ]  # fmt: skip
    named = [UNITS[n % len(UNITS)] for n in range(units)]
    accounts = [
        UnitAccount(n + 1, name if n < len(UNITS) else f"{name} {n}", short if n < len(UNITS) else f"{short} {n}", line,
                    "Chờ kinh phí của cấp trên; đã làm việc với Phòng Tài chính ngày 05/11/2026." if n == 1 else "")
        for n, ((name, short), line) in enumerate(zip(named, lines, strict=True))
    ]  # fmt: skip
    title = ("Rà soát, kiểm kê máy tính bảng đã cấp, đề xuất phương án thay thế tiết kiệm " * 9)[:titles]
    tasks = [
        TaskLine(
            n, f"NV-2026-{n}", MARKUP if n == 1 else title, 1 + n % units, accounts[n % units].name,
            date(2026, 11, 2), date(2026, 10, 30), "05/TB-BCĐ – II.3.b", 30 - n % 29, "reported" if n == 2 else "",
        )
        for n in range(1, overdue + 1)
    ]  # fmt: skip
    total = sum(lines, Line())
    return Account(
        issuer=Issuer(
            1, "Ban Chỉ đạo Chuyển đổi số phường Bình Minh", "BCĐ CĐS", "BCĐ", profile,
            "Ban Chỉ đạo Chuyển đổi số", "Ủy ban nhân dân phường Bình Minh", "Bình Minh",
        ),
        label=Words("Tháng 11/2026", "November 2026"),
        begins_on=date(2026, 10, 15),
        ends_on=date(2026, 11, 14),
        bridging=False,
        as_at=date(2026, 11, 14),
        computed_at=datetime(2026, 11, 16, 2, 0, tzinfo=UTC),
        units=accounts,
        total=total,
        before=Before(
            Words("Tháng 10/2026", "October 2026"), date(2026, 9, 15), date(2026, 10, 14),
            comparable=True, signed=True, total=replace(total, on_time=total.on_time - 3), units={},
        ),
        overdue=tasks,
        grants=[Grant(task, date(2026, 10, 30), date(2026, 11, 20), date(2026, 10, 28), "Chờ") for task in tasks[:3]],
        self_confirmed=tasks[:1],
        corrections=Corrections(reopened=tasks[1:2], added=tasks[2:3]),
        definitions=[Definition(c.number, c.header, c.definition) for c in COLUMNS],
        counted={},
    )  # fmt: skip
