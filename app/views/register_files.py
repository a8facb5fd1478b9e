"""The registers as files and as text: of the same filter as the page, exactly what it shows, all pages of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import pgettext
from flask_login import current_user

from app.clock import day_of, today
from app.documents.csv_file import csv_file
from app.documents.xlsx import Cell, Sheet, workbook
from app.errors import DomainError
from app.forms.moves import sentence
from app.forms.tasks import read_filter, read_page, read_sort
from app.queries.notice_register import notices_seen_by
from app.queries.task_entries import TaskEntry, task_entries
from app.queries.task_list import PAGE, count_tasks, page_of_tasks
from app.queries.task_statuses import RUNNING
from app.text import fold
from app.tracker.trace import head_trace, row_trace
from app.ui.formats import day as day_words
from app.ui.task_words import left_until, mark_of
from app.views.guard import signed_in
from app.views.notices import notices, read_wanted
from app.views.tasks import clock_for, tasks
from workflows.notice import NOTICE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from workflows.deadlines import Clock

MOST = 20_000
"""More lines than a person reads; a file of them is still made within seconds."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TASK_WIDTHS = (5, 14, 60, 22, 30, 24, 22, 12, 12, 8, 26, 9, 12, 12, 10)
NOTICE_WIDTHS = (5, 18, 60, 12, 30, 26, 18, 10, 10)


@tasks.get("/export.<any(xlsx,csv):kind>")
@signed_in
def export(kind: str) -> ResponseReturnValue:
    """Give all tasks of the list as a workbook or as CSV."""
    entries, day, clock = _entries()
    heads = _task_heads()
    rows = [_task_cells(number, entry, day, clock) for number, entry in enumerate(entries, 1)]
    if kind == "csv":
        return _file(kind, pgettext("many", "Nhiệm vụ"), heads, rows, TASK_WIDTHS)
    # By the hidden last column the file is read back after it was edited.
    traced = [[*cells, row_trace(entry.id, entry.version, cells)] for cells, entry in zip(rows, entries, strict=True)]
    return _file(
        kind, pgettext("many", "Nhiệm vụ"), [*heads, head_trace(heads)], traced, (*TASK_WIDTHS, 8), traced=True
    )


@tasks.get("/as-text")
@signed_in
def as_text() -> ResponseReturnValue:
    """Give the page of the list that is seen as plain text, for a chat group."""
    entries, day, clock = _entries(page=read_page(request.args))
    lines = [_line(number, entry, day, clock) for number, entry in enumerate(entries, 1)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@notices.get("/notices/export.<any(xlsx,csv):kind>")
@signed_in
def export_notices(kind: str) -> ResponseReturnValue:
    """Give the register of notices, narrowed by the address, as a workbook or as CSV."""
    found = notices_seen_by(current_user.standing, read_wanted(request.args), size=MOST)
    _check_size(found.total)
    heads = [
        _("TT"), _("Số, ký hiệu"), _("Trích yếu"), _("Ngày ban hành"), _("Ban"), _("Người ký"), _("Tình trạng"),
        _("Số nhiệm vụ"), _("Đã xong"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            number, row.symbol, row.subject, row.issued_on, row.committee.name, row.signed_by,
            sentence(NOTICE.by_name[row.state].label), *found.counts.get(row.id, (0, 0)),
        ]
        for number, row in enumerate(found.rows, 1)
    ]  # fmt: skip
    return _file(kind, _("Sổ thông báo kết luận"), heads, rows, NOTICE_WIDTHS)


def _entries(*, page: int | None = None) -> tuple[Sequence[TaskEntry], date, Clock]:
    wanted, sort = read_filter(request.args, today()), read_sort(request.args)
    standing, day = current_user.standing, today()
    if page is None:
        _check_size(count_tasks(wanted, standing, day))
    size = PAGE if page else MOST
    ids = [row.id for row in page_of_tasks(wanted, standing, day, sort=sort, page=page or 1, size=size)]
    return task_entries(ids), day, clock_for(wanted)


def _check_size(total: int) -> None:
    if total > MOST:
        raise DomainError(
            f"Danh sách có {total:,} dòng, quá dài cho một tệp. Hãy thêm điều kiện lọc (đơn vị, thời gian) "
            f"để còn dưới {MOST:,} dòng.".replace(",", "."),
            f"The list has {total:,} lines, too many for one file. Narrow it to less than {MOST:,}.",
        )


def _task_heads() -> list[str]:
    return [
        _("TT"), _("Mã"), _("Nhiệm vụ"), _("Nguồn giao"), _("Đơn vị chủ trì"), _("Đơn vị phối hợp"),
        _("Người phụ trách"), _("Hạn ban đầu"), _("Hạn hiện tại"), _("Số lần đổi hạn"), _("Tình trạng"),
        _("Số ngày còn lại"), _("Ngày giao"), _("Ngày hoàn thành"), _("Mức ưu tiên"),
    ]  # fmt: skip


def _task_cells(number: int, entry: TaskEntry, day: date, clock: Clock) -> list[Cell]:
    ends = entry.completed_at and entry.reported_on
    return [
        number, entry.code, entry.title, entry.source, entry.unit, ", ".join(entry.coordinating), entry.owner,
        entry.original_due, entry.current_due, entry.due_changes, _status(entry, day, clock), _left(entry, day, clock),
        day_of(entry.assigned_at) if entry.assigned_at else None, ends or None, _priority(entry.priority),
    ]  # fmt: skip


def _status(entry: Any, day: date, clock: Clock) -> str:  # noqa: ANN401 -- a line of the register
    return sentence(mark_of(entry, day, clock).words)


def _left(entry: TaskEntry, day: date, clock: Clock) -> int | None:
    """Return the working days left, below 0 when overdue; none where no clock runs."""
    return left_until(entry.current_due, day, clock) if entry.current_due and entry.state in RUNNING else None


def _priority(name: str) -> str:
    return {"urgent": _("Khẩn"), "high": _("Cao")}.get(name, _("Thường"))


def _line(number: int, entry: TaskEntry, day: date, clock: Clock) -> str:
    due = _("hạn %(day)s", day=day_words(entry.current_due)) if entry.current_due else ""
    rest = "; ".join(part for part in (entry.unit, due, _status(entry, day, clock).lower()) if part)
    return f"{number}. {entry.title} ({rest})"


def _file(  # noqa: PLR0913 -- the parts of a file
    kind: str,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
    *,
    traced: bool = False,
) -> Response:
    if kind == "csv":
        content, media_type = csv_file(heads, rows), "text/csv; charset=utf-8"
    else:
        taken = _("Lấy ngày %(day)s, %(count)s dòng", day=day_words(today()), count=len(rows))
        hidden = [len(heads) - 1] if traced else []
        sheet = Sheet(
            name=name[:31], title=name.upper(), lead=[taken], heads=[heads], rows=rows, widths=widths, hidden=hidden
        )
        content, media_type = workbook([sheet], name), XLSX
    response = Response(content, mimetype=media_type.partition(";")[0])
    response.headers["Content-Type"] = media_type
    # Headers carry Latin letters only.
    plain = fold(name).replace(" ", "-")
    response.headers.set("Content-Disposition", "attachment", filename=f"{plain}-{today():%Y-%m-%d}.{kind}")
    return response
