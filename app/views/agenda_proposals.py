"""Units propose items for an agenda: the form, each proposal's page, the unit's own list, the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access, db
from app.clock import day_of, today
from app.db import transaction
from app.errors import DomainError, NotFoundError
from app.forms.agenda_proposals import AS_MEMBER, LastDayForm, ProposeItemForm
from app.forms.moves import kept_ids, sentence
from app.models import AgendaProposal, Meeting
from app.queries.agenda_proposals import meetings_to_propose_for, papers_of_proposals, proposals_by
from app.queries.paper_facts import proposals_until
from app.queries.unit_inbox import own_units
from app.services import agenda_proposals as service
from app.services.files import own_unattached, store_file
from app.services.moves import refusals_for
from app.ui.formats import day as day_words
from app.ui.formats import weekday
from app.ui.proposed_items import proposed_item
from app.views.guard import by_loader, signed_in
from app.views.meetings import back_to
from app.views.moves import Attempt, page_for
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.meeting import CLOSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.models import StoredFile

agenda_proposals = Blueprint("agenda_proposals", __name__)


@agenda_proposals.get("/agenda-proposals")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as agenda_proposals.list
    """Show what this person and the person's units proposed, and what became of it."""
    if not _speakers():
        raise NotFoundError
    return render_template(
        "meetings/agenda_proposals.html", rows=proposals_by(current_user.standing), states=AGENDA_PROPOSAL.by_name
    )


@agenda_proposals.route("/agenda-proposals/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Propose an item for the agenda of a meeting ahead; files that came along are kept when something is wrong."""
    speakers = _speakers()
    if not speakers:
        raise NotFoundError
    meetings = _open_meetings()
    form = ProposeItemForm()
    form.offer([(meeting.id, _named(meeting)) for meeting in meetings], speakers)
    if not form.is_submitted():
        _choose(form)
        return _page(form, [], "")
    files, said = _keep_files()
    if form.validate() and not said:
        meeting = next(one for one in meetings if one.id == form.meeting_id.data)
        try:
            with transaction():
                fresh = own_unattached([file.id for file in files], current_user.person)
                papers = [file.id for file in fresh]
                proposal = service.propose_item(meeting, form.proposed(), (), current_user.actor)
                hints = service.add_papers(proposal, papers, current_user.person)
        except DomainError as error:
            said = sentence(error.sentence)
        else:
            flash(_("Đã gửi đề nghị đến thư ký. Bạn được báo khi thư ký trả lời."), "success")
            for hint in hints:
                flash(sentence(hint), "info")
            return redirect(url_for("agenda_proposals.show", agenda_proposal_id=proposal.id), 303)
    return _page(form, files, said), 422


def _speakers() -> Sequence[tuple[str, str]]:
    """Return for whom this person may propose: the own units, and the own seat in a committee."""
    standing = current_user.standing
    units = [(str(unit.id), unit.name) for unit in own_units(standing)] if standing.units else []
    seated = standing.member_of or standing.deputy_of
    return [*units, (AS_MEMBER, _("Thành viên của ban (không thay mặt đơn vị)"))] if seated else units


def _open_meetings() -> Sequence[Meeting]:
    """Return the meetings ahead that concern this person and still take proposals."""
    day, found = today(), meetings_to_propose_for(current_user.standing, today())
    return [meeting for meeting in found if (last := proposals_until(meeting)) is None or last >= day]


def _named(meeting: Meeting) -> str:
    last = proposals_until(meeting)
    until = _("nhận đề nghị đến hết %(day)s", day=day_words(last)) if last else ""
    return " · ".join(part for part in (weekday(day_of(meeting.starts_at)), meeting.title, until) if part)


def _choose(form: ProposeItemForm) -> None:
    """Choose the meeting and the unit that the address names."""
    for field, name in ((form.meeting_id, "meeting"), (form.unit_id, "unit")):
        offered = {str(choice[0]): choice[0] for choice in field.choices or ()}
        wanted = request.args.get(name, "")
        if wanted in offered:
            field.data = offered[wanted]


def _keep_files() -> tuple[Sequence[StoredFile], str]:
    """Store what came along before anything is judged; return it with what was wrong with it."""
    uploads: Sequence[Any] = [upload for upload in request.files.getlist("papers") if upload.filename]
    person, said = current_user.person, ""
    with transaction():
        files = [*own_unattached(kept_ids(request.form.getlist("papers-kept")), person)]
    for upload in uploads:
        db.mark_writing()
        try:
            with transaction():
                files.append(store_file(upload.stream, upload.filename, person))
        except DomainError as error:
            said = sentence(error.sentence)
    db.mark_writing()
    return files, said


def _page(form: ProposeItemForm, files: Sequence[StoredFile], said: str) -> str:
    return render_template(
        "meetings/agenda_proposal_form.html",
        form=form,
        kept=[(file.id, file.name) for file in files],
        said=said,
        speakers=form.unit_id.choices,
    )


@agenda_proposals.get("/agenda-proposals/<int:agenda_proposal_id>")
@by_loader
def show(agenda_proposal_id: int) -> ResponseReturnValue:
    """Show one proposed item and what became of it."""
    return draw(access.load(AgendaProposal, agenda_proposal_id, current_user.standing), None)


@page_for("agenda_proposal", home=lambda proposal: url_for("agenda_proposals.show", agenda_proposal_id=proposal.id))
def draw(proposal: AgendaProposal, attempt: Attempt | None) -> str:
    """Draw the page of a proposed item."""
    actor = current_user.actor
    return render_template(
        "meetings/agenda_proposal.html",
        one=proposed_item(proposal, papers_of_proposals([proposal.id])[proposal.id], actor),
        sees_meeting=access.may_see(actor.standing, proposal.meeting),
        refusals=refusals_for(proposal, actor),
        attempt=attempt,
    )


@agenda_proposals.post("/meetings/<int:meeting_id>/proposals-until")
@by_loader
def last_day(meeting_id: int) -> ResponseReturnValue:
    """Set until when units propose items for a meeting."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = LastDayForm()
    if not form.validate_on_submit():
        flash(" ".join(str(error) for errors in form.errors.values() for error in errors), "error")
    elif meeting.state in CLOSED or (form.until.data and form.until.data > day_of(meeting.starts_at)):
        flash(_("Ngày cuối nhận đề nghị phải không sau ngày họp. Hãy chọn ngày khác."), "error")
    else:
        with transaction():
            service.set_last_day(meeting, form.until.data)
        flash(_("Đã đặt ngày cuối nhận đề nghị."), "success")
    return back_to(meeting_id, "proposed")
