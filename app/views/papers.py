"""Official papers to take away: DOCX to go on editing, PDF to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response
from flask_login import current_user

from app import access
from app.clock import local, today
from app.db import session
from app.documents.official.files import file_of
from app.documents.official.meeting import invitation_paper, minutes_paper
from app.documents.official.proposal import paper_of
from app.documents.official.reminder import reminder_paper
from app.errors import NotFoundError
from app.models import Meeting, Minutes, Notice, Proposal, Unit
from app.queries.calls import planned_call, sent_call
from app.queries.meetings import minutes_of_meeting
from app.queries.paper_numbers import invitation_of
from app.queries.task_list import TaskFilter, page_of_tasks
from app.services.office_templates import template_bytes
from app.views.guard import by_loader

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.documents.official.files import PaperFile

papers = Blueprint("papers", __name__)

MOST_TASKS = 500
"""So many tasks, the longest overdue first, stand on one slip."""


@papers.get("/notices/<int:notice_id>/paper.<any(docx,pdf):form>")
@by_loader
def notice(notice_id: int, form: str) -> ResponseReturnValue:
    """Give a notice as an official paper; one that is not issued yet is marked as a draft."""
    from app.documents.official.notice import notice_paper  # noqa: PLC0415 -- it brings the reader, and every start would pay

    paper = access.load(Notice, notice_id, current_user.standing)
    name = f"thong bao {paper.symbol or 'du thao'}"
    return _file(file_of(notice_paper(paper), name, form, template_bytes(paper.committee_id, "notice")))


@papers.get("/meetings/<int:meeting_id>/invitation.<any(docx,pdf):form>")
@by_loader
def invitation(meeting_id: int, form: str) -> ResponseReturnValue:
    """Give the invitation to a meeting; a draft until the call has gone out."""
    meeting = access.load(Meeting, meeting_id, current_user.standing)
    call = sent_call(invitation_of(meeting.id)) or planned_call(meeting)
    name = f"giay moi {local(call.starts_at):%Y-%m-%d}"
    return _file(file_of(invitation_paper(meeting), name, form, template_bytes(meeting.committee_id, "invitation")))


@papers.get("/meetings/<int:meeting_id>/minutes.<any(docx,pdf):form>")
@by_loader
def minutes(meeting_id: int, form: str) -> ResponseReturnValue:
    """Give the minutes of a meeting; a draft until they are approved."""
    meeting = access.load(Meeting, meeting_id, current_user.standing)
    found = minutes_of_meeting(meeting.id)
    if found is None:
        raise NotFoundError
    paper = access.load(Minutes, found.id, current_user.standing)
    name = f"bien ban {local(meeting.starts_at):%Y-%m-%d}"
    return _file(file_of(minutes_paper(paper), name, form, template_bytes(meeting.committee_id, "minutes")))


@papers.get("/reminders/<int:committee_id>/<int:unit_id>/slip.<any(docx,pdf):form>")
@by_loader
def reminder(committee_id: int, unit_id: int, form: str) -> ResponseReturnValue:
    """Give the committee's secretary the slip that asks a unit for its overdue tasks."""
    standing, day = current_user.standing, today()
    committee = access.load_committee(committee_id, standing, as_secretary=True)
    unit = session.get(Unit, unit_id)
    if unit is None or unit.authority_id != committee.authority_id:
        raise NotFoundError
    wanted = TaskFilter(status="overdue", committee=committee.id, unit=unit.id)
    tasks = page_of_tasks(wanted, standing, day, size=MOST_TASKS)
    slip, template = reminder_paper(committee, unit, tasks, day), template_bytes(committee.id, "reminder")
    return _file(file_of(slip, f"phieu don doc {unit.short_name}", form, template))


@papers.get("/proposals/<int:proposal_id>/paper.<any(docx,pdf):form>")
@by_loader
def proposal(proposal_id: int, form: str) -> ResponseReturnValue:
    """Give a proposal as its unit's paper; a draft while the unit may still change it."""
    paper = access.load(Proposal, proposal_id, current_user.standing)
    template = template_bytes(paper.committee_id, "proposal")
    return _file(file_of(paper_of(paper), f"to trinh {paper.symbol or paper.id}", form, template))


@papers.get("/proposals/<int:proposal_id>/submissions/<int:number>/paper.<any(docx,pdf):form>")
@by_loader
def proposal_submitted(proposal_id: int, number: int, form: str) -> ResponseReturnValue:
    """Give a proposal as it was submitted the first, second … time."""
    paper = access.load(Proposal, proposal_id, current_user.standing)
    kept = next((one for one in paper.submissions if one.number == number), None)
    if kept is None:
        raise NotFoundError
    name, template = f"to trinh {paper.symbol or paper.id} lan {number}", template_bytes(paper.committee_id, "proposal")
    return _file(file_of(paper_of(paper, kept), name, form, template))


def _file(file: PaperFile) -> Response:
    response = Response(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response
