"""Bringing in a tracker from Excel: the file, its columns, the rows one by one, then all of them at once; and back.

Over 300 lines: the acts of one page, which all draw it again where they are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the types know WTForms 3.2 only

from app import access
from app.db import session, transaction
from app.errors import DomainError, NotFoundError, Sentence
from app.forms.moves import sentence
from app.forms.tasks import read_page
from app.forms.trackers import MapColumnsForm, UploadTrackerForm, mapping_of, meanings_in, said_of
from app.models import Committee, Task
from app.queries.choices import unit_choices, unit_filter
from app.queries.touched import tasks_touched
from app.queries.trackers import COMMITTEES, PAGE, committees_of, counts_of, load_tracker, rows_of, trackers_of
from app.services import tracker_progress
from app.services.files import path_of
from app.services.tracker_changes import MISSING, read_changes, write_changes
from app.services.tracker_import import changed_of, import_rows, is_taken
from app.services.tracker_judging import CHOSEN, OUTCOMES, STOPPED, WRONG
from app.services.tracker_names import changed_meanings, mean_names, names_asked
from app.services.tracker_undo import undo_import
from app.services.trackers import (
    CHANGES,
    judge_of,
    mend_rows,
    mended_rows,
    read_in,
    said_of_all,
    samples,
    sheets_of,
    still_wrong,
    take_in,
)
from app.tracker.columns import FIELDS
from app.tracker.heads import find_head
from app.tracker.rows import TASK
from app.tracker.sheet import column_name
from app.tracker.trace import is_ours
from app.ui.formats import number
from app.ui.tracker_words import change_heads, foreseen, kind_words, old_words, outcome_words, row_view, touched_words
from app.views.guard import by_loader, signed_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from app.models import TrackerImport, TrackerRow
    from app.tracker.heads import Head
    from app.tracker.sheet import Sheet

trackers = Blueprint("trackers", __name__, url_prefix="/trackers")
_SHOWN = 20
TO_COLUMNS = "columns"
"""Where a page of the preview may turn to, besides its tabs."""
XLSX, CSV = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"


@trackers.route("/", methods=["GET", "POST"])
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as trackers.list
    """Take a workbook, and show those taken in before; for secretaries."""
    standing = current_user.standing
    if not standing.secretary_of:
        raise NotFoundError
    form = UploadTrackerForm()
    query = select(Committee).where(Committee.id.in_(standing.secretary_of)).order_by(Committee.id)
    form.committee_id.choices = [SelectChoice(one.id, one.name) for one in session.scalars(query)]
    if len(form.committee_id.choices) > 1:
        form.committee_id.description = _(
            "Danh sách lấy từ hệ thống có thể gồm nhiều ban: mỗi dòng được đọc theo ban của nhiệm vụ đó."
        )
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        committee = access.load_committee(form.committee_id.data, standing, as_secretary=True)
        try:
            with transaction():
                made = take_in(committee, form.file.data.stream, form.file.data.filename or "", current_user.person)
                if made.kind == CHANGES:
                    read_changes(made, next(filter(is_ours, sheets_of(made))), current_user.actor)
        except DomainError as error:
            form.blame(error)
            status = error.status
        else:
            return redirect(url_for("trackers.show" if made.read_at else "trackers.columns", import_id=made.id), 303)
    return render_template("trackers/list.html", form=form, imports=trackers_of(standing.secretary_of)), status


@trackers.route("/<int:import_id>/columns", methods=["GET", "POST"])
@by_loader
def columns(import_id: int) -> ResponseReturnValue:
    """Show which column is taken for what, to be mended; then read the rows."""
    made = load_tracker(import_id, current_user.standing)
    if made.imported_at is not None or made.kind == CHANGES:
        return redirect(url_for("trackers.show", import_id=made.id), 303)
    sheets = sheets_of(made)
    wanted = request.values.get("sheet", "") or made.sheet
    sheet = next((each for each in sheets if each.name == wanted), sheets[0])
    head = find_head(sheet)
    form = MapColumnsForm(obj=made)
    mapping = mapping_of(request.form) if form.is_submitted() else _suggested(made, sheet, head)
    if form.validate_on_submit():
        try:
            with transaction():
                made.symbol, made.given_on = form.symbol.data or "", form.given_on.data
                made.done_by_due = form.done_by_due.data
                read_in(made, sheet, mapping)
        except DomainError as error:
            form.blame(error)
        else:
            return redirect(url_for("trackers.show", import_id=made.id), 303)
    page = render_template(
        "trackers/columns.html",
        made=made,
        form=form,
        sheets=sheets,
        sheet=sheet,
        head=head,
        columns=_columns(sheet, head, mapping),
        fields=FIELDS,
        mended=len(mended_rows(made)) if made.read_at else 0,
    )
    return page, 422 if form.errors else 200


def _suggested(made: TrackerImport, sheet: Sheet, head: Head) -> dict[int, str]:
    if made.mapping and made.sheet == sheet.name:
        return {int(column): name for column, name in made.mapping.items() if column.isdecimal()}
    return {column: found.field for column, found in head.columns.items()}


def _columns(sheet: Sheet, head: Head, mapping: Mapping[int, str]) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "index": index,
            "name": column_name(index),
            "heading": head.title_of(index),
            "samples": shown,
            "field": mapping.get(index, ""),
            "sure": head.columns[index].sure if index in head.columns else "",
            "hidden": index in sheet.hidden_columns,
        }
        for index in range(sheet.width)
        if (shown := samples(sheet, head, index)) or index in head.headings
    ]


@trackers.get("/<int:import_id>")
@by_loader
def show(import_id: int) -> ResponseReturnValue:
    """Show row by row what a tracker becomes, or became."""
    made = load_tracker(import_id, current_user.standing)
    if made.read_at is None:
        return redirect(url_for("trackers.columns", import_id=made.id), 303)
    return _page(made)


def _page(made: TrackerImport, wrong: str = "", still: Sequence[int] = ()) -> str:
    """Return the preview; `still` are the rows whose corrections keep the import from being made.

    Over 40 lines: what the preview shows stands in one list.
    """
    counts = counts_of(made.id)
    if made.kind == CHANGES:
        return _differences(made, counts, wrong)
    outcome = request.values.get("show", "")
    outcome = outcome if outcome in OUTCOMES else ""
    if still and outcome:
        outcome = WRONG  # where the row is now; it may have come from another tab
    every = rows_of(made.id)
    found = [row for row in every if not outcome or row.outcome == outcome]
    rows, page, pages = _part(found, still)
    ids = [task_id for row in every for task_id in row.task_ids]
    touched = tasks_touched(ids)
    ready = sum(is_taken(row) for row in every) if made.undone_at is None else 0
    return render_template(
        "trackers/show.html",
        made=made,
        views=_views(made, rows),
        counts=counts,
        outcome=outcome,
        outcomes=outcome_words(),
        kinds=kind_words(),
        units=unit_choices(made.authority_id),
        total=len(found),
        page=page,
        pages=pages,
        wrong=wrong,
        still=still,
        foreseen=foreseen(every) if made.undone_at is None else {},
        ready=ready,
        elsewhere=ready - sum(is_taken(row) for row in rows),
        mendable=made.undone_at is None and any(_is_left(row) for row in every),
        choosable=len(said_of_all(every, outcome, "yes")) if outcome in CHOSEN and made.undone_at is None else 0,
        made_tasks=len(ids),
        touched=[(task.id, task.code, touched_words(task)) for task in touched[:_SHOWN]],
        staying=len(touched),
        taken_back=set(ids) - {task.id for task in touched} if made.undone_at else frozenset(),
        wrong_outcome=WRONG,
        names=names_asked(made, every) if made.undone_at is None else None,
        to_columns=TO_COLUMNS,
    )


def _part(rows: Sequence[TrackerRow], still: Sequence[int]) -> tuple[Sequence[TrackerRow], int, int]:
    """Return the rows of the page asked for, or of that on which the first of `still` stands; its number, how many."""
    pages = max(1, -(-len(rows) // PAGE))
    page = min(read_page(request.values), pages)
    if still:
        page = next((at for at, row in enumerate(rows) if row.number == still[0]), 0) // PAGE + 1
    return rows[(page - 1) * PAGE : page * PAGE], page, pages


def _differences(made: TrackerImport, counts: Mapping[str, int], wrong: str) -> str:
    rows = rows_of(made.id)
    several = len(made.mapping.get(COMMITTEES, ())) > 1
    return render_template(
        "trackers/changes.html",
        made=made,
        counts=counts,
        rows=rows,
        committees=committees_of([row.like_task_id for row in rows if row.like_task_id]) if several else {},
        missing=made.mapping.get(MISSING, []),
        wrong=wrong,
        heads=change_heads(),
        old=old_words,
        said=Sentence,
    )


def _is_left(row: TrackerRow) -> bool:
    """Say whether a row is a task that may still be brought in, perhaps once it is mended."""
    return row.kind == TASK and row.outcome != STOPPED and not row.task_ids


def _views(made: TrackerImport, rows: Sequence[TrackerRow]) -> Sequence[Any]:
    judge, names = judge_of(made), dict(unit_filter(made.authority_id))
    ids = [task_id for row in rows for task_id in row.task_ids]
    query = select(Task.id, Task.code).where(Task.id.in_(ids))
    codes = {found.id: found.code for found in session.execute(query)} if ids else {}
    return [row_view(row, judge.plan(row) if row.kind == TASK else None, names, codes) for row in rows]


@trackers.post("/<int:import_id>/rows")
@by_loader
def mend(import_id: int) -> ResponseReturnValue:
    """Keep what was ticked and typed in one page of the preview; then show it again, or the page or tab turned to."""
    made = load_tracker(import_id, current_user.standing)
    said, to = said_of(request.form), request.form.get("to")
    rows = rows_of(made.id)
    meant = changed_meanings(names_asked(made, rows).shown, meanings_in(request.form))
    if to is not None:
        said = changed_of(rows, said)
    every, by_due = _every(request.form.get("every", "")), "by_due" in request.form
    whole = said_of_all(rows, *every) if every else {}
    said |= {number: {**said.get(number, {}), **tick} for number, tick in whole.items()}
    # Asked before anything is written: what is mended leaves its tab, and the pages behind it move up.
    show, first = _turned(rows, to) if to is not None else (request.form.get("show", ""), 0)
    try:
        if said or meant or to is None:
            with transaction():
                made.done_by_due = made.done_by_due or by_due
                _mend(made, rows, said, meant)
    except DomainError as error:
        return _page(made, sentence(error.sentence)), error.status
    if to is None:
        if by_due:
            flash(_("Đã lấy ngày hạn làm ngày hoàn thành ở các dòng không ghi ngày hoàn thành."), "success")
        elif every:
            ticked = _("Đã chọn cả %(count)s dòng.") if every[1] == "yes" else _("Đã bỏ chọn cả %(count)s dòng.")
            flash(ticked % {"count": number(len(whole))}, "success")
        else:
            flash(_("Đã lưu và xem lại từng dòng."), "success")
        page = request.form.get("page")
    else:
        if said or meant:
            flash(_("Đã lưu điều bạn vừa sửa ở trang trước."), "success")
        if to == TO_COLUMNS:
            return redirect(url_for("trackers.columns", import_id=made.id), 303)
        left = [row.number for row in rows_of(made.id, show) if row.number < first]
        page = str(len(left) // PAGE + 1) if first else None
    return redirect(url_for("trackers.show", import_id=made.id, show=show or None, page=page), 303)


def _mend(
    made: TrackerImport,
    rows: Sequence[TrackerRow],
    said: Mapping[int, Mapping[str, str]],
    meant: Mapping[str, tuple[int, bool]],
) -> None:
    """Keep what was said about names, for all rows; then what was said about rows."""
    if meant:
        mean_names(made, rows, meant)
    mend_rows(made, said)


def _every(asked: str) -> tuple[str, str] | None:
    """Return the outcome whose rows are all to be ticked or unticked («double-yes»), and which of the two."""
    outcome, _dash, take = asked.partition("-")
    return (outcome, take) if outcome in CHOSEN and take in {"yes", "no"} else None


def _turned(rows: Sequence[TrackerRow], to: str) -> tuple[str, int]:
    """Return the tab turned to and the row that begins the page: «wrong-2»; 0 for a tab's first page."""
    show, _dash, page = to.partition("-")
    show = show if show in OUTCOMES else ""
    shown = [row.number for row in rows if not show or row.outcome == show]
    at = (read_page({"page": page}) - 1) * PAGE
    return show, shown[at] if 0 < at < len(shown) else 0


