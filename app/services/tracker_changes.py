"""The register taken out, edited in Excel and read back: old against new, cell by cell, written through moves.

What the secretary may change by a move is changed by that move; every other edit is named with the reason why not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from app import access
from app.clock import now, today
from app.db import session
from app.errors import DomainError, Sentence
from app.models import Task, TrackerImport, TrackerRow
from app.queries.notices import unit_names
from app.queries.task_entries import task_entries
from app.queries.task_lines import chunks
from app.queries.trackers import rows_of
from app.reading.matching import Directory
from app.services.moves import look_at, make_move
from app.services.trackers import CHANGES
from app.text import fold
from app.tracker.days import read_day
from app.tracker.offices import UnitReader
from app.tracker.rows import TASK as ROW
from app.tracker.sheet import shown
from app.tracker.trace import edited_rows
from workflows.kernel import Refused, decide
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.access import Actor
    from app.queries.task_entries import TaskEntry
    from app.tracker.sheet import Sheet, Value
    from app.tracker.trace import Edited

CHANGE, CLASH, REFUSED = "change", "clash", "refused"
CHANGE_OUTCOMES = (CHANGE, CLASH, REFUSED)
"""A row with at least one cell to write; one that was moved since it was taken out; one with nothing to write."""
_PRIORITIES = {
    "khan": "urgent",
    "urgent": "urgent",
    "cao": "high",
    "high": "high",
    "thuong": "normal",
    "normal": "normal",
}
_KEPT = {
    "code": Sentence("Mã nhiệm vụ không đổi được.", "A code cannot change."),
    "title": Sentence(
        "Nội dung lấy từ văn bản giao; hãy điều chỉnh bằng kết luận hoặc văn bản mới.",
        "The words come from the source; amend them by a later clause or document.",
    ),
    "source": Sentence("Văn bản giao không sửa trên tệp.", "The source is not changed in a file."),
    "lead": Sentence(
        "Đổi đơn vị chủ trì bằng «Chuyển đơn vị chủ trì» ở trang nhiệm vụ, có lý do.",
        "Another lead unit is given by “Reassign” on the task's page, with a reason.",
    ),
    "owner": Sentence(
        "Người phụ trách do đơn vị chủ trì phân công khi tiếp nhận.", "The lead unit names the person in charge."
    ),
    "original_due": Sentence("Hạn ban đầu không bao giờ đổi.", "The original due date never changes."),
}
_COUNTED = Sentence(
    "Cột này do hệ thống tính; sửa trên tệp không có tác dụng.", "This column is counted by the system."
)


@dataclass
class _Wish:
    """What one row asks for: what the move `arrange` is given, a new due date, and each cell old and new."""

    arrange: dict[str, Any] = field(default_factory=dict)
    amend: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_changes(made: TrackerImport, sheet: Sheet, actor: Actor) -> None:
    """Compare the edited file with the tasks as they are; one row for each that was edited."""
    edited, strange = edited_rows(sheet)
    session.execute(delete(TrackerRow).where(TrackerRow.import_id == made.id))
    made.kind, made.sheet, made.read_at = CHANGES, sheet.name, now()
    tasks = _tasks({row.task_id for row in edited}, made)
    entries = {entry.id: entry for entry in task_entries([*tasks])}
    units, groups = unit_names(made.authority_id)
    reader = UnitReader(Directory.of(units, groups))
    seen: set[int] = set()
    for row in edited:
        task = tasks.get(row.task_id)
        drafted = _drafted(made, row)
        if task is None or row.task_id in seen:
            drafted.because = [_told(_strange_task() if task is None else _twice(), "wrong")]
            drafted.cells = {name: {"raw": shown(value), "old": ""} for name, value in row.cells.items()}
        else:
            _judge(drafted, row, task, entries[task.id], reader, actor)
        seen.add(row.task_id)
        session.add(drafted)
    for number in strange:
        drafted = _drafted(made, None)
        drafted.number, drafted.because = number, [_told(_new_row(), "wrong")]
        session.add(drafted)
    session.flush()


def _drafted(made: TrackerImport, row: Edited | None) -> TrackerRow:
    return TrackerRow(
        authority_id=made.authority_id, import_id=made.id, number=row.number if row else 0, kind=ROW, section="",
        words="",
        cells={}, said={"version": row.version} if row else {}, outcome=REFUSED, because=[],
        like_task_id=None, task_ids=[],
    )  # fmt: skip


def _tasks(ids: set[int], made: TrackerImport) -> dict[int, Task]:
    """Return those of these tasks that are the committee's."""
    found: dict[int, Task] = {}
    for part in chunks(sorted(ids)):
        query = select(Task).where(Task.id.in_(part), Task.committee_id == made.committee_id)
        found |= {task.id: task for task in session.scalars(query)}
    return found


def _judge(  # noqa: PLR0913, PLR0917 -- a row, its task, and what both are read with
    drafted: TrackerRow, row: Edited, task: Task, entry: TaskEntry, reader: UnitReader, actor: Actor
) -> None:
    drafted.words, drafted.like_task_id = f"{task.code} · {task.title}", task.id
    wish = _wish(row, task, entry, reader)
    for event, given in (("arrange", wish.arrange), ("amend", wish.amend)):
        refused = _refusal(task, event, given, actor) if given else None
        for name in ("helpers", "priority") if event == "arrange" else ("due",):
            if refused and name in wish.cells and "wrong" not in wish.cells[name]:
                wish.cells[name]["wrong"] = [*refused]
    drafted.cells = wish.cells
    if any("wrong" not in cell for cell in wish.cells.values()):
        drafted.outcome = CHANGE
    if task.version != row.version:
        drafted.outcome = CLASH
        drafted.because = [_told(_clash(), "wrong")]


