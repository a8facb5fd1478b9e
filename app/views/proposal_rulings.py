"""What comes of a ruling on a proposal: tasks given from it, and its clauses in the meeting's draft notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import DomainError, ForbiddenError, NotFoundError
from app.forms.moves import sentence
from app.forms.proposals import AssignFromProposalForm
from app.models import Proposal
from app.queries import proposals as found
from app.queries.choices import unit_choices
from app.services import proposals as service
from app.views.guard import by_loader
from app.views.proposals import draw_proposal, proposals
from workflows.roles import Role

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@proposals.post("/<int:proposal_id>/tasks")
@by_loader
def assign(proposal_id: int) -> ResponseReturnValue:
    """Assign a task that comes of the approval."""
    proposal = access.load(Proposal, proposal_id, current_user.standing)
    form, status = AssignFromProposalForm(), 422
    form.offer(unit_choices(proposal.authority_id))
    if not access.roles_of(current_user.standing, proposal) & {Role.CHAIR, Role.SECRETARY}:
        raise ForbiddenError(
            "Chỉ Trưởng ban và thư ký giao nhiệm vụ từ tờ trình.", "Only chair and secretary assign from a proposal."
        )
    if form.validate_on_submit() and _assignable(form):
        try:
            with transaction():
                task = service.assign_from_proposal(proposal, form.order(), current_user.actor)
        except DomainError as error:
            status = error.status
            form.form_errors.append(sentence(error.sentence))
            session.rollback()
            proposal = access.load(Proposal, proposal_id, current_user.standing)
        else:
            flash(_("Đã giao nhiệm vụ %(code)s; đơn vị chủ trì được báo.", code=task.code), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id) + "#tasks", 303)
    return draw_proposal(proposal, None, form), status


def _assignable(form: AssignFromProposalForm) -> bool:
    if form.lead_unit_id.data not in {unit.id for unit in unit_choices(current_user.standing.authority_id)}:
        form.lead_unit_id.errors = [_("Hãy chọn đơn vị từ danh sách.")]
        return False
    if form.due_on.data < today():
        form.due_on.errors = [_("Thời hạn đã qua. Hãy chọn từ hôm nay trở đi.")]
        return False
    return True


@proposals.post("/<int:proposal_id>/clauses")
@by_loader
def fill_notice(proposal_id: int) -> ResponseReturnValue:
    """Put the ruling and its conditions into the draft notice of the meeting that had the proposal before it."""
    proposal = access.load_as_secretary(Proposal, proposal_id, current_user.standing)
    notice = found.draft_notice_for(proposal.id)
    if notice is None:
        raise NotFoundError
    with transaction():
        made = service.say_in_notice(proposal, notice)
    flash(
        ngettext(
            "Đã thêm %(num)d mục vào dự thảo thông báo. Hãy rà soát từng mục.",
            "Đã thêm %(num)d mục vào dự thảo thông báo. Hãy rà soát từng mục.",
            len(made),
        ),
        "success",
    )
    return redirect(url_for("notices.show", notice_id=notice.id, clause=made[0].id, _anchor=made[0].address), 303)
