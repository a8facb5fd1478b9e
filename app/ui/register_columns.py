"""The columns of the list of tasks: the same on the page, on paper, in a workbook and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from app.clock import day_of
from app.queries.task_statuses import RUNNING
from app.ui.formats import day as day_words
from app.ui.formats import figure, number, words
from app.ui.speech import translate
from app.ui.task_words import left_until, mark_of, status_of
from workflows.evidence import RULES
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from workflows.deadlines import Clock

    Value = str | int | date | None


def _(text: str) -> str:
    """Mark a text for the catalogue: looked up for each cell, a lazy text would be half of what a list takes."""
    return text


_PRIORITIES = {"urgent": _("Khẩn"), "high": _("Cao"), "normal": _("Thường")}
ALL = "all"
"""Asked for as columns, it means every one."""


class Column(NamedTuple):
    """One column: its name in addresses, heading, what it is (num, day or text), how it sorts, its width in a file."""

    name: str
    label: str
    value: Callable[[Any, date, Clock], Value]
    kind: str = ""
    sort: str = ""
    width: int = 12
    whole: bool = True
    """Whether only the whole line of a task knows it, not the row of a list."""

    @property
    def words(self) -> str:
        """Its heading in the reader's language."""
        return translate(self.label)


def _plain(attribute: str) -> Callable[[Any, date, Clock], Value]:
    return lambda row, _day, _clock: getattr(row, attribute)


def _on(instant: datetime | None) -> date | None:
    return day_of(instant) if instant else None


def left_of(row: Any, day: date, clock: Clock) -> int | None:  # noqa: ANN401 -- a row or line of the register
    """Return the days left, below 0 when overdue; none where no clock runs: a sent report or a pause has stopped it."""
    return left_until(row.current_due, day, clock) if row.current_due and row.state in RUNNING else None


def _measure(row: Any, _day: date, _clock: Clock) -> Value:  # noqa: ANN401 -- a line of the register
    if row.measure is None and row.target_value is None:
        return ""
    reached = figure(row.measure) if row.measure is not None else "0"
    target = f"/{figure(row.target_value)}" if row.target_value is not None else ""
    return f"{reached}{target} {row.target_unit}".strip()


def target_words(row: Any) -> str:  # noqa: ANN401 -- a line of the register
    """Return the target of a task, «52 máy»; empty where it has none."""
    return f"{figure(row.target_value)} {row.target_unit}".strip() if row.target_value is not None else ""


def _result(row: Any, _day: date, _clock: Clock) -> Value:  # noqa: ANN401 -- a line of the register
    """Return the result of the report that stands; one sent back, recalled or opened again counts as never sent."""
    return "" if row.state in RUNNING else row.result


def _priority(row: Any, _day: date, _clock: Clock) -> Value:  # noqa: ANN401 -- a row or line of the register
    return priority_words(row.priority)


def priority_words(name: str) -> str:
    """Return a priority in the reader's language; what is none as it stands."""
    return translate(_PRIORITIES[name]) if name in _PRIORITIES else name


COLUMNS = (
    Column("code", _("Mã"), _plain("code"), sort="code", width=14, whole=False),
    Column("title", _("Nhiệm vụ"), _plain("title"), sort="title", width=60, whole=False),
    Column("detail", _("Nội dung giao đầy đủ"), _plain("detail"), width=60),
    Column("source", _("Nguồn giao"), _plain("source"), width=22),
    Column("committee", _("Ban"), _plain("committee"), width=18),
    Column("lead", _("Đơn vị chủ trì"), _plain("unit"), sort="unit", width=30, whole=False),
    Column("helpers", _("Đơn vị phối hợp"), lambda row, _day, _clock: ", ".join(row.coordinating), width=24),
    Column("owner", _("Người phụ trách"), _plain("owner"), width=22),
    Column("priority", _("Mức ưu tiên"), _priority, width=10, whole=False),
    Column("given_on", _("Ngày giao"), lambda row, _day, _clock: _on(row.assigned_at), "day", "assigned"),
    Column("original_due", _("Hạn ban đầu"), _plain("original_due"), "day", "original", whole=False),
    Column("due", _("Hạn hiện tại"), _plain("current_due"), "day", "due", whole=False),
    Column("due_changes", _("Số lần đổi hạn"), _plain("due_changes"), "num", "changes", 8, whole=False),
    Column("left", _("Số ngày còn lại"), left_of, "num", width=9, whole=False),
    Column("status", _("Tình trạng"), lambda row, day, clock: words(mark_of(row, day, clock).words), width=26,
           whole=False),
    Column("state", _("Trạng thái xử lý"), lambda row, _day, _clock: words(TASK.by_name[row.state].label),
           sort="state", width=20, whole=False),
    Column("time", _("So với hạn"), lambda row, day, clock: words(status_of(row, day, clock).words), width=24,
           whole=False),
    Column("done_on", _("Ngày hoàn thành"),
           lambda row, _day, _clock: row.reported_on if row.completed_at else None, "day", "done"),
    Column("moved", _("Cập nhật lần cuối"), lambda row, _day, _clock: _on(row.last_moved_at), "day", "moved"),
    Column("target", _("Chỉ tiêu"), lambda row, _day, _clock: target_words(row), width=14),
    Column("measure", _("Tiến độ đo được"), _measure, width=16),
    Column("evidence", _("Minh chứng khi báo cáo"),
           lambda row, _day, _clock: words(RULES[row.asked_evidence]), width=22),
    Column("result", _("Kết quả"), _result, width=40),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
USUAL = ("code", "title", "lead", "due", "status")
"""What a list shows to who has chosen nothing."""
ALWAYS = "title"
"""The column by which a row is opened."""


def columns_named(names: Iterable[str]) -> list[Column]:
    """Return these columns in the order of the register, the title always among them; unknown names are left out."""
    asked = set(names)
    if ALL in asked:
        return [*COLUMNS]
    known = asked & BY_NAME.keys()
    return [column for column in COLUMNS if column.name in known | {ALWAYS}] if known else columns_named(USUAL)


def names_of(columns: Sequence[Column]) -> str:
    """Return columns as an address says them."""
    return ",".join(column.name for column in columns)


def needs_whole(columns: Iterable[Column]) -> bool:
    """Tell whether a list with these columns must read more than its own rows."""
    return any(column.whole for column in columns)


def shown(value: Value) -> str:
    """Return a cell's value as people read it."""
    if value is None:
        return ""
    if isinstance(value, int):
        return number(value)
    return value if isinstance(value, str) else day_words(value)
