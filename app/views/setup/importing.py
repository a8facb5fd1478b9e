"""Lists of units and of people, pasted or from Excel: shown first, then written exactly as shown."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.errors import DomainError
from app.forms.setup import ImportForm
from app.queries.kinds import UNIT_KINDS
from app.reading.tables import MAX_FILE, lines_of, rows_of_text, rows_of_workbook
from app.services import import_people, import_units
from app.services.import_units import CHANGE, CREATE, SAME, UNCLEAR
from app.views.guard import admin
from app.views.setup.area import attempt, setup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from types import ModuleType

    from flask.typing import ResponseReturnValue

    Entry = import_units.UnitEntry | import_people.PersonEntry
    Plan = Callable[[int, Sequence[Any]], Sequence[Entry]]


@setup.route("/units/import", methods=["GET", "POST"])
@admin
def import_unit_list() -> ResponseReturnValue:
    """Take in a list of units."""
    return _import(
        "units",
        import_units,
        import_units.plan_units,
        lambda entries, _since: import_units.write_units(
            current_user.person.authority_id, entries, current_user.person
        ),
        url_for("setup.list_units"),
    )


@setup.route("/people/import", methods=["GET", "POST"])
@admin
def import_person_list() -> ResponseReturnValue:
    """Take in a list of people."""
    return _import(
        "people",
        import_people,
        import_people.plan_people,
        lambda entries, since: import_people.write_people(
            current_user.person.authority_id, entries, since, current_user.person
        ),
        url_for("setup.list_people"),
    )


def _import(
    what: str, source: ModuleType, plan: Plan, write: Callable[[Any, date], int], back: str
) -> ResponseReturnValue:
    """Show what a list would do, or write it; `source` is the service that knows its headings and columns."""
    form = ImportForm(since=today())
    entries: Sequence[Entry] | None = None
    if form.is_submitted():
        try:
            if form.validate():
                rows = _rows(form)
                form.text.data = "\n".join("\t".join(row) for row in rows)
                entries = plan(current_user.person.authority_id, lines_of(rows, source.HEADINGS))
        except DomainError as error:
            form.blame(error)
    if entries is not None and "save" in request.form and not form.errors:
        if form.seen.data == digest_of(entries):
            written = attempt(form, lambda: write(entries, form.since.data or today()))
            if written is not None:
                flash(_("Đã ghi %(count)s dòng.", count=written), "success")
                return redirect(back, 303)
        else:
            form.form_errors.append(
                _("Danh sách hoặc dữ liệu đã đổi so với bản xem trước. Hãy xem lại bảng dưới đây rồi lưu.")
            )
    if form.since.data is None and not form.since.errors:
        form.since.raw_data, form.since.data = None, today()
    page = render_template(
        "setup/import.html",
        what=what,
        form=form,
        entries=entries,
        counts=_counts(entries or ()),
        doubts=sum(entry.doubt is not None for entry in entries or ()),
        columns=source.COLUMNS,
        kinds=UNIT_KINDS.values(),
        seen=digest_of(entries) if entries else "",
        back=back,
    )
    return page, 422 if form.errors else 200


def _counts(entries: Sequence[Entry]) -> dict[str, int]:
    """Return how many lines will be done how."""
    return {action: sum(entry.action == action for entry in entries) for action in (CREATE, CHANGE, SAME, UNCLEAR)}


def _rows(form: ImportForm) -> list[list[str]]:
    """Return the rows of the workbook, else those pasted."""
    upload = form.file.data
    if upload and getattr(upload, "filename", ""):
        return rows_of_workbook(upload.stream.read(MAX_FILE + 1))
    return rows_of_text(form.text.data or "")


def digest_of(entries: Sequence[Entry]) -> str:
    """Return a digest of what would be done, so that only what was shown is written."""
    said = repr([(entry.number, entry.name, entry.action, entry.values, entry.changes) for entry in entries])
    return hashlib.sha256(said.encode()).hexdigest()[:32]