@trackers.post("/<int:import_id>/import")
@by_loader
def bring_in(import_id: int) -> ResponseReturnValue:
    """Keep what the page shows, ticks and corrections; then make the tasks of all rows taken, in one transaction."""
    made = load_tracker(import_id, current_user.standing)
    rows = rows_of(made.id) if made.kind != CHANGES else ()
    said = said_of(request.form) if rows else {}
    meant = changed_meanings(names_asked(made, rows).shown, meanings_in(request.form)) if rows else {}
    try:
        if said or meant:
            with transaction():  # for itself: what was typed stays, whatever becomes of the import
                _mend(made, rows, said, meant)
            if still := still_wrong(made, said):
                return _page(made, still=still), 422
        with transaction():
            count = _write(made)
    except DomainError as error:
        session.refresh(made)
        return _page(made, sentence(error.sentence)), error.status
    finally:
        tracker_progress.forget(import_id)
    if made.kind == CHANGES:
        flash(_("Đã ghi %(count)s ô thay đổi.", count=number(count)), "success")
    else:
        flash(_("Đã nhập %(count)s nhiệm vụ từ sổ theo dõi.", count=number(count)), "success")
    return redirect(url_for("trackers.show", import_id=made.id), 303)


def _write(made: TrackerImport) -> int:
    if made.kind == CHANGES:
        return write_changes(made, current_user.actor)
    return import_rows(made, current_user.actor, tracker_progress.teller(made.id))


