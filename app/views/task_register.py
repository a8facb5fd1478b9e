"""The register of tasks: the list with its filters, columns and saved views, and the same on paper."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

from app.clock import today
from app.db import session
from app.errors import DomainError
from app.forms.moves import sentence
from app.forms.tasks import unread_days
from app.models import Unit
from app.queries.register_choices import COMMITTEE, MEETING, PERSON, UNIT, Named, names_of, register_choices
from app.queries.saved_views import views_named
from app.queries.task_entries import task_entries
from app.queries.task_list import PAGE, TaskFilter, count_and_page, count_tasks, page_of_tasks
from app.queries.task_statuses import STATUSES, TIMES
from app.queries.unit_changes import successors_of
from app.services.saved_views import may_share_with
from app.ui.formats import day as day_words
from app.ui.listing import url_with
from app.ui.register_columns import COLUMNS, left_of, needs_whole, shown
from app.ui.task_words import mark_of
from app.views.guard import signed_in
from app.views.register_asked import Asked, read_asked
from app.views.tasks import clock_for, tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from app.queries.task_list import TaskRow
    from app.ui.register_columns import Column
    from workflows.deadlines import Clock

TABS = ("open", "overdue", "due-soon", "reported", "completed", "all")
MOST_PRINTED = 1_000
"""Rows of one document: forty pages; who needs more takes a file."""
WIDE = 6
"""From so many columns on, paper is laid on its side."""
CHOSEN = {
    "q": _l("Có chữ «%(name)s»"),
    "unit": _l("Chủ trì: %(name)s"),
    "part": _l("Phối hợp: %(name)s"),
    "owner": _l("Người phụ trách: %(name)s"),
    "committee": _l("Ban: %(name)s"),
    "notice": _l("Thông báo: %(name)s"),
    "directive": _l("Văn bản chỉ đạo: %(name)s"),
    "meeting": _l("Cuộc họp: %(name)s"),
    "priority": _l("Mức ưu tiên: %(name)s"),
    "time": _l("So với hạn: %(name)s"),
    "helped": _l("Có đơn vị phối hợp"),
    "due-from": _l("Hạn từ %(name)s"),
    "due-to": _l("Hạn đến %(name)s"),
    "assigned-from": _l("Giao từ %(name)s"),
    "assigned-to": _l("Giao đến %(name)s"),
    "completed-from": _l("Hoàn thành từ %(name)s"),
    "completed-to": _l("Hoàn thành đến %(name)s"),
}
UNNAMED = {
    "unit": _l("Đơn vị chủ trì đã chọn"),
    "part": _l("Đơn vị phối hợp đã chọn"),
    "owner": _l("Người phụ trách đã chọn"),
    "committee": _l("Ban đã chọn"),
    "notice": _l("Thông báo đã chọn"),
    "directive": _l("Văn bản chỉ đạo đã chọn"),
    "meeting": _l("Cuộc họp đã chọn"),
}
"""Said where the name is not for this person, or the thing is gone."""
PRIORITIES = {"urgent": _l("Khẩn"), "high": _l("Cao"), "normal": _l("Thường")}
FIELDS_OF_ROW = ("q", "unit")
"""What the row above the list asks; everything else that is chosen is carried along."""


class Shown(NamedTuple):
    """A row as it is drawn: the task, its mark, the days left, and by column the words of all other cells."""

    row: Any
    mark: Any
    left: int | None
    cells: Mapping[str, str]


class Head(NamedTuple):
    """A column's heading, in the reader's language once for all its cells."""

    name: str
    words: str
    sort: str
    kind: str
    cell: Markup
    """The start tag of its cells."""
    width: int = 0
    """Its share of a sheet's width, in letters as a file has it."""


LONG = 40
"""A column so wide in a file holds sentences: a list gives it room to be read."""
DRAWN = frozenset({"title", "due", "status"})
"""Cells that the page draws with more than words."""


