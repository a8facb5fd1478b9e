"""Answers to an invitation: through the signed link without logging in, and links handed over by the secretary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import NotFoundError
from app.forms.moves import form_for, sentence
from app.models import Attendance
from app.queries.attendance import people_of_units
from app.queries.facts import SUBJECTS
from app.queries.standing import standing_of
from app.services.meeting_calls import hand_link
from app.services.moves import RefusedMoveError, make_move
from app.services.signed_links import ANSWER, use_link
from app.views.guard import by_loader
from app.views.meetings import draw_meeting
from app.views.moves import Attempt, page_for
from app.views.signed_links import opens
from workflows.invitation import INVITATION
from workflows.kernel import Refused, decide, offers
from workflows.roles import Role

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import SignedLink
    from workflows.kernel import Transition

meeting_answers = Blueprint("meeting_answers", __name__, url_prefix="/meetings")
THEIRS = frozenset({Role.INVITEE})


@opens(ANSWER)
def answer(link: SignedLink) -> ResponseReturnValue:
    """Show the invitation with its buttons; what is sent is the answer of whose link it is."""
    row = session.get(Attendance, link.subject_id)
    if row is None:
        raise NotFoundError
    if request.method == "POST":
        attempt = _take(link, row)
        if attempt is None:
            return redirect(request.path, 303)
        return _page(link, row, attempt), 422
    return _page(link, row, None)


def _take(link: SignedLink, row: Attendance) -> Attempt | None:
    """Take the move that was sent; return what was wrong with it, or None when it is done."""
    moves = {move.event: move for move in INVITATION.transitions if move.roles & THEIRS}
    move = moves.get(request.form.get("event", ""))
    if move is None:
        raise NotFoundError
    form = form_for(move, SUBJECTS[Attendance].facts(row))
    if not form.validate():
        return Attempt(move.event, form.typed(move), form.faults())
    person = link.person
    actor = access.Actor(person, standing_of(person, today())) if person else None
    try:
        with transaction():
            use_link(link)
            make_move(row, move.event, {**form.given(move), "through": "signed_link"}, actor=actor)
    except RefusedMoveError as error:
        said = sentence(error.sentence)
        return Attempt(move.event, form.typed(move), {error.field: [said]} if error.field else {}, said)
    flash(_("Đã ghi câu trả lời của bạn. Bạn có thể đổi lại đến trước giờ họp."), "success")
    return None


def _page(link: SignedLink, row: Attendance, attempt: Attempt | None) -> str:
    facts: Any = SUBJECTS[Attendance].facts(row)
    day = today()
    shut = decide(INVITATION, facts, "decline", THEIRS, {"reason": "?"}, day)
    units = [row.unit_id] if row.unit_id else []
    if link.person is not None:
        units += list(standing_of(link.person, day).units)
    return render_template(
        "meetings/answer.html",
        row=row,
        meeting=row.meeting,
        state=INVITATION.by_name[row.state],
        rows=_offered(facts),
        facts=facts,
        shut=sentence(shut.reason) if isinstance(shut, Refused) else "",
        colleagues=[name for name in people_of_units(units, day) if name != row.name] if units else [],
        attempt=attempt,
    )


def _offered(facts: Any) -> list[Transition]:  # noqa: ANN401 -- the table's own facts
    return offers(INVITATION, facts, THEIRS, today())


@meeting_answers.post("/<int:meeting_id>/invitees/<int:row_id>/link")
@by_loader
def hand(meeting_id: int, row_id: int) -> ResponseReturnValue:
    """Show the secretary the link of somebody whom no mail reaches, to be handed over."""
    row = access.load_as_secretary(Attendance, row_id, current_user.standing)
    if row.meeting_id != meeting_id or row.meeting.called_at is None:
        raise NotFoundError
    with transaction():
        address = hand_link(row)
    return render_template(
        "meetings/link.html", row=row, address=address, back=url_for("meetings.show", meeting_id=meeting_id)
    )


@page_for("invitation", home=lambda row: url_for("meetings.show", meeting_id=row.meeting_id))
def draw(row: Attendance, attempt: Attempt | None) -> str:
    """Draw the meeting's page with the answer that failed."""
    return draw_meeting(row.meeting, None, {"answering": row.id, "answer": attempt})
