"""The monthly arithmetic: what became of each task over a period, summed by unit and in total.

A task counts once a period, net: by where it stood when the period began and where at 24:00 of its last
day. Completed and reopened within one period is still open; assigned and withdrawn within one period is
one assigned and one withdrawn.

Over 300 lines: the arithmetic and the columns that name it are read together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from workflows.deadlines import Clock

Entry = Literal["assigned", "reopened", "restored", "carried_in"]
Outcome = Literal["open", "completed", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class TaskPeriod:
    """One task (or `n` alike) over a period: where it came from, where it stood at the end.

    `unit_at_start` is the lead unit of a task open when the period began; else `entry` says how it came in
    and `entry_unit` to whom. `counted_on` is the day the accepted or pending report was sent.
    `extensions` are those granted in the period to each of the n. `entered`: open when the period began, but
    entered from an old notice only since.
    """

    unit_at_end: int
    outcome: Outcome
    unit_at_start: int | None = None
    entry: Entry | None = None
    entry_unit: int | None = None
    due: date | None = None
    original_due: date | None = None
    counted_on: date | None = None
    reported: bool = False
    paused: bool = False
    extensions: int = 0
    entered: bool = False
    n: int = 1

    def __post_init__(self) -> None:
        """Refuse a row that cannot be: it would break the identity without a trace."""
        if (self.unit_at_start is None) == (self.entry is None):
            raise ValueError("a task is either open at the start or enters in the period")
        if (self.entry is None) != (self.entry_unit is None):
            raise ValueError("an entry needs its unit, and only an entry")
        if self.counted_on is None and (self.reported or self.outcome == "completed"):
            raise ValueError("a reported or completed task needs the day its report was sent")
        if self.entered and self.entry is not None:
            raise ValueError("a task entered from an old notice since the period began was open at its start")
        if (self.reported or self.paused) and (self.outcome != "open" or self.reported == self.paused):
            raise ValueError("only an open task is reported or paused, and never both")

    @property
    def origin(self) -> int:
        """Give the unit that had the task when the period began, or that got it first."""
        unit = self.unit_at_start if self.entry_unit is None else self.entry_unit
        return self.unit_at_end if unit is None else unit


@dataclass(frozen=True, kw_only=True)
class Line:
    """The figures of one unit, or of all; lines add up field by field. `entered` is part of `carried`."""

    carried: int = 0
    entered: int = 0
    moved_in: int = 0
    assigned: int = 0
    reopened: int = 0
    on_time: int = 0
    late: int = 0
    withdrawn: int = 0
    moved_out: int = 0
    in_time: int = 0
    overdue: int = 0
    waiting: int = 0
    extensions: int = 0
    done_no_due: int = 0
    open_no_due: int = 0
    original_on_time: int = 0
    original_late: int = 0
    original_overdue: int = 0

    def __add__(self, other: Line) -> Line:
        """Add two lines."""
        return Line(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Line)})

    @property
    def total(self) -> int:
        """Column 5 = 3 + 4."""
        return self.carried + self.assigned

    @property
    def balanced(self) -> bool:
        """Check the identity 3 + 3a + 4 = 6 + 7 + 8 + 8a + 9 + 10."""
        settled = self.on_time + self.late + self.withdrawn + self.moved_out
        return self.total + self.moved_in == settled + self.in_time + self.overdue

    @property
    def needs_cause(self) -> bool:
        """Say whether column 14 must be filled: something was late or is overdue."""
        return self.late + self.overdue > 0

    @property
    def rate(self) -> Fraction | None:
        """Column 13: on time over on time, late and overdue, by the current due date; None is printed "—"."""
        return _rate(self.on_time - self.done_no_due, self.late + self.overdue)

    @property
    def original_rate(self) -> Fraction | None:
        """Column 13 by the original due date."""
        return _rate(self.original_on_time, self.original_late + self.original_overdue)

    @property
    def done_rate(self) -> Fraction | None:
        """On time over all completed, by the current due date; what is still open has no say."""
        return _rate(self.on_time - self.done_no_due, self.late)


def _rate(good: int, bad: int) -> Fraction | None:
    return Fraction(good, good + bad) if good + bad else None


@dataclass(frozen=True)
class Summary:
    """The lines by unit, and their sum (in which columns 3a and 8a are equal)."""

    units: Mapping[int, Line]
    total: Line


def summarise(rows: Iterable[TaskPeriod], period_end: date, clock: Clock) -> Summary:
    """Sum the rows as at 24:00 of the period's last day."""

    @cache
    def is_late(due: date, day: date) -> bool:
        return clock.is_late(due, day)

    counts: dict[int, Counter[str]] = {}
    for row in rows:
        here = counts.setdefault(row.origin, Counter())
        here["carried" if row.entry in {None, "carried_in"} else "assigned"] += row.n
        here["entered"] += row.n * row.entered
        here["reopened"] += row.n * (row.entry in {"reopened", "restored"})
        there = counts.setdefault(row.unit_at_end, Counter())
        if row.origin != row.unit_at_end:
            here["moved_out"] += row.n
            there["moved_in"] += row.n
        there["extensions"] += row.n * row.extensions
        there["waiting"] += row.n * row.reported
        for column in _columns_at_end(row, row.counted_on or period_end, is_late):
            there[column] += row.n
    units = {unit: Line(**count) for unit, count in sorted(counts.items())}
    return Summary(units, sum(units.values(), Line()))