@tasks.get("/")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as tasks.list
    """Show the tasks this person may see, narrowed by the address; without any narrowing, as the person's own view."""
    own = current_user.person.register_view_id
    seen = views_named(current_user.standing)
    if not request.args and own in {view.id for view in seen}:
        return redirect(url_for("tasks.list", view=own))
    asked, day, standing = read_asked(), today(), current_user.standing
    total, page, rows = count_and_page(asked.wanted, standing, day, sort=asked.sort, page=asked.page)
    return render_template(
        "tasks/list.html",
        asked=asked,
        wanted=asked.wanted,
        columns=heads_of(asked.columns),
        rows=drawn(rows, asked.columns, day, clock_for(asked.wanted)),
        total=total,
        page=page,
        pages=max(1, -(-total // PAGE)),
        sort=asked.sort,
        may_assign=bool(standing.secretary_of),
        slip_of=_slip_of(asked.wanted, total),
        slip_args=TaskFilter(unit=asked.wanted.unit, committee=asked.wanted.committee).args(),
        tabs=_tabs(asked, total),
        **_narrowing(asked),
        views=seen,
        own_view=own,
        share_with=may_share_with(standing),
        all_columns=heads_of(COLUMNS),
    )


def _narrowing(asked: Asked) -> dict[str, Any]:
    """Return what the list is narrowed to, in words, and what it can be narrowed to; all where that is asked for."""
    standing, opened = current_user.standing, "filter" in request.args
    names = names_of(asked.wanted, standing)
    shown_here = {
        "opened": opened,
        "unread": unread_days(request.args, today()),
        "chosen": chosen_words(asked, names),
        "kept": {k: v for k, v in asked.args().items() if k not in FIELDS_OF_ROW},
        "choices": _by_kind(register_choices(standing, whole=opened), names),
        **_ended(asked.wanted, names),
    }
    if not opened:
        return shown_here
    return shown_here | {
        "statuses": [(name, sentence(status.words)) for name, status in STATUSES.items()],
        "times": [(name, sentence(STATUSES[name].words)) for name in TIMES],
        "priorities": [*PRIORITIES.items()],
    }


@tasks.get("/print")
@signed_in
def paper() -> ResponseReturnValue:
    """Show all pages of the list as one document to print."""
    asked, day = read_asked(), today()
    total = count_tasks(asked.wanted, current_user.standing, day)
    if total > MOST_PRINTED:
        raise DomainError(
            f"Danh sách có {total:,} dòng, quá dài để in. Hãy thêm điều kiện lọc để còn dưới {MOST_PRINTED:,} dòng, "
            "hoặc lấy tệp Excel.".replace(",", "."),
            f"The list has {total:,} lines, too long to print. Narrow it to {MOST_PRINTED:,}, or take a workbook.",
        )
    rows = page_of_tasks(asked.wanted, current_user.standing, day, sort=asked.sort, size=MOST_PRINTED)
    return render_template(
        "tasks/paper.html",
        asked=asked,
        columns=heads_of(asked.columns),
        rows=drawn(rows, asked.columns, day, clock_for(asked.wanted)),
        total=total,
        wide=len(asked.columns) > WIDE,
        status=sentence(STATUSES[asked.wanted.status].words),
        chosen=[words for words, _href in chosen_words(asked, names_of(asked.wanted, current_user.standing))],
    )


def heads_of(columns: Sequence[Column]) -> Sequence[Head]:
    """Return columns as a page heads them."""
    return [
        Head(one.name, one.words, one.sort, one.kind, _cell(one.name, one.kind, one.words, one.width), one.width)
        for one in columns
    ]


@lru_cache(maxsize=256)
def _cell(name: str, kind: str, words: str, width: int) -> Markup:
    classes = [] if name in DRAWN else ["wide-only", *(["num"] if kind == "num" else [])]
    classes += ["cell-long"] if width >= LONG else []
    classes += ["nowrap"] if (kind == "day" and name not in DRAWN) or name == "code" else []
    return Markup('<td class="{}" data-label="{}">').format(" ".join(classes), words)


def drawn(rows: Sequence[TaskRow], columns: Sequence[Column], day: date, clock: Clock) -> Sequence[Shown]:
    """Return rows as they are drawn; rows that stand alike, as neighbours by date do, share their mark.

    Reads more of the tasks only where a column asks for it.
    """
    lines: dict[int, Any] = {}
    if needs_whole(columns):
        lines = {line.id: line for line in task_entries([row.id for row in rows])}
    rest = [column for column in columns if column.name not in DRAWN]
    known: dict[Any, tuple[Any, int | None]] = {}
    found = []
    for row in rows:
        alike = row.state, row.current_due, row.reported_on
        if alike not in known:
            known[alike] = mark_of(row, day, clock), left_of(row, day, clock)
        line = lines.get(row.id, row)
        found.append(Shown(row, *known[alike], {column.name: shown(column.value(line, day, clock)) for column in rest}))
    return found


def _ended(wanted: TaskFilter, names: Mapping[str, Named]) -> dict[str, Any]:
    """Return the unit of the list where it exists no more, with the units that carry on."""
    named = names.get("unit")
    if named is None or named.day is None:
        return {"ended": None}
    unit = session.get_one(Unit, wanted.unit)
    return {"ended": unit, "successors": successors_of(unit)}


def _slip_of(wanted: TaskFilter, total: int) -> int | None:
    """Return the committee whose secretary may remind, on paper, the unit whose overdue tasks are listed."""
    own = current_user.standing.secretary_of
    committee = wanted.committee or (next(iter(own)) if len(own) == 1 else None)
    asked = wanted.status == "overdue" and wanted.unit and total
    return committee if asked and committee in own else None


def _tabs(asked: Asked, total: int) -> Sequence[tuple[Any, ...]]:
    """Return the parts of the list, the open one with its count: counting what nobody looks at takes the longest."""
    path, args = url_for("tasks.list"), asked.args()
    return [
        (
            sentence(STATUSES[name].words),
            url_with(path, args, status=name),
            name == asked.wanted.status,
            total if name == asked.wanted.status else None,
        )
        for name in TABS
    ]


def chosen_words(asked: Asked, names: Mapping[str, Named]) -> Sequence[tuple[str, str]]:
    """Return the conditions in force beside the status in plain words, each with the address that takes it away."""
    wanted, path, args = asked.wanted, url_for("tasks.list"), asked.args()
    found = [
        (_condition(name, value, wanted, names), url_with(path, args, **{name: None, "status": wanted.status}))
        for name, value in wanted.args().items()
        if name in CHOSEN
    ]
    if wanted.status not in TABS:
        found.append((sentence(STATUSES[wanted.status].words), url_with(path, args, status="open")))
    return found


def _condition(name: str, value: str, wanted: TaskFilter, names: Mapping[str, Named]) -> str:
    if name in UNNAMED and name not in names:
        return str(UNNAMED[name])
    if name in names:
        said = names[name].name
        if name == "meeting" and names[name].day:
            said = f"{said}, {day_words(names[name].day)}"
    elif name == "time":
        said = sentence(STATUSES[value].words)
    elif name == "priority":
        said = str(PRIORITIES[value])
    elif name.endswith(("-from", "-to")):
        said = day_words(getattr(wanted, name.replace("-", "_")))
    else:
        said = value
    return str(CHOSEN[name]) % {"name": said}


def _by_kind(choices: Sequence[Named], names: Mapping[str, Named]) -> Mapping[str, Sequence[tuple[int, str]]]:
    """Return what can be chosen, by kind; what is chosen stands there, too, though it has ended."""
    found: dict[str, Any] = {UNIT: [], COMMITTEE: [], PERSON: [], MEETING: []}
    chosen = [one for one in names.values() if one.kind in found]
    for one in [*choices, *(one for one in chosen if one not in choices)]:
        name = f"{day_words(one.day)}: {one.name}" if one.kind == MEETING and one.day else one.name
        found[one.kind].append((one.id, name))
    found[MEETING].reverse()
    return found
