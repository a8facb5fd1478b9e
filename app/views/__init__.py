"""Web pages: one blueprint an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.views import (  # noqa: F401 -- routes of the areas meetings, papers, proposals, tasks and notices
    agenda,
    attendance_sheet,
    board,
    known_addresses,
    meeting_series,
    minutes_versions,
    paper_numbers,
    proposal_rulings,
    proposal_writing,
    register_files,
    register_views,
    room_display,
    task_papers,
    task_pieces,
    task_register,
    together,
    units_table,
)
from app.views.absences import absences
from app.views.account import account
from app.views.agenda_proposals import agenda_proposals
from app.views.auth import auth
from app.views.clauses import clauses
from app.views.committees import committees
from app.views.directives import directives
from app.views.files import files
from app.views.health import health
from app.views.held_rulings import rulings
from app.views.invitations import invitations
from app.views.meeting_answers import meeting_answers
from app.views.meetings import meetings
from app.views.minutes import minutes
from app.views.moves import moves
from app.views.notices import notices
from app.views.notifications import home
from app.views.papers import papers
from app.views.proposals import proposals
from app.views.reports import reports
from app.views.room import room
from app.views.search import search
from app.views.setup import setup
from app.views.shell import preferences
from app.views.signed_links import links
from app.views.tasks import tasks
from app.views.told import told
from app.views.trackers import trackers
from app.views.uploads import uploads

if TYPE_CHECKING:
    from flask import Flask

# One line an area.
BLUEPRINTS = (
    absences,
    account,
    agenda_proposals,
    auth,
    clauses,
    committees,
    directives,
    files,
    health,
    home,
    invitations,
    links,
    meeting_answers,
    meetings,
    minutes,
    moves,
    notices,
    papers,
    preferences,
    proposals,
    reports,
    room,
    rulings,
    search,
    setup,
    tasks,
    told,
    trackers,
    uploads,
)


def init_app(app: Flask) -> None:
    """Register all areas."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    known_addresses.init_app(app)
