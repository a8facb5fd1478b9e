"""What was told, as the list behind the bell says it: who did what, about what, and where it leads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _

from app.clock import day_of
from app.mail.wording import rule_words
from app.queries.notifications import units_told
from app.queries.reminders_due import PREFIX
from app.ui.formats import BETWEEN_NOTES, day, kept_words, words
from app.ui.navigation import url_if_known
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.coordinating_part import COORDINATING_PART
from workflows.meeting import MEETING
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.registry import ALL
from workflows.reminders import PIECE
from workflows.sub_task import SUB_TASK
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from app.queries.unit_names import UnitNames

PAGES: Mapping[str, tuple[str, str]] = {
    TASK.name: ("tasks.show", "task_id"),
    NOTICE.name: ("notices.show", "notice_id"),
    MEETING.name: ("meetings.show", "meeting_id"),
    MINUTES.name: ("minutes.write", "meeting_id"),
    MONTHLY_REPORT.name: ("reports.find", "report_id"),
    PROPOSAL.name: ("proposals.show", "proposal_id"),
    AGENDA_PROPOSAL.name: ("agenda_proposals.show", "agenda_proposal_id"),
    "unit_change": ("setup.show_unit_change", "change_id"),
    "planned_unit_change": ("setup.show_planned_change", "planned_id"),
}
"""The page of each subject and the name of its id (minutes are a page of their meeting)."""
ICONS = {
    "task": "checklist",
    "notice": "file-text",
    "meeting": "calendar-event",
    "minutes": "notebook",
    "monthly_report": "chart-bar",
    "proposal": "file-export",
    "agenda_proposal": "message",
    "unit_change": "sitemap",
    "planned_unit_change": "sitemap",
}


class News(NamedTuple):
    """One line of the list. `who` did it; empty for a reminder."""

    id: int
    at: datetime
    unread: bool
    urgent: bool
    icon: str
    who: str
    said: str
    reason: str
    title: str
    note: str
    href: str
    gone: str = ""
    """Why it cannot be opened any more: the task is no longer the reader's."""


def news_list(rows: Sequence[Any]) -> list[News]:
    """Return what the lines of a list say; at most one statement, for the names of units."""
    units = units_told(rows)
    return [news_of(row, units) for row in rows]


def news_of(row: Any, units: UnitNames) -> News:  # noqa: ANN401 -- a row of the query
    """Return what one notification says.

    :param units: the names of the units that led then; the line says what the unit was called on the day of the news.
    """
    whom = str(row.data.get("whom") or "")
    said = f"{rule_words(row.rule)} ({whom})" if whom else rule_words(row.rule)
    who = str(row.data.get("by") or "")
    reminder = row.rule.startswith(PREFIX)
    return News(
        id=row.id,
        at=row.made_at,
        unread=row.read_at is None,
        urgent=row.urgent,
        icon="bell-ringing" if reminder else ICONS.get(row.subject, "bell"),
        who=who,
        said=said[:1].lower() + said[1:] if who else said,
        reason=kept_words(row.data, "reason"),
        title=_title(row),
        note=BETWEEN_NOTES.join(part for part in (row.code, _unit(row, units), row.seen and _due(row)) if part),
        href=_page(row) if row.seen else "",
        gone="" if row.seen else _("Nhiệm vụ này không còn thuộc đơn vị hoặc ban của bạn nên không mở được."),
    )


def _unit(row: Any, units: UnitNames) -> str:  # noqa: ANN401 -- a row of the query
    return units.on(day_of(row.made_at)).get(row.led_by, "") if row.led_by else ""


def _title(row: Any) -> str:  # noqa: ANN401 -- a row of the query
    if row.begins_on:
        days = f"{day(row.begins_on)} – {day(row.ends_on)}"
        return f"{words(MONTHLY_REPORT.label)} {days}"
    title = " – ".join(part for part in (row.symbol, row.title or kept_words(row.data, "title")) if part)
    if row.subject == TASK.name or row.subject not in ALL:
        return title
    return f"{words(ALL[row.subject].label)}: {title}" if title else words(ALL[row.subject].label)


def _due(row: Any) -> str:  # noqa: ANN401 -- a row of the query
    whole = row.current_due if row.current_due and row.state in TASK.open else None
    # Of the piece that the line is about; it keeps that day, also when nothing is asked of the unit any more.
    piece = date.fromisoformat(row.data["due"]) if row.data.get("due") else None
    kind = row.rule.partition(".")[0].removesuffix(PIECE)
    own = piece or (row.own_due if whole and kind != SUB_TASK.name else None)
    if own and whole and (kind == COORDINATING_PART.name or not piece):
        return _("hạn phối hợp %(own)s (hạn của đơn vị chủ trì: %(day)s)", own=day(own), day=day(whole))
    return _("hạn %(day)s", day=day(own or whole)) if own or whole else ""


def _page(row: Any) -> str:  # noqa: ANN401 -- a row of the query
    """Return the address of what was spoken of; empty where it has no page."""
    if row.begins_on:
        return report_page(row.committee_id, row.begins_on)
    if row.subject == MINUTES.name:
        return minutes_page(row.meeting_id)
    endpoint, name = PAGES.get(row.subject, ("", ""))
    return url_if_known(endpoint, **{name: row.subject_id}) or ""


def report_page(committee_id: int, begins_on: date) -> str:
    """Return the address of a committee's month."""
    return url_if_known("reports.show", committee_id=committee_id, begins_on=begins_on.isoformat()) or ""


def minutes_page(meeting_id: int) -> str:
    """Return the address of a meeting's minutes."""
    return url_if_known("minutes.write", meeting_id=meeting_id) or ""
