"""The timeline of a monthly report, and since when figures are that are not of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from app.clock import day_of, today
from app.ui.formats import clock_time, instant, number
from app.ui.task_history import Moment
from workflows.monthly_report import MONTHLY_REPORT
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.queries.kept_months import Since
    from app.queries.notices import PaperEvent

OPENED = Words("đã mở báo cáo", "opened the report")
ICONS = {"draft": "chart-bar", "submit": "send", "sign": "signature", "issue": "file-text", "return": "arrow-back-up"}


def moments(events: Iterable[PaperEvent]) -> list[Moment]:
    """Return what happened to a report, as a timeline shows it."""
    found = []
    for line in events:
        event, rows = line.event, MONTHLY_REPORT.by_event.get(line.event.event)
        changes = [_("Số, ký hiệu: %(symbol)s", symbol=event.data["symbol"])] if event.data.get("symbol") else []
        if event.data.get("basis_of_record"):
            changes.append(_("Ghi thay theo: %(basis)s", basis=event.data["basis_of_record"]))
        found.append(
            Moment(
                at=event.at,
                who=line.actor or _("Hệ thống"),
                said=rows[0].past if rows else OPENED,
                behalf=line.behalf or "",
                text=event.reason,
                tone=rows[0].tone if rows else "grey",
                icon=ICONS.get(event.event, "circle-dot"),
                changes=changes,
            )
        )
    return found


def since_when(since: Since | None, lines: int = 0) -> str:
    """Say since when figures are, and why they may be other ones by now; nothing where they are of now.

    :param lines: how many lines the ledger has got since, where that was counted.
    """
    if since is None:
        return ""
    at = instant(since.computed_at)
    if day_of(since.computed_at) == today():
        at = _("%(time)s hôm nay", time=clock_time(since.computed_at))
    if lines:
        return ngettext(
            "Số liệu lúc %(at)s, chưa chốt; từ đó sổ theo dõi có thêm %(count)s thay đổi.",
            "Số liệu lúc %(at)s, chưa chốt; từ đó sổ theo dõi có thêm %(count)s thay đổi.",
            lines,
            at=at,
            count=number(lines),
        )
    if since.changed:
        return _("Số liệu lúc %(at)s, chưa chốt; từ đó sổ theo dõi đã thay đổi.", at=at)
    if since.another_day:
        return _("Số liệu lúc %(at)s, chưa chốt; từ đó đã sang ngày mới.", at=at)
    return _("Số liệu lúc %(at)s, chưa chốt; từ đó lịch làm việc đã thay đổi.", at=at)
