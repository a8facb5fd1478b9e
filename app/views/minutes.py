"""The minutes of a meeting: written by the secretary, read by whoever may see the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import day_of, today
from app.db import transaction
from app.errors import ChangedMeanwhileError, DomainError
from app.forms.meetings import WriteMinutesForm
from app.forms.moves import sentence
from app.models import Meeting, Minutes
from app.queries import meetings as found
from app.queries.calendars import calendar_of
from app.queries.minutes import confirmation_of, versions_of
from app.queries.status_sentence import status_sentence
from app.queries.task_page import files_of
from app.services import meetings as service
from app.services.moves import look_at, make_move, offers_for, refusals_for
from app.services.overtaken import last_change
from app.ui.minutes_frame import headings_of, with_frame
from app.ui.task_history import open_file
from app.ui.unread_days import unread_days
from app.views.changed import by_oneself, look_again
from app.views.guard import by_loader
from app.views.held_here import rulings_here
from app.views.moves import Attempt, page_for
from app.views.recording import recordable
from workflows.minutes import EDITABLE, MINUTES, OPEN, OUTCOMES
from workflows.roles import Role

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import AgendaItem

minutes = Blueprint("minutes", __name__, url_prefix="/meetings")


@minutes.route("/<int:meeting_id>/minutes", methods=["GET", "POST"])
@by_loader
def write(meeting_id: int) -> ResponseReturnValue:
    """Write the minutes, or read them."""
    meeting = access.load(Meeting, meeting_id, current_user.standing)
    paper = found.minutes_of_meeting(meeting.id)
    if request.method == "GET" and paper is not None:
        return draw_minutes(paper, None)
    access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = WriteMinutesForm()
    with transaction():
        paper = service.minutes_of(meeting)
    if request.method == "GET":
        return draw_minutes(paper, None)
    if form.validate_on_submit():
        framed = request.form.get("act") == "frame"
        text = with_frame(form.text.data or "", _agenda(meeting), _status(meeting)) if framed else form.text.data or ""
        try:
            with transaction():
                service.write_minutes(paper, text, current_user.person, version=form.version.data)
                if request.form.get("act") == "submit":
                    make_move(paper, "submit", actor=current_user.actor)
        except DomainError as error:
            typed = Attempt("write", {"text": form.text.data or ""}, {}, _why(error, paper))
            return draw_minutes(access.load(Minutes, paper.id, current_user.standing), typed), error.status
        flash(_("Đã đưa khung chương trình vào biên bản.") if framed else _("Đã lưu biên bản."), "success")
        return redirect(url_for("minutes.write", meeting_id=meeting_id), 303)
    typed = Attempt("write", {"text": form.text.data or ""}, form.errors, "")
    return draw_minutes(paper, typed), 422


def _why(error: DomainError, paper: Minutes) -> str:
    """Return why the text was not saved."""
    last = last_change(MINUTES, paper.id) if isinstance(error, ChangedMeanwhileError) else None
    own = by_oneself(MINUTES, last)
    return look_again(own) if own else sentence(error.sentence)


def _agenda(meeting: Meeting) -> list[AgendaItem]:
    return sorted(meeting.agenda, key=lambda item: item.position)


def _status(meeting: Meeting) -> str:
    return status_sentence(meeting, current_user.standing, today())


def _unread(paper: Minutes, text: str) -> list[str]:
    return unread_days(text, day_of(paper.meeting.starts_at), calendar_of(paper.authority_id))


@page_for("minutes", home=lambda paper: url_for("minutes.write", meeting_id=paper.meeting_id))
def draw_minutes(paper: Minutes, attempt: Attempt | None) -> str:
    """Draw the minutes: a text to write while they are drafted, to read afterwards."""
    actor = current_user.actor
    roles = access.roles_of(actor.standing, paper)
    sight = look_at(paper, actor.standing)
    rows = offers_for(paper, actor, sight)
    form = WriteMinutesForm(formdata=None, text=paper.text, version=paper.version)
    if attempt and attempt.event == "write":
        form.text.data = attempt.given.get("text", "")
    writable = Role.SECRETARY in roles and paper.state in EDITABLE
    return render_template(
        "meetings/minutes.html",
        paper=paper,
        meeting=paper.meeting,
        state=MINUTES.by_name[paper.state],
        form=form,
        writable=writable,
        headings=headings_of(_agenda(paper.meeting), form.text.data or "", _status(paper.meeting)) if writable else [],
        unread=_unread(paper, form.text.data or "") if paper.state in OPEN else [],
        versions=versions_of(paper.id),
        confirmation=confirmation_of(paper.id),
        outcomes=dict(OUTCOMES),
        duties=[row.event for row in rows if row.duty & roles],
        facts=sight.facts,
        refusals=refusals_for(paper, actor, sight),
        recordable=recordable(paper, actor, sight),
        files=[open_file(line) for line in files_of(MINUTES.name, paper.id)],
        attempt=attempt,
        **rulings_here((MINUTES.name, paper.id), rows, roles, attempt),
    )
