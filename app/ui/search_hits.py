"""What a page or the palette shows of each hit: its words, where it stands, and where it leads."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from app.clock import day_of
from app.models.search_entry import (
    AGENDA,
    CLAUSE,
    COMMENT,
    DIRECTIVE,
    FILE,
    MINUTES,
    NOTICE,
    PERSON,
    PROGRESS,
    PROPOSAL,
    TASK,
)
from app.queries.kinds import OFFICES
from app.queries.task_list import TaskFilter
from app.ui.formats import BETWEEN_NOTES, cited_place, words
from app.ui.formats import day as day_words
from app.ui.listing import url_with
from app.ui.snippets import holds_all, marked, snippet
from app.ui.speech import gettext as say
from app.ui.speech import translate, translate_of
from app.ui.task_words import Mark, mark_of
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.minutes import MINUTES as MINUTES_TABLE
from workflows.notice import NOTICE as NOTICE_TABLE
from workflows.proposal import PROPOSAL as PROPOSAL_TABLE
from workflows.task import TASK as TASK_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.ui.snippets import Phrase
    from workflows.deadlines import Clock


def _(text: str) -> str:
    """Mark a text for the catalogue, to be looked up when it is said."""
    return text


BEGINNING = 200
"""Letters of a clause that are shown where none of its words was asked for."""


class KindWords(NamedTuple):
    """How a kind is called, of many and of one, and its icon."""

    label: str
    label_of_one: str
    icon: str
    context: str = ""

    @property
    def many(self) -> str:
        """Said of many, in the reader's language."""
        return translate_of(self.context, self.label) if self.context else translate(self.label)

    @property
    def one(self) -> str:
        """Said of one."""
        return translate(self.label_of_one)


KIND_WORDS: Mapping[str, KindWords] = {
    TASK: KindWords(_("Nhiệm vụ"), _("Nhiệm vụ"), "checklist", "many"),
    PERSON: KindWords(_("Người"), _("Người"), "user", "many"),
    CLAUSE: KindWords(_("Kết luận trong thông báo"), _("Kết luận"), "list-check"),
    NOTICE: KindWords(_("Thông báo kết luận"), _("Thông báo"), "file-text"),
    DIRECTIVE: KindWords(_("Văn bản chỉ đạo"), _("Văn bản chỉ đạo"), "mail"),
    MINUTES: KindWords(_("Biên bản"), _("Biên bản"), "notebook"),
    PROPOSAL: KindWords(_("Tờ trình"), _("Tờ trình"), "file-export"),
    AGENDA: KindWords(_("Nội dung đề nghị đưa vào họp"), _("Đề nghị đưa vào họp"), "presentation"),
    PROGRESS: KindWords(_("Dòng tiến độ"), _("Dòng tiến độ"), "progress"),
    COMMENT: KindWords(_("Trao đổi"), _("Trao đổi"), "message"),
    FILE: KindWords(_("Tệp đính kèm"), _("Tệp"), "paperclip"),
}


class Hit(NamedTuple):
    """One hit. `title` and `text` are marked; `mark` only a task has.

    `plain` is what the palette calls it; `beside` what it says beside it, where that is not the note.
    """

    kind: str
    href: str
    plain: str
    title: Markup
    text: Markup
    note: str
    mark: Mark | None = None
    where_href: str = ""
    beside: str = ""


class Looking(NamedTuple):
    """What was searched for, as phrases, and the day and clock by which tasks are marked."""

    phrases: Sequence[Phrase]
    day: date
    clock: Clock


def hit_of(kind: str, row: Any, looking: Looking) -> Hit:  # noqa: ANN401 -- a row of the kind's statement
    """Return a row of a search as a page shows it."""
    shown: Hit = _SHOWN[kind](row, looking.phrases)
    return shown._replace(mark=mark_of(row, looking.day, looking.clock)) if kind == TASK else shown


def _joined(*parts: str | None) -> str:
    return BETWEEN_NOTES.join(part for part in parts if part)


def _first(phrases: Sequence[Phrase], title: str, *texts: str) -> Markup:
    """Return the piece of the first text that holds what was searched for; none where the title says all of it."""
    if holds_all(title, phrases):
        return Markup()
    return next((piece for text in texts if text and (piece := snippet(text, phrases))), Markup())