@trackers.post("/<int:import_id>/undo")
@by_loader
def undo(import_id: int) -> ResponseReturnValue:
    """Take all tasks of an import out again, or those that nobody has worked on."""
    made = load_tracker(import_id, current_user.standing)
    try:
        with transaction():
            teller = tracker_progress.teller(made.id)
            count = undo_import(made, current_user.actor, rest="rest" in request.form, told=teller)
    except DomainError as error:
        session.refresh(made)
        return _page(made, sentence(error.sentence)), error.status
    finally:
        tracker_progress.forget(import_id)
    flash(_("Đã hoàn tác: %(count)s nhiệm vụ không còn trong hệ thống.", count=number(count)), "success")
    return redirect(url_for("trackers.show", import_id=made.id), 303)


@trackers.get("/<int:import_id>/progress")
@by_loader
def progress(import_id: int) -> ResponseReturnValue:
    """Say how far a running import is, from 0 to 100."""
    load_tracker(import_id, current_user.standing)
    return {"percent": tracker_progress.percent_of(import_id)}


@trackers.get("/<int:import_id>/file")
@by_loader
def fetch(import_id: int) -> ResponseReturnValue:
    """Give the file back as it was uploaded."""
    made = load_tracker(import_id, current_user.standing)
    path = path_of(made.file.sha256)
    if not path.exists():
        raise NotFoundError
    kind = XLSX if made.file.name.lower().endswith(".xlsx") else CSV
    return send_file(path, mimetype=kind, as_attachment=True, download_name=made.file.name, max_age=0)
