"""A tracker from its upload to its preview: kept as a file, mapped, read into rows, judged; nothing is a task yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert

from app.clock import now, today
from app.db import session, table_of
from app.errors import DomainError
from app.models import Committee, TrackerImport, TrackerRow
from app.queries.known_tasks import known_tasks
from app.queries.notices import group_members, unit_names
from app.queries.trackers import rows_of
from app.services.files import path_of, store_file
from app.services.tracker_judging import DOUBLE, OTHER, WRONG, Judge
from app.services.tracker_kept import DITTO, LEFT_OUT
from app.services.tracker_names import MEANT, REMEMBERED, units_of_import
from app.tracker.choosing import likeliest
from app.tracker.heads import Head, find_head, is_numbering
from app.tracker.rows import TASK, Row, read_rows
from app.tracker.sheet import shown
from app.tracker.trace import is_ours
from app.tracker.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    from app.models import Person
    from app.services.tracker_judging import Plan
    from app.tracker.sheet import Sheet

NEW, CHANGES = "new", "changes"
TICK = "take"
"""What is said of every row that may come in; whatever else is said mends a row."""
OWN_SYMBOL = "Sổ theo dõi nhiệm vụ"


def take_in(committee: Committee, stream: BinaryIO, name: str, person: Person) -> TrackerImport:
    """Keep an uploaded workbook and suggest how to read it.

    :raises DomainError: no workbook that can be read, or one without anything like a tracker.
    """
    file = store_file(stream, name, person)
    sheets = read_workbook(path_of(file.sha256).read_bytes())
    sheet = next(filter(is_ours, sheets), sheets[likeliest(sheets)])
    made = TrackerImport(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        person_id=person.id,
        file_id=file.id,
        kind=CHANGES if is_ours(sheet) else NEW,
        sheet=sheet.name,
        symbol=OWN_SYMBOL,
        given_on=_first_day(find_head(sheet)),
        made_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def _first_day(head: Head) -> date:
    """Return the day from which a list counts that tells no other: 1 January of its year, at most today."""
    return min(date(head.year or today().year, 1, 1), today())


def sheets_of(made: TrackerImport) -> list[Sheet]:
    """Return the sheets of an import's file."""
    return read_workbook(path_of(made.file.sha256).read_bytes())


def read_in(made: TrackerImport, sheet: Sheet, mapping: Mapping[int, str]) -> int:
    """Read the sheet by a mapping into rows, in place of those read before, and judge them; return how many.

    What was ticked and typed about rows stays with them; not where another sheet was read before.

    :raises DomainError: already imported, or the mapping lacks the task's words, or the lead unit where no part of the
        list is a unit's.
    """
    _check_open(made)
    if "title" not in mapping.values():
        raise _too_little()
    twice = [
        name for name in set(mapping.values()) if not name.startswith("tick_") and [*mapping.values()].count(name) > 1
    ]
    if twice:
        raise DomainError(
            "Mỗi nội dung chỉ lấy từ một cột. Hãy để «Bỏ qua» ở cột thừa.",
            "Each field comes from one column. Leave the other one out.",
        )
    rows = read_rows(sheet, find_head(sheet), mapping, units_of_import(made), today())
    if "lead" not in mapping.values() and not any("lead" in row.cells for row in rows):
        raise _too_little()
    typed = {row.number: row.said for row in mended_rows(made)} if made.sheet == sheet.name else {}
    meant = {name: made.mapping[name] for name in (MEANT, REMEMBERED) if name in made.mapping}
    made.sheet, made.read_at = sheet.name, now()
    made.mapping = {str(column): name for column, name in mapping.items()} | meant
    session.execute(delete(TrackerRow).where(TrackerRow.import_id == made.id))
    drafts = [_drafted(made, row, typed.get(row.number, {})) for row in rows]
    judge_of(made).judge_all(drafts)
    session.flush()
    values = [{name: getattr(draft, name) for name in _COLUMNS} for draft in drafts]
    if values:
        session.execute(insert(table_of(TrackerRow)), values)
    return len(values)


def _too_little() -> DomainError:
    return DomainError(
        "Hãy chỉ ra ít nhất cột «Nội dung nhiệm vụ» và cột «Đơn vị chủ trì» (cột này bỏ qua được nếu sổ xếp nhiệm vụ "
        "dưới tên từng đơn vị).",
        "Say at least which column holds the task and which the lead unit (the latter may be left out where tasks "
        "stand below the names of units).",
    )


_COLUMNS = (
    "authority_id", "import_id", "number", "kind", "section", "words", "cells", "said", "outcome", "because",
    "like_task_id", "task_ids",
)  # fmt: skip