def _wish(row: Edited, task: Task, entry: TaskEntry, reader: UnitReader) -> _Wish:
    wish = _Wish()
    for name, value in row.cells.items():
        cell: dict[str, Any] = {"raw": shown(value), "old": _old(entry, name)}
        wish.cells[name] = cell
        if name == "helpers":
            read = reader.read(shown(value), helping=True)
            ids = [int(each.unit_id) for each in read.helpers if each.unit_id is not None]
            if read.wrong or len(ids) < len(read.helpers):
                cell["wrong"] = [*(read.wrong or _no_group())]
            else:
                cell["read"] = wish.arrange["coordinating_units"] = ids
        elif name == "priority":
            priority = _PRIORITIES.get(fold(shown(value)))
            if priority is None:
                cell["wrong"] = [*_no_priority()]
            else:
                cell["read"] = wish.arrange["priority"] = priority
        elif name == "due":
            _wish_due(wish, cell, value)
        else:
            cell["wrong"] = [*_KEPT.get(name, _COUNTED)]
    if wish.arrange:
        wish.arrange.setdefault("coordinating_units", [part.unit_id for part in task.coordinating])
        wish.arrange.setdefault("priority", task.priority)
    return wish


def _wish_due(wish: _Wish, cell: dict[str, Any], value: Value) -> None:
    read = read_day(value, today())
    if read.on is None:
        cell["wrong"] = [*(read.wrong or Sentence("Hãy nhập ngày như 30/6/2026.", "Type a day like 30/6/2026."))]
        return
    cell["read"] = read.on.isoformat()
    basis = {"basis": "ruling", "basis_text": "Sửa trên tệp Excel"}
    wish.amend = {"new_due": read.on, **basis}


def _refusal(task: Task, event: str, given: Mapping[str, Any], actor: Actor) -> Sentence | None:
    """Return why this person may not take a move now, None where it may be taken."""
    facts, panel = look_at(task, actor.standing)
    roles = access.roles_of(actor.standing, task, event, panel)
    verdict = decide(TASK, facts, event, roles, given, today())
    return Sentence(verdict.reason.vi, verdict.reason.en) if isinstance(verdict, Refused) else None


def _old(entry: TaskEntry, name: str) -> str:
    """Return what the register says now; a priority as its name, for the reader's language is the page's."""
    if name == "helpers":
        return ", ".join(entry.coordinating)
    if name == "priority":
        return entry.priority
    days = {"due": entry.current_due, "original_due": entry.original_due}
    if name in days:
        day = days[name]
        return shown(day) if day else ""
    return str({"lead": entry.unit, "owner": entry.owner, "title": entry.title, "code": entry.code}.get(name, ""))


def write_changes(made: TrackerImport, actor: Actor) -> int:
    """Write the edits that may be written, through moves and all in one transaction; return how many cells.

    :raises DomainError: nothing is to be written, or a task was moved since the preview.
    """
    if made.imported_at is not None:
        raise DomainError("Các thay đổi này đã ghi rồi.", "These changes are written already.")
    rows = [row for row in rows_of(made.id) if row.outcome == CHANGE]
    if not rows:
        raise DomainError("Không có thay đổi nào ghi được.", "There is no change that can be written.")
    made.imported_at, cells = now(), 0
    tasks = _tasks({row.like_task_id for row in rows if row.like_task_id}, made)
    for row in rows:
        task = tasks[row.like_task_id or 0]
        good = {name: cell["read"] for name, cell in row.cells.items() if "wrong" not in cell}
        version = int(row.said["version"])
        if "due" in good:
            due = read_day(str(row.cells["due"]["raw"]), today()).on
            given = {"new_due": due, "basis": "ruling", "basis_text": f"Sửa trên tệp «{made.file.name}»"}
            make_move(task, "amend", given, actor=actor, version=version)
            version = task.version
        if good.keys() & {"helpers", "priority"}:
            given = {
                "coordinating_units": good.get("helpers", [part.unit_id for part in task.coordinating]),
                "priority": good.get("priority", task.priority),
            }
            make_move(task, "arrange", given, actor=actor, version=version)
        row.task_ids = [task.id]
        cells += len(good)
    return cells


def _told(sentence: Sentence, kind: str) -> dict[str, Any]:
    return {"kind": kind, "vi": sentence.vi, "en": sentence.en}


def _clash() -> Sentence:
    return Sentence(
        "Nhiệm vụ đã thay đổi từ khi lấy tệp. Hãy mở nhiệm vụ xem lại, hoặc lấy tệp mới rồi sửa.",
        "The task has changed since the file was taken out. Look at it, or take a new file and edit that.",
    )


def _strange_task() -> Sentence:
    return Sentence("Dòng này không phải nhiệm vụ của ban.", "This row is none of the committee's tasks.")


def _twice() -> Sentence:
    return Sentence("Nhiệm vụ này đã có ở dòng trên; hãy giữ một dòng.", "This task stands in a row above; keep one.")


def _new_row() -> Sentence:
    return Sentence(
        "Dòng thêm mới không được ghi ở đây. Hãy để việc mới trong một tệp riêng rồi nhập.",
        "Rows that were added are not written here. Put new tasks into a file of their own and import that.",
    )


def _no_group() -> Sentence:
    return Sentence("Hãy ghi tên từng đơn vị, không ghi tên nhóm.", "Name each unit, not a group.")


def _no_priority() -> Sentence:
    return Sentence("Mức ưu tiên là Thường, Cao hoặc Khẩn.", "The priority is Thường, Cao or Khẩn.")