def _columns_at_end(row: TaskPeriod, day: date, is_late: Callable[[date, date], bool]) -> tuple[str, ...]:
    """Name the columns in which the task stands at the end; `day` is what the due date is held against."""
    done = row.outcome == "completed"
    if row.outcome == "withdrawn":
        return ("withdrawn",)
    if row.due is None:
        return ("on_time", "done_no_due") if done else ("in_time", "open_no_due")
    if row.paused:
        return ("in_time",)
    late, first_late = is_late(row.due, day), is_late(row.original_due or row.due, day)
    if done:
        return ("late" if late else "on_time", "original_late" if first_late else "original_on_time")
    return ("overdue" if late else "in_time", *(("original_overdue",) if first_late else ()))


@dataclass(frozen=True)
class Column:
    """A column of the summary: its number, the Line's attribute (None: not a figure), header, definition."""

    number: str
    figure: str | None
    header: Words
    definition: Words


COLUMNS: tuple[Column, ...] = (
    Column("1", None, Words("TT", "No."), Words("Số thứ tự", "Running number")),
    Column(
        "2",
        None,
        Words("Đơn vị", "Unit"),
        Words("Đơn vị chủ trì; mỗi nhiệm vụ chỉ tính một lần", "The lead unit; each task counts once"),
    ),
    Column(
        "3",
        "carried",
        Words("Tồn kỳ trước chuyển sang", "Carried over"),
        Words(
            "Nhiệm vụ đang mở khi bắt đầu kỳ, kể cả nhập từ sổ cũ",
            "Open when the period began, also if entered from old records",
        ),
    ),
    Column(
        "3a",
        "moved_in",
        Words("Chuyển đến", "Moved in"),
        Words("Nhận từ đơn vị khác do chuyển đơn vị chủ trì", "Got from another unit by reassignment"),
    ),
    Column(
        "4",
        "assigned",
        Words("Giao mới trong kỳ", "Newly assigned"),
        Words(
            "Giao trong kỳ, gồm cả mở lại và khôi phục (ghi riêng)",
            "Assigned in the period, including reopened and restored (shown apart)",
        ),
    ),
    Column("5", "total", Words("Tổng số", "Total"), Words("Cột 3 + cột 4", "Column 3 + column 4")),
    Column(
        "6",
        "on_time",
        Words("Hoàn thành đúng hạn", "Completed on time"),
        Words(
            "Được xác nhận trong kỳ và báo cáo gửi trong hạn; nhiệm vụ không có hạn ghi riêng, không tính tỷ lệ",
            "Confirmed in the period and reported in time; without a due date shown apart and outside the rates",
        ),
    ),
    Column(
        "7",
        "late",
        Words("Hoàn thành quá hạn", "Completed late"),
        Words("Được xác nhận trong kỳ, báo cáo gửi sau hạn", "Confirmed in the period, reported after the due date"),
    ),
    Column(
        "8",
        "withdrawn",
        Words("Thu hồi, hủy", "Withdrawn"),
        Words("Bị thu hồi trong kỳ", "Withdrawn in the period"),
    ),
    Column(
        "8a",
        "moved_out",
        Words("Chuyển đi", "Moved out"),
        Words("Chuyển cho đơn vị khác chủ trì", "Reassigned to another unit"),
    ),
    Column(
        "9",
        "in_time",
        Words("Đang thực hiện trong hạn", "Open, in time"),
        Words(
            "Đang mở, chưa quá hạn lúc 24 giờ ngày cuối kỳ; gồm tạm dừng và không có hạn (ghi riêng)",
            "Open, not past due at 24:00 of the last day; with paused tasks and those without due date (shown apart)",
        ),
    ),
    Column(
        "10",
        "overdue",
        Words("Đang thực hiện quá hạn", "Open, overdue"),
        Words(
            "Đang mở, đã quá hạn lúc 24 giờ ngày cuối kỳ; nếu đã báo cáo thì xét theo ngày gửi báo cáo",
            "Open and past due at 24:00 of the last day; if reported, by the day the report was sent",
        ),
    ),
    Column(
        "11",
        "waiting",
        Words("Chờ xác nhận", "Awaiting confirmation"),
        Words("Trong số cột 9 và 10, đã báo cáo và chờ xác nhận", "Of columns 9 and 10, reported and not yet ruled on"),
    ),
    Column(
        "12",
        "extensions",
        Words("Số lần gia hạn", "Extensions"),
        Words("Số lần gia hạn được đồng ý trong kỳ", "Extensions granted in the period"),
    ),
    Column(
        "13",
        "rate",
        Words("Tỷ lệ đúng hạn (%)", "On-time rate (%)"),
        Words(
            "Cột 6 ÷ (cột 6 + cột 7 + cột 10), không tính nhiệm vụ không có hạn; theo thời hạn hiện tại và theo hạn"
            " ban đầu. “—” khi chưa có nhiệm vụ nào để tính",
            "Column 6 ÷ (6 + 7 + 10), tasks without a due date left out; by the current and by the original due"
            " date. “—” when there is nothing to divide by",
        ),
    ),
    Column(
        "14",
        None,
        Words("Trách nhiệm, nguyên nhân", "Responsibility, cause"),
        Words("Bắt buộc khi cột 7 + cột 10 lớn hơn 0", "Required when column 7 + column 10 is above 0"),
    ),
)
"""The columns in print order; definitions are frozen with the signed report."""