def _task(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- a row of the kind's statement
    due = say(_("hạn %(day)s"), day=day_words(row.current_due)) if row.current_due else ""
    text = _first(phrases, row.title, row.detail, row.deliverable)
    note = _joined(row.code, row.unit, due)
    shown = escape(BETWEEN_NOTES).join(part for part in (marked(row.code, phrases), row.unit, due) if part)
    return Hit(TASK, f"/tasks/{row.id}", row.title, marked(row.title, phrases), text, shown, beside=note)


def _clause(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    name = _joined(row.symbol or say(_("Dự thảo thông báo")), cited_place(row.address) if row.address else "")
    issued = say(_("ban hành %(day)s"), day=day_words(row.issued_on)) if row.issued_on else ""
    href = f"/notices/{row.notice_id}#{quote(row.address)}" if row.address else f"/notices/{row.notice_id}"
    # Asked for by its paper and address, a clause holds none of the words: then its beginning tells which it is.
    text = snippet(row.text, phrases) or Markup.escape(shorten(row.text, BEGINNING, placeholder="…"))
    return Hit(CLAUSE, href, name, Markup.escape(name), text, _joined(row.subject, issued))


def _notice(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    name = ": ".join(part for part in (row.symbol, row.subject) if part)
    issued = (
        say(_("ban hành %(day)s"), day=day_words(row.issued_on)) if row.issued_on else _state(NOTICE_TABLE, row.state)
    )
    href = f"/notices/{row.id}"
    return Hit(NOTICE, href, name, marked(name, phrases), Markup(), _joined(row.committee, issued))


def _minutes(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    note = _joined(row.committee, day_words(day_of(row.starts_at)), _state(MINUTES_TABLE, row.state))
    href = f"/meetings/{row.meeting_id}/minutes"
    return Hit(MINUTES, href, row.title, Markup.escape(row.title), snippet(row.text, phrases), note)


def _proposal(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    text = _first(phrases, row.title, row.content, row.necessity, row.grounds, row.effectiveness)
    note = _joined(row.symbol, row.unit, _state(PROPOSAL_TABLE, row.state))
    href = f"/proposals/{row.id}"
    return Hit(PROPOSAL, href, row.title, marked(row.title, phrases), text, note)


def _file(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    homes = {
        TASK_TABLE.name: (say(_("Nhiệm vụ")), f"/tasks/{row.subject_id}"),
        NOTICE_TABLE.name: (say(_("Thông báo")), f"/notices/{row.subject_id}"),
        MINUTES_TABLE.name: (say(_("Biên bản")), f"/meetings/{row.meeting_id}/minutes"),
        PROPOSAL_TABLE.name: (say(_("Tờ trình")), f"/proposals/{row.subject_id}"),
    }
    home, where = homes[row.subject]
    note = f"{home}: {row.title}"
    return Hit(FILE, f"/files/{row.id}", row.name, marked(row.name, phrases), Markup(), note,
               where_href=where)  # fmt: skip


def _progress(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    return _said(row, phrases, f"/tasks/{row.home_id}#log")


def _comment(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    return _said(row, phrases, f"/tasks/{row.home_id}#comment-{row.id}")


def _said(row: Any, phrases: Sequence[Phrase], href: str) -> Hit:  # noqa: ANN401 -- the same
    """Return what somebody said of a task: on the page below the task's words, in the palette above them."""
    text = snippet(row.text, phrases)
    note = _joined(row.place, row.by, day_words(day_of(row.at)))
    plain, beside = text.striptags(), _joined(row.title, row.by)
    return Hit(row.kind, href, plain, Markup.escape(row.title), text, note, beside=beside)


def _agenda(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    note = _joined(row.by, row.place, day_words(day_of(row.at)), _state(AGENDA_PROPOSAL, row.state))
    text = _first(phrases, row.title, row.text)
    return Hit(AGENDA, f"/agenda-proposals/{row.id}", row.title, marked(row.title, phrases), text, note)


def _directive(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    name = ": ".join(part for part in (row.title, row.text) if part)
    href = url_with("/tasks/", TaskFilter(status="all", directive=row.id).args())
    return Hit(DIRECTIVE, href, name, marked(name, phrases), Markup(), _joined(row.by, day_words(row.day)))


def _person(row: Any, phrases: Sequence[Phrase]) -> Hit:  # noqa: ANN401 -- the same
    href = url_with("/tasks/", TaskFilter(status="all", owner=row.id).args())
    unit = url_with("/tasks/", TaskFilter(unit=row.home_id).args()) if row.home_id else ""
    note = _joined(row.by or (words(OFFICES[row.state]) if row.state else ""), row.place)
    return Hit(PERSON, href, row.title, marked(row.title, phrases), Markup(), note, where_href=unit)


def _state(table: Any, name: str) -> str:  # noqa: ANN401 -- any Workflow
    return words(table.by_name[name].label)


_SHOWN: Mapping[str, Any] = {
    TASK: _task,
    CLAUSE: _clause,
    NOTICE: _notice,
    MINUTES: _minutes,
    PROPOSAL: _proposal,
    FILE: _file,
    DIRECTIVE: _directive,
    AGENDA: _agenda,
    PROGRESS: _progress,
    COMMENT: _comment,
    PERSON: _person,
}
