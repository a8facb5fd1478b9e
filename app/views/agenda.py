"""The agenda on the meeting's page: add, change, move, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_login import current_user

from app import access
from app.db import session, transaction
from app.errors import NotFoundError
from app.forms.meetings import WriteAgendaItemForm
from app.models import AgendaItem, Meeting
from app.services import agenda as service
from app.views.guard import by_loader
from app.views.meetings import back_to, draw_meeting, meetings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@meetings.post("/<int:meeting_id>/agenda")
@by_loader
def add_item(meeting_id: int) -> ResponseReturnValue:
    """Add an item to the agenda."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = WriteAgendaItemForm()
    if not form.validate_on_submit():
        return draw_meeting(meeting, None, {"item": form}), 422
    with transaction():
        service.add_item(meeting, form.title.data or "", form.presenter.data or "", form.minutes.data)
    return back_to(meeting_id, "agenda")


@meetings.post("/<int:meeting_id>/agenda/<int:item_id>")
@by_loader
def change_item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Change, move or remove an item of the agenda."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    item = session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise NotFoundError
    act = request.form.get("act", "save")
    form = WriteAgendaItemForm()
    if act == "save" and not form.validate_on_submit():
        return draw_meeting(meeting, None, {"item": form}), 422
    with transaction():
        if act == "save":
            service.change_item(meeting, item, form.title.data or "", form.presenter.data or "", form.minutes.data)
        elif act == "remove":
            service.remove_item(meeting, item)
        else:
            service.move_item(meeting, item, -1 if act == "up" else 1)
    return back_to(meeting_id, "agenda")
