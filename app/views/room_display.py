"""The room's display for the projector: the item being spoken of, the clause being written, the tasks it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify, render_template, request, url_for
from flask_login import current_user

from app import access
from app.clock import now, today
from app.errors import ForbiddenError
from app.models import Meeting
from app.queries.calendars import clock_of
from app.queries.room import mark_of_room, read_room, tasks_concerned
from app.ui.room_words import clause_words
from app.ui.task_words import mark_of
from app.views.guard import by_loader
from app.views.pieces import whole_page
from app.views.room import room

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

BEFORE = 4
"""So many clauses stay in sight above the one being written."""


def _meeting(meeting_id: int) -> Meeting:
    """Return a meeting whose committee this person sits in, or that the person presides.

    :raises ForbiddenError: the person is only invited: the tasks shown are the committee's.
    """
    meeting = access.load(Meeting, meeting_id, current_user.standing)
    if not access.roles_of(current_user.standing, meeting):
        raise ForbiddenError(
            "Màn hình phòng họp dành cho thành viên của ban. Hãy nhờ thư ký mở trên máy chiếu.",
            "The room's display is for members of the committee. Ask the secretary to open it on the projector.",
        )
    return meeting


@room.get("/<int:meeting_id>/display")
@by_loader
def display(meeting_id: int) -> ResponseReturnValue:
    """Open the display; it draws itself anew every few seconds."""
    meeting = _meeting(meeting_id)
    return render_template(
        "meetings/display.html",
        meeting=meeting,
        picture=_picture(meeting),
        source=url_for("room.picture", meeting_id=meeting.id),
    )


@room.get("/<int:meeting_id>/display/picture")
@by_loader
def picture(meeting_id: int) -> ResponseReturnValue:
    """Give what the display shows now; nothing where it shows just that."""
    meeting = _meeting(meeting_id)
    if page := whole_page("room.display", meeting_id=meeting_id):
        return page
    mark = mark_of_room(meeting)
    if request.if_none_match.contains(mark):
        return "", 304, {"ETag": f'"{mark}"'}
    answer = jsonify(picture=_picture(meeting))
    answer.set_etag(mark)
    return answer


def _picture(meeting: Meeting) -> str:
    found = read_room(meeting)
    place = found.place
    item = found.item(place.item_id if place else None) or next(iter(found.items), None)
    clauses = found.clauses_under(item.id if item else None)
    written = next((one for one in clauses if place and one.id == place.clause_id), clauses[-1] if clauses else None)
    at = clauses.index(written) if written else 0
    clock, day = clock_of(meeting.committee), today()
    return render_template(
        "meetings/display_picture.html",
        meeting=meeting,
        item=item,
        number=found.items.index(item) + 1 if item else 0,
        count=len(found.items),
        before=[clause_words(one) for one in clauses[max(0, at - BEFORE) : at]],
        written=clause_words(written) if written else None,
        tasks=[(task, mark_of(task, day, clock)) for task in tasks_concerned(item, meeting.committee_id)],
        at=now(),
    )
