"""The attendance sheet to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, url_for
from flask_login import current_user

from app import access
from app.clock import local
from app.db import session
from app.documents.attendance_sheet import attendance_pdf
from app.models import Authority, Meeting
from app.queries.attendance import quorum_of
from app.views.guard import by_loader
from app.views.meetings import meetings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@meetings.get("/<int:meeting_id>/attendance.pdf")
@by_loader
def attendance_sheet(meeting_id: int) -> ResponseReturnValue:
    """Give the list of who is invited, to be signed at the door."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    authority = session.get_one(Authority, meeting.authority_id)
    base: str = current_app.config["SETTINGS"].base_url
    address = base.rstrip("/") + url_for("meetings.show", meeting_id=meeting.id)
    response = Response(
        attendance_pdf(meeting, authority.name, quorum_of(meeting), address), mimetype="application/pdf"
    )
    name = f"danh-sach-du-hop-{local(meeting.starts_at):%Y-%m-%d}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
