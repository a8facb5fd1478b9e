"""The timeline of a monthly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.ui.task_history import Moment
from workflows.monthly_report import MONTHLY_REPORT
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

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
