"""Addresses of pages, for mails: built from the settings' base address, without a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from werkzeug.routing import BuildError

from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.meeting import MEETING
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES: Mapping[str, tuple[str, str]] = {
    TASK.name: ("tasks.show", "task_id"),
    NOTICE.name: ("notices.show", "notice_id"),
    MEETING.name: ("meetings.show", "meeting_id"),
    MONTHLY_REPORT.name: ("reports.find", "report_id"),
    PROPOSAL.name: ("proposals.show", "proposal_id"),
    AGENDA_PROPOSAL.name: ("agenda_proposals.show", "agenda_proposal_id"),
    "committee": ("committees.show", "committee_id"),
    "unit_change": ("setup.show_unit_change", "change_id"),
    "planned_unit_change": ("setup.show_planned_change", "planned_id"),
}
"""The page of each subject: its endpoint and the name of its id."""


def home() -> str:
    """Return the address of the product."""
    base: str = current_app.config["SETTINGS"].base_url
    return f"{base}/"


def link_to(subject: str, subject_id: int) -> str:
    """Return the address of a subject's page; that of the product where it has none."""
    if subject not in PAGES:
        return home()
    endpoint, name = PAGES[subject]
    try:
        path = current_app.url_map.bind("localhost").build(endpoint, {name: subject_id})
    except BuildError:
        return home()
    return home().rstrip("/") + path