def _drafted(made: TrackerImport, row: Row, said: Mapping[str, str]) -> TrackerRow:
    cells = {name: cell.told() for name, cell in row.cells.items()}
    if row.left:
        cells[LEFT_OUT] = {"raw": "", "read": row.left}
    if row.ditto:
        cells[DITTO] = {"raw": "", "read": row.ditto}
    return TrackerRow(
        authority_id=made.authority_id, import_id=made.id, number=row.number, kind=row.kind, section=row.section,
        words=row.words, cells=cells, said={**said}, outcome=OTHER, because=[], like_task_id=None, task_ids=[],
    )  # fmt: skip


def mended_rows(made: TrackerImport) -> list[TrackerRow]:
    """Return the rows about which anything was typed, or ticked otherwise than they come."""
    return [
        row
        for row in rows_of(made.id)
        if _mends(row.said) or row.said.get(TICK) == ("yes" if row.outcome == DOUBLE else "no")
    ]


def judge_of(made: TrackerImport) -> Judge:
    """Return the judge of an import's rows, with the committee's tasks and the units as they are now."""
    units, _groups = unit_names(made.authority_id)
    return Judge(
        made,
        known_tasks(made.committee_id),
        group_members(made.authority_id),
        {int(unit.id): unit.name for unit in units},
    )


def judge_again(made: TrackerImport, rows: Sequence[TrackerRow]) -> dict[int, Plan]:
    """Judge all rows that are no tasks yet as things stand now; return what each would make, by the row's number."""
    return judge_of(made).judge_all([row for row in rows if row.kind == TASK and not row.task_ids])


def mend_rows(made: TrackerImport, said: Mapping[int, Mapping[str, str]]) -> None:
    """Keep what was typed about rows (by their numbers) and judge anew, also those that an import left behind.

    :raises DomainError: the import was undone.
    """
    if made.undone_at is not None:
        raise DomainError(
            "Lần nhập này đã hoàn tác. Hãy tải tệp lên lần nữa.", "This import was undone. Upload the file again."
        )
    rows = rows_of(made.id)
    for row in rows:
        if row.number in said and not row.task_ids:
            merged = {**row.said, **_ticked(row, said[row.number])}
            row.said = {name: value for name, value in merged.items() if value != ""}
    session.flush()
    judge_again(made, rows)


def _ticked(row: TrackerRow, said: Mapping[str, str]) -> dict[str, str]:
    """Return what was said about a row without a tick that only stands as the row came: nobody chose that.

    A row that becomes a double, or is none any more, then comes in or stays out as such a row does.
    """
    told = dict(said)
    comes = "no" if row.outcome == DOUBLE else "yes"
    if told.get(TICK) == comes and row.said.get(TICK) != comes:
        told[TICK] = ""
    return told


def said_of_all(rows: Sequence[TrackerRow], outcome: str, take: str) -> dict[int, dict[str, str]]:
    """Return what ticking (`take` is «yes») or unticking every row of an outcome says, by their numbers."""
    return {row.number: {TICK: take} for row in rows if row.outcome == outcome and not row.task_ids}


def still_wrong(made: TrackerImport, said: Mapping[int, Mapping[str, str]]) -> list[int]:
    """Return the numbers of rows that somebody began to mend on the page just sent and that are wrong all the same."""
    typed = {number for number, words in said.items() if _mends(words)}
    return [
        row.number for row in rows_of(made.id, WRONG) if row.number in typed and not row.task_ids and _mends(row.said)
    ]


def _mends(said: Mapping[str, str]) -> bool:
    """Say whether anything was chosen, typed or ticked that mends a row; an empty tick is «no»."""
    return any(value not in {"", "no"} for name, value in said.items() if name != TICK)


def _check_open(made: TrackerImport) -> None:
    if made.imported_at is not None:
        raise DomainError(
            "Sổ này đã nhập rồi. Muốn nhập lại, hãy hoàn tác lần nhập đó rồi tải tệp lên lần nữa.",
            "This tracker was imported already. Undo that, then upload the file again.",
        )


SHOWN = 80
"""So many letters of a cell are shown beside the question what its column is."""


def samples(sheet: Sheet, head: Head, column: int) -> Sequence[str]:
    """Return up to three different cells of a column below the headings."""
    found: dict[str, None] = {}
    for row in sheet.rows[head.last + 1 :]:
        if is_numbering([shown(cell).strip() for cell in row]):
            continue
        text = " ".join(shown(row[column]).split()) if column < len(row) else ""
        if text:
            found.setdefault(text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + "…")
        if len(found) > 2:  # noqa: PLR2004 -- three lines fit beside a select
            break
    return list(found)
