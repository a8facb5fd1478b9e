"""The versions of minutes as they were submitted: listed, shown, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request
from flask_login import current_user

from app import access
from app.errors import NotFoundError
from app.models import Meeting, Minutes
from app.queries import meetings as found
from app.queries.minutes import version_of, versions_of
from app.ui.text_changes import changes_between
from app.views.guard import by_loader
from app.views.minutes import minutes
from workflows.minutes import APPROVED

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import MinutesVersion

MOST_DIGITS = 6


@minutes.get("/<int:meeting_id>/minutes/versions")
@by_loader
def versions(meeting_id: int) -> ResponseReturnValue:
    """List the versions; compare two of them, by default the last with the one before it."""
    paper = _load(meeting_id)
    rows = versions_of(paper.id)
    numbers = [row.number for row in rows]
    after = _chosen("to", numbers[0] if numbers else 0)
    before = _chosen("from", numbers[1] if len(numbers) > 1 else 0)
    pair = _pair(paper, before, after) if len(numbers) > 1 else None
    return render_template(
        "meetings/minutes_versions.html",
        paper=paper,
        meeting=paper.meeting,
        versions=rows,
        approved=numbers[0] if numbers and paper.state == APPROVED else None,
        pair=pair,
        runs=changes_between(pair[0].text, pair[1].text) if pair else [],
        before=before,
        after=after,
    )


@minutes.get("/<int:meeting_id>/minutes/versions/<int:number>")
@by_loader
def version(meeting_id: int, number: int) -> ResponseReturnValue:
    """Show one version as it was submitted."""
    paper = _load(meeting_id)
    shown = _version(paper, number)
    return render_template("meetings/minutes_version.html", paper=paper, meeting=paper.meeting, version=shown)


def _load(meeting_id: int) -> Minutes:
    meeting = access.load(Meeting, meeting_id, current_user.standing)
    paper = found.minutes_of_meeting(meeting.id)
    if paper is None:
        raise NotFoundError
    return access.load(Minutes, paper.id, current_user.standing)


def _chosen(name: str, usual: int) -> int:
    typed = request.args.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < MOST_DIGITS else usual


def _pair(paper: Minutes, before: int, after: int) -> tuple[MinutesVersion, MinutesVersion]:
    return _version(paper, before), _version(paper, after)


def _version(paper: Minutes, number: int) -> MinutesVersion:
    found_version = version_of(paper.id, number)
    if found_version is None:
        raise NotFoundError
    return found_version
