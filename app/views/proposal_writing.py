"""Writing a proposal: the form of a new one and of one that lies with its unit, with the files that come along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access, db
from app.clock import today
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError, ForbiddenError
from app.forms.moves import kept_ids, sentence
from app.forms.proposals import WriteProposalForm
from app.queries import proposals as found
from app.queries.calendars import calendar_of
from app.queries.task_page import files_of
from app.reading.errors import ClassifiedTextError
from app.services import proposals as service
from app.services.files import RefusedFilesError, own_unattached, store_files
from app.ui.task_history import open_file
from app.views.changed import remember_save, saved_by_oneself
from app.views.guard import by_loader, signed_in
from app.views.proposals import proposals
from workflows.proposal import EDITABLE, PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Committee, Proposal, StoredFile, Unit


@proposals.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Write a proposal for one of the person's units."""
    if not found.proposing_units(current_user.standing):
        raise ForbiddenError(
            "Chỉ người công tác tại một đơn vị được lập tờ trình. Hãy liên hệ quản trị nếu thiếu chức vụ của bạn.",
            "Only somebody in office in a unit writes proposals. Ask the administrator if your office is missing.",
        )
    return _write(None)


@proposals.route("/<int:proposal_id>/edit", methods=["GET", "POST"])
@by_loader
def edit(proposal_id: int) -> ResponseReturnValue:
    """Change a proposal that lies with its unit."""
    proposal = access.load_as_proposer(proposal_id, current_user.standing)
    if request.method == "GET" and proposal.state not in EDITABLE:
        flash(_("Tờ trình đã trình nên không sửa được. Nếu cần sửa, hãy nhắn thư ký yêu cầu bổ sung."), "warning")
        return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)
    return _write(proposal)


@dataclass
class Writing:
    """What is being written: the form, what may be chosen, and the files that came with it."""

    form: WriteProposalForm
    committees: dict[int, Committee]
    units: dict[int, Unit]
    files: Sequence[StoredFile] = ()


def _write(proposal: Proposal | None) -> ResponseReturnValue:
    writing = _writing(proposal)
    form, status, forget = writing.form, 200, False
    if form.is_submitted() and "more" in request.form:
        status = _keep_for_later(writing)
    elif form.validate_on_submit() and _chosen_well(writing):
        proposal_id = proposal.id if proposal else None
        try:
            writing.files = _keep_files()
            with transaction():
                kept = _save(proposal, writing)
            remember_save(PROPOSAL.name, kept.id, kept.version)
            flash(_("Đã lưu tờ trình. Thủ trưởng đơn vị bấm «Trình» khi nội dung đã đủ."), "success")
            return redirect(url_for("proposals.show", proposal_id=kept.id), 303)
        except DomainError as error:
            writing.files = error.kept if isinstance(error, RefusedFilesError) else writing.files
            status, forget = error.status, isinstance(error, ClassifiedTextError)
            session.rollback()
            proposal = access.load_as_proposer(proposal_id, current_user.standing) if proposal_id else None
            _say(form, error, proposal)
    elif form.is_submitted():
        _keep_for_later(writing)
        status = 422
    return _form_page(proposal, writing, forget=forget), status


def _keep_for_later(writing: Writing) -> int:
    """Keep the files that came with a form that is not saved yet; return the status of the page."""
    try:
        writing.files = _keep_files()
    except DomainError as error:
        writing.files = error.kept if isinstance(error, RefusedFilesError) else ()
        session.rollback()
        writing.form.papers.errors = [sentence(error.sentence)]
        return error.status
    return 200


def _writing(proposal: Proposal | None) -> Writing:
    standing = current_user.standing
    form = WriteProposalForm(obj=proposal)
    writing = Writing(
        form,
        {one.id: one for one in found.committees_to_ask(standing.authority_id)},
        {one.id: one for one in found.proposing_units(standing)},
    )
    if proposal is not None:
        writing.units = {proposal.unit_id: proposal.unit}
        if proposal.submitted_at is not None:
            writing.committees = {proposal.committee_id: proposal.committee}
        if not form.is_submitted():
            form.show(proposal)
    form.offer(writing.committees.values(), writing.units.values())
    return writing


def _chosen_well(writing: Writing) -> bool:
    """Refuse a committee or unit that was not offered: a form never sends one, a forged one might."""
    form = writing.form
    if form.committee_id.data not in writing.committees:
        form.committee_id.errors = [_("Hãy chọn ban từ danh sách.")]
        return False
    if form.unit_id.data not in writing.units:
        form.unit_id.errors = [_("Hãy chọn đơn vị từ danh sách.")]
        return False
    return True


def _keep_files() -> Sequence[StoredFile]:
    """Store the files that came along before anything is judged, so that an error does not cost them."""
    uploads = [file for file in request.files.getlist("papers") if file.filename]
    kept = kept_ids(request.form.getlist("papers-kept"))
    if not (uploads or kept):
        return ()
    person = current_user.person
    with transaction():
        stored, refused = store_files(uploads, person)
        files = [*own_unattached(kept, person), *stored]
    db.mark_writing()
    if refused:
        raise RefusedFilesError(refused, files)
    return files


def _save(proposal: Proposal | None, writing: Writing) -> Proposal:
    form, person = writing.form, current_user.person
    committee, unit = writing.committees[form.committee_id.data], writing.units[form.unit_id.data]
    if proposal is None:
        kept = service.write_proposal(committee, unit, form.draft(), person)
    else:
        kept = access.load_as_proposer(proposal.id, current_user.standing)
        service.change_proposal(kept, committee, form.draft(), version=form.version.data)
        service.remove_papers(kept, kept_ids(request.form.getlist("paper-removed")))
    for hint in service.add_papers(kept, [file.id for file in writing.files], person):
        flash(sentence(hint), "info")
    return kept


def _say(form: WriteProposalForm, error: DomainError, proposal: Proposal | None) -> None:
    """Put what is wrong where it belongs; a second try after a clash knows what it writes over."""
    if isinstance(error, ChangedMeanwhileError) and proposal is not None:
        form.version.data, form.version.raw_data = proposal.version, None
        own = saved_by_oneself(PROPOSAL.name, proposal.id, proposal.version, _("tờ trình này"))
        form.form_errors.append(
            _(
                "%(who)s. Nội dung bạn nhập vẫn còn dưới đây: hãy mở tờ trình ở thẻ khác để đối chiếu, rồi bấm Lưu nếu "
                "muốn dùng bản của bạn.",
                who=own or _("Tờ trình vừa được người khác sửa"),
            )
        )
    elif error.field == "files":
        form.papers.errors = [sentence(error.sentence)]
    else:
        form.form_errors.append(sentence(error.sentence))


def _form_page(proposal: Proposal | None, writing: Writing, *, forget: bool) -> str:
    removed = set(request.form.getlist("paper-removed"))
    papers = files_of(PROPOSAL.name, proposal.id, service.PAPER) if proposal else []
    return render_template(
        "proposals/form.html",
        form=writing.form,
        proposal=proposal,
        several=len(writing.units) > 1,
        forget=forget,
        kept=[(file.id, file.name) for file in writing.files],
        papers=[(line.attachment.id, open_file(line), str(line.attachment.id) in removed) for line in papers],
        today=today(),
        calendar=calendar_of(current_user.standing.authority_id),
    )
