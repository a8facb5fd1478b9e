"""A tracker's rows as the preview shows them: what stands in the sheet, what it becomes, what would mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.clock import day_of
from app.errors import Sentence
from app.queries.touched import COMMENT
from app.services.tracker_import import is_taken
from app.services.tracker_judging import CHOSEN, DAYLESS, DONE, DOUBLE, NEW, OTHER, OVERDUE, STOPPED, UNDATED, WRONG
from app.services.tracker_kept import left_out
from app.tracker import rows as kinds
from app.ui.formats import BETWEEN_NOTES, day, figure, words
from app.ui.register_columns import COLUMNS, priority_words
from app.ui.task_history import deed_words
from workflows.evidence import NONE, RULES
from workflows.explanation import EXPLANATION
from workflows.extension import EXTENSION
from workflows.sub_task import SUB_TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.models import TrackerRow
    from app.queries.touched import Touched
    from app.services.tracker_judging import Plan


_MOST = 600
_TYPED = ("lead", "helpers", "due", "done_on")
"""What is typed of a row stays in sight, to be changed, whatever else the row asks."""
_ABOVE = {UNDATED, DAYLESS}
"""What is said of the rows once, above all of them."""


@dataclass(frozen=True)
class RowView:
    """One row of the preview."""

    row: TrackerRow
    title: str
    leads: str = ""
    helpers: str = ""
    due: str = ""
    source: str = ""
    done_on: str = ""
    lead_raw: str = ""
    due_raw: str = ""
    taken: bool = False
    may_choose: bool = False
    asks: Sequence[str] = ()
    because: Sequence[tuple[str, Sentence]] = ()
    tasks: Sequence[tuple[int, str]] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    kept: Sequence[str] = ()
    evidence: str = ""
    target: str = ""
    left_out: Sequence[tuple[str, str]] = ()


def row_view(row: TrackerRow, plan: Plan | None, names: Mapping[int, str], codes: Mapping[int, str]) -> RowView:
    """Return a row with its plan (None for what is no task), by the units' names and the made tasks' codes."""
    because = [(each["kind"], Sentence(each["vi"], each["en"])) for each in row.because if each["kind"] not in _ABOVE]
    tasks = [(task_id, codes.get(task_id, "")) for task_id in row.task_ids]
    if plan is None:
        return RowView(row, _shown(row.words), because=because)
    leads = ", ".join(names.get(unit, "?") for unit in plan.leads)
    due = day(plan.due_on) if plan.due_on else plan.no_due_reason
    raw = {name: str(row.cells[name]["raw"]) for name in ("lead", "due", "extended") if name in row.cells}
    due_raw = raw.get("extended") or raw.get("due", "")
    return RowView(
        row,
        _shown(plan.text or row.words),
        leads=leads,
        helpers=", ".join(names.get(unit, "?") for unit in plan.helpers),
        due=_shown(due),
        source=BETWEEN_NOTES.join(part for part in (plan.symbol, day(plan.given_on) if plan.given_on else "") if part),
        done_on=day(plan.done_on) if plan.done_on else "",
        lead_raw=_shown(raw.get("lead", "")) if raw.get("lead", "") != leads else "",
        due_raw=_shown(due_raw) if due_raw != due else "",
        taken=is_taken(row),
        may_choose=row.outcome in CHOSEN and not row.task_ids,
        asks=[] if row.task_ids else [*dict.fromkeys([*plan.asks, *(name for name in _TYPED if row.said.get(name))])],
        because=because,
        tasks=tasks,
        said=row.said,
        kept=[_shown(line) for line in plan.kept],
        evidence=words(RULES[plan.evidence]) if plan.evidence != NONE else "",
        target=f"{figure(plan.target)} {plan.target_unit}".strip() if plan.target is not None else "",
        left_out=left_out(row.cells),
    )


def foreseen(rows: Sequence[TrackerRow]) -> dict[str, int]:
    """Return how many of the rows that would come in have no day of their own, and how many are late at once.

    Also how many others are done without a day, for which the due date could stand.
    """
    taken = [{each["kind"] for each in row.because} for row in rows if is_taken(row)]
    found = {kind: sum(kind in kinds for kinds in taken) for kind in (UNDATED, OVERDUE)}
    left = (row for row in rows if row.outcome == WRONG and not row.task_ids)
    return found | {DAYLESS: sum(any(each["kind"] == DAYLESS for each in row.because) for row in left)}


def _shown(text: str) -> str:
    """Return a text as far as the preview shows it; what is longer is kept all the same."""
    return text if len(text) <= _MOST else f"{text[:_MOST].rstrip()}…"


def outcome_words() -> dict[str, tuple[str, str, str]]:
    """Return how each outcome is shown: tone, words, icon."""
    return {
        NEW: ("blue", _("Nhiệm vụ mới"), "plus"),
        DONE: ("green", _("Đã xong, vào lịch sử"), "circle-check"),
        DOUBLE: ("violet", _("Có thể trùng"), "help-circle"),
        WRONG: ("amber", _("Cần sửa"), "alert-triangle"),
        STOPPED: ("grey", _("Đã thôi thực hiện, không nhập"), "circle-dashed"),
        OTHER: ("grey", _("Không phải nhiệm vụ"), "circle-dashed"),
    }


def kind_words() -> dict[str, str]:
    """Return what a row is that is no task."""
    return {
        kinds.SECTION: _("Dòng tên phần, lĩnh vực"),
        kinds.FOOT: _("Dòng cộng hoặc chữ ký cuối sổ"),
        kinds.JOINED: _("Ý nhỏ, nối vào nhiệm vụ ở trên"),
        kinds.HEADING: _("Dòng tiêu đề lặp lại"),
    }


def touched_words(task: Touched) -> str:
    """Return what was done with an imported task last, which keeps it from being taken out."""
    if task.at is None:
        return {
            COMMENT: _("có ý kiến trao đổi"),
            EXTENSION.name: _("có yêu cầu gia hạn"),
            SUB_TASK.name: _("có việc thành phần"),
            EXPLANATION.name: _("có giải trình"),
        }[task.subject]
    deed = words(deed_words(task.subject, task.event))
    return _("%(who)s %(deed)s ngày %(on)s", who=task.person or _("Hệ thống"), deed=deed, on=day(day_of(task.at)))


def old_words(name: str, old: str) -> str:
    """Return what stood in a cell before it was edited, in the reader's language."""
    if name == "evidence" and old in RULES:
        return words(RULES[old])
    return priority_words(old) if name == "priority" else old


def change_heads() -> dict[str, str]:
    """Return how the columns of the register are headed, for a file read back."""
    return {column.name: str(column.words) for column in COLUMNS}
