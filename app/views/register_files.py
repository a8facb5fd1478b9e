"""The registers as files and as text: of the same filter as the page, exactly what it shows, all pages of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import pgettext
from flask_login import current_user

from app.clock import today
from app.documents.csv_file import csv_file
from app.documents.xlsx import Cell, Sheet, workbook
from app.errors import DomainError
from app.forms.moves import sentence
from app.queries.notice_register import notices_seen_by
from app.queries.task_entries import TaskEntry, task_entries
from app.queries.task_list import PAGE, count_tasks, page_of_tasks
from app.text import fold
from app.tracker.trace import NUMBER, head_trace, row_trace
from app.ui.formats import day as day_words
from app.ui.notice_relations import relations_of
from app.ui.register_columns import ALWAYS, shown
from app.views.guard import signed_in
from app.views.notices import notices, read_wanted
from app.views.register_asked import read_asked
from app.views.tasks import clock_for, tasks
from workflows.notice import NOTICE
from workflows.urgency import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from app.ui.register_columns import Column
    from app.views.register_asked import Asked
    from workflows.deadlines import Clock

MOST = 20_000
"""More lines than a person reads; a file of them is still made within seconds."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTICE_WIDTHS = (5, 18, 60, 12, 30, 26, 18, 10, 10, 36, 14)


@tasks.get("/export.<any(xlsx,csv):kind>")
@signed_in
def export(kind: str) -> ResponseReturnValue:
    """Give all tasks of the list as a workbook or as CSV, in the columns of the list."""
    asked = read_asked()
    entries, day, clock = _entries(asked)
    heads = [_("TT"), *(str(column.words) for column in asked.columns)]
    rows = [[number, *_cells(entry, asked.columns, day, clock)] for number, entry in enumerate(entries, 1)]
    widths, name = [5, *(column.width for column in asked.columns)], pgettext("many", "Nhiệm vụ")
    if kind == "csv" and not current_user.standing.secretary_of:
        return _file(kind, name, heads, rows, widths)
    # By the last column the file is read back after it was edited; a workbook hides it, and who may not bring a file
    # back has no use for it in a CSV.
    traced = [[*cells, row_trace(entry.id, entry.version, cells)] for cells, entry in zip(rows, entries, strict=True)]
    names = [NUMBER, *(column.name for column in asked.columns)]
    trace = head_trace(heads, names, [entry.id for entry in entries])
    if kind == "csv":
        plea = _("Giữ nguyên cột này để nhập lại được:")
        trace = f"{plea} {trace}"
    return _file(kind, name, [*heads, trace], traced, (*widths, 8), traced=True)


@tasks.get("/as-text")
@signed_in
def as_text() -> ResponseReturnValue:
    """Give the page of the list that is seen as plain text, for a chat group: its rows, in each the seen columns."""
    asked = read_asked()
    entries, day, clock = _entries(asked, page=asked.page)
    first = (asked.page - 1) * PAGE + 1
    lines = [_line(number, entry, asked.columns, day, clock) for number, entry in enumerate(entries, first)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@notices.get("/notices/export.<any(xlsx,csv):kind>")
@signed_in
def export_notices(kind: str) -> ResponseReturnValue:
    """Give the register of notices, narrowed by the address, as a workbook or as CSV."""
    found = notices_seen_by(current_user.standing, read_wanted(request.args), size=MOST)
    _check_size(found.total)
    heads = [
        _("TT"), _("Số, ký hiệu"), _("Trích yếu"), _("Ngày ban hành"), _("Ban"), _("Người ký"), _("Tình trạng"),
        _("Số nhiệm vụ"), _("Đã xong"), _("Bổ sung, thay thế"), _("Mức độ khẩn"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            number, row.symbol, row.subject, row.issued_on, row.committee.name, row.signed_by,
            sentence(NOTICE.by_name[row.state].label), *found.counts.get(row.id, (0, 0)),
            "; ".join(relations_of(row, found.followed.get(row.id, ()), dated=True)),
            sentence(LEVELS[row.urgency]) if row.urgency else "",
        ]
        for number, row in enumerate(found.rows, 1)
    ]  # fmt: skip
    return _file(kind, _("Sổ thông báo kết luận"), heads, rows, NOTICE_WIDTHS)


def _entries(asked: Asked, *, page: int | None = None) -> tuple[Sequence[TaskEntry], date, Clock]:
    standing, day = current_user.standing, today()
    if page is None:
        _check_size(count_tasks(asked.wanted, standing, day))
    size = PAGE if page else MOST
    ids = [row.id for row in page_of_tasks(asked.wanted, standing, day, sort=asked.sort, page=page or 1, size=size)]
    return task_entries(ids), day, clock_for(asked.wanted)


def _check_size(total: int) -> None:
    if total > MOST:
        raise DomainError(
            f"Danh sách có {total:,} dòng, quá dài cho một tệp. Hãy thêm điều kiện lọc (đơn vị, thời gian) "
            f"để còn dưới {MOST:,} dòng.".replace(",", "."),
            f"The list has {total:,} lines, too many for one file. Narrow it to less than {MOST:,}.",
        )


def _cells(entry: TaskEntry, columns: Sequence[Column], day: date, clock: Clock) -> list[Cell]:
    return [column.value(entry, day, clock) for column in columns]


def _line(number: int, entry: TaskEntry, columns: Sequence[Column], day: date, clock: Clock) -> str:
    """Return one numbered line: the title, in brackets what the other columns say, days with their column's name."""
    said = []
    for column in columns:
        value = shown(column.value(entry, day, clock))
        if value and column.name == "due":
            said.append(_("hạn %(day)s", day=value))
        elif value and column.name not in {ALWAYS, "code", "lead", "status"}:
            said.append(f"{str(column.words).lower()}: {value}")
        elif value and column.name != ALWAYS:
            said.append(value.lower() if column.name == "status" else value)
    return f"{number}. {entry.title} ({'; '.join(said)})" if said else f"{number}. {entry.title}"


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
