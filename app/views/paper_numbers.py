"""Numbers of invitations, minutes and reminder slips, and how an invitation looks: the secretary's page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import DomainError, NotFoundError
from app.forms.paper_numbers import DressInvitationForm, NumberPaperForm
from app.models import Meeting, Unit
from app.queries.meetings import minutes_of_meeting
from app.queries.paper_facts import EXTERNAL, numbering_mode
from app.queries.paper_numbers import INVITATION, MINUTES, SLIP, invitation_of, number_of, numbers_of, slip_number
from app.queries.signing import signer_of, signers_of
from app.services import paper_numbers as service
from app.ui.call_changes import changed_since, told
from app.views.guard import by_loader
from app.views.papers import papers
from workflows.meeting import PLANNED
from workflows.minutes import CLOSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from app.models import Committee, Minutes, PaperNumber


@papers.get("/meetings/<int:meeting_id>/papers")
@by_loader
def of_meeting(meeting_id: int) -> ResponseReturnValue:
    """Show the invitation and the minutes as papers: their numbers, and what the invitation's head says."""
    return _meeting_page(access.load_as_secretary(Meeting, meeting_id, current_user.standing))


@papers.post("/meetings/<int:meeting_id>/papers/invitation")
@by_loader
def dress_invitation(meeting_id: int) -> ResponseReturnValue:
    """Keep the invitation's mark of urgency and signer."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = _dressing(meeting)
    if not form.validate_on_submit():
        return _meeting_page(meeting, dressing=form), 422
    with transaction():
        service.dress_invitation(meeting, form.urgency.data, form.signer_id.data)
    flash(_("Đã lưu. Giấy mời tải về từ nay theo lựa chọn này."), "success")
    return redirect(url_for("papers.of_meeting", meeting_id=meeting_id), 303)


@papers.post("/meetings/<int:meeting_id>/papers/invitation/number", defaults={"doc_type": INVITATION})
@papers.post("/meetings/<int:meeting_id>/papers/minutes/number", defaults={"doc_type": MINUTES})
@by_loader
def number_of_meeting(meeting_id: int, doc_type: str) -> ResponseReturnValue:
    """Give the invitation or the minutes their number."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    if doc_type not in _unnumbered(meeting, minutes_of_meeting(meeting.id), _numbered(meeting)):
        raise DomainError(
            "Văn bản này chưa đến lúc lấy số, hoặc đã có số.", "This paper is not ready for a number, or has one."
        )
    form, number = _take(meeting.committee, doc_type, meeting.id)
    if number is None:
        return _meeting_page(session.get_one(Meeting, meeting_id), {doc_type: form}), 422
    return redirect(url_for("papers.of_meeting", meeting_id=meeting_id), 303)


@papers.get("/reminders/<int:committee_id>/<int:unit_id>")
@by_loader
def of_unit(committee_id: int, unit_id: int) -> ResponseReturnValue:
    """Show today's slip for a unit, and those that were numbered before."""
    return _slip_page(*_addressed(committee_id, unit_id))


@papers.post("/reminders/<int:committee_id>/<int:unit_id>/number")
@by_loader
def number_slip(committee_id: int, unit_id: int) -> ResponseReturnValue:
    """Give today's slip for a unit its number."""
    committee, unit = _addressed(committee_id, unit_id)
    if slip_number(unit.id, committee.id, today()) is None:
        form, number = _take(committee, SLIP, unit.id)
        if number is None:
            return _slip_page(*_addressed(committee_id, unit_id), form), 422
    return redirect(url_for("papers.of_unit", committee_id=committee_id, unit_id=unit_id), 303)


def _take(committee: Committee, doc_type: str, subject_id: int) -> tuple[NumberPaperForm, PaperNumber | None]:
    """Take a number, or say on the form why there is none."""
    form = NumberPaperForm()
    if not form.validate_on_submit():
        return form, None
    try:
        with transaction():
            row = service.number_paper(
                committee, doc_type, subject_id, on=today(), by=current_user.person, typed=form.number.data or ""
            )
    except DomainError as error:
        session.rollback()
        form.blame(error)
        return form, None
    flash(_("Đã cấp số %(symbol)s và ghi ngày hôm nay vào văn bản.", symbol=row.symbol), "success")
    return form, row


def _numbered(meeting: Meeting) -> dict[str, PaperNumber | None]:
    """Return the numbers of the meeting's papers by their types."""
    return {key: number_of(key, meeting.id, meeting.committee_id) for key in (INVITATION, MINUTES)}


def _unnumbered(meeting: Meeting, minutes: Minutes | None, numbered: Mapping[str, PaperNumber | None]) -> list[str]:
    """Return which papers of the meeting are out but carry no number yet."""
    if meeting.historic:
        return []
    ready = {INVITATION: meeting.state != PLANNED, MINUTES: minutes is not None and minutes.state in CLOSED}
    return [doc_type for doc_type, out in ready.items() if out and numbered[doc_type] is None]


def _dressing(meeting: Meeting) -> DressInvitationForm:
    chosen = invitation_of(meeting.id)
    form = DressInvitationForm(urgency=chosen.urgency if chosen else "", signer_id=signer_of(meeting, chosen, today()))
    form.offer(signers_of(meeting.committee, today()))
    return form


def _meeting_page(
    meeting: Meeting, wrong: dict[str, NumberPaperForm] | None = None, dressing: DressInvitationForm | None = None
) -> str:
    minutes, numbered, committee = minutes_of_meeting(meeting.id), _numbered(meeting), meeting.committee
    changes = changed_since(meeting, invitation_of(meeting.id))
    return render_template(
        "papers/meeting.html",
        meeting=meeting,
        minutes=minutes,
        numbered=numbered,
        forms={
            key: _number_form(committee, key, (wrong or {}).get(key)) for key in _unnumbered(meeting, minutes, numbered)
        },
        dressing=dressing or _dressing(meeting),
        changes=changes,
        told=told(changes),
    )


def _slip_page(committee: Committee, unit: Unit, wrong: NumberPaperForm | None = None) -> str:
    return render_template(
        "papers/slip.html",
        committee=committee,
        unit=unit,
        numbered=slip_number(unit.id, committee.id, today()),
        earlier=numbers_of(SLIP, unit.id, committee.id),
        wanted=_number_form(committee, SLIP, wrong),
    )


def _number_form(committee: Committee, doc_type: str, wrong: NumberPaperForm | None) -> dict[str, Any]:
    """Return the form by which a paper is numbered, and whether the clerk's number must be typed."""
    return {
        "form": wrong or NumberPaperForm(formdata=None),
        "external": numbering_mode(committee.id, doc_type) == EXTERNAL,
    }


def _addressed(committee_id: int, unit_id: int) -> tuple[Committee, Unit]:
    """Return whose slip goes to whom.

    :raises NotFoundError: the person is not the committee's secretary, or the unit is another authority's.
    """
    committee = access.load_committee(committee_id, current_user.standing, as_secretary=True)
    unit = session.get(Unit, unit_id)
    if unit is None or unit.authority_id != committee.authority_id:
        raise NotFoundError
    return committee, unit
