"""What a page or the palette shows of each hit: its words, where it stands, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from markupsafe import Markup

from app.clock import day_of
from app.models.search_entry import CLAUSE, FILE, MINUTES, NOTICE, PROPOSAL, TASK
from app.ui.formats import day as day_words
from app.ui.formats import words
from app.ui.snippets import holds_all, marked, snippet
from app.ui.speech import gettext as _
from app.ui.task_words import Mark, mark_of
from workflows.minutes import MINUTES as MINUTES_TABLE
from workflows.notice import NOTICE as NOTICE_TABLE
from workflows.proposal import PROPOSAL as PROPOSAL_TABLE
from workflows.task import TASK as TASK_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workflows.deadlines import Clock


class KindWords(NamedTuple):
    """How a kind is called, of many and of one, and its icon."""

    many: Any
    one: Any
    icon: str


KIND_WORDS: Mapping[str, KindWords] = {
    TASK: KindWords(lazy_pgettext("many", "Nhiệm vụ"), _l("Nhiệm vụ"), "checklist"),
    CLAUSE: KindWords(_l("Kết luận trong thông báo"), _l("Kết luận"), "list-check"),
    NOTICE: KindWords(_l("Thông báo kết luận"), _l("Thông báo"), "file-text"),
    MINUTES: KindWords(_l("Biên bản"), _l("Biên bản"), "notebook"),
    PROPOSAL: KindWords(_l("Tờ trình"), _l("Tờ trình"), "file-export"),
    FILE: KindWords(_l("Tệp đính kèm"), _l("Tệp"), "paperclip"),
}


class Hit(NamedTuple):
    """One hit. `title` and `text` are marked; `plain` is the title as it is; `mark` only a task has."""

    kind: str
    href: str
    plain: str
    title: Markup
    text: Markup
    note: str
    mark: Mark | None = None
    where_href: str = ""


class Looking(NamedTuple):
    """What was searched for, as phrases, and the day and clock by which tasks are marked."""

    phrases: str
    day: date
    clock: Clock


def hit_of(kind: str, row: Any, looking: Looking) -> Hit:  # noqa: ANN401 -- a row of the kind's statement
    """Return a row of a search as a page shows it."""
    shown: Hit = _SHOWN[kind](row, looking.phrases)
    return shown._replace(mark=mark_of(row, looking.day, looking.clock)) if kind == TASK else shown


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _first(phrases: str, title: str, *texts: str) -> Markup:
    """Return the piece of the first text that holds what was searched for; none where the title says all of it."""
    if holds_all(title, phrases):
        return Markup()
    return next((piece for text in texts if text and (piece := snippet(text, phrases))), Markup())


def _task(row: Any, phrases: str) -> Hit:  # noqa: ANN401 -- a row of the kind's statement
    due = _("hạn %(day)s", day=day_words(row.current_due)) if row.current_due else ""
    text = _first(phrases, row.title, row.detail, row.deliverable)
    note = _joined(row.code, row.unit, due)
    return Hit(TASK, f"/tasks/{row.id}", row.title, marked(row.title, phrases), text, note)


def _clause(row: Any, phrases: str) -> Hit:  # noqa: ANN401 -- the same
    name = _joined(
        row.symbol or _("Dự thảo thông báo"), _("mục %(address)s", address=row.address) if row.address else ""
    )
    issued = _("ban hành %(day)s", day=day_words(row.issued_on)) if row.issued_on else ""
    href = url_for("notices.show", notice_id=row.notice_id, _anchor=row.address or None)
    return Hit(CLAUSE, href, name, Markup.escape(name), snippet(row.text, phrases), _joined(row.subject, issued))


def _notice(row: Any, phrases: str) -> Hit:  # noqa: ANN401 -- the same
    name = ": ".join(part for part in (row.symbol, row.subject) if part)
    issued = _("ban hành %(day)s", day=day_words(row.issued_on)) if row.issued_on else _state(NOTICE_TABLE, row.state)
    href = url_for("notices.show", notice_id=row.id)
    return Hit(NOTICE, href, name, marked(name, phrases), Markup(), _joined(row.committee, issued))


def _minutes(row: Any, phrases: str) -> Hit:  # noqa: ANN401 -- the same
    note = _joined(row.committee, day_words(day_of(row.starts_at)), _state(MINUTES_TABLE, row.state))
    href = url_for("minutes.write", meeting_id=row.meeting_id)
    return Hit(MINUTES, href, row.title, Markup.escape(row.title), snippet(row.text, phrases), note)


def _proposal(row: Any, phrases: str) -> Hit:  # noqa: ANN401 -- the same
    text = _first(phrases, row.title, row.content, row.necessity, row.grounds, row.effectiveness)
    note = _joined(row.symbol, row.unit, _state(PROPOSAL_TABLE, row.state))
    href = url_for("proposals.show", proposal_id=row.id)
    return Hit(PROPOSAL, href, row.title, marked(row.title, phrases), text, note)


def _file(row: Any, phrases: str) -> Hit:  # noqa: ANN401 -- the same
    homes = {
        TASK_TABLE.name: (_("Nhiệm vụ"), "tasks.show", {"task_id": row.subject_id}),
        NOTICE_TABLE.name: (_("Thông báo"), "notices.show", {"notice_id": row.subject_id}),
        MINUTES_TABLE.name: (_("Biên bản"), "minutes.write", {"meeting_id": row.meeting_id}),
        PROPOSAL_TABLE.name: (_("Tờ trình"), "proposals.show", {"proposal_id": row.subject_id}),
    }
    home, endpoint, values = homes[row.subject]
    note = f"{home}: {row.title}"
    where = url_for(endpoint, **values)
    return Hit(FILE, url_for("files.fetch", attachment_id=row.id), row.name, marked(row.name, phrases), Markup(), note,
               where_href=where)  # fmt: skip


def _state(table: Any, name: str) -> str:  # noqa: ANN401 -- any Workflow
    return words(table.by_name[name].label)


_SHOWN: Mapping[str, Any] = {
    TASK: _task,
    CLAUSE: _clause,
    NOTICE: _notice,
    MINUTES: _minutes,
    PROPOSAL: _proposal,
    FILE: _file,
}
