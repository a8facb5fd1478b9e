"""The register taken out, edited in Excel and read back: old against new, cell by cell, written through moves.

What the secretary may change by a move is changed by that move; every other edit is named with the reason why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from app import access
from app.clock import now, today
from app.db import session
from app.errors import DomainError, Sentence
from app.figures import exact, in_vietnamese
from app.models import Person, Task, TrackerImport, TrackerRow
from app.queries.notices import names_gone, unit_names
from app.queries.standing import standing_of
from app.queries.task_entries import task_entries
from app.queries.task_lines import chunks
from app.queries.trackers import COMMITTEES, rows_of
from app.reading.matching import Directory
from app.services.moves import Recorded, Sight, look_at_tasks, make_move
from app.services.tracker_wishes import CELLS, HAND_OVER, Reader, given_for
from app.services.trackers import CHANGES
from app.tracker.offices import UnitReader
from app.tracker.rows import TASK as ROW
from app.tracker.sheet import shown
from app.tracker.trace import edited_rows, missing_tasks
from workflows.kernel import Refused, Words, decide
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.access import Actor
    from app.queries.task_entries import TaskEntry
    from app.tracker.sheet import Sheet
    from app.tracker.trace import Edited
    from workflows.verdicts import RefusalKind

CHANGE, CLASH, REFUSED = "change", "clash", "refused"
CHANGE_OUTCOMES = (CHANGE, CLASH, REFUSED)
"""A row with at least one cell to write; one that was moved since it was taken out; one with nothing to write."""
MISSING = "missing"
"""Where an import of changes keeps the codes of the tasks whose rows were deleted from the file; these stay."""
NOT_YOURS: RefusalKind = "not_yours"


def read_changes(made: TrackerImport, sheet: Sheet, actor: Actor) -> None:
    """Compare the edited file with the tasks as they are; one row for each that was edited."""
    edited, strange = edited_rows(sheet)
    session.execute(delete(TrackerRow).where(TrackerRow.import_id == made.id))
    made.kind, made.sheet, made.read_at = CHANGES, sheet.name, now()
    missing, tasks = (_tasks(ids, actor) for ids in (missing_tasks(sheet), {row.task_id for row in edited}))
    made.mapping = {
        MISSING: sorted(task.code for task in missing.values()),
        COMMITTEES: sorted({task.committee_id for task in (*missing.values(), *tasks.values())}),
    }
    entries = {entry.id: entry for entry in task_entries([*tasks])}
    units, groups = unit_names(made.authority_id)
    reader = Reader(UnitReader(Directory.of(units, groups, names_gone(made.authority_id))))
    eyes = _Eyes(actor, made.file.name, look_at_tasks([*tasks.values()], actor.standing))
    seen: set[int] = set()
    for row in edited:
        task = tasks.get(row.task_id)
        drafted = _drafted(made, row)
        if task is None or row.task_id in seen:
            drafted.words = row.title
            drafted.because = [_told(_strange_task() if task is None else _twice(), "wrong")]
            drafted.cells = {name: {"raw": shown(value), "old": ""} for name, value in row.cells.items()}
        else:
            _judge(drafted, row, task, entries[task.id], reader, eyes)
        seen.add(row.task_id)
        if drafted.cells:
            session.add(drafted)
    for number, title in strange:
        drafted = _drafted(made, None)
        drafted.number, drafted.words, drafted.because = number, title, [_told(_new_row(), "wrong")]
        session.add(drafted)
    session.flush()


def _stands(name: str, cell: Mapping[str, Any], task: Task) -> bool:
    """Say whether a task is already as a cell asks: written in other letters («1/6/2026»), or changed meanwhile."""
    if "wrong" in cell:
        return False
    read = cell["read"]
    if name == "helpers":
        return sorted(read) == sorted(part.unit_id for part in task.coordinating)
    if name == "target":
        return (exact(read["value"]), read["unit"]) == (task.target_value, task.target_unit)
    stands = {
        "due": task.current_due.isoformat() if task.current_due else None,
        "priority": task.priority,
        "title": task.title,
        "evidence": task.asked_evidence,
        "owner": task.owner_id,
    }
    return name in stands and stands[name] == read


def _drafted(made: TrackerImport, row: Edited | None) -> TrackerRow:
    return TrackerRow(
        authority_id=made.authority_id, import_id=made.id, number=row.number if row else 0, kind=ROW, section="",
        words="",
        cells={}, said={"version": row.version} if row else {}, outcome=REFUSED, because=[],
        like_task_id=None, task_ids=[],
    )  # fmt: skip


def _tasks(ids: Collection[int], actor: Actor) -> dict[int, Task]:
    """Return those of these tasks that belong to committees of which the person is secretary."""
    found: dict[int, Task] = {}
    for part in chunks(sorted(ids)):
        query = select(Task).where(Task.id.in_(part), Task.committee_id.in_(actor.standing.secretary_of))
        found |= {task.id: task for task in session.scalars(query)}
    return found


def _judge(  # noqa: PLR0913, PLR0917 -- a row, its task, and what both are read with
    drafted: TrackerRow, row: Edited, task: Task, entry: TaskEntry, reader: Reader, eyes: _Eyes
) -> None:
    drafted.words, drafted.like_task_id = f"{task.code} · {task.title}", task.id
    cells: dict[str, dict[str, Any]] = {
        name: {"raw": shown(value), "old": _old(entry, name), **reader.read(name, value, task)}
        for name, value in row.cells.items()
    }
    for event, names in CELLS.items():
        given = given_for(event, cells, task, eyes.file_name)
        if given is None:
            continue
        refused = eyes.refusal(task, event, given)
        if event == HAND_OVER and refused is not None and refused.kind == NOT_YOURS:
            refused = _for_head(cells["owner"], task, given, reader, eyes)
        for name in names if refused else ():
            if name in cells and "wrong" not in cells[name]:
                cells[name]["wrong"] = [refused.reason.vi, refused.reason.en] if refused else []
    drafted.cells = cells = {name: cell for name, cell in cells.items() if not _stands(name, cell, task)}
    if any("wrong" not in cell for cell in cells.values()):
        drafted.outcome = CHANGE
    if task.version != row.version:
        drafted.outcome = CLASH
        drafted.because = [_told(_clash(), "wrong")]


@dataclass
class _Eyes:
    """How the tasks of one file are looked at: by whom, and as they stand."""

    actor: Actor
    file_name: str
    sights: Mapping[int, Sight]

    def refusal(self, task: Task, event: str, given: Mapping[str, Any], head: Person | None = None) -> Refused | None:
        """Return why this person, or the head for whom he records, may not take a move now; None where it may be."""
        facts, panel = self.sights[task.id]
        standing = standing_of(head, today()) if head else self.actor.standing
        roles = access.roles_of(standing, task, event, panel)
        verdict = decide(TASK, facts, event, roles, given, today())
        return verdict if isinstance(verdict, Refused) else None


def _for_head(
    cell: dict[str, Any], task: Task, given: Mapping[str, Any], reader: Reader, eyes: _Eyes
) -> Refused | None:
    """Note that a handing over is recorded for the head of the lead unit, who alone may do it; or why it cannot be."""
    head = reader.head(task.lead_unit_id)
    if head is None:
        return Refused(NOT_YOURS, _no_head())
    refused = eyes.refusal(task, HAND_OVER, given, head)
    if refused is None:
        cell["for"] = head.id
        cell["note"] = [f"Ghi thay {head.full_name} theo tệp này.", f"Recorded for {head.full_name} by this file."]
    return refused


def _old(entry: TaskEntry, name: str) -> str:
    """Return what the register says now; a priority as its name, for the reader's language is the page's."""
    if name == "helpers":
        return ", ".join(entry.coordinating)
    if name == "priority":
        return entry.priority
    if name == "evidence":
        return entry.asked_evidence
    if name == "target":
        return "" if entry.target_value is None else f"{in_vietnamese(entry.target_value)} {entry.target_unit}".strip()
    days = {"due": entry.current_due, "original_due": entry.original_due}
    if name in days:
        day = days[name]
        return shown(day) if day else ""
    return str(
        {
            "lead": entry.unit,
            "owner": entry.owner,
            "title": entry.title,
            "code": entry.code,
            "detail": entry.detail,
            "source": entry.source,
        }.get(name, "")
    )


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
    tasks = _tasks({row.like_task_id for row in rows if row.like_task_id}, actor)
    for row in rows:
        task = tasks[row.like_task_id or 0]
        _write(row, task, made.file.name, actor)
        row.task_ids = [task.id]
        cells += sum("wrong" not in cell for cell in row.cells.values())
    return cells


def _write(row: TrackerRow, task: Task, file_name: str, actor: Actor) -> None:
    """Make the moves that a row asks for, the first of them under the version that was taken out."""
    version = int(row.said["version"])
    for event in CELLS:
        given = given_for(event, row.cells, task, file_name)
        if given is None:
            continue
        head = row.cells["owner"].get("for") if event == HAND_OVER else None
        behalf = Recorded(session.get_one(Person, head), f"Tệp Excel «{file_name}»") if head else None
        make_move(task, event, given, actor=actor, version=version, behalf=behalf)
        version = task.version


def _told(sentence: Sentence, kind: str) -> dict[str, Any]:
    return {"kind": kind, "vi": sentence.vi, "en": sentence.en}


def _clash() -> Sentence:
    return Sentence(
        "Nhiệm vụ đã thay đổi từ khi lấy tệp. Hãy mở nhiệm vụ xem lại, hoặc lấy tệp mới rồi sửa.",
        "The task has changed since the file was taken out. Look at it, or take a new file and edit that.",
    )


def _strange_task() -> Sentence:
    return Sentence(
        "Nhiệm vụ này không thuộc ban mà bạn là thư ký nên không sửa được bằng tệp. Hãy gửi thư ký của ban đó.",
        "You are not secretary of the committee of this task, so a file cannot change it. Send it to who is.",
    )


def _twice() -> Sentence:
    return Sentence("Nhiệm vụ này đã có ở dòng trên; hãy giữ một dòng.", "This task stands in a row above; keep one.")


def _new_row() -> Sentence:
    return Sentence(
        "Dòng thêm mới không được ghi ở đây. Hãy để việc mới trong một tệp riêng rồi nhập.",
        "Rows that were added are not written here. Put new tasks into a file of their own and import that.",
    )


def _no_head() -> Words:
    return Words(
        "Đơn vị chủ trì chưa có thủ trưởng trong hệ thống nên chưa ghi thay việc giao người phụ trách được.",
        "The lead unit has no head here for whom a handing over could be recorded.",
    )
