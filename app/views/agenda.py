"""The agenda on the meeting's page: add, change, move, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.db import session, transaction
from app.errors import DomainError, NotFoundError
from app.forms.meetings import WriteAgendaItemForm
from app.forms.moves import sentence
from app.models import AgendaItem, Meeting
from app.services import agenda as service
from app.services.agenda_proposals import bring_proposals
from app.views.guard import by_loader
from app.views.meetings import back_to, draw_meeting, meetings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.errors import Sentence

MOVES = {"up": -1, "down": 1}


@meetings.post("/<int:meeting_id>/agenda")
@by_loader
def add_item(meeting_id: int) -> ResponseReturnValue:
    """Add an item to the agenda."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = WriteAgendaItemForm()
    if not form.validate_on_submit():
        return draw_meeting(meeting, None, {"item": form}), 422
    try:
        with transaction():
            item = service.add_item(meeting, form.title.data or "", form.presenter.data or "", form.minutes.data)
            service.recognise(item)
            hints = _add_to(item)
    except DomainError as error:
        form.form_errors.append(sentence(error.sentence))
        meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
        return draw_meeting(meeting, None, {"item": form}), error.status
    _tell(hints)
    return redirect(url_for("meetings.show", meeting_id=meeting_id, add="next", _anchor="agenda-add"), 303)


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
        said = [str(one) for found in form.errors.values() for one in found]
        return draw_meeting(meeting, None, {"changing": _typed(item_id, said)}), 422
    try:
        with transaction():
            hints = _change(meeting, item, act, form)
    except DomainError as error:
        if act != "save":
            flash(sentence(error.sentence), "error")
            return back_to(meeting_id, "agenda")
        meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
        return draw_meeting(meeting, None, {"changing": _typed(item_id, [sentence(error.sentence)])}), error.status
    _tell(hints)
    return back_to(meeting_id, f"item-{item_id}" if act in MOVES else "agenda")


def _typed(item_id: int, said: list[str]) -> dict[str, Any]:
    """Return what was typed in an item's form, and what is wrong with it, to be shown again."""
    names = ("title", "presenter", "minutes", "task")
    return {"id": item_id, "said": said, **{name: request.form.get(name, "") for name in names}}


def _tell(hints: Sequence[Sentence]) -> None:
    for hint in hints:
        flash(sentence(hint), "info")


def _change(meeting: Meeting, item: AgendaItem, act: str, form: WriteAgendaItemForm) -> Sequence[Sentence]:
    key = request.form.get("key", "")[:9]
    if act == "remove":
        service.remove_item(meeting, item)
    elif act in MOVES:
        service.move_item(meeting, item, MOVES[act])
    elif act in {"defer", "keep"}:
        service.defer_item(meeting, item, deferred=act == "defer")
    elif act == "unlink" and key.isdecimal():
        service.unlink_task(item, int(key))
    elif act == "detach" and key.isdecimal():
        service.remove_paper(item, int(key))
    elif act == "save":
        service.change_item(meeting, item, form.title.data or "", form.presenter.data or "", form.minutes.data)
        return _add_to(item)
    return ()


def _add_to(item: AgendaItem) -> Sequence[Sentence]:
    """Add the papers and the task that were sent with an item; return what its page should tell of them."""
    typed = " ".join(request.form.get("task", "").split())[:300]
    if typed:
        service.link_task(item, typed)
    uploads: list[Any] = request.files.getlist("papers")
    sent = (upload for upload in uploads if upload.filename)
    return [hint for one in sent for hint in service.add_paper(item, one.stream, one.filename, current_user.person)]


@meetings.post("/<int:meeting_id>/agenda/left-over")
@by_loader
def carry_over(meeting_id: int) -> ResponseReturnValue:
    """Put what earlier meetings left over onto this agenda."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    with transaction():
        carried = service.carry_over(meeting)
        bring_proposals(meeting, current_user.actor)
    if carried:
        flash(_("Đã đưa %(n)s nội dung từ phiên trước vào chương trình.", n=carried), "success")
    return back_to(meeting_id, "agenda")
