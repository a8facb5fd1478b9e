"""The reader: from the text of a notice, minutes or a news item to a meeting and proposed clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.reading.clauses import read_clauses
from app.reading.deadlines import Anchor, Due, find_due, find_past_due
from app.reading.errors import LIMIT, TextTooLongError, UnreadableError
from app.reading.head import read_head
from app.reading.kinds import Sort
from app.reading.matching import Directory
from app.reading.model import Because, Kind, Reading, ReadItem, Sure
from app.reading.outline import outline
from app.reading.page import Page
from app.reading.recurrence import find_recurrence
from app.reading.rows import unroll
from app.reading.secrecy import refuse_marked
from app.reading.webpage import is_html, text_of_html

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.reading.labels import Clause
    from app.reading.model import UnitName, WorkingCalendar
    from app.reading.units import Phrase

_KINDS = {Sort.TASK: Kind.TASK, Sort.CONCLUSION: Kind.CONCLUSION, Sort.INFORMATION: Kind.INFORMATION}


def read_text(  # noqa: PLR0913 -- a text, and all that is known of the authority beside it
    text: str,
    *,
    units: Iterable[UnitName] = (),
    groups: Iterable[UnitName] = (),
    gone: Iterable[str] = (),
    calendar: WorkingCalendar | None = None,
    document_on: date | None = None,
) -> Reading:
    """Return what a text proposes; nothing is stored. Pasted HTML and pasted tables of tasks are unrolled first.

    `units` and `groups` are the authority's own, to match names with, `gone` the names of its units that are no more;
    `calendar` counts working days (weekends alone without one); `document_on` is the day of the document where the
    caller knows it (years left out are counted from it). Raise UnreadableError for an empty text, TextTooLongError
    beyond LIMIT and ClassifiedTextError for a text marked as a state secret.
    """
    if len(text) > LIMIT or len(text.encode(errors="surrogatepass")) > LIMIT:
        raise TextTooLongError
    directory = Directory.of(units, groups, gone)
    page = Page.of(unroll(text_of_html(text) if is_html(text) else text), directory.names)
    if not page.text.strip():
        raise UnreadableError.empty()
    if "\x00" in page.text:
        raise UnreadableError.not_text()
    refuse_marked(page.text)
    head = read_head(page)
    anchor = Anchor(document_on or head.document_on, head.meeting.date, calendar)
    clauses = read_clauses(page, outline(page.text), head.body)
    items = tuple(item for clause in clauses for item in _items(page, clause, anchor, directory))
    return Reading(page.text, head.meeting, items)


def _items(page: Page, clause: Clause, anchor: Anchor, directory: Directory) -> list[ReadItem]:
    """Return one item per lead: two units told the same thing are two items."""
    if clause.sort is not Sort.TASK:
        return [_item(page, clause, directory)]
    due = next((due for due in (find_due(page, a, b, anchor) for a, b in clause.spans) if due), None)
    past = None
    if due is None:
        past = next((due for due in (find_past_due(page, a, b, anchor) for a, b in clause.spans) if due), None)
    leads: list[Phrase | None] = [*clause.leads] or [None]
    return [_item(page, clause, directory, lead, due, past) for lead in leads]


def _item(  # noqa: PLR0913, PLR0917 -- a clause and what was found in it, all private to here
    page: Page,
    clause: Clause,
    directory: Directory,
    lead: Phrase | None = None,
    due: Due | None = None,
    past: Due | None = None,
) -> ReadItem:
    task = clause.sort is Sort.TASK
    again = next((each for each in (find_recurrence(page, a, b) for a, b in clause.spans) if each), None)
    again = again if task else None
    because: dict[str, Because] = {}
    if lead:
        sure = Sure.LOW if clause.guessed else Sure.MEDIUM if clause.inherited else Sure.HIGH
        because["lead"] = Because(page.words(lead.start, lead.end), lead.start, lead.end, sure)
    if clause.coordinating:
        a, b = clause.coordinating[0].start, clause.coordinating[-1].end
        because["coordinating"] = Because(page.words(a, b), a, b)
    if due:
        because["due"] = Because(page.words(due.start, due.end), due.start, due.end, due.sure)
    if again:
        because["recurrence"] = Because(page.words(again[1], again[2]), again[1], again[2])
    return ReadItem(
        section=clause.section,
        address=clause.address,
        text=page.words(clause.start, clause.end).rstrip(" ;,"),
        start=clause.start,
        end=clause.end,
        kind=_KINDS[clause.sort],
        lead=directory.match(lead.name) if lead else None,
        coordinating=tuple(directory.match(phrase.name) for phrase in clause.coordinating),
        due=due.on if due else None,
        due_text=page.words(due.start, due.end) if due else None,
        recurrence=again[0] if again else None,
        because=because,
        past_due=(past.on, page.words(past.start, past.end)) if past and past.on else None,
    )
