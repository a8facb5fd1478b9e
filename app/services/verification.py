"""What `verify` looks at: chains of events, seals, the ledger of standings, numbers, files. It changes nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Event, MonthlyReport, Notice, NumberSeries, PaperNumber, Seal, StoredFile, Task, TaskSpan
from app.services.backups import digest_of
from app.services.files import path_of
from app.services.history import Link
from app.services.history import digest_of as digest_of_event
from app.services.kept_counts import counts_amiss
from app.services.kept_months import months_amiss
from app.services.kept_triggers import triggers_amiss
from app.services.seals import heads_at
from app.services.search_index import entries_amiss
from workflows.task import DRAFT, DROPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 2000


def broken_chains() -> Iterator[str]:
    """Name each event that was changed, and each place where one is missing; cut tails show in the seals."""
    heads: dict[tuple[str, int], tuple[int, str]] = defaultdict(lambda: (0, ""))
    query = select(Event).order_by(Event.subject, Event.subject_id, Event.seq).execution_options(yield_per=BATCH)
    for event in session.scalars(query):
        key = (event.subject, event.subject_id)
        seq, digest = heads[key]
        name = f"{event.subject} {event.subject_id}, #{event.seq} ({event.event}, id {event.id})"
        if event.seq != seq + 1:
            yield f"thiếu sự kiện (missing event): {event.subject} {event.subject_id}, #{seq + 1}"
        elif event.previous != digest:
            yield f"sự kiện trước đã bị thay đổi (the event before was changed): {name}"
        if digest_of_event(Link(*(getattr(event, part) for part in Link._fields))) != event.digest:
            yield f"sự kiện bị sửa (changed event): {name}"
        heads[key] = (event.seq, event.digest)


def broken_seals() -> Iterator[str]:
    """Name each night's seal that no longer fits: events before it were changed, or cut off the end of a chain."""
    for seal in session.scalars(select(Seal).order_by(Seal.id)):
        count, digest = heads_at(seal.authority_id, seal.last_event_id)
        if (count, digest) != (seal.events, seal.digest):
            yield f"niêm phong ngày {seal.day:%d/%m/%Y} không khớp (seal does not fit): {seal.events} → {count}"


def broken_spans() -> Iterator[str]:
    """Name each task whose ledger has a hole, or does not end in how the task stands now."""
    last: dict[int, TaskSpan] = {}
    query = select(TaskSpan).order_by(TaskSpan.task_id, TaskSpan.seq).execution_options(yield_per=BATCH)
    for span in session.scalars(query):
        before = last.get(span.task_id)
        if before is not None and before.ended_at != span.began_at:
            yield f"sổ diễn biến bị hở (ledger has a hole): task {span.task_id}, #{span.seq}"
        last[span.task_id] = span
    for task in session.scalars(select(Task).where(Task.state.not_in({DRAFT, DROPPED}))):
        found = last.get(task.id)
        if found is None or found.ended_at is not None:
            yield f"sổ diễn biến thiếu (ledger has no open end): {task.code}"
        elif (found.state, found.lead_unit_id, found.current_due) != (task.state, task.lead_unit_id, task.current_due):
            yield f"sổ diễn biến khác nhiệm vụ (ledger and task differ): {task.code}"


def broken_numbers() -> Iterator[str]:
    """Name each gap in a series that the product counts itself; old papers keep the numbers they had."""
    series = {
        (row.committee_id, row.doc_type, row.scope): row
        for row in session.scalars(select(NumberSeries).where(NumberSeries.mode == "own"))
    }
    used: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    historic: set[tuple[int, str, str]] = set()
    for paper in session.scalars(select(Notice).where(Notice.number.is_not(None))):
        key = (paper.committee_id, paper.doc_type, paper.scope or "")
        used[key].add(paper.number or 0)
        if paper.historic:
            historic.add(key)
    for report in session.scalars(select(MonthlyReport).where(MonthlyReport.number.is_not(None))):
        used[report.committee_id, "BC", report.scope or ""].add(report.number or 0)
    for slip in session.scalars(select(PaperNumber)):
        used[slip.committee_id, slip.doc_type, slip.scope].add(slip.number)
    for key, numbers in used.items():
        if key not in series or key in historic:
            continue
        expected = set(range(min(numbers), series[key].next_number))
        if gaps := sorted(expected - numbers):
            yield f"dãy số {key[1]}/{key[2]} thiếu (numbers missing): {', '.join(map(str, gaps[:10]))}"


def broken_files() -> Iterator[str]:
    """Name each stored file that is missing or is no longer what was stored."""
    for sha256, name in session.execute(select(StoredFile.sha256, StoredFile.name).distinct()):
        path = path_of(sha256)
        if not path.exists():
            yield f"thiếu tệp (file missing): {name} ({sha256[:12]}…)"
        elif digest_of(path) != sha256:
            yield f"tệp bị thay đổi (file changed): {name} ({sha256[:12]}…)"


CHECKS = (
    ("nhật ký (event chains)", broken_chains),
    ("niêm phong (seals)", broken_seals),
    ("sổ diễn biến (task ledger)", broken_spans),
    ("số văn bản (number series)", broken_numbers),
    ("tệp đính kèm (files)", broken_files),
    ("chỉ mục tìm kiếm (search index)", entries_amiss),
    ("số đếm nhiệm vụ (counts of tasks)", counts_amiss),
    ("số liệu tháng đã lưu (kept months)", months_amiss),
    ("trigger của cơ sở dữ liệu (triggers)", triggers_amiss),
)
