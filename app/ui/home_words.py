"""What the homes say in a line: an item's history, how long a ruling has waited, what is praised."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.clock import day_of, now
from app.queries.account import Account
from app.queries.ruling_details import files_in, links_in
from app.ui.formats import day_short, days_left, words
from app.ui.notice_words import due_words
from app.ui.task_history import OpenFile, OpenLink, file_to_open
from workflows.evidence import host_of
from workflows.extension import AFTER_DUE, CLOSE_TO_DUE
from workflows.registry import ALL
from workflows.urgency import LEVELS
from workflows.words import Words

if TYPE_CHECKING:
    from app.models import HeldRuling
    from app.ui.home_queue import Card
    from workflows.compliance import Line

KINDS = {
    "report": Words("Báo cáo hoàn thành", "Report of completion"),
    "contest": Words("Đề nghị trả lại nhiệm vụ", "Task handed back"),
    "proposal": Words("Đề xuất xin ý kiến", "Proposal"),
    "extension": Words("Đề nghị gia hạn", "Extension request"),
    "proposal_paper": Words("Tờ trình chờ quyết định", "Proposal to rule on"),
    "notice": Words("Thông báo kết luận chờ ký", "Notice to sign"),
    "minutes": Words("Biên bản chờ duyệt", "Minutes to approve"),
    "monthly_report": Words("Báo cáo tháng chờ ký", "Monthly report to sign"),
}
"""What a card of the queue is, by its kind."""
ICONS = {
    "report": "flag",
    "contest": "arrow-back-up",
    "proposal": "message",
    "extension": "calendar-plus",
    "proposal_paper": "file-export",
    "notice": "file-text",
    "minutes": "notebook",
    "monthly_report": "chart-bar",
}
TIMINGS = {flag.name: flag.words for flag in (CLOSE_TO_DUE, AFTER_DUE)}


def history_line(row: Any) -> str:  # noqa: ANN401 -- a row of the queue
    """Return a task's way so far in one line: given, accepted, sent back, moved, reported."""
    parts = []
    if row.assigned_at:
        parts.append(_("giao %(day)s", day=day_short(day_of(row.assigned_at))))
    if row.accepted_at:
        parts.append(_("tiếp nhận %(day)s", day=day_short(day_of(row.accepted_at))))
    if row.returns:
        parts.append(ngettext("làm lại %(num)d lần", "làm lại %(num)d lần", row.returns))
    if row.due_changes:
        parts.append(ngettext("đổi hạn %(num)d lần", "đổi hạn %(num)d lần", row.due_changes))
    if row.reported_on:
        who = f" ({row.reporter})" if row.reporter else ""
        parts.append(_("báo cáo %(day)s", day=day_short(row.reported_on)) + who)
    line = " → ".join(parts)
    return line[:1].upper() + line[1:]


def waiting_line(card: Card) -> str:
    """Return since when an item waits and how long the ruling may still take; empty where nothing is known."""
    parts = []
    if card.since:
        parts.append(_("chờ từ %(day)s", day=day_short(card.since)))
    if card.act_by and card.left is not None:
        same_day = card.act_by == card.since
        parts.append(
            _("cần quyết định ngay trong ngày")
            if same_day
            else _("quyết định chậm nhất %(day)s", day=day_short(card.act_by))
        )
        parts.append(days_left(card.left))
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]


def evidence_of(row: Any) -> list[OpenFile]:  # noqa: ANN401 -- a row of the queue
    """Return the files that show a task's result, to open."""
    return [file_to_open(attachment_id, name, size) for attachment_id, size, name in files_in(row.evidence)]


def links_of(row: Any) -> list[OpenLink]:  # noqa: ANN401 -- a row of the queue
    """Return the links that show a task's result, each with its host."""
    return [OpenLink(shows, url, host_of(url)) for url, shows in links_in(row.links)]


def total_of(row: Any) -> Line | None:  # noqa: ANN401 -- a row of the queue
    """Return the total line of a monthly report's figures, None where it has none yet."""
    return Account.from_json(row.figures).total if row.figures else None


def deed_of(ruling: HeldRuling) -> str:
    """Return what a held ruling does, as its button says it."""
    row = ALL[ruling.workflow].by_event[ruling.event][0]
    return words(row.label)


def seconds_left(ruling: HeldRuling) -> int:
    """Return how many whole seconds a held ruling may still be taken back."""
    return max(0, ceil((ruling.due_at - now()).total_seconds()))


ON_CARDS = {
    "kinds": KINDS,
    "icons": ICONS,
    "timings": TIMINGS,
    "levels": LEVELS,
    "history": history_line,
    "waiting": waiting_line,
    "evidence": evidence_of,
    "links": links_of,
    "account_total": total_of,
    "due_words": due_words,
}
"""What the templates of cards call, by the names that they have there."""
